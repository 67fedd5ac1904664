// The schools of a county and what they record over the years: a log of any size,
// written through the same code as a server writes through, with time injected.
//
// Each school has some open cases. What happens next happens in one of them; a
// case that is closed makes room for a new one. Records are sealed on several
// threads and appended through EventLog::Append, many at a time.

#ifndef TESTS_BENCH_COUNTY_H_
#define TESTS_BENCH_COUNTY_H_

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/kernel/case_ref.h"
#include "services/server/stores.h"
#include "storage/base/ids.h"
#include "storage/event_log.h"
#include "storage/vault/vault.h"
#include "tests/bench/case_histories.h"

namespace wardbook::bench {

// A case, and the key under which its events are sealed.
struct KnownCase {
  kernel::CaseRef ref;
  KeyId key;
};

// Somebody who is signed in, and a school whose cases they see.
struct SignedInHead {
  size_t school = 0;
  std::string token;
};

// Thread-compatible. The stores may be closed between two calls.
class County {
 public:
  // The events up to `events_planned` are spread over the years.
  explicit County(uint64_t events_planned);

  // Registers the schools, each with its Headteacher.
  absl::Status Register(server::Stores& stores, size_t schools);

  // In the place of all that: the schools and cases of a log that an earlier run has
  // written, of which notes can be made. None of its cases grows any further.
  absl::Status Find(const server::Stores& stores);

  // Signs in the Headteachers of the first `count` schools, as of now.
  absl::StatusOr<std::vector<SignedInHead>> SignIn(server::Stores& stores, size_t count) const;

  // Lets happen what is missing to `events` records in all schools together, on
  // `threads` threads. Fails as the log and the vault do.
  absl::Status Grow(server::Stores& stores, uint64_t events, int threads);

  // `count` appends of one note of 1 KiB each to cases picked at random among all that
  // there ever were, sealed and ready.
  absl::StatusOr<std::vector<storage::AppendRequest>> MakeNotes(const vault::Vault& vault,
                                                                size_t count);

  uint64_t events() const { return events_; }
  uint64_t cases() const;
  std::vector<SchoolId> schools() const;
  // A case of this school that is open, as it is named to people.
  std::string OpenCase(size_t school, size_t number) const;

 private:
  struct OpenCaseState {
    KnownCase known;
    vault::VaultKey key;
    size_t history = 0;
    size_t next_step = 0;
  };
  struct School {
    SchoolId id;
    PersonId head;
    std::vector<OpenCaseState> open;
    std::vector<KnownCase> all;
    std::mt19937_64 random;
  };
  class Window;

  absl::Time TimeOf(uint64_t event) const;
  // What happens next in the school.
  absl::StatusOr<storage::AppendRequest> NextRequest(vault::Vault& vault, School& school,
                                                     absl::Time now) const;
  absl::StatusOr<OpenCaseState> NewCase(vault::Vault& vault, School& school) const;
  absl::StatusOr<record::SealedEvent> Seal(const School& school, const std::string& stream,
                                           const RequestId& request, const vault::VaultKey& key,
                                           const HistoryEvent& event, absl::Time now) const;

  const uint64_t events_planned_;
  const std::vector<CaseHistory> histories_;
  const HistoryEvent note_;
  std::vector<School> schools_;
  uint64_t events_ = 0;
  std::mt19937_64 random_;
};

}  // namespace wardbook::bench

#endif  // TESTS_BENCH_COUNTY_H_
