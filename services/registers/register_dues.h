// What somebody has to see to in the registers.

#ifndef SERVICES_REGISTERS_REGISTER_DUES_H_
#define SERVICES_REGISTERS_REGISTER_DUES_H_

#include "absl/status/statusor.h"
#include "services/rulepack/rule_packs.h"
#include "services/runtime/due.h"
#include "services/runtime/projector.h"
#include "services/runtime/rpc.h"
#include "storage/base/moment.h"

namespace wardbook::registers {

// Reads from the views what waits for the caller's decision, what the caller made
// themselves, and the phones that are held; all of which are few. Safe for
// concurrent use.
class RegisterDues : public runtime::DueSource {
 public:
  // Both outlive it; `projector` has the views of all registers.
  RegisterDues(runtime::Projector& projector, const rulepack::RulePacks& rules)
      : projector_(projector), rules_(rules) {}

  absl::StatusOr<runtime::Dues> DuesFor(const runtime::Call& call, Moment deadline) const override;

 private:
  runtime::Projector& projector_;
  const rulepack::RulePacks& rules_;
};

}  // namespace wardbook::registers

#endif  // SERVICES_REGISTERS_REGISTER_DUES_H_
