// A person as their events tell.

#ifndef SERVICES_PEOPLE_DOMAIN_PERSON_STATE_H_
#define SERVICES_PEOPLE_DOMAIN_PERSON_STATE_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "storage/base/ids.h"
#include "wardbook/events/v1/person_event.pb.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::people {

// A role from a moment on, and until another if it was ended.
struct RoleSpan {
  wardbook::events::v1::Role role = wardbook::events::v1::ROLE_UNSPECIFIED;
  absl::Time from;
  absl::Time until = absl::InfiniteFuture();
};

// Who did it and when, as far as the record's header tells.
struct Fact {
  PersonId actor;
  absl::Time recorded_time;
};

// A value. Nobody yet when it has no name.
struct PersonState {
  std::optional<std::string> name;
  wardbook::events::v1::PersonCategory category = wardbook::events::v1::PERSON_CATEGORY_UNSPECIFIED;
  std::string job_title;
  // May overlap: a person holds a role while any span of it does.
  std::vector<RoleSpan> spans;
  std::optional<PersonId> line_manager;
  // Who had a code for their account issued last, and when.
  std::optional<Fact> account_issued;

  std::set<wardbook::events::v1::Role> RolesAt(absl::Time when) const;
  // Whether they hold the role at `from`, and no end of it is known.
  bool HoldsForGood(wardbook::events::v1::Role role, absl::Time from) const;
};

// Total: an event that says nothing new changes nothing.
void Evolve(PersonState& state, const wardbook::events::v1::PersonEvent& event, const Fact& fact);

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_DOMAIN_PERSON_STATE_H_
