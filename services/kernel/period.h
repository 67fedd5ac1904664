// A span of time.

#ifndef SERVICES_KERNEL_PERIOD_H_
#define SERVICES_KERNEL_PERIOD_H_

#include "absl/time/time.h"

namespace wardbook::kernel {

// A value: from a moment on, up to another one that no longer belongs to it.
struct Period {
  absl::Time from;
  absl::Time until;

  friend bool operator==(const Period&, const Period&) = default;
};

// One moment: the shortest span that a protobuf timestamp can tell.
inline Period MomentOf(absl::Time time) { return {time, time + absl::Nanoseconds(1)}; }

}  // namespace wardbook::kernel

#endif  // SERVICES_KERNEL_PERIOD_H_
