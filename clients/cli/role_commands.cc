// Who held which role when.

#include <memory>
#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "clients/cli/failure.h"
#include "storage/base/ids.h"
#include "wardbook/v1/people_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using events::v1::Role;
using v1::PeopleService;

// What a request asks about: the moment, or the whole day where a date alone is
// given.
absl::Status AskAbout(const std::string& when, v1::ListRolesRequest& request) {
  if (when.empty()) return absl::OkStatus();
  WARDBOOK_ASSIGN_OR_RETURN(*request.mutable_at_time(), ParseInstant(when));
  const absl::StatusOr<events::v1::LocalDateTime> day = ParseLocalDateTime(when, "");
  absl::CivilDay date;
  if (!day.ok() || !absl::ParseCivilTime(day->date(), &date)) return absl::OkStatus();
  WARDBOOK_ASSIGN_OR_RETURN(*request.mutable_until_time(),
                            ParseInstant(absl::FormatCivilTime(date + 1)));
  return absl::OkStatus();
}

// --on WHEN.
void AddOn(const Command<v1::ListRolesRequest>& command) {
  const auto when = std::make_shared<std::string>();
  command.app()
      .add_option("--on", *when,
                  "The day, such as 14/05/2026, or the moment, such as \"14/05/2026 8:40pm\"; "
                  "now if not given")
      ->type_name("WHEN");
  command.Before([when](v1::ListRolesRequest& request) { return AskAbout(*when, request); });
}

// The id of the only person of that name.
absl::StatusOr<std::string> PersonIdOf(const Connection& connection, const std::string& name) {
  if (PersonId::FromHex(name).has_value()) return name;
  WARDBOOK_ASSIGN_OR_RETURN(
      const v1::ListPeopleResponse all,
      AllPages(connection, &PeopleService::Stub::ListPeople, v1::ListPeopleRequest()));
  std::optional<std::string> found;
  for (const v1::Person& person : all.people()) {
    if (!absl::EqualsIgnoreCase(person.name(), absl::StripAsciiWhitespace(name))) continue;
    if (found.has_value()) {
      return WithNextStep(
          absl::InvalidArgumentError("Several people of the school have this name."),
          "Use the id from the list: wardbook person list");
    }
    found = person.person_id();
  }
  if (!found.has_value()) {
    return WithNextStep(absl::InvalidArgumentError("Nobody in the school's list has this name."),
                        "Look it up: wardbook person list");
  }
  return *found;
}

std::string Span(const v1::HeldRole& held) {
  return absl::StrCat("from ", TimeInWords(held.from_time()),
                      held.has_until_time()
                          ? absl::StrCat(" until ", TimeInWords(held.until_time()))
                          : std::string());
}

void ShowRoles(const v1::ListRolesRequest&, const v1::ListRolesResponse& response, Screen& screen) {
  if (response.roles().empty()) screen.Line("No role.");
  for (const v1::HeldRole& held : response.roles()) {
    screen.Line(held.name(), ": ", Phrase(held.role()), ", ", Span(held), ".");
  }
}

void AddRolesOf(Program& program, CLI::App& noun) {
  CLI::App& app = *noun.add_subcommand("roles", "Show the roles of a person, now or on a day");
  const Command<v1::ListRolesRequest> command(app, program.console());
  command.Line("NAME", command.request().mutable_person_id(),
               "The person's name as in the list, or their id", Need::kRequired);
  AddOn(command);
  program.WhenChosen(app, [command, &program]() -> absl::Status {
    WARDBOOK_ASSIGN_OR_RETURN(const Connection* connection, program.SignedIn());
    WARDBOOK_ASSIGN_OR_RETURN(v1::ListRolesRequest request, command.Finished(program));
    WARDBOOK_ASSIGN_OR_RETURN(*request.mutable_person_id(),
                              PersonIdOf(*connection, request.person_id()));
    WARDBOOK_ASSIGN_OR_RETURN(
        const v1::ListRolesResponse response,
        connection->Call(&PeopleService::Stub::ListRoles, request, Repeat::kSafe));
    return Answer<v1::ListRolesRequest, v1::ListRolesResponse>(program, request, response,
                                                               ShowRoles);
  });
}

}  // namespace

void AddRoleCommands(Program& program, CLI::App& person) {
  AddRolesOf(program, person);
  const auto who =
      AddCall(program, *person.add_subcommand("who", "Show who held a role, now or on a day"),
              &PeopleService::Stub::ListRoles, Repeat::kSafe, ShowRoles);
  who.Word<Role>(
      "ROLE", [&who = who.request()](Role role) { who.set_role(role); }, "The role",
      Need::kRequired);
  AddOn(who);
}

}  // namespace wardbook::cli
