#include "tests/fault/server/failing_disk.h"

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

enum class Takes { kRoom, kNothing };

bool Exists(const char* path) { return access(path, F_OK) == 0; }

// The error with which the call fails, or zero.
int FaultOf(Takes takes, const char* function, const char* path) {
  if (Fails(DiskFault::kIoError, function, path)) return EIO;
  if (takes == Takes::kRoom && Fails(DiskFault::kNoSpace, function, path)) return ENOSPC;
  return 0;
}

struct PathOf {
  explicit PathOf(int file) {
    std::array<char, 32> link;
    std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", file);
    const ssize_t size = readlink(link.data(), path.data(), path.size() - 1);
    path[size < 0 ? 0 : static_cast<size_t>(size)] = '\0';
  }

  std::array<char, 4096> path;
};

// The error with which a call on an open file fails, or zero.
int FaultOf(Takes takes, const char* function, int file) {
  return FaultOf(takes, function, PathOf(file).path.data());
}

// How much of what is written the disk takes at once.
size_t Taken(const char* function, int file, size_t size) {
  if (size < 2 || !Fails(DiskFault::kShortWrite, function, PathOf(file).path.data())) return size;
  return size / 2;
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
  const bool is_new = (flags & O_CREAT) != 0 && !Exists(path);
  const Takes takes = is_new ? Takes::kRoom : Takes::kNothing;
  FAIL_IF(FaultOf(takes, "open", path), -1);
  return hidden(path, flags, mode);
}

ssize_t write(int file, const void* bytes, size_t size) {
  HIDDEN(write);
  FAIL_IF(FaultOf(Takes::kRoom, "write", file), -1);
  return hidden(file, bytes, Taken("write", file, size));
}

ssize_t pwrite(int file, const void* bytes, size_t size, off_t offset) {
  HIDDEN(pwrite);
  FAIL_IF(FaultOf(Takes::kRoom, "pwrite", file), -1);
  return hidden(file, bytes, Taken("pwrite", file, size), offset);
}

int fallocate(int file, int mode, off_t offset, off_t size) {
  HIDDEN(fallocate);
  FAIL_IF(FaultOf(Takes::kRoom, "fallocate", file), -1);
  return hidden(file, mode, offset, size);
}

int ftruncate(int file, off_t size) noexcept {
  HIDDEN(ftruncate);
  FAIL_IF(FaultOf(Takes::kNothing, "ftruncate", file), -1);
  return hidden(file, size);
}

int fsync(int file) {
  HIDDEN(fsync);
  FAIL_IF(FaultOf(Takes::kNothing, "fsync", file), -1);
  return hidden(file);
}

int fdatasync(int file) {
  HIDDEN(fdatasync);
  FAIL_IF(FaultOf(Takes::kNothing, "fdatasync", file), -1);
  return hidden(file);
}

int rename(const char* from, const char* to) noexcept {
  HIDDEN(rename);
  FAIL_IF(FaultOf(Takes::kRoom, "rename", to), -1);
  return hidden(from, to);
}

int link(const char* from, const char* to) noexcept {
  HIDDEN(link);
  FAIL_IF(FaultOf(Takes::kRoom, "link", to), -1);
  return hidden(from, to);
}

int mkdir(const char* path, mode_t mode) noexcept {
  HIDDEN(mkdir);
  if (Exists(path)) return hidden(path, mode);
  FAIL_IF(FaultOf(Takes::kRoom, "mkdir", path), -1);
  return hidden(path, mode);
}

int unlink(const char* path) noexcept {
  HIDDEN(unlink);
  FAIL_IF(FaultOf(Takes::kNothing, "unlink", path), -1);
  return hidden(path);
}

}  // extern "C"
