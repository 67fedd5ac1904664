#include "clients/cli/session_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <map>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "clients/cli/aside_file.h"
#include "storage/base/status_macros.h"

namespace wardbook::cli {
namespace {

constexpr absl::string_view kFirstLine = "wardbook session v1";

absl::Status NotASession() {
  return absl::InternalError("The session file cannot be read. Sign in again.");
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
  if (absl::IsNotFound(content.status())) {
    return absl::UnauthenticatedError("You are not signed in.");
  }
  WARDBOOK_RETURN_IF_ERROR(content.status());
  const std::pair<absl::string_view, absl::string_view> halves =
      absl::StrSplit(*content, absl::MaxSplits("\n\n", 1));
  std::map<std::string, std::string> values;
  const std::vector<absl::string_view> lines = absl::StrSplit(halves.first, '\n');
  if (lines[0] != kFirstLine) return NotASession();
  for (size_t i = 1; i < lines.size(); ++i) {
    const std::pair<std::string, std::string> entry =
        absl::StrSplit(lines[i], absl::MaxSplits(' ', 1));
    values.insert(entry);
  }
  const std::optional<SchoolId> school = SchoolId::FromHex(values["school-id"]);
  if (!school.has_value() || values["token"].empty()) return NotASession();
  SessionState session{.server = values["server"],
                       .user_name = values["user"],
                       .school = *school,
                       .token = values["token"],
                       .seen_position = std::nullopt,
                       .ca_pem = std::string(halves.second)};
  if (const auto seen = values.find("seen"); seen != values.end()) {
    uint64_t position = 0;
    if (!absl::SimpleAtoi(seen->second, &position)) return NotASession();
    session.seen_position = position;
  }
  return session;
}

absl::Status SessionFile::Save(const SessionState& session) const {
  WARDBOOK_RETURN_IF_ERROR(MakePrivateDirectory(directory_));
  const std::string seen =
      session.seen_position.has_value() ? absl::StrCat("seen ", *session.seen_position, "\n") : "";
  return ReplaceFile(
      path_, absl::StrCat(kFirstLine, "\nserver ", session.server, "\nuser ", session.user_name,
                          "\nschool-id ", session.school.Hex(), "\ntoken ", session.token, "\n",
                          seen, "\n", session.ca_pem));
}

absl::Status SessionFile::Remove() const {
  if (::unlink(path_.c_str()) != 0 && errno != ENOENT) {
    return absl::InternalError(absl::StrCat("Cannot remove ", path_, "."));
  }
  return absl::OkStatus();
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
