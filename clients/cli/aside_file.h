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

// What becomes of a file that is at the path.
enum class Existing {
  kReplaced,  // It is the program's own.
  kKept,      // It may be anybody's: ALREADY_EXISTS.
};

// A file written under another name in the same directory, readable by its owner
// alone, and renamed when it is whole. Without Commit nothing of it remains. All
// failures name the path; those not named here are INTERNAL. Thread-compatible.
class AsideFile {
 public:
  // ALREADY_EXISTS: `existing` is kept, and there is one.
  static absl::StatusOr<std::unique_ptr<AsideFile>> Create(const std::string& path,
                                                           Existing existing);
  ~AsideFile();
  AsideFile(const AsideFile&) = delete;
  AsideFile& operator=(const AsideFile&) = delete;

  absl::Status Append(absl::string_view data);
  // Where the bytes are before Commit.
  const std::string& aside_path() const { return aside_path_; }
  // Brings the bytes to disk and to the path, durably. Called once, last. ALREADY_EXISTS:
  // `existing` is kept, and one has come meanwhile.
  absl::Status Commit();

 private:
  AsideFile(std::string path, std::string aside_path, Existing existing, int descriptor);
  absl::Status Rename() const;

  const std::string path_;
  const std::string aside_path_;
  const Existing existing_;
  // Nothing once committed.
  std::optional<int> descriptor_;
};

// Writes `content` to `path` in one step, in the place of what was there.
absl::Status ReplaceFile(const std::string& path, absl::string_view content);

// NOT_FOUND: there is no such file. INTERNAL: it cannot be read.
absl::StatusOr<std::string> ReadWholeFile(const std::string& path);

// Makes the directory and those above it, for their owner alone. INTERNAL: it
// cannot be made.
absl::Status MakePrivateDirectory(const std::string& path);

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_ASIDE_FILE_H_
