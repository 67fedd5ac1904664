// Who is signed in on this computer, in one file:
//
//   wardbook session v1
//   server wardbook.example:7443
//   school oakfield
//   user head
//   school-id 5f1c...
//   token ...
//   seen 1234
//
//   -----BEGIN CERTIFICATE-----
//
// What follows the empty line is the certificate authority by which the server
// is known. Without the three lines before it nobody is signed in, and the rest
// is where somebody signs in next.

#ifndef CLIENTS_CLI_SESSION_FILE_H_
#define CLIENTS_CLI_SESSION_FILE_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/base/ids.h"

namespace wardbook::cli {

// Where to sign in, and as whom.
struct Destination {
  std::string server;
  // Its short name.
  std::string school;
  std::string user_name;
  std::string ca_pem;

  friend bool operator==(const Destination&, const Destination&) = default;
};

struct SessionState {
  Destination destination;
  SchoolId school;
  std::string token;
  // The highest log position that this computer was told of, so that a read
  // shows what was written before it.
  std::optional<uint64_t> seen_position;

  friend bool operator==(const SessionState&, const SessionState&) = default;
};

// $WARDBOOK_CONFIG_DIR, else wardbook in $XDG_CONFIG_HOME, else in ~/.config.
// FAILED_PRECONDITION: the environment has none of them.
absl::StatusOr<std::string> ConfigDirectory();

// A value; thread-compatible. The file is mode 0600 and always whole.
class SessionFile {
 public:
  explicit SessionFile(const std::string& directory);

  // UNAUTHENTICATED: nobody is signed in. INTERNAL: it cannot be read or is not
  // a session.
  absl::StatusOr<SessionState> Load() const;
  // Where somebody last signed in; nothing when nobody did or the file is damaged.
  std::optional<Destination> LastDestination() const;

  absl::Status Save(const SessionState& session) const;
  // Forgets the session and keeps where to sign in next.
  absl::Status SaveDestination(const Destination& destination) const;

  // Raises the seen position to `position` unless it is there already, or
  // somebody has signed in or out since `token` was read.
  absl::Status Raise(absl::string_view token, uint64_t position) const;

 private:
  std::string directory_;
  std::string path_;
};

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_SESSION_FILE_H_
