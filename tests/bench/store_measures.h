// What is measured of the stores of a county without a server: appends, rebuilds,
// scans and full checks.

#ifndef TESTS_BENCH_STORE_MEASURES_H_
#define TESTS_BENCH_STORE_MEASURES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/server/stores.h"
#include "storage/base/ids.h"
#include "storage/event_log.h"

namespace wardbook::bench {

// Work on events, the processor time of all threads that it took, and the time of
// whoever waited for it.
struct Work {
  uint64_t events = 0;
  uint64_t bytes = 0;
  absl::Duration cpu;
  absl::Duration wall;

  double PerCpuSecond() const { return static_cast<double>(events) / absl::ToDoubleSeconds(cpu); }
  double PerSecond() const { return static_cast<double>(events) / absl::ToDoubleSeconds(wall); }
  double BytesPerCpuSecond() const {
    return static_cast<double>(bytes) / absl::ToDoubleSeconds(cpu);
  }
};

// Waits until this program does nothing any more, neither flushes nor compactions.
void WaitForRest();

// Appends all requests, 64 at any time; each is answered when it is durable.
absl::StatusOr<Work> AppendAll(storage::EventLog& log,
                               std::vector<storage::AppendRequest> requests);

// Reads every record, opens it and parses its event: the least that a rebuild does. One
// thread.
absl::StatusOr<Work> ScanAll(const server::Stores& stores, const std::vector<SchoolId>& schools);

// Builds all views of all schools that a server has, from nothing, in an empty folder.
// FAILED_PRECONDITION: a view has stopped.
absl::StatusOr<Work> RebuildViews(const server::Stores& stores, const std::string& empty_folder);

enum class Payloads { kClosed, kOpened };
// The full check of every school, by one thread and the one that reads the indexes. DATA_LOSS:
// there is a fault.
absl::StatusOr<Work> CheckAll(const server::Stores& stores, const std::vector<SchoolId>& schools,
                              Payloads payloads);

// SHA-256 over the same bytes, from memory: the time of hashing alone.
struct Hashing {
  // As one stream.
  Work stream;
  // As the tree asks for it: each record a leaf, and a node for each but one.
  Work tree;
};
absl::StatusOr<Hashing> HashAll(const server::Stores& stores, const std::vector<SchoolId>& schools);

}  // namespace wardbook::bench

#endif  // TESTS_BENCH_STORE_MEASURES_H_
