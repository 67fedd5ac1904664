#include "tests/bench/load.h"

#include <atomic>
#include <cstddef>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "tests/bench/fail.h"

namespace wardbook::bench {

Measured Drive(int in_flight, absl::Duration duration, const StartCall& start_call) {
  // The calls of one worker follow each other, so each has latencies that no other
  // thread touches meanwhile.
  std::vector<Latencies> of_worker(static_cast<size_t>(in_flight));
  std::atomic<int> running{in_flight};
  absl::Notification all_ended;
  const absl::Time start = absl::Now();
  const absl::Time end = start + duration;
  std::function<void(int)> next = [&](int worker) {
    const absl::Time began = absl::Now();
    start_call(worker, [&, worker, began](const grpc::Status& status) {
      if (!status.ok()) Fail(absl::StrCat("a call failed: ", status.error_message()));
      const absl::Time now = absl::Now();
      of_worker[static_cast<size_t>(worker)].Add(now - began);
      if (now < end) {
        next(worker);
      } else if (--running == 0) {
        all_ended.Notify();
      }
    });
  };
  for (int worker = 0; worker < in_flight; ++worker) next(worker);
  all_ended.WaitForNotification();
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  Measured measured;
  for (const Latencies& latencies : of_worker) measured.latencies.Add(latencies);
  measured.per_second = static_cast<double>(measured.latencies.count()) / seconds;
  return measured;
}

}  // namespace wardbook::bench
