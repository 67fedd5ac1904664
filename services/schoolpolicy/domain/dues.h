// What the policy waits for, from whom, and until when. Shown and counted; nothing
// is refused because a time has passed.

#ifndef SERVICES_SCHOOLPOLICY_DOMAIN_DUES_H_
#define SERVICES_SCHOOLPOLICY_DOMAIN_DUES_H_

#include <optional>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "services/kernel/actor.h"
#include "services/rulepack/rule_packs.h"
#include "services/schoolpolicy/domain/policy_state.h"

namespace wardbook::schoolpolicy {

enum class Wait {
  kReview,                   // The version in force is reviewed (P02).
  kReminder,                 // Staff are reminded to protect themselves (P05).
  kAcknowledgement,          // Somebody acknowledges the version in force (P03).
  kReminderAcknowledgement,  // Somebody acknowledges the last reminder (P05).
};

struct PolicyDue {
  Wait wait = Wait::kReview;
  absl::Time since;
  absl::Time due;
  // What it is about: the version or, of its acknowledgement, the reminder. None
  // where the school has no version in force.
  std::variant<std::monostate, PolicyVersionId, ReminderId> about = {};

  friend bool operator==(const PolicyDue&, const PolicyDue&) = default;
};

// Who is asked, and since when they are of the school: nobody is late with what was
// asked before they came.
struct Asked {
  kernel::Actor actor;
  absl::Time of_school_since = absl::InfinitePast();
};

// What they have to see to at `now`.
std::vector<PolicyDue> DuesOf(const PolicyState& state, const Asked& asked,
                              const rulepack::RulePacks& rules, absl::Time now);

// When the next prevention reminder is due: so long after the last one, and when
// another version has come into force than that which the last one was issued for.
// Nothing while there has been none and no version is in force, of which nobody could
// say when it began.
std::optional<absl::Time> ReminderDueTime(const PolicyState& state,
                                          const rulepack::RulePacks& rules, absl::Time now);

}  // namespace wardbook::schoolpolicy

#endif  // SERVICES_SCHOOLPOLICY_DOMAIN_DUES_H_
