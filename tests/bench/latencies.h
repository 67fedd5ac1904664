// Latencies of one run, and their percentiles.

#ifndef TESTS_BENCH_LATENCIES_H_
#define TESTS_BENCH_LATENCIES_H_

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/time/time.h"

namespace wardbook::bench {

// Keeps every one, so that a percentile is one that somebody waited, however rare.
// Thread-compatible.
class Latencies {
 public:
  void Add(absl::Duration latency) { all_.push_back(latency); }
  void Add(const Latencies& other) {
    all_.insert(all_.end(), other.all_.begin(), other.all_.end());
  }
  size_t count() const { return all_.size(); }

  // The latency that `share` (0 to 1) of all are at or below.
  absl::Duration At(double share) {
    if (all_.empty()) return absl::ZeroDuration();
    const auto index = static_cast<size_t>(share * static_cast<double>(all_.size() - 1));
    std::nth_element(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(index), all_.end());
    return all_[index];
  }

  // For a row: "p50 134, p90 150, p99 210, p99.9 800, max 1200 us".
  std::string Text() {
    const auto micros = [this](double share) { return absl::ToDoubleMicroseconds(At(share)); };
    return absl::StrFormat("p50 %.0f, p90 %.0f, p99 %.0f, p99.9 %.0f, max %.0f us", micros(0.5),
                           micros(0.9), micros(0.99), micros(0.999), micros(1));
  }

 private:
  std::vector<absl::Duration> all_;
};

}  // namespace wardbook::bench

#endif  // TESTS_BENCH_LATENCIES_H_
