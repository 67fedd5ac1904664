// The configuration that a school can write itself: rule packs.

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/rulepack/rule_packs.h"
#include "storage/base/assert.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  const auto rules = wardbook::rulepack::RulePacks::Parse({{"rules.textproto", text}});
  if (!rules.ok()) {
    WARDBOOK_ASSERT(absl::IsInvalidArgument(rules.status()));
  } else {
    WARDBOOK_ASSERT(!(*rules)->packs().empty());
  }
  return 0;
}
