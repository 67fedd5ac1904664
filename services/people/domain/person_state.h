// A person as their events tell.

#ifndef SERVICES_PEOPLE_DOMAIN_PERSON_STATE_H_
#define SERVICES_PEOPLE_DOMAIN_PERSON_STATE_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/kernel/actor.h"
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

// An absence of the person as the Headteacher, from a moment on and until another.
// One that ends when it begins has not taken place.
struct HeadAbsence {
  AbsenceId id;
  absl::Time from;
  absl::Time until = absl::InfiniteFuture();
  // Who acts meanwhile.
  PersonId deputy;
  std::string reason;
  Fact recorded;
};

// Not of the school from a moment on, and until they are given a role again.
struct Gone {
  absl::Time from;
  absl::Time until = absl::InfiniteFuture();
};

// A value. Nobody yet when it has no name.
struct PersonState {
  std::optional<std::string> name;
  // Every one that the register has had, from the oldest on; `name` is the last one.
  std::vector<kernel::KnownName> names;
  // When they were entered in the register.
  absl::Time registered_time;
  wardbook::events::v1::PersonCategory category = wardbook::events::v1::PERSON_CATEGORY_UNSPECIFIED;
  std::string job_title;
  // May overlap: a person holds a role while any span of it does.
  std::vector<RoleSpan> spans;
  std::optional<PersonId> line_manager;
  // Who had a code for their account issued last, and when.
  std::optional<Fact> account_issued;
  // In the order in which they were recorded.
  std::vector<HeadAbsence> head_absences;
  // The last time that they left.
  std::optional<Gone> gone;
  // When they last reviewed what can be seen of them online (P13).
  std::optional<absl::Time> profile_reviewed;

  std::set<wardbook::events::v1::Role> RolesAt(absl::Time when) const;
  // Whether they hold the role at `from`, and no end of it is known.
  bool HoldsForGood(wardbook::events::v1::Role role, absl::Time from) const;
  // Whether a role granted at `from` would add nothing: they hold it from then on for
  // good, or as long as they are here.
  bool HoldsAlready(wardbook::events::v1::Role role, absl::Time from) const;
  bool IsGoneAt(absl::Time when) const;
  // The absence of the person as the Headteacher at that moment.
  const HeadAbsence* HeadAbsenceAt(absl::Time when) const;
  // Since when they have worked in the school without a break; nothing for
  // somebody who does not work there at `when`.
  std::optional<absl::Time> WorksSince(absl::Time when) const;
  // Since when the school can have asked something of them: since they were entered,
  // since they came back, and since they work there if they do.
  absl::Time OfSchoolSince(absl::Time when) const;
  // Whether they have reviewed their profiles since they joined the school, or came
  // back to it.
  bool HasReviewedProfile(absl::Time when) const;
};

// Whether a review of that time counts for somebody who works in the school since then.
bool IsSinceJoining(absl::Time reviewed, absl::Time works_since);

// Total: an event that says nothing new changes nothing.
void Evolve(PersonState& state, const wardbook::events::v1::PersonEvent& event, const Fact& fact);

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_DOMAIN_PERSON_STATE_H_
