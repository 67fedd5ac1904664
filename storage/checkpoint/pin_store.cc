#include "storage/checkpoint/pin_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "storage/base/durable_directory.h"
#include "storage/base/status_macros.h"

namespace wardbook::checkpoint {
namespace {

namespace fs = std::filesystem;

constexpr absl::string_view kSuffix = ".checkpoint";
constexpr absl::string_view kAsideSuffix = ".checkpoint.new";

// A checkpoint tells how busy a school's log is, which is nobody else's concern.
constexpr mode_t kFileMode = 0600;

absl::Status Unavailable(absl::string_view step, absl::string_view path, int error) {
  return absl::UnavailableError(
      absl::StrCat("cannot ", step, " ", path, ": ", std::generic_category().message(error)));
}

// An open file that closes itself.
class File {
 public:
  static absl::StatusOr<File> Open(const std::string& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, kFileMode);
    if (descriptor < 0) return Unavailable("open", path, errno);
    return File(descriptor);
  }
  File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, std::nullopt)) {}
  File& operator=(File&&) = delete;
  ~File() {
    // What had to be durable has been synced; there is nothing left to fail.
    if (descriptor_.has_value()) ::close(*descriptor_);
  }

  int descriptor() const { return *descriptor_; }

 private:
  explicit File(int descriptor) : descriptor_(descriptor) {}

  std::optional<int> descriptor_;
};

absl::Status WriteSynced(const std::string& path, absl::string_view content) {
  WARDBOOK_ASSIGN_OR_RETURN(const File file, File::Open(path, O_WRONLY | O_CREAT | O_TRUNC));
  while (!content.empty()) {
    const ssize_t written = ::write(file.descriptor(), content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return Unavailable("write", path, errno);
    content.remove_prefix(static_cast<size_t>(written));
  }
  if (::fdatasync(file.descriptor()) != 0) return Unavailable("sync", path, errno);
  return absl::OkStatus();
}

std::string PathOf(absl::string_view directory, const SchoolId& school, absl::string_view suffix) {
  return absl::StrCat(directory, "/", school.Hex(), suffix);
}

}  // namespace

PinStore::PinStore(std::string directory) : directory_(std::move(directory)) {}

absl::StatusOr<PinStore> PinStore::Open(absl::string_view directory) {
  WARDBOOK_RETURN_IF_ERROR(CreateDurableDirectory(directory));
  return PinStore(std::string(directory));
}

absl::StatusOr<std::optional<std::string>> PinStore::Read(const SchoolId& school) const {
  const std::string path = PathOf(directory_, school, kSuffix);
  std::error_code error;
  const bool exists = fs::exists(path, error);
  if (error) return Unavailable("find", path, error.value());
  if (!exists) return std::nullopt;

  WARDBOOK_ASSIGN_OR_RETURN(const File file, File::Open(path, O_RDONLY));
  std::string note;
  std::array<char, 4096> buffer;
  while (true) {
    const ssize_t size = ::read(file.descriptor(), buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return Unavailable("read", path, errno);
    if (size == 0) return note;
    note.append(buffer.data(), static_cast<size_t>(size));
  }
}

absl::Status PinStore::Write(const SchoolId& school, absl::string_view note) const {
  WARDBOOK_RETURN_IF_ERROR(Replace(school, note));
  return Sync();
}

absl::Status PinStore::Replace(const SchoolId& school, absl::string_view note) const {
  const std::string path = PathOf(directory_, school, kSuffix);
  const std::string aside = PathOf(directory_, school, kAsideSuffix);
  absl::Status written = WriteSynced(aside, note);
  if (written.ok() && ::rename(aside.c_str(), path.c_str()) != 0) {
    written = Unavailable("replace", path, errno);
  }
  // What is left aside is of no use, and may be what fills the disk; should
  // this fail too, the next write replaces it.
  if (!written.ok()) ::unlink(aside.c_str());
  return written;
}

absl::Status PinStore::Sync() const { return SyncDirectory(directory_); }

absl::StatusOr<std::vector<SchoolId>> PinStore::Schools() const {
  std::vector<SchoolId> schools;
  std::error_code error;
  fs::directory_iterator entry(directory_, error);
  while (!error && entry != fs::directory_iterator()) {
    const std::string name = entry->path().filename().string();
    absl::string_view hex = name;
    if (absl::ConsumeSuffix(&hex, kSuffix)) {
      const std::optional<SchoolId> school = SchoolId::FromHex(hex);
      if (school.has_value()) schools.push_back(*school);
    }
    entry.increment(error);
  }
  if (error) return Unavailable("list", directory_, error.value());
  std::sort(schools.begin(), schools.end());
  return schools;
}

}  // namespace wardbook::checkpoint
