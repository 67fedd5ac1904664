// What somebody has to see to for the school's policy.

#ifndef SERVICES_SCHOOLPOLICY_POLICY_DUES_H_
#define SERVICES_SCHOOLPOLICY_POLICY_DUES_H_

#include "absl/status/statusor.h"
#include "services/rulepack/rule_packs.h"
#include "services/runtime/caller.h"
#include "services/runtime/due.h"
#include "services/runtime/rpc.h"
#include "services/schoolpolicy/policy_register.h"
#include "storage/base/moment.h"

namespace wardbook::schoolpolicy {

// Reads the policy in memory. A review that is overdue is besides a banner for
// everybody whom the policy binds. Safe for concurrent use.
class PolicyDues : public runtime::DueSource {
 public:
  // All outlive it.
  PolicyDues(PolicyRegister& policies, const runtime::Directory& directory,
             const rulepack::RulePacks& rules)
      : policies_(policies), directory_(directory), rules_(rules) {}

  absl::StatusOr<runtime::Dues> DuesFor(const runtime::Call& call, Moment deadline) const override;

 private:
  PolicyRegister& policies_;
  const runtime::Directory& directory_;
  const rulepack::RulePacks& rules_;
};

}  // namespace wardbook::schoolpolicy

#endif  // SERVICES_SCHOOLPOLICY_POLICY_DUES_H_
