// What an entry of a register waits for, from whom, and until when. Shown and
// counted; nothing is refused because a time has passed.

#ifndef SERVICES_REGISTERS_DOMAIN_DUES_H_
#define SERVICES_REGISTERS_DOMAIN_DUES_H_

#include <optional>
#include <vector>

#include "absl/time/time.h"
#include "services/kernel/actor.h"
#include "services/registers/domain/entry.h"
#include "services/rulepack/rule_packs.h"

namespace wardbook::registers {

enum class Wait {
  kDecision,         // A permission is granted or refused (P26-P29).
  kReview,           // A justification is reviewed (P24).
  kAdvice,           // Advice is needed before a justification is reviewed again (P25).
  kClosing,          // A justification that was reviewed is closed (P25).
  kAcknowledgement,  // A declaration is acknowledged (P34).
  kRenewal,          // A permission ends soon (P26-P29).
  kReconfirmation,   // A declaration is confirmed once more (P34).
  kReturn,           // A child's phone goes back at home-time (P35).
};

struct EntryDue {
  Wait wait = Wait::kDecision;
  absl::Time since;
  absl::Time due;

  friend bool operator==(const EntryDue&, const EntryDue&) = default;
};

// What the actor has to see to in the entry at `now`; nothing when they may not see
// it, or it waits for nobody or for somebody else. What ends or is to be
// reconfirmed is shown as early as the rules say.
std::optional<EntryDue> DueOf(Register reg, const Entry& entry, const kernel::Actor& actor,
                              const rulepack::RulePacks& rules, absl::Time now);

// Whether another permission is for the same and is asked for or lasts longer, so
// that nobody has to ask for this one again.
bool IsRenewedBy(const Entry& permission, const Entry& other);

}  // namespace wardbook::registers

#endif  // SERVICES_REGISTERS_DOMAIN_DUES_H_
