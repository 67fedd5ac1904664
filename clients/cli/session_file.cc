#include "clients/cli/session_file.h"

#include <cstdlib>
#include <map>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/aside_file.h"
#include "clients/cli/failure.h"
#include "storage/base/status_macros.h"

namespace wardbook::cli {
namespace {

constexpr absl::string_view kFirstLine = "wardbook session v1";

absl::Status NotASession() {
  return WithNextStep(absl::InternalError("The session file is damaged."), "Sign in again.",
                      "wardbook sign-in --help");
}

absl::Status NobodySignedIn() {
  return WithNextStep(absl::UnauthenticatedError("You are not signed in."), "Sign in.",
                      "wardbook sign-in");
}

struct Parsed {
  Destination destination;
  std::map<std::string, std::string> values;
};

absl::StatusOr<Parsed> Parse(absl::string_view content) {
  const std::pair<absl::string_view, absl::string_view> halves =
      absl::StrSplit(content, absl::MaxSplits("\n\n", 1));
  const std::vector<absl::string_view> lines = absl::StrSplit(halves.first, '\n');
  if (lines[0] != kFirstLine) return NotASession();
  Parsed parsed;
  for (size_t i = 1; i < lines.size(); ++i) {
    const std::pair<std::string, std::string> entry =
        absl::StrSplit(lines[i], absl::MaxSplits(' ', 1));
    parsed.values.insert(entry);
  }
  parsed.destination = {.server = parsed.values["server"],
                        .school = parsed.values["school"],
                        .user_name = parsed.values["user"],
                        .ca_pem = std::string(halves.second)};
  if (parsed.destination.server.empty() || parsed.destination.ca_pem.empty()) return NotASession();
  return parsed;
}

std::string HeadOf(const Destination& destination) {
  return absl::StrCat(kFirstLine, "\nserver ", destination.server, "\nschool ", destination.school,
                      "\nuser ", destination.user_name, "\n");
}

std::optional<std::string> Environment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

}  // namespace

absl::StatusOr<std::string> ConfigDirectory() {
  if (const auto own = Environment("WARDBOOK_CONFIG_DIR")) return *own;
  if (const auto xdg = Environment("XDG_CONFIG_HOME")) return absl::StrCat(*xdg, "/wardbook");
  if (const auto home = Environment("HOME")) return absl::StrCat(*home, "/.config/wardbook");
  return absl::FailedPreconditionError("Set WARDBOOK_CONFIG_DIR to a directory of your own.");
}

SessionFile::SessionFile(const std::string& directory)
    : directory_(directory), path_(absl::StrCat(directory, "/session")) {}

absl::StatusOr<SessionState> SessionFile::Load() const {
  const absl::StatusOr<std::string> content = ReadWholeFile(path_);
  if (absl::IsNotFound(content.status())) return NobodySignedIn();
  WARDBOOK_RETURN_IF_ERROR(content.status());
  WARDBOOK_ASSIGN_OR_RETURN(Parsed parsed, Parse(*content));
  if (parsed.values["token"].empty()) return NobodySignedIn();
  const std::optional<SchoolId> school = SchoolId::FromHex(parsed.values["school-id"]);
  if (!school.has_value()) return NotASession();
  SessionState session{.destination = std::move(parsed.destination),
                       .school = *school,
                       .token = parsed.values["token"],
                       .seen_position = std::nullopt};
  if (const auto seen = parsed.values.find("seen"); seen != parsed.values.end()) {
    uint64_t position = 0;
    if (!absl::SimpleAtoi(seen->second, &position)) return NotASession();
    session.seen_position = position;
  }
  return session;
}

std::optional<Destination> SessionFile::LastDestination() const {
  const absl::StatusOr<std::string> content = ReadWholeFile(path_);
  if (!content.ok()) return std::nullopt;
  absl::StatusOr<Parsed> parsed = Parse(*content);
  if (!parsed.ok()) return std::nullopt;
  return std::move(parsed->destination);
}

absl::Status SessionFile::Save(const SessionState& session) const {
  WARDBOOK_RETURN_IF_ERROR(MakePrivateDirectory(directory_));
  const std::string seen =
      session.seen_position.has_value() ? absl::StrCat("seen ", *session.seen_position, "\n") : "";
  return ReplaceFile(
      path_, absl::StrCat(HeadOf(session.destination), "school-id ", session.school.Hex(),
                          "\ntoken ", session.token, "\n", seen, "\n", session.destination.ca_pem));
}

absl::Status SessionFile::SaveDestination(const Destination& destination) const {
  WARDBOOK_RETURN_IF_ERROR(MakePrivateDirectory(directory_));
  return ReplaceFile(path_, absl::StrCat(HeadOf(destination), "\n", destination.ca_pem));
}

absl::Status SessionFile::Raise(absl::string_view token, uint64_t position) const {
  absl::StatusOr<SessionState> session = Load();
  if (absl::IsUnauthenticated(session.status())) return absl::OkStatus();
  WARDBOOK_RETURN_IF_ERROR(session.status());
  if (session->token != token || session->seen_position >= position) return absl::OkStatus();
  session->seen_position = position;
  return Save(*session);
}

}  // namespace wardbook::cli
