#include "tests/fault/server/failing_disk.h"

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

using wardbook::e2e::DiskFault;
using wardbook::e2e::DiskOrder;

// The function that this one hides.
template <class Function>
Function* Hidden(Function*, const char* name) {
  void* const hidden = dlsym(RTLD_NEXT, name);
  // A program with the wrong disk must not run the test.
  if (hidden == nullptr) std::abort();
  return reinterpret_cast<Function*>(hidden);
}
#define HIDDEN(function) \
  static auto* const hidden = Hidden(static_cast<decltype(&(function))>(nullptr), #function)

DiskOrder& Order() {
  static DiskOrder* const order = [] {
    const char* const path = std::getenv(wardbook::e2e::kDiskOrderVariable);
    static auto* const open_file = Hidden(static_cast<decltype(&open)>(nullptr), "open");
    const int file = path == nullptr ? -1 : open_file(path, O_RDWR | O_CLOEXEC);
    void* const shared =
        mmap(nullptr, sizeof(DiskOrder), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (shared == MAP_FAILED) std::abort();
    return static_cast<DiskOrder*>(shared);
  }();
  return *order;
}

bool IsBelowDirectory(const char* path) {
  static const char* const directory = std::getenv(wardbook::e2e::kDiskDirectoryVariable);
  return std::strncmp(path, directory, std::strlen(directory)) == 0;
}

// Whether the call is the one that fails in this way.
bool Fails(DiskFault fault, const char* function, const char* path) {
  DiskOrder& order = Order();
  if (order.fault != fault || !IsBelowDirectory(path)) return false;
  const uint64_t call = ++order.calls;
  // A full disk stays full.
  const bool fails =
      fault == DiskFault::kNoSpace ? order.fails != 0 && call >= order.fails : call == order.fails;
  if (!fails) return false;
  if (order.has_failed.exchange(true)) return true;
  std::snprintf(order.function, sizeof(order.function), "%s", function);
  std::snprintf(order.path, sizeof(order.path), "%s", path);
  return true;
}

enum class Does {
  kTakeRoom,
  kChange,  // What takes none.
  kRead,
};

bool Exists(const char* path) {
  HIDDEN(access);
  return hidden(path, F_OK) == 0;
}

struct PathOf {
  explicit PathOf(int file) {
    std::array<char, 32> link;
    std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", file);
    const ssize_t size = readlink(link.data(), path.data(), path.size() - 1);
    path[size < 0 ? 0 : static_cast<size_t>(size)] = '\0';
  }
  // Of a name below an open directory.
  PathOf(int directory, const char* name) : PathOf(directory) {
    const size_t size = name[0] == '/' || directory == AT_FDCWD ? 0 : std::strlen(path.data());
    const char* const between = size == 0 ? "" : "/";
    std::snprintf(path.data() + size, path.size() - size, "%s%s", between, name);
  }

  std::array<char, 4096> path;
};

// The error with which the call fails, or zero. Of an open file the path is asked for
// only when it matters.
template <class... File>
int FaultOf(Does does, const char* function, File... file) {
  const DiskFault fault = Order().fault;
  const bool may_fail = fault == DiskFault::kIoError     ? does != Does::kRead
                        : fault == DiskFault::kReadError ? does == Does::kRead
                        : fault == DiskFault::kNoSpace   ? does == Does::kTakeRoom
                                                         : false;
  if (!may_fail || !Fails(fault, function, PathOf(file...).path.data())) return 0;
  return fault == DiskFault::kNoSpace ? ENOSPC : EIO;
}

int FaultOf(Does does, const char* function, const char* path) {
  return FaultOf(does, function, AT_FDCWD, path);
}

// How much of what is written the disk takes at once.
size_t Taken(const char* function, int file, size_t size) {
  if (size < 2 || Order().fault != DiskFault::kShortWrite ||
      !Fails(DiskFault::kShortWrite, function, PathOf(file).path.data())) {
    return size;
  }
  return size / 2;
}

Does OfOpening(int flags, const char* path) {
  return (flags & O_CREAT) != 0 && !Exists(path) ? Does::kTakeRoom : Does::kChange;
}

}  // namespace

extern "C" {

#define FAIL_IF(error, result)                 \
  if (const int fault = (error); fault != 0) { \
    errno = fault;                             \
    return result;                             \
  }

int open(const char* path, int flags, ...) {
  HIDDEN(open);
  va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  FAIL_IF(FaultOf(OfOpening(flags, path), "open", path), -1);
  return hidden(path, flags, mode);
}

int openat(int directory, const char* name, int flags, ...) {
  HIDDEN(openat);
  va_list more;
  va_start(more, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  const PathOf file(directory, name);
  FAIL_IF(FaultOf(OfOpening(flags, file.path.data()), "openat", file.path.data()), -1);
  return hidden(directory, name, flags, mode);
}

ssize_t read(int file, void* bytes, size_t size) {
  HIDDEN(read);
  FAIL_IF(FaultOf(Does::kRead, "read", file), -1);
  return hidden(file, bytes, size);
}

ssize_t pread(int file, void* bytes, size_t size, off_t offset) {
  HIDDEN(pread);
  FAIL_IF(FaultOf(Does::kRead, "pread", file), -1);
  return hidden(file, bytes, size, offset);
}

// Without the end of the file, or its error, which only the C library sets; RocksDB
// looks at errno.
size_t fread_unlocked(void* bytes, size_t size, size_t count, FILE* file) {
  HIDDEN(fread_unlocked);
  FAIL_IF(FaultOf(Does::kRead, "fread_unlocked", fileno(file)), 0);
  return hidden(bytes, size, count, file);
}

DIR* opendir(const char* path) {
  HIDDEN(opendir);
  FAIL_IF(FaultOf(Does::kRead, "opendir", path), nullptr);
  return hidden(path);
}

dirent* readdir(DIR* directory) {
  HIDDEN(readdir);
  FAIL_IF(FaultOf(Does::kRead, "readdir", dirfd(directory)), nullptr);
  return hidden(directory);
}

int access(const char* path, int mode) noexcept {
  HIDDEN(access);
  FAIL_IF(FaultOf(Does::kRead, "access", path), -1);
  return hidden(path, mode);
}

int stat(const char* path, struct stat* known) noexcept {
  HIDDEN(stat);
  FAIL_IF(FaultOf(Does::kRead, "stat", path), -1);
  return hidden(path, known);
}

int fstat(int file, struct stat* known) noexcept {
  HIDDEN(fstat);
  FAIL_IF(FaultOf(Does::kRead, "fstat", file), -1);
  return hidden(file, known);
}

ssize_t write(int file, const void* bytes, size_t size) {
  HIDDEN(write);
  FAIL_IF(FaultOf(Does::kTakeRoom, "write", file), -1);
  return hidden(file, bytes, Taken("write", file, size));
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t offset) {
  HIDDEN(pwrite);
  FAIL_IF(FaultOf(Does::kTakeRoom, "pwrite", file), -1);
  return hidden(file, bytes, Taken("pwrite", file, size), offset);
}

int fallocate(int file, int mode, off_t offset, off_t size) {
  HIDDEN(fallocate);
  FAIL_IF(FaultOf(Does::kTakeRoom, "fallocate", file), -1);
  return hidden(file, mode, offset, size);
}

int posix_fallocate(int file, off_t offset, off_t size) {
  HIDDEN(posix_fallocate);
  // The error is what it returns.
  if (const int fault = FaultOf(Does::kTakeRoom, "posix_fallocate", file); fault != 0) return fault;
  return hidden(file, offset, size);
}

int truncate(const char* path, off_t size) noexcept {
  HIDDEN(truncate);
  FAIL_IF(FaultOf(Does::kChange, "truncate", path), -1);
  return hidden(path, size);
}

int ftruncate(int file, off_t size) noexcept {
  HIDDEN(ftruncate);
  FAIL_IF(FaultOf(Does::kChange, "ftruncate", file), -1);
  return hidden(file, size);
}

int fsync(int file) {
  HIDDEN(fsync);
  FAIL_IF(FaultOf(Does::kChange, "fsync", file), -1);
  return hidden(file);
}

int fdatasync(int file) {
  HIDDEN(fdatasync);
  FAIL_IF(FaultOf(Does::kChange, "fdatasync", file), -1);
  return hidden(file);
}

int sync_file_range(int file, off_t offset, off_t size, unsigned int flags) {
  HIDDEN(sync_file_range);
  // Without flags it only says whether there is such a call, and comes to no disk.
  if (flags == 0) return hidden(file, offset, size, flags);
  FAIL_IF(FaultOf(Does::kChange, "sync_file_range", file), -1);
  return hidden(file, offset, size, flags);
}

int rename(const char* from, const char* to) noexcept {
  HIDDEN(rename);
  FAIL_IF(FaultOf(Does::kTakeRoom, "rename", to), -1);
  return hidden(from, to);
}

int link(const char* from, const char* to) noexcept {
  HIDDEN(link);
  FAIL_IF(FaultOf(Does::kTakeRoom, "link", to), -1);
  return hidden(from, to);
}

int mkdir(const char* path, mode_t mode) noexcept {
  HIDDEN(mkdir);
  if (Exists(path)) return hidden(path, mode);
  FAIL_IF(FaultOf(Does::kTakeRoom, "mkdir", path), -1);
  return hidden(path, mode);
}

int unlink(const char* path) noexcept {
  HIDDEN(unlink);
  FAIL_IF(FaultOf(Does::kChange, "unlink", path), -1);
  return hidden(path);
}

int unlinkat(int directory, const char* name, int flags) noexcept {
  HIDDEN(unlinkat);
  FAIL_IF(FaultOf(Does::kChange, "unlinkat", directory, name), -1);
  return hidden(directory, name, flags);
}

int rmdir(const char* path) noexcept {
  HIDDEN(rmdir);
  FAIL_IF(FaultOf(Does::kChange, "rmdir", path), -1);
  return hidden(path);
}

int remove(const char* path) noexcept {
  HIDDEN(remove);
  FAIL_IF(FaultOf(Does::kChange, "remove", path), -1);
  return hidden(path);
}

}  // extern "C"
