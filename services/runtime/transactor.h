// From a command to recorded events: load the aggregate, decide, seal, append;
// and once more when somebody else was first.
//
// An aggregate is a type with
//   using State = ...;                 a copyable fold, starting from State()
//   using Event = ...;                 the wrapper message with the oneof `body`
//   static void Evolve(State&, const Recorded<Event>&);
// and, where this version must not go on from an event that it does not wholly know,
//   static absl::Status Check(const Event&);     not OK: nothing is decided or recorded
//
// A command on a stream that is in the cache is decided on the caller's thread, on the
// state as the cache has it: the append asks for the revision of that state, so a state
// that is not the newest comes to nothing. Only an answer that appends nothing, which no
// revision stands behind, is first decided again on the newest state. So that thread
// looks nothing up but the newest rows of the index of requests. What reads more or
// may wait goes to the workers: a stream that must be loaded, a new one, whose
// key must be durable, a decision that is made anew, a request that came before.
// Nothing waits for the sync of an append: its answer comes on a thread of the
// log's.

#ifndef SERVICES_RUNTIME_TRANSACTOR_H_
#define SERVICES_RUNTIME_TRANSACTOR_H_

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/kernel/decision.h"
#include "services/runtime/caller.h"
#include "services/runtime/event_sealing.h"
#include "services/runtime/receipts.h"
#include "services/runtime/record_key.h"
#include "services/runtime/refusal.h"
#include "services/runtime/snapshot_cache.h"
#include "services/runtime/stream_reader.h"
#include "services/runtime/worker_pool.h"
#include "storage/event_log.h"
#include "storage/merkle/rfc6962.h"
#include "storage/record/record.h"
#include "storage/vault/vault.h"
#include "wardbook/v1/receipt.pb.h"

namespace wardbook::runtime {

// How often a decision is made anew when other writers are first. A stream that
// is busier than that is answered as a conflict.
inline constexpr int kAttemptsMax = 16;

// How many records of a stream are read at once when it is loaded.
inline constexpr size_t kLoadBatch = 512;

// Who asks for what to be recorded where.
struct CommandFrame {
  Caller caller;
  std::string stream;
  RequestId request_id;
  Hash fingerprint;
  // The revision that the caller has seen, if they said so.
  std::optional<uint64_t> expected_revision;
  absl::Time now;
};

// What a command came to.
template <class Event>
struct Outcome {
  std::string stream;
  // The stream's newest revision.
  uint64_t revision = 0;
  // What was recorded, now or by the same request earlier; empty when
  // everything was so already.
  std::vector<Event> events;
  wardbook::v1::Receipt receipt;
};

// A state with what is needed to append to its stream.
template <class State>
struct Snapshot {
  State state;
  uint64_t revision = 0;
  std::optional<KeyId> key_id;
};

// Safe for concurrent use.
template <class Aggregate>
class Transactor {
 public:
  using State = typename Aggregate::State;
  using Event = typename Aggregate::Event;
  using Decide = std::function<kernel::Decision<Event>(const State&)>;
  using Done = absl::AnyInvocable<void(absl::StatusOr<Outcome<Event>>)>;

  // All outlive the transactor.
  Transactor(storage::EventLog& log, vault::Vault& vault, const ReceiptWriter& receipts,
             WorkerPool& workers)
      : log_(log), vault_(vault), receipts_(receipts), workers_(workers) {}

  // Calls `done` once, on the caller's thread, on a worker or on a thread of the
  // log's; whoever waits for it must not be a worker. Fails as EventLog::Append
  // does, or with a refusal: that of `decide`; kRevisionConflict when the stream
  // is not at the expected revision; kRequestIdReused.
  void Run(CommandFrame frame, Decide decide, Done done) {
    std::shared_ptr<const Snapshot<State>> cached = cache_.Find(frame.caller.school, frame.stream);
    auto pending =
        std::make_shared<Pending>(Pending{std::move(frame), std::move(decide), std::move(done)});
    if (cached != nullptr) {
      return AttemptOn(std::move(cached), Basis::kCache, std::move(pending), kAttemptsMax);
    }
    workers_.Schedule([this, pending = std::move(pending)] { Attempt(pending, kAttemptsMax); });
  }

  // The aggregate as it is now; revision 0 when it does not exist.
  absl::StatusOr<std::shared_ptr<const Snapshot<State>>> Load(const SchoolId& school,
                                                              const std::string& stream) {
    std::shared_ptr<const Snapshot<State>> cached = cache_.Find(school, stream);
    if (cached != nullptr) {
      WARDBOOK_ASSIGN_OR_RETURN(const uint64_t head, log_.StreamHead(school, stream));
      if (head <= cached->revision) return cached;
    }
    auto snapshot = cached == nullptr ? std::make_shared<Snapshot<State>>()
                                      : std::make_shared<Snapshot<State>>(*cached);
    for (;;) {
      WARDBOOK_ASSIGN_OR_RETURN(
          const std::vector<Recorded<Event>> events,
          ReadEvents<Event>(log_, vault_, school, stream, snapshot->revision + 1, kLoadBatch));
      for (const Recorded<Event>& event : events) {
        if constexpr (requires { Aggregate::Check(event.event); }) {
          WARDBOOK_RETURN_IF_ERROR(Aggregate::Check(event.event));
        }
        Apply(*snapshot, event);
      }
      if (events.size() < kLoadBatch) break;
    }
    if (snapshot->revision > 0) cache_.Put(school, stream, snapshot, snapshot->revision);
    return snapshot;
  }

  // The aggregate as it was last loaded or recorded here, without a look at the log:
  // after a command that recorded events it has them. Nothing for one that others have
  // pushed out of memory.
  std::shared_ptr<const Snapshot<State>> Remembered(const SchoolId& school,
                                                    const std::string& stream) {
    return cache_.Find(school, stream);
  }

  // A receipt for the record at `revision`, as whoever recorded it was given one,
  // with a checkpoint of now. Reads the log.
  absl::StatusOr<wardbook::v1::Receipt> ReceiptOf(const SchoolId& school, const std::string& stream,
                                                  uint64_t revision) const {
    WARDBOOK_ASSIGN_OR_RETURN(const std::vector<storage::StoredRecord> records,
                              log_.ReadStream(school, stream, revision, 1));
    if (records.empty()) return absl::DataLossError("a stream has lost a record");
    WARDBOOK_ASSIGN_OR_RETURN(const record::RecordView view,
                              record::ParseRecord(records.front().bytes));
    WARDBOOK_ASSIGN_OR_RETURN(const storage::TreeHead head, log_.Head(school));
    storage::Appended appended;
    appended.stream = stream;
    appended.first_position = records.front().position;
    appended.first_revision = revision;
    appended.leaf_hashes = {merkle::LeafHash(records.front().bytes)};
    appended.tree_size = head.size;
    appended.root = head.root;
    return receipts_.Write(school, appended, view.header.recorded_time);
  }

 private:
  struct Pending {
    CommandFrame frame;
    Decide decide;
    Done done;
  };

  static void Apply(Snapshot<State>& snapshot, const Recorded<Event>& event) {
    Aggregate::Evolve(snapshot.state, event);
    snapshot.revision = event.revision;
    snapshot.key_id = event.header.key_id;
  }

  static absl::Status OfLog(const absl::Status& status) {
    return status.code() == absl::StatusCode::kAlreadyExists
               ? Refuse(kernel::Reason::kRequestIdReused, "request_id")
               : status;
  }

  void ReplayOnWorker(std::shared_ptr<Pending> pending, storage::Appended appended) {
    workers_.Schedule([this, pending = std::move(pending), appended = std::move(appended)] {
      absl::StatusOr<Outcome<Event>> replayed = Replay(pending->frame, appended);
      if (!replayed.ok()) return pending->done(OfRecorded(replayed.status()));
      pending->done(std::move(replayed));
    });
  }

  static bool Appends(const kernel::Decision<Event>& decision) {
    const auto* events = std::get_if<std::vector<Event>>(&decision);
    return events != nullptr && !events->empty();
  }

  // Whether a state was compared with the log.
  enum class Basis { kCache, kLog };

  void Attempt(std::shared_ptr<Pending> pending, int attempts_left) {
    absl::StatusOr<std::shared_ptr<const Snapshot<State>>> snapshot =
        Load(pending->frame.caller.school, pending->frame.stream);
    if (!snapshot.ok()) return pending->done(snapshot.status());
    AttemptOn(*std::move(snapshot), Basis::kLog, std::move(pending), attempts_left);
  }

  void AttemptOn(std::shared_ptr<const Snapshot<State>> snapshot, Basis basis,
                 std::shared_ptr<Pending> pending, int attempts_left) {
    const CommandFrame& frame = pending->frame;
    // After the load, so that a state which has what this very request recorded
    // is never taken for one that another has changed.
    absl::StatusOr<std::optional<storage::Appended>> earlier =
        log_.FindRequest(frame.caller.school, frame.request_id, frame.fingerprint);
    if (!earlier.ok()) return pending->done(OfLog(earlier.status()));
    if (earlier->has_value()) return ReplayOnWorker(std::move(pending), **std::move(earlier));
    const uint64_t revision = snapshot->revision;
    const bool conflicts =
        frame.expected_revision.has_value() && *frame.expected_revision != revision;
    // The decision comes first: an expected revision must not tell a stranger
    // that the stream exists. To everybody else a conflict explains more than
    // the refusal that came of it.
    kernel::Decision<Event> decision = pending->decide(snapshot->state);
    if (basis == Basis::kCache && (conflicts || !Appends(decision))) {
      // It reads, which threads of gRPC do not wait for, and where it waits is where a
      // case that is not in memory does.
      workers_.Schedule(
          [this, pending = std::move(pending), attempts_left] { Attempt(pending, attempts_left); });
      return;
    }
    const auto* rejected = std::get_if<kernel::Rejected>(&decision);
    const bool hidden = rejected != nullptr &&
                        kernel::Describe(rejected->reason).kind == kernel::ReasonKind::kNotFound;
    if (!hidden && conflicts) {
      return pending->done(Refuse(kernel::Reason::kRevisionConflict, "expected_revision"));
    }
    if (rejected != nullptr) return pending->done(Refuse(*rejected));
    auto events = std::get<std::vector<Event>>(std::move(decision));
    if (events.empty()) return pending->done(Unchanged(frame, revision));
    absl::StatusOr<Prepared> prepared = Prepare(frame, *snapshot, std::move(events));
    if (!prepared.ok()) return pending->done(OfWrite(prepared.status()));
    storage::AppendRequest request = std::move(prepared->request);
    log_.Append(std::move(request), [this, pending, attempts_left, base = std::move(snapshot),
                                     recorded = std::move(prepared->recorded)](
                                        absl::StatusOr<storage::Appended> appended) mutable {
      Answer(std::move(pending), attempts_left, *base, std::move(recorded), std::move(appended));
    });
  }

  struct Prepared {
    storage::AppendRequest request;
    std::vector<Recorded<Event>> recorded;
  };

  absl::StatusOr<Prepared> Prepare(const CommandFrame& frame, const Snapshot<State>& snapshot,
                                   std::vector<Event> events) {
    vault::VaultKey key;
    if (snapshot.key_id.has_value()) {
      WARDBOOK_ASSIGN_OR_RETURN(key.key, FindRecordKey(vault_, *snapshot.key_id));
      key.id = *snapshot.key_id;
    } else {
      WARDBOOK_ASSIGN_OR_RETURN(key, vault_.NewKey());
    }
    Prepared prepared;
    prepared.request.school = frame.caller.school;
    prepared.request.stream = frame.stream;
    prepared.request.expected = snapshot.revision == 0
                                    ? storage::ExpectedRevision::None()
                                    : storage::ExpectedRevision::Exact(snapshot.revision);
    prepared.request.request_id = frame.request_id;
    prepared.request.fingerprint = frame.fingerprint;
    for (Event& event : events) {
      WARDBOOK_ASSIGN_OR_RETURN(
          SealedForLog sealed,
          SealForLog({frame.caller, frame.stream, frame.request_id, frame.now}, key, event));
      prepared.request.events.push_back(std::move(sealed.event));
      prepared.recorded.push_back({std::move(sealed.header), 0, 0, std::move(event)});
    }
    return prepared;
  }

  void Answer(std::shared_ptr<Pending> pending, int attempts_left, const Snapshot<State>& base,
              std::vector<Recorded<Event>> recorded, absl::StatusOr<storage::Appended> appended) {
    const CommandFrame& frame = pending->frame;
    if (appended.status().code() == absl::StatusCode::kAborted) {
      if (attempts_left > 1) {
        return workers_.Schedule([this, pending = std::move(pending), attempts_left] {
          Attempt(pending, attempts_left - 1);
        });
      }
      return pending->done(Refuse(kernel::Reason::kRevisionConflict, "expected_revision"));
    }
    if (!appended.ok()) return pending->done(OfWrite(OfLog(appended.status())));
    if (appended->replayed) return ReplayOnWorker(std::move(pending), *std::move(appended));
    auto snapshot = std::make_shared<Snapshot<State>>(base);
    Outcome<Event> outcome;
    for (size_t i = 0; i < recorded.size(); ++i) {
      recorded[i].position = appended->first_position + i;
      recorded[i].revision = appended->first_revision + i;
      Apply(*snapshot, recorded[i]);
      outcome.events.push_back(std::move(recorded[i].event));
    }
    cache_.Put(frame.caller.school, frame.stream, snapshot, snapshot->revision);
    absl::StatusOr<wardbook::v1::Receipt> receipt =
        receipts_.Write(frame.caller.school, *appended, frame.now);
    if (!receipt.ok()) return pending->done(OfRecorded(receipt.status()));
    outcome.stream = frame.stream;
    outcome.revision = snapshot->revision;
    outcome.receipt = *std::move(receipt);
    pending->done(std::move(outcome));
  }

  // The answer to a request that was recorded before, read from its records.
  absl::StatusOr<Outcome<Event>> Replay(const CommandFrame& frame,
                                        const storage::Appended& appended) {
    WARDBOOK_ASSIGN_OR_RETURN(
        std::vector<Recorded<Event>> recorded,
        ReadEvents<Event>(log_, vault_, frame.caller.school, appended.stream,
                          appended.first_revision, appended.leaf_hashes.size()));
    if (recorded.size() != appended.leaf_hashes.size()) {
      return absl::DataLossError("a recorded request has lost its records");
    }
    Outcome<Event> outcome;
    for (Recorded<Event>& one : recorded) outcome.events.push_back(std::move(one.event));
    outcome.stream = appended.stream;
    outcome.revision = appended.last_revision();
    WARDBOOK_ASSIGN_OR_RETURN(
        outcome.receipt,
        receipts_.Write(frame.caller.school, appended, recorded.front().header.recorded_time));
    return outcome;
  }

  absl::StatusOr<Outcome<Event>> Unchanged(const CommandFrame& frame, uint64_t revision) {
    Outcome<Event> outcome;
    outcome.stream = frame.stream;
    outcome.revision = revision;
    WARDBOOK_ASSIGN_OR_RETURN(outcome.receipt, receipts_.Nothing(frame.caller.school));
    return outcome;
  }

  storage::EventLog& log_;
  vault::Vault& vault_;
  const ReceiptWriter& receipts_;
  WorkerPool& workers_;
  SnapshotCache<Snapshot<State>> cache_;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_TRANSACTOR_H_
