#include "storage/base/durable_directory.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "storage/base/status_macros.h"

namespace wardbook {
namespace {

namespace fs = std::filesystem;

absl::Status Failed(absl::string_view step, absl::string_view path, int error) {
  return absl::UnavailableError(
      absl::StrCat("cannot ", step, " ", path, ": ", std::generic_category().message(error)));
}

// `path` is absolute and does not end in a slash.
absl::Status CreateWithParents(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status)) return absl::OkStatus();
  if (fs::exists(status)) return Failed("create", path.string(), ENOTDIR);
  WARDBOOK_RETURN_IF_ERROR(CreateWithParents(path.parent_path()));
  // Another process that was faster has not synced it yet, perhaps.
  if (::mkdir(path.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
    return Failed("create", path.string(), errno);
  }
  return SyncDirectory(path.parent_path().string());
}

}  // namespace

absl::Status CreateDurableDirectory(absl::string_view path) {
  std::error_code error;
  fs::path absolute = fs::absolute(fs::path(std::string(path)), error).lexically_normal();
  if (error) return Failed("find", path, error.value());
  if (!absolute.has_filename()) absolute = absolute.parent_path();
  return CreateWithParents(absolute);
}

absl::Status SyncDirectory(absl::string_view path) {
  const int directory = ::open(std::string(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return Failed("open", path, errno);
  const int synced = ::fsync(directory);
  const int error = errno;
  ::close(directory);
  return synced == 0 ? absl::OkStatus() : Failed("sync", path, error);
}

}  // namespace wardbook
