#include "services/kernel/decision.h"

#include "absl/strings/string_view.h"

namespace wardbook::kernel {

Refusal DemandedBy(absl::string_view clause, Refusal refusal) {
  if (refusal && Describe(refusal->reason).clauses.empty()) refusal->clause = std::string(clause);
  return refusal;
}

}  // namespace wardbook::kernel
