#include "clients/cli/person_lookup.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "clients/cli/failure.h"
#include "clients/cli/paging.h"
#include "wardbook/v1/people_service.grpc.pb.h"

namespace wardbook::cli {

absl::StatusOr<PersonId> FindPerson(const Connection& connection, const std::string& text) {
  if (const std::optional<PersonId> id = PersonId::FromHex(text)) return *id;
  WARDBOOK_ASSIGN_OR_RETURN(
      const v1::ListPeopleResponse all,
      AllPages(connection, &v1::PeopleService::Stub::ListPeople, v1::ListPeopleRequest()));
  std::optional<PersonId> found;
  for (const v1::Person& person : all.people()) {
    const auto is_theirs = [&text](const std::string& name) {
      return absl::EqualsIgnoreCase(name, absl::StripAsciiWhitespace(text));
    };
    if (!is_theirs(person.name()) &&
        std::none_of(person.former_names().begin(), person.former_names().end(), is_theirs)) {
      continue;
    }
    if (found.has_value()) {
      return WithNextStep(
          absl::InvalidArgumentError("Several people of the school have this name."),
          "Use the id from the list: wardbook person list");
    }
    found = PersonId::FromHex(person.person_id());
  }
  if (!found.has_value()) {
    return WithNextStep(absl::InvalidArgumentError("Nobody in the school's list has this name."),
                        "Look it up: wardbook person list");
  }
  return *found;
}

}  // namespace wardbook::cli
