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

}  // namespace wardbook::kernel

#endif  // SERVICES_KERNEL_PERIOD_H_
