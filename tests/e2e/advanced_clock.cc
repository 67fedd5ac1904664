// A clock for a program under test, preloaded into it: the machine's, and as many
// seconds ahead as the file says that WARDBOOK_TEST_CLOCK names. The file holds
// one int64 and may change at any time, as a clock may be set.
//
// Abseil waits for a time of this clock until the clock shows it, however it is set
// meanwhile, as it does for the kernel's. The waits of the C library, which are those of
// RocksDB and the allocator, go by the kernel's: they last as much longer as this clock
// is ahead.

#include <dlfcn.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <ctime>

namespace {

constexpr int64_t kNanosPerSecond = 1'000'000'000;
// How often whoever waits looks whether the clock was set: a moment for the test, and
// nothing that a processor notices.
constexpr int64_t kLookEveryNanos = 20'000'000;

int OpenFile() {
  const char* const path = std::getenv("WARDBOOK_TEST_CLOCK");
  return path == nullptr ? -1 : open(path, O_RDONLY | O_CLOEXEC);
}

int64_t NanosOf(const timespec& time) { return time.tv_sec * kNanosPerSecond + time.tv_nsec; }

int64_t NanosNow(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return NanosOf(now);
}

// What syscall() takes after the number.
struct Arguments {
  long of[6];
};

long HiddenSyscall(long number, const Arguments& arguments) {
  static auto* const hidden = reinterpret_cast<long (*)(long, ...)>(dlsym(RTLD_NEXT, "syscall"));
  const auto& of = arguments.of;
  return hidden(number, of[0], of[1], of[2], of[3], of[4], of[5]);
}

// A wait on a futex until a time of the clock on the wall.
bool IsWaitByThisClock(long number, const Arguments& arguments) {
  return number == SYS_futex && (arguments.of[1] & FUTEX_CMD_MASK) == FUTEX_WAIT_BITSET &&
         (arguments.of[1] & FUTEX_CLOCK_REALTIME) != 0 && arguments.of[3] != 0;
}

long WaitByThisClock(Arguments arguments) {
  const int64_t deadline = NanosOf(*reinterpret_cast<const timespec*>(arguments.of[3]));
  timespec look{};
  arguments.of[1] &= ~static_cast<long>(FUTEX_CLOCK_REALTIME);
  arguments.of[3] = reinterpret_cast<long>(&look);
  for (;;) {
    const int64_t left = deadline - NanosNow(CLOCK_REALTIME);
    const int64_t until = NanosNow(CLOCK_MONOTONIC) + std::clamp(left, int64_t{0}, kLookEveryNanos);
    look = {until / kNanosPerSecond, until % kNanosPerSecond};
    const long result = HiddenSyscall(SYS_futex, arguments);
    if (result == 0 || errno != ETIMEDOUT || NanosNow(CLOCK_REALTIME) >= deadline) return result;
  }
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* time) noexcept {
  const auto result =
      static_cast<int>(HiddenSyscall(SYS_clock_gettime, {clock, reinterpret_cast<long>(time)}));
  if (result != 0 || clock != CLOCK_REALTIME) return result;
  static const int file = OpenFile();
  int64_t seconds_ahead = 0;
  // A program with the wrong clock must not run the test.
  if (pread(file, &seconds_ahead, sizeof(seconds_ahead), 0) != sizeof(seconds_ahead)) std::abort();
  time->tv_sec += seconds_ahead;
  return 0;
}

int gettimeofday(timeval* time, void*) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  *time = {now.tv_sec, now.tv_nsec / 1000};
  return 0;
}

// All of the program's own go through here: the C library calls the kernel by itself.
long syscall(long number, ...) noexcept {
  Arguments arguments{};
  va_list more;
  va_start(more, number);
  for (long& argument : arguments.of) argument = va_arg(more, long);
  va_end(more);
  return IsWaitByThisClock(number, arguments) ? WaitByThisClock(arguments)
                                              : HiddenSyscall(number, arguments);
}

}  // extern "C"
