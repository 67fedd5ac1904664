// A disk that fails one call of a program under test, which has failing_disk.cc
// preloaded. Test and program share the order and the count, in a file.

#ifndef TESTS_FAULT_SERVER_FAILING_DISK_H_
#define TESTS_FAULT_SERVER_FAILING_DISK_H_

#include <atomic>
#include <cstdint>

namespace wardbook::e2e {

enum class DiskFault : uint32_t {
  kIoError,     // EIO, of any call that opens, writes, syncs, or changes a directory.
  kReadError,   // EIO, of any that reads a file, a directory, or what is known of either.
  kNoSpace,     // ENOSPC, of any that takes room, and from then on of all.
  kShortWrite,  // Half of what is written is, which is no error.
};

// What the environment of the program names.
inline constexpr char kDiskDirectoryVariable[] = "WARDBOOK_TEST_DISK";
inline constexpr char kDiskOrderVariable[] = "WARDBOOK_TEST_DISK_ORDER";

// All zeros at first: no call fails.
struct DiskOrder {
  std::atomic<DiskFault> fault;
  // The calls that could fail so, below the directory, since the count was set.
  std::atomic<uint64_t> calls;
  // The number of the first call that fails, from 1; no call if zero.
  std::atomic<uint64_t> fails;
  // Whether one has, and which was the first.
  std::atomic<bool> has_failed;
  char function[16];
  char path[112];
};
static_assert(std::atomic<uint64_t>::is_always_lock_free);

}  // namespace wardbook::e2e

#endif  // TESTS_FAULT_SERVER_FAILING_DISK_H_
