// A person as their events tell.

#ifndef SERVICES_PEOPLE_DOMAIN_PERSON_STATE_H_
#define SERVICES_PEOPLE_DOMAIN_PERSON_STATE_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"
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

// A value. Nobody yet when it has no name.
struct PersonState {
  std::optional<std::string> name;
  wardbook::events::v1::PersonCategory category = wardbook::events::v1::PERSON_CATEGORY_UNSPECIFIED;
  std::string job_title;
  // May overlap: a person holds a role while any span of it does.
  std::vector<RoleSpan> spans;
  std::optional<PersonId> line_manager;

  std::set<wardbook::events::v1::Role> RolesAt(absl::Time when) const;
};

// Total: an event that says nothing new changes nothing.
void Evolve(PersonState& state, const wardbook::events::v1::PersonEvent& event);

absl::Time TimeOf(const google::protobuf::Timestamp& timestamp);
void SetTimestamp(absl::Time time, google::protobuf::Timestamp* timestamp);

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_DOMAIN_PERSON_STATE_H_
