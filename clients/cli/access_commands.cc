// Signing in and out, and the account.

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/aside_file.h"
#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "wardbook/v1/access_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using v1::AccessService;

// Where to, before anybody is signed in.
struct Destination {
  std::string server;
  std::string ca_file;
  bool secrets_on_stdin = false;
};

std::shared_ptr<Destination> AddDestination(CLI::App& app, const std::string& stdin_flag,
                                            const std::string& stdin_description) {
  auto destination = std::make_shared<Destination>();
  app.add_option("--server", destination->server, "The server, as HOST:PORT")->required();
  app.add_option("--ca", destination->ca_file, "The certificate by which the server is known")
      ->required();
  app.add_flag(stdin_flag, destination->secrets_on_stdin, stdin_description);
  return destination;
}

// A secret typed at the terminal or given as the next line of the input.
absl::StatusOr<std::string> Secret(const Console& console, const Destination& destination,
                                   absl::string_view question) {
  return destination.secrets_on_stdin ? ReadSecretLine(console, question)
                                      : AskSecret(console, question);
}

std::string RolesInWords(const v1::Session& session) {
  return absl::StrJoin(session.roles(), ", ", [](std::string* out, int role) {
    absl::StrAppend(out, Word(static_cast<events::v1::Role>(role)));
  });
}

void ShowSession(const v1::Session& session, Screen& screen) {
  screen.Line("Signed in to ", session.school_name(), " as ", session.name(), ".");
  if (session.roles_size() > 0) screen.Line("Roles: ", RolesInWords(session));
  screen.Line("Until ", TimeInWords(session.expire_time()), " at the latest.");
}

absl::Status SignIn(Program& program, const Destination& destination, v1::SignInRequest request) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::string directory, program.ConfigDirectory());
  WARDBOOK_ASSIGN_OR_RETURN(std::string ca_pem, ReadWholeFile(destination.ca_file));
  WARDBOOK_ASSIGN_OR_RETURN(*request.mutable_password(),
                            Secret(program.console(), destination, "Password"));
  WARDBOOK_ASSIGN_OR_RETURN(const v1::SignInResponse response,
                            Connection(destination.server, ca_pem)
                                .Call(&AccessService::Stub::SignIn, request, Repeat::kNever));
  const std::optional<SchoolId> school = SchoolId::FromHex(response.session().school_id());
  if (!school.has_value() || response.token().empty()) {
    return absl::InternalError("The server's answer has no school or no token.");
  }
  WARDBOOK_RETURN_IF_ERROR(SessionFile(directory).Save({.server = destination.server,
                                                        .user_name = request.user_name(),
                                                        .school = *school,
                                                        .token = response.token(),
                                                        .seen_position = std::nullopt,
                                                        .ca_pem = std::move(ca_pem)}));
  // The token stays in the session file; what is printed ends up in logs.
  v1::GetSessionResponse shown;
  *shown.mutable_session() = response.session();
  return Answer<v1::SignInRequest, v1::GetSessionResponse>(
      program, request, shown,
      [](const auto&, const v1::GetSessionResponse& answer, Screen& screen) {
        ShowSession(answer.session(), screen);
      });
}

void AddSignIn(Program& program) {
  CLI::App& app = program.Command("sign-in", "Sign in on this computer");
  const std::shared_ptr<Destination> destination =
      AddDestination(app, "--password-stdin", "Read the password from the standard input");
  Command<v1::SignInRequest> command(app, program.console());
  command.Line("--school", command.request().mutable_school(), "The school's short name",
               Need::kRequired);
  command.Line("--user", command.request().mutable_user_name(), "Your user name", Need::kRequired);
  program.WhenChosen(app, [&program, destination, command] {
    return SignIn(program, *destination, command.request());
  });
}

absl::Status SignOut(Program& program) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::string directory, program.ConfigDirectory());
  WARDBOOK_ASSIGN_OR_RETURN(const Connection* connection, program.SignedIn());
  const absl::StatusOr<v1::SignOutResponse> response =
      connection->Call(&AccessService::Stub::SignOut, v1::SignOutRequest(), Repeat::kSafe);
  // A session that the server no longer knows is over as well.
  if (!response.ok() && !absl::IsUnauthenticated(response.status())) return response.status();
  WARDBOOK_RETURN_IF_ERROR(SessionFile(directory).Remove());
  return Answer<v1::SignOutRequest, v1::SignOutResponse>(
      program, {}, {},
      [](const auto&, const auto&, Screen& screen) { screen.Line("Signed out."); });
}

absl::Status Activate(Program& program, const Destination& destination,
                      v1::ActivateAccountRequest request) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::string ca_pem, ReadWholeFile(destination.ca_file));
  WARDBOOK_ASSIGN_OR_RETURN(*request.mutable_code(),
                            Secret(program.console(), destination, "Code"));
  WARDBOOK_ASSIGN_OR_RETURN(
      *request.mutable_new_password(),
      Secret(program.console(), destination, "New password (12 characters or more)"));
  WARDBOOK_ASSIGN_OR_RETURN(
      const v1::ActivateAccountResponse response,
      Connection(destination.server, ca_pem)
          .Call(&AccessService::Stub::ActivateAccount, request, Repeat::kNever));
  return Answer<v1::ActivateAccountRequest, v1::ActivateAccountResponse>(
      program, request, response, [](const auto&, const auto&, Screen& screen) {
        screen.Line("The account is ready.");
        screen.Line("Next: sign in with the new password.");
      });
}

void AddAccount(Program& program) {
  CLI::App& noun = program.Noun("account", "Your account");
  CLI::App& activate =
      *noun.add_subcommand("activate", "Set your password with the code you were given");
  const std::shared_ptr<Destination> destination = AddDestination(
      activate, "--stdin", "Read the code and the new password, a line each, from standard input");
  Command<v1::ActivateAccountRequest> command(activate, program.console());
  command.Line("--school", command.request().mutable_school(), "The school's short name",
               Need::kRequired);
  command.Line("--user", command.request().mutable_user_name(), "Your user name", Need::kRequired);
  program.WhenChosen(activate, [&program, destination, command] {
    return Activate(program, *destination, command.request());
  });

  CLI::App& change = *noun.add_subcommand("change-password", "Change your password");
  auto from_stdin = std::make_shared<Destination>();
  change.add_flag("--stdin", from_stdin->secrets_on_stdin,
                  "Read the old and the new password, a line each, from standard input");
  AddCall(program, change, &AccessService::Stub::ChangePassword, Repeat::kNever,
          [](const v1::ChangePasswordRequest&, const v1::ChangePasswordResponse&, Screen& screen) {
            screen.Line("Your password is changed. Your other sessions have ended.");
          })
      .Before([&program, from_stdin](v1::ChangePasswordRequest& request) -> absl::Status {
        WARDBOOK_ASSIGN_OR_RETURN(*request.mutable_old_password(),
                                  Secret(program.console(), *from_stdin, "Password so far"));
        WARDBOOK_ASSIGN_OR_RETURN(
            *request.mutable_new_password(),
            Secret(program.console(), *from_stdin, "New password (12 characters or more)"));
        return absl::OkStatus();
      });
}

}  // namespace

void AddAccessCommands(Program& program) {
  AddSignIn(program);
  CLI::App& sign_out = program.Command("sign-out", "End the session on this computer");
  program.WhenChosen(sign_out, [&program] { return SignOut(program); });
  AddCall(program, program.Command("whoami", "Say who is signed in"),
          &AccessService::Stub::GetSession, Repeat::kSafe,
          [](const v1::GetSessionRequest&, const v1::GetSessionResponse& response, Screen& screen) {
            ShowSession(response.session(), screen);
          });
  AddAccount(program);
}

}  // namespace wardbook::cli
