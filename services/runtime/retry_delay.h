// How long what has failed is left alone before it is tried again.

#ifndef SERVICES_RUNTIME_RETRY_DELAY_H_
#define SERVICES_RUNTIME_RETRY_DELAY_H_

#include <algorithm>
#include <chrono>

namespace wardbook::runtime {

// A disk that has stumbled once is asked again before anybody notices.
inline constexpr std::chrono::seconds kRetryDelayMin(1);

// One that stays away is not asked all the time; when it is back, those who wait
// wait no longer than this.
inline constexpr std::chrono::seconds kRetryDelayMax(30);

// Doubles with each failure in a row; `failures` is at least 1.
inline std::chrono::seconds RetryDelay(int failures) {
  std::chrono::seconds delay = kRetryDelayMin;
  for (int i = 1; i < failures && delay < kRetryDelayMax; ++i) delay *= 2;
  return std::min(delay, kRetryDelayMax);
}

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_RETRY_DELAY_H_
