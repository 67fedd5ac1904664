// Files that are either whole or not there.

#ifndef CLIENTS_CLI_ASIDE_FILE_H_
#define CLIENTS_CLI_ASIDE_FILE_H_

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace wardbook::cli {

// A file written under another name in the same directory, readable by its owner
// alone, and renamed when it is whole. Without Commit nothing of it remains. All
// failures are INTERNAL and name the path. Thread-compatible.
class AsideFile {
 public:
  static absl::StatusOr<std::unique_ptr<AsideFile>> Create(const std::string& path);
  ~AsideFile();
  AsideFile(const AsideFile&) = delete;
  AsideFile& operator=(const AsideFile&) = delete;

  absl::Status Append(absl::string_view data);
  // Where the bytes are before Commit.
  const std::string& aside_path() const { return aside_path_; }
  // Brings the bytes to disk and replaces what was at the path, durably. Called once,
  // last.
  absl::Status Commit();

 private:
  AsideFile(std::string path, std::string aside_path, int descriptor);

  const std::string path_;
  const std::string aside_path_;
  // Nothing once committed.
  std::optional<int> descriptor_;
};

// Writes `content` to `path` in one step.
absl::Status ReplaceFile(const std::string& path, absl::string_view content);

// NOT_FOUND: there is no such file. INTERNAL: it cannot be read.
absl::StatusOr<std::string> ReadWholeFile(const std::string& path);

// Makes the directory and those above it, for their owner alone. INTERNAL: it
// cannot be made.
absl::Status MakePrivateDirectory(const std::string& path);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_ASIDE_FILE_H_
