#include "clients/cli/aside_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/failure.h"
#include "storage/base/durable_directory.h"
#include "storage/base/status_macros.h"

namespace wardbook::cli {
namespace {

absl::Status CannotWrite(const std::string& path) {
  return absl::InternalError(absl::StrCat("Cannot write ", path, ": ", std::strerror(errno), "."));
}

absl::Status IsThere(const std::string& path) {
  return WithNextStep(
      absl::AlreadyExistsError(absl::StrCat("There is already a file ", path, ", which stays.")),
      "Save it under another name, or move the one that is there.");
}

}  // namespace

AsideFile::AsideFile(std::string path, std::string aside_path, Existing existing, int descriptor)
    : path_(std::move(path)),
      aside_path_(std::move(aside_path)),
      existing_(existing),
      descriptor_(descriptor) {}

absl::StatusOr<std::unique_ptr<AsideFile>> AsideFile::Create(const std::string& path,
                                                             Existing existing) {
  // Said before anything is fetched in vain.
  std::error_code error;
  if (existing == Existing::kKept &&
      std::filesystem::exists(std::filesystem::symlink_status(path, error))) {
    return IsThere(path);
  }
  // mkstemp makes it with mode 0600 and never follows what is there already.
  std::string aside_path = absl::StrCat(path, ".XXXXXX");
  const int descriptor = ::mkstemp(aside_path.data());
  if (descriptor < 0) return CannotWrite(path);
  return std::unique_ptr<AsideFile>(
      new AsideFile(path, std::move(aside_path), existing, descriptor));
}

AsideFile::~AsideFile() {
  if (!descriptor_.has_value()) return;
  ::close(*descriptor_);
  ::unlink(aside_path_.c_str());
}

absl::Status AsideFile::Append(absl::string_view data) {
  while (!data.empty()) {
    const ssize_t written = ::write(*descriptor_, data.data(), data.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return CannotWrite(path_);
    data.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::Status AsideFile::Commit() {
  if (::fsync(*descriptor_) != 0) return CannotWrite(path_);
  WARDBOOK_RETURN_IF_ERROR(Rename());
  ::close(*descriptor_);
  descriptor_.reset();
  const std::filesystem::path parent = std::filesystem::path(path_).parent_path();
  const absl::Status synced = SyncDirectory(parent.empty() ? "." : parent.string());
  if (synced.ok()) return synced;
  return absl::InternalError(absl::StrCat("Cannot write ", path_, ": ", synced.message(), "."));
}

absl::Status AsideFile::Rename() const {
  if (existing_ == Existing::kReplaced) {
    if (::rename(aside_path_.c_str(), path_.c_str()) == 0) return absl::OkStatus();
    return CannotWrite(path_);
  }
  const int kept =
      ::renameat2(AT_FDCWD, aside_path_.c_str(), AT_FDCWD, path_.c_str(), RENAME_NOREPLACE);
  if (kept == 0) return absl::OkStatus();
  // A file system of the network has no such renaming, but hard links, which a memory
  // stick has not.
  const bool linked = errno != EEXIST && ::link(aside_path_.c_str(), path_.c_str()) == 0;
  if (linked) {
    ::unlink(aside_path_.c_str());
    return absl::OkStatus();
  }
  return errno == EEXIST ? IsThere(path_) : CannotWrite(path_);
}

absl::Status ReplaceFile(const std::string& path, absl::string_view content) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::unique_ptr<AsideFile> file,
                            AsideFile::Create(path, Existing::kReplaced));
  WARDBOOK_RETURN_IF_ERROR(file->Append(content));
  return file->Commit();
}

absl::StatusOr<std::string> ReadWholeFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in.is_open()) {
    const std::string message = absl::StrCat("Cannot open ", path, ": ", std::strerror(errno), ".");
    return errno == ENOENT ? absl::NotFoundError(message) : absl::InternalError(message);
  }
  std::string content(std::istreambuf_iterator<char>(in), {});
  if (in.bad()) return absl::InternalError(absl::StrCat("Cannot read ", path, "."));
  return content;
}

absl::Status MakePrivateDirectory(const std::string& path) {
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  std::error_code error;
  if (!parent.empty()) std::filesystem::create_directories(parent, error);
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return CannotWrite(path);
  return absl::OkStatus();
}

}  // namespace wardbook::cli
