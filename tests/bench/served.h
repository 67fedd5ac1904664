// A wardbookd of its own process, on stores that are not open elsewhere: how soon it is
// ready, what it takes, and what calls it answers.

#ifndef TESTS_BENCH_SERVED_H_
#define TESTS_BENCH_SERVED_H_

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tests/bench/county.h"
#include "tests/bench/latencies.h"
#include "tests/bench/machine.h"

namespace wardbook::bench {

struct ServerPlaces {
  std::string program;
  std::string data_directory;
  std::string keys_directory;
  // For the port and what the server prints.
  std::string work_directory;
};

// What a load came to.
struct Load {
  double per_second = 0;
  Latencies latencies;
  uint64_t failed = 0;
};

// Thread-compatible.
class Served {
 public:
  // Starts the server and waits until it is ready. UNAVAILABLE: it ended, or is not
  // ready within a few minutes.
  static absl::StatusOr<std::unique_ptr<Served>> Start(const ServerPlaces& places);
  // Kills it, if neither Stop nor Kill has ended it.
  ~Served();

  absl::Duration ready_after() const { return ready_after_; }
  Resident resident() const { return ResidentOf(process_); }

  // Adds notes of 1 KiB to open cases of the heads' schools, over TLS, `in_flight` at any
  // time.
  absl::StatusOr<Load> AddNotes(const County& county, const std::vector<SignedInHead>& heads,
                                int in_flight, absl::Duration duration) const;
  // Reads the first page of each head's inbox, one after the other.
  absl::StatusOr<Load> ReadInboxes(const std::vector<SignedInHead>& heads) const;

  // Ends it as an operator does, and as a power cut does.
  void Stop();
  void Kill();

 private:
  Served(const ServerPlaces& places, pid_t process) : places_(places), process_(process) {}

  void End(int signal);

  const ServerPlaces places_;
  pid_t process_;
  std::string address_;
  absl::Duration ready_after_;
};

}  // namespace wardbook::bench

#endif  // TESTS_BENCH_SERVED_H_
