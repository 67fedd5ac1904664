// The school's register: people, their roles and their accounts.

#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "clients/cli/session_file.h"
#include "wardbook/v1/people_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using events::v1::Role;
using v1::PeopleService;

void ShowPeople(const v1::ListPeopleRequest&, const v1::ListPeopleResponse& response,
                Screen& screen) {
  for (const v1::Person& person : response.people()) {
    std::string line = absl::StrCat(person.name(), ", ", Phrase(person.category()));
    if (!person.job_title().empty()) absl::StrAppend(&line, ", ", person.job_title());
    screen.Line(line);
    for (const std::string& name : person.former_names()) screen.Line("  Formerly ", name, ".");
    std::string roles;
    for (const int role : person.roles()) {
      absl::StrAppend(&roles, roles.empty() ? "" : ", ", Phrase(static_cast<Role>(role)));
    }
    screen.Line("  Roles: ", roles.empty() ? "none" : roles, ".");
    if (person.has_left_time()) {
      screen.Line("  Gone from ", TimeInWords(person.left_time()), " on.");
    }
    screen.Command("Id: ", person.person_id());
  }
  screen.Line(response.people_size(), response.people_size() == 1 ? " person." : " people.");
}

void ShowNewCode(const Program& program, const v1::IssueAccountRequest& request,
                 const v1::IssueAccountResponse& response, Screen& screen) {
  screen.Line("Code: ", response.code());
  screen.Line("It works once, until ", TimeInWords(response.expire_time()), ".");
  screen.Line(
      "Next: Hand it to the person, with the school's certificate; on their own computer "
      "they set a password:");
  const absl::StatusOr<SessionState> session = program.Session();
  const Destination here = session.ok() ? session->destination : Destination();
  screen.Command("wardbook account activate --server ", here.server, " --ca FILE --school ",
                 here.school, " --user ", request.user_name());
}

}  // namespace

void AddPersonCommands(Program& program) {
  CLI::App& noun = program.Noun("person", "People, their roles and their accounts");

  const auto add = AddMutation(
      program, noun, "add", "Enter a person in the register", &PeopleService::Stub::RegisterPerson,
      [](const v1::RegisterPersonRequest& request, const v1::RegisterPersonResponse& response,
         Screen& screen) {
        screen.Line(request.name(), " is in the register, with the id ", response.person_id(), ".");
        screen.Line("Next: Open an account if they are to sign in.");
        screen.Command("wardbook person issue-account ", response.person_id(), " --user NAME");
      });
  v1::RegisterPersonRequest& person = add.request();
  add.Line("--name", person.mutable_name(), "Their full name", Need::kRequired);
  add.Word<events::v1::PersonCategory>(
      "--category", [&person](auto category) { person.set_category(category); },
      "How they are connected with the school", Need::kRequired);
  add.Line("--job-title", person.mutable_job_title(), "Their job or office", Need::kOptional);
  add.Words<Role>(
      "--role", [&person](Role role) { person.add_roles(role); }, "A role from now on");

  AddList(program, noun, "list", "List the people of the school", &PeopleService::Stub::ListPeople,
          ShowPeople);

  const auto correct =
      AddMutation(program, noun, "correct", "Correct what the register says of a person",
                  &PeopleService::Stub::CorrectPerson,
                  "The register is corrected. A name from before is kept as a former name.");
  v1::CorrectPersonRequest& corrected = correct.request();
  correct.Person().Line("--name", corrected.mutable_name(),
                        "Their full name; one of the three is needed, and what is not given stays",
                        Need::kOptional);
  correct.Word<events::v1::PersonCategory>(
      "--category", [&corrected](auto category) { corrected.set_category(category); },
      "How they are connected with the school", Need::kOptional);
  correct.Line("--job-title", corrected.mutable_job_title(), "Their job or office",
               Need::kOptional);

  const auto grant =
      AddMutation(program, noun, "grant-role", "Give a role", &PeopleService::Stub::GrantRole,
                  [](const v1::GrantRoleRequest& request, const auto& response, Screen& screen) {
                    if (response.receipt().leaf_hashes().empty()) return;
                    screen.Line("The role is given: ", Phrase(request.role()), ", ",
                                request.has_from_time()
                                    ? absl::StrCat("from ", TimeInWords(request.from_time()))
                                    : "from now on",
                                ".");
                  });
  grant.Person().Word<Role>(
      "--role", [&request = grant.request()](Role role) { request.set_role(role); }, "The role",
      Need::kRequired);
  grant.Instant(
      "--from",
      [&request = grant.request()](const auto& time) { *request.mutable_from_time() = time; },
      "From when; now if not given");

  const auto end = AddMutation(
      program, noun, "end-role", "End a role", &PeopleService::Stub::EndRole,
      [](const v1::EndRoleRequest& request, const auto& response, Screen& screen) {
        if (response.receipt().leaf_hashes().empty()) return;
        screen.Line("The role is ended: ", Phrase(request.role()),
                    request.has_until_time()
                        ? absl::StrCat(", held until ", EndInWords(TimeOf(request.until_time())))
                        : ", from now on",
                    ".");
      });
  end.Person().Word<Role>(
      "--role", [&request = end.request()](Role role) { request.set_role(role); }, "The role",
      Need::kRequired);
  end.End(
      "--until",
      [&request = end.request()](const auto& time) { *request.mutable_until_time() = time; },
      "Until when; now if not given", Need::kOptional);

  AddRoleCommands(program, noun);

  const auto leave =
      AddMutation(program, noun, "leave", "Record that a person leaves the school",
                  &PeopleService::Stub::RecordLeaving,
                  "The leaving is recorded. Their roles and their sign-in end with it; what they "
                  "reported stays.");
  leave.Person().Instant(
      "--on",
      [&request = leave.request()](const auto& time) { *request.mutable_left_time() = time; },
      "From when they are gone; now if not given");
  leave.Line("--reason", leave.request().mutable_reason(), "Why or where to, in a few words",
             Need::kOptional);

  const auto assign =
      AddMutation(program, noun, "line-manager", "Assign a line manager",
                  &PeopleService::Stub::AssignLineManager, "The line manager is assigned.");
  assign.Person().Person("--manager", "The line manager", Need::kRequired,
                         [&request = assign.request()](const PersonId& manager) {
                           request.set_line_manager_id(manager.Hex());
                         });

  const auto issue = AddCall(
      program, *noun.add_subcommand("issue-account", "Open an account, or give a new code for it"),
      &PeopleService::Stub::IssueAccount, Repeat::kNever,
      [&program](const v1::IssueAccountRequest& request, const v1::IssueAccountResponse& response,
                 Screen& screen) { ShowNewCode(program, request, response, screen); });
  issue.Person().Line("--user", issue.request().mutable_user_name(), "The user name",
                      Need::kRequired);
}

}  // namespace wardbook::cli
