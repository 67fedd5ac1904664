#include "services/people/domain/checks.h"

#include <string>

namespace wardbook::people {

using kernel::Reason;
using kernel::Refusal;
using kernel::Rejected;

namespace {

// The years that a protobuf timestamp can have.
const absl::Time kTimeMin = absl::FromUnixSeconds(-62135596800);
const absl::Time kTimeEnd = absl::FromUnixSeconds(253402300800);

}  // namespace

Refusal RequireAdministrator(const By& by) {
  if (by.actor.Has(kernel::Role::kAdministrator)) return std::nullopt;
  return Rejected{Reason::kRoleRequired, ""};
}

Refusal RequireKnown(const PersonState& state, const By& by) {
  if (Refusal refusal = RequireAdministrator(by)) return refusal;
  if (!state.name) return Rejected{Reason::kNoSuchPerson, "person_id"};
  return std::nullopt;
}

Refusal RequireTime(absl::Time time, absl::string_view field) {
  if (time >= kTimeMin && time < kTimeEnd) return std::nullopt;
  return Rejected{Reason::kFieldInvalid, std::string(field)};
}

}  // namespace wardbook::people
