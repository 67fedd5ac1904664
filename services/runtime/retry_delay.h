// How long what has failed is left alone before it is tried again.

#ifndef SERVICES_RUNTIME_RETRY_DELAY_H_
#define SERVICES_RUNTIME_RETRY_DELAY_H_

#include <algorithm>

#include "absl/time/time.h"

namespace wardbook::runtime {

// A disk that has stumbled once is asked again before anybody notices.
inline constexpr absl::Duration kRetryDelayMin = absl::Seconds(1);

// One that stays away is not asked all the time; when it is back, those who wait
// wait no longer than this.
inline constexpr absl::Duration kRetryDelayMax = absl::Seconds(30);

// Doubles with each failure in a row; `failures` is at least 1.
inline absl::Duration RetryDelay(int failures) {
  absl::Duration delay = kRetryDelayMin;
  for (int i = 1; i < failures && delay < kRetryDelayMax; ++i) delay *= 2;
  return std::min(delay, kRetryDelayMax);
}

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_RETRY_DELAY_H_
