// A number of calls kept under way for a while.

#ifndef TESTS_BENCH_LOAD_H_
#define TESTS_BENCH_LOAD_H_

#include <functional>

#include "absl/time/time.h"
#include "grpcpp/support/status.h"
#include "tests/bench/latencies.h"

namespace wardbook::bench {

struct Measured {
  double per_second = 0;
  Latencies latencies;
};

// Starts one call; calls back with its status, on any thread.
using StartCall = std::function<void(int worker, std::function<void(grpc::Status)>)>;

// Each of `in_flight` workers begins its next call when the last is answered, until
// `duration` is over. A call that fails ends the program: its time says nothing.
Measured Drive(int in_flight, absl::Duration duration, const StartCall& start_call);

}  // namespace wardbook::bench

#endif  // TESTS_BENCH_LOAD_H_
