// Whether rules are whole, before anything is decided by them.

#ifndef SERVICES_RULEPACK_RULE_CHECK_H_
#define SERVICES_RULEPACK_RULE_CHECK_H_

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "wardbook/rules/v1/rule_pack.pb.h"

namespace wardbook::rulepack {

// INVALID_ARGUMENT: a field is missing, out of range or given twice; the message
// names `file`, the field and what to do.
absl::Status CheckRulePack(absl::string_view file, const wardbook::rules::v1::RulePack& pack);
absl::Status CheckBankHolidays(absl::string_view file,
                               const wardbook::rules::v1::BankHolidays& holidays);

// "FILE: FIELD: PROBLEM; NEXT STEP." as INVALID_ARGUMENT.
absl::Status WrongRule(absl::string_view file, absl::string_view field, absl::string_view problem,
                       absl::string_view next_step);

}  // namespace wardbook::rulepack

#endif  // SERVICES_RULEPACK_RULE_CHECK_H_
