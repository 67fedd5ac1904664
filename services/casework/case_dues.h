// What somebody has to see to in cases.

#ifndef SERVICES_CASEWORK_CASE_DUES_H_
#define SERVICES_CASEWORK_CASE_DUES_H_

#include "absl/status/statusor.h"
#include "services/rulepack/rule_packs.h"
#include "services/runtime/due.h"
#include "services/runtime/projector.h"
#include "services/runtime/rpc.h"
#include "storage/base/moment.h"

namespace wardbook::casework {

// Reads the open cases of the caller's audiences from the view of cases, and what
// they reported. Safe for concurrent use.
class CaseDues : public runtime::DueSource {
 public:
  // Both outlive it; `projector` has the view of cases.
  CaseDues(runtime::Projector& projector, const rulepack::RulePacks& rules)
      : projector_(projector), rules_(rules) {}

  absl::StatusOr<runtime::Dues> DuesFor(const runtime::Call& call, Moment deadline) const override;

 private:
  runtime::Projector& projector_;
  const rulepack::RulePacks& rules_;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CASE_DUES_H_
