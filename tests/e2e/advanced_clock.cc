// A clock for a program under test, preloaded into it: the machine's, and as many
// seconds ahead as the file says that WARDBOOK_TEST_CLOCK names. The file holds
// one int64 and may change at any time.

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <ctime>

namespace {

int OpenFile() {
  const char* const path = std::getenv("WARDBOOK_TEST_CLOCK");
  return path == nullptr ? -1 : open(path, O_RDONLY | O_CLOEXEC);
}

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* time) noexcept {
  const auto result = static_cast<int>(syscall(SYS_clock_gettime, clock, time));
  if (result != 0 || clock != CLOCK_REALTIME) return result;
  static const int file = OpenFile();
  int64_t seconds_ahead = 0;
  // A program with the wrong clock must not run the test.
  if (pread(file, &seconds_ahead, sizeof(seconds_ahead), 0) != sizeof(seconds_ahead)) std::abort();
  time->tv_sec += seconds_ahead;
  return 0;
}
