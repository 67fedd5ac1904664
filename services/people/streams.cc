#include "services/people/streams.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "services/runtime/roles.h"

namespace wardbook::people {
namespace {

absl::Status CheckKnown(wardbook::events::v1::Role role) {
  if (runtime::RoleFromWire(role)) return absl::OkStatus();
  return absl::DataLossError(
      "a person's event has a role that this version does not know; start the version that "
      "recorded it, or a later one");
}

}  // namespace

std::string PersonStream(const PersonId& person) {
  return absl::StrCat(kPersonPrefix, person.Hex());
}

std::optional<PersonId> PersonOfStream(absl::string_view stream) {
  if (!absl::ConsumePrefix(&stream, kPersonPrefix)) return std::nullopt;
  return PersonId::FromHex(stream);
}

std::string SchoolStream(const SchoolId& school) { return absl::StrCat("school-", school.Hex()); }

absl::Status PersonAggregate::Check(const Event& event) {
  if (event.has_role_granted()) return CheckKnown(event.role_granted().role());
  if (event.has_role_ended()) return CheckKnown(event.role_ended().role());
  return absl::OkStatus();
}

}  // namespace wardbook::people
