// Writers that each wait for one write before the next, as clients of a database do.

#ifndef TESTS_BENCH_WRITERS_H_
#define TESTS_BENCH_WRITERS_H_

#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "tests/bench/latencies.h"

namespace wardbook::bench {

struct Written {
  double per_second = 0;
  Latencies latencies;
};

// Calls `write` with the number of the writer, on a thread for each, until `duration`
// is over.
inline Written DriveWriters(int writers, absl::Duration duration,
                            const std::function<void(int writer)>& write) {
  std::vector<Latencies> of_writer(static_cast<size_t>(writers));
  std::vector<std::thread> threads;
  const absl::Time start = absl::Now();
  for (int writer = 0; writer < writers; ++writer) {
    threads.emplace_back([&, writer] {
      Latencies& latencies = of_writer[static_cast<size_t>(writer)];
      for (absl::Time began = absl::Now(); began < start + duration;) {
        write(writer);
        const absl::Time ended = absl::Now();
        latencies.Add(ended - began);
        began = ended;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  Written written;
  for (const Latencies& latencies : of_writer) written.latencies.Add(latencies);
  written.per_second = static_cast<double>(written.latencies.count()) / seconds;
  return written;
}

}  // namespace wardbook::bench

#endif  // TESTS_BENCH_WRITERS_H_
