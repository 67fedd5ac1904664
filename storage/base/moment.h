// A moment of a clock that nobody sets.

#ifndef STORAGE_BASE_MOMENT_H_
#define STORAGE_BASE_MOMENT_H_

#include <chrono>

namespace wardbook {

// When something is tried next, or waited for no longer. The clock on the wall, whose
// times are absl::Time, dates what is recorded: it may be set by hours meanwhile.
using Moment = std::chrono::steady_clock::time_point;

// So long from now.
inline Moment MomentIn(std::chrono::nanoseconds time) {
  return std::chrono::steady_clock::now() + time;
}

}  // namespace wardbook

#endif  // STORAGE_BASE_MOMENT_H_
