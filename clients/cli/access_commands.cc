// Signing in and out, and the account.

#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/aside_file.h"
#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "clients/cli/session_file.h"
#include "clients/cli/unreachable.h"
#include "wardbook/v1/access_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using v1::AccessService;

// What the command line says of where to sign in. What it leaves out is as it was
// the last time on this computer.
struct Given {
  Destination destination;
  std::string ca_file;
  bool secrets_on_stdin = false;
};

std::shared_ptr<Given> AddGiven(CLI::App& app, const std::string& stdin_flag,
                                const std::string& stdin_description) {
  auto given = std::make_shared<Given>();
  Destination& to = given->destination;
  app.add_option("--server", to.server, "The server, as HOST:PORT");
  app.add_option("--ca", given->ca_file, "The file with the certificate that the server shows");
  app.add_option("--school", to.school, "The school's short name");
  app.add_option("--user", to.user_name, "Your user name");
  app.add_flag(stdin_flag, given->secrets_on_stdin, stdin_description);
  app.footer(
      "What you leave out of --server, --ca, --school and --user is as it was the last time on "
      "this computer.");
  return given;
}

absl::Status NotSaid(absl::string_view option) {
  return WithNextStep(
      absl::InvalidArgumentError(absl::StrCat("Nobody has signed in on this computer before, and ",
                                              option, " is not given.")),
      "Sign in with all four; the technician knows them.",
      "wardbook sign-in --server HOST:PORT --ca FILE --school NAME --user NAME");
}

// INVALID_ARGUMENT: the file is not a certificate in PEM. NOT_FOUND, INTERNAL: it cannot be read.
absl::StatusOr<std::string> ReadCertificate(const std::string& path) {
  constexpr char kNextStep[] =
      "Give the file with the server's certificate, tls.crt; the technician has it.";
  absl::StatusOr<std::string> pem = ReadWholeFile(path);
  if (!pem.ok()) return WithNextStep(pem.status(), kNextStep);
  if (!absl::StrContains(*pem, "-----BEGIN CERTIFICATE-----")) {
    return WithNextStep(
        absl::InvalidArgumentError(absl::StrCat(
            path, " is not a certificate: those begin with -----BEGIN CERTIFICATE-----.")),
        kNextStep);
  }
  return pem;
}

// INVALID_ARGUMENT: something is not given and not known from the last time, or
// is not what it should be.
absl::StatusOr<Destination> DestinationOf(const Given& given, const std::string& directory) {
  Destination to = SessionFile(directory).LastDestination().value_or(Destination());
  if (!given.destination.server.empty()) to.server = given.destination.server;
  if (!given.destination.school.empty()) to.school = given.destination.school;
  if (!given.destination.user_name.empty()) to.user_name = given.destination.user_name;
  if (!given.ca_file.empty()) {
    WARDBOOK_ASSIGN_OR_RETURN(to.ca_pem, ReadCertificate(given.ca_file));
  }
  if (to.server.empty()) return NotSaid("--server");
  if (to.ca_pem.empty()) return NotSaid("--ca");
  if (to.school.empty()) return NotSaid("--school");
  if (to.user_name.empty()) return NotSaid("--user");
  WARDBOOK_RETURN_IF_ERROR(CheckServerAddress(to.server));
  return to;
}

// A secret typed at the terminal or given as the next line of the input.
absl::StatusOr<std::string> Secret(const Console& console, const Given& given,
                                   absl::string_view question) {
  return given.secrets_on_stdin ? ReadSecretLine(console, question) : AskSecret(console, question);
}

absl::StatusOr<std::string> NewPassword(const Console& console, const Given& given) {
  constexpr char kQuestion[] = "New password (12 characters or more)";
  return given.secrets_on_stdin ? ReadSecretLine(console, kQuestion)
                                : AskNewSecret(console, kQuestion);
}

std::string RolesInWords(const v1::Session& session) {
  return absl::StrJoin(session.roles(), ", ", [](std::string* out, int role) {
    absl::StrAppend(out, Phrase(static_cast<events::v1::Role>(role)));
  });
}

void ShowSession(const v1::Session& session, Screen& screen) {
  screen.Line("Signed in to ", session.school_name(), " as ", session.name(), ".");
  if (session.roles_size() > 0) screen.Line("Roles: ", RolesInWords(session), ".");
  screen.Line("The session ends on ", TimeInWords(session.expire_time()),
              ", or when it has not been used for an hour.");
  if (!session.has_account_issued_time()) return;
  const std::string& by = session.account_issued_by();
  screen.Line("Your account code was last issued on ", TimeInWords(session.account_issued_time()),
              " by ", by.empty() ? "the server" : by,
              ". If that surprises you, tell the Chair of Governors.");
}

absl::Status SignIn(Program& program, const Given& given) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::string directory, program.ConfigDirectory());
  WARDBOOK_ASSIGN_OR_RETURN(const Destination to, DestinationOf(given, directory));
  v1::SignInRequest request;
  request.set_school(to.school);
  request.set_user_name(to.user_name);
  WARDBOOK_ASSIGN_OR_RETURN(
      *request.mutable_password(),
      Secret(program.console(), given, absl::StrCat("Password of ", to.user_name)));
  WARDBOOK_RETURN_IF_ERROR(CheckTexts(request));
  WARDBOOK_ASSIGN_OR_RETURN(
      const v1::SignInResponse response,
      Connection(to.server, to.ca_pem).Call(&AccessService::Stub::SignIn, request, Repeat::kNever));
  const std::optional<SchoolId> school = SchoolId::FromHex(response.session().school_id());
  if (!school.has_value() || response.token().empty()) {
    return absl::InternalError("The server's answer has no school or no token.");
  }
  WARDBOOK_RETURN_IF_ERROR(SessionFile(directory).Save({.destination = to,
                                                        .school = *school,
                                                        .token = response.token(),
                                                        .seen_position = std::nullopt}));
  // The token stays in the session file; what is printed ends up in logs.
  v1::GetSessionResponse shown;
  *shown.mutable_session() = response.session();
  WARDBOOK_RETURN_IF_ERROR((Answer<v1::SignInRequest, v1::GetSessionResponse>(
      program, request, shown,
      [](const auto&, const v1::GetSessionResponse& answer, Screen& screen) {
        ShowSession(answer.session(), screen);
      })));
  ShowDueAfterSignIn(program);
  return absl::OkStatus();
}

void AddSignIn(Program& program) {
  CLI::App& app = program.Command("sign-in", "Sign in on this computer");
  const std::shared_ptr<Given> given =
      AddGiven(app, "--password-stdin", "Read the password from the standard input");
  program.WhenChosen(app, [&program, given] { return SignIn(program, *given); });
}

absl::Status SignOut(Program& program) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::string directory, program.ConfigDirectory());
  WARDBOOK_ASSIGN_OR_RETURN(const SessionState session, program.Session());
  WARDBOOK_ASSIGN_OR_RETURN(const Connection* connection, program.SignedIn());
  const absl::Status ended =
      connection->Call(&AccessService::Stub::SignOut, v1::SignOutRequest(), Repeat::kSafe).status();
  // Who leaves a computer must be able to, also without the network; and a session
  // that the server no longer knows is over as well.
  const bool is_told = !absl::IsUnavailable(ended) && !absl::IsDeadlineExceeded(ended);
  if (is_told && !absl::IsUnauthenticated(ended)) WARDBOOK_RETURN_IF_ERROR(ended);
  WARDBOOK_RETURN_IF_ERROR(SessionFile(directory).SaveDestination(session.destination));
  return Answer<v1::SignOutRequest, v1::SignOutResponse>(
      program, {}, {}, [is_told](const auto&, const auto&, Screen& screen) {
        screen.Line(is_told ? "Signed out."
                            : "Signed out on this computer. The server could not be told; the "
                              "session ends there when it has not been used for an hour.");
      });
}

absl::Status Activate(Program& program, const Given& given) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::string directory, program.ConfigDirectory());
  WARDBOOK_ASSIGN_OR_RETURN(const Destination to, DestinationOf(given, directory));
  v1::ActivateAccountRequest request;
  request.set_school(to.school);
  request.set_user_name(to.user_name);
  WARDBOOK_ASSIGN_OR_RETURN(*request.mutable_code(),
                            Secret(program.console(), given, "Code that you were given"));
  WARDBOOK_ASSIGN_OR_RETURN(*request.mutable_new_password(), NewPassword(program.console(), given));
  WARDBOOK_RETURN_IF_ERROR(CheckTexts(request));
  WARDBOOK_ASSIGN_OR_RETURN(
      const v1::ActivateAccountResponse response,
      Connection(to.server, to.ca_pem)
          .Call(&AccessService::Stub::ActivateAccount, request, Repeat::kNever));
  // Whoever was signed in before keeps their session until somebody signs in.
  if (!program.Session().ok()) {
    WARDBOOK_RETURN_IF_ERROR(SessionFile(directory).SaveDestination(to));
  }
  return Answer<v1::ActivateAccountRequest, v1::ActivateAccountResponse>(
      program, request, response,
      [](const v1::ActivateAccountRequest& activated, const auto&, Screen& screen) {
        screen.Line("The account is ready.");
        screen.Line("Next: Sign in with the new password.");
        screen.Command("wardbook sign-in --user ", activated.user_name());
      });
}

void AddAccount(Program& program) {
  CLI::App& noun = program.Noun("account", "Your account");
  CLI::App& activate =
      *noun.add_subcommand("activate", "Set your password with the code you were given");
  const std::shared_ptr<Given> given = AddGiven(
      activate, "--stdin", "Read the code and the new password, a line each, from standard input");
  program.WhenChosen(activate, [&program, given] { return Activate(program, *given); });

  CLI::App& change = *noun.add_subcommand("change-password", "Change your password");
  auto from_stdin = std::make_shared<Given>();
  change.add_flag("--stdin", from_stdin->secrets_on_stdin,
                  "Read the old and the new password, a line each, from standard input");
  AddCall(program, change, &AccessService::Stub::ChangePassword, Repeat::kNever,
          [](const v1::ChangePasswordRequest&, const v1::ChangePasswordResponse&, Screen& screen) {
            screen.Line("Your password is changed. Your other sessions have ended.");
          })
      .Before([&program, from_stdin](v1::ChangePasswordRequest& request) -> absl::Status {
        WARDBOOK_ASSIGN_OR_RETURN(*request.mutable_old_password(),
                                  Secret(program.console(), *from_stdin, "Password so far"));
        WARDBOOK_ASSIGN_OR_RETURN(*request.mutable_new_password(),
                                  NewPassword(program.console(), *from_stdin));
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
