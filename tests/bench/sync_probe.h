// The disk's own share of a commit.

#ifndef TESTS_BENCH_SYNC_PROBE_H_
#define TESTS_BENCH_SYNC_PROBE_H_

#include <fcntl.h>
#include <unistd.h>

#include <string>

#include "absl/time/clock.h"
#include "tests/bench/fail.h"
#include "tests/bench/latencies.h"

namespace wardbook::bench {

// Appends a block of 4 KiB to a file of its own in `directory` and syncs it, `count`
// times.
inline Latencies SyncLatencies(const std::string& directory, int count) {
  const std::string path = directory + "/fdatasync.probe";
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) Fail("cannot write to the data directory");
  const std::string block(4096, 'x');
  Latencies latencies;
  for (int i = 0; i < count; ++i) {
    const absl::Time start = absl::Now();
    if (write(file, block.data(), block.size()) < 0 || fdatasync(file) != 0) Fail("cannot sync");
    latencies.Add(absl::Now() - start);
  }
  close(file);
  unlink(path.c_str());
  return latencies;
}

}  // namespace wardbook::bench

#endif  // TESTS_BENCH_SYNC_PROBE_H_
