// Who held which role when.

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "wardbook/v1/people_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using events::v1::Role;
using v1::PeopleService;

// What a request asks about: the moment, or the whole day where a date alone is
// given.
absl::Status AskAbout(const std::string& when, v1::ListRolesRequest& request) {
  if (when.empty()) return absl::OkStatus();
  WARDBOOK_ASSIGN_OR_RETURN(const MomentOrDay asked, ParseMomentOrDay(when));
  *request.mutable_at_time() = asked.from;
  if (asked.until.has_value()) *request.mutable_until_time() = *asked.until;
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

}  // namespace

void AddRoleCommands(Program& program, CLI::App& person) {
  const auto roles = AddCall(
      program, *person.add_subcommand("roles", "Show the roles of a person, now or on a day"),
      &PeopleService::Stub::ListRoles, Repeat::kSafe, ShowRoles);
  AddOn(roles.Person());

  const auto who =
      AddCall(program, *person.add_subcommand("who", "Show who held a role, now or on a day"),
              &PeopleService::Stub::ListRoles, Repeat::kSafe, ShowRoles);
  who.Word<Role>(
      "ROLE", [&who = who.request()](Role role) { who.set_role(role); }, "The role",
      Need::kRequired);
  AddOn(who);
}

}  // namespace wardbook::cli
