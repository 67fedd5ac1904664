// The files of deploy/rules as they were when the program was built.

#ifndef SERVICES_RULEPACK_SHIPPED_RULES_H_
#define SERVICES_RULEPACK_SHIPPED_RULES_H_

#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace wardbook::rulepack {

// A file of rules: its name, for messages, and its text.
struct RuleSource {
  absl::string_view name;
  absl::string_view text;
};

absl::Span<const RuleSource> ShippedRules();

}  // namespace wardbook::rulepack

#endif  // SERVICES_RULEPACK_SHIPPED_RULES_H_
