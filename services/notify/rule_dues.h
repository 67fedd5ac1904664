// What somebody has to see to about the rules that the server counts by.

#ifndef SERVICES_NOTIFY_RULE_DUES_H_
#define SERVICES_NOTIFY_RULE_DUES_H_

#include "absl/status/statusor.h"
#include "services/rulepack/rule_packs.h"
#include "services/runtime/due.h"
#include "services/runtime/rpc.h"
#include "storage/base/moment.h"

namespace wardbook::notify {

// For those who can have it done: administrators, the Headteacher and the
// leadership team. Safe for concurrent use.
class RuleDues : public runtime::DueSource {
 public:
  // `rules` outlive it.
  explicit RuleDues(const rulepack::RulePacks& rules) : rules_(rules) {}

  absl::StatusOr<runtime::Dues> DuesFor(const runtime::Call& call, Moment deadline) const override;

 private:
  const rulepack::RulePacks& rules_;
};

}  // namespace wardbook::notify

#endif  // SERVICES_NOTIFY_RULE_DUES_H_
