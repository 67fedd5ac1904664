// The event log: what every backend promises.
//
// A school has one log, a sequence of records whose positions are gap-free from
// 0. Every record is also in one stream, where its revision is gap-free from 1.
// Over the records of a school stands the Merkle tree of RFC 6962; a record is
// in the tree from the moment it is acknowledged.
//
// Schools share nothing: no call names two, and none can tell from its answers
// that another exists.

#ifndef STORAGE_EVENT_LOG_H_
#define STORAGE_EVENT_LOG_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/base/ids.h"
#include "storage/record/record.h"

namespace wardbook::storage {

// A command makes few events; a bound keeps one request from filling a batch.
inline constexpr size_t kEventsPerAppendMax = 256;

using record::kRecordBytesMax;

// The events of one append together: they go into one batch whole, which all
// others wait for, and are held in memory from the door to the disk. Enough for
// some of the largest, or for as many as there may be of 16 KiB.
inline constexpr size_t kAppendBytesMax = 4 << 20;

// What a writer knows of the stream it appends to.
class ExpectedRevision {
 public:
  // The stream's newest record has this revision.
  static ExpectedRevision Exact(uint64_t revision) { return {Kind::kExact, revision}; }
  // The stream has no record yet.
  static ExpectedRevision None() { return {Kind::kExact, 0}; }
  // Whatever the stream holds.
  static ExpectedRevision Any() { return {Kind::kAny, 0}; }

  bool AllowsHead(uint64_t head) const { return kind_ == Kind::kAny || revision_ == head; }

 private:
  enum class Kind { kExact, kAny };
  ExpectedRevision(Kind kind, uint64_t revision) : kind_(kind), revision_(revision) {}

  Kind kind_;
  uint64_t revision_;
};

// Events for one stream, to be recorded together or not at all.
struct AppendRequest {
  SchoolId school;
  std::string stream;
  ExpectedRevision expected = ExpectedRevision::Any();
  // The same request is recorded once, however often it comes.
  RequestId request_id;
  // A keyed hash of all that the client asked for.
  Hash fingerprint;
  // From 1 to kEventsPerAppendMax, all of `stream`.
  std::vector<record::SealedEvent> events;
};

// INVALID_ARGUMENT: as EventLog::Append says. What every backend asks first.
absl::Status CheckAppendRequest(const AppendRequest& request);

// What an append came to; the same, but for `tree_size` and `root`, each time
// the same request comes again.
struct Appended {
  std::string stream;
  uint64_t first_position = 0;
  uint64_t first_revision = 0;
  std::vector<Hash> leaf_hashes;
  // The school's tree when the answer was given; it holds these records.
  uint64_t tree_size = 0;
  Hash root;
  // Whether an earlier append with this request id had recorded it.
  bool replayed = false;

  uint64_t last_revision() const { return first_revision + leaf_hashes.size() - 1; }
  uint64_t last_position() const { return first_position + leaf_hashes.size() - 1; }
};

struct StoredRecord {
  uint64_t position = 0;
  // The bytes that the leaf hashes.
  std::string bytes;
};

// `bytes` are those of the record, in memory of the log's.
using LogVisitor = absl::FunctionRef<absl::Status(uint64_t position, absl::string_view bytes)>;

struct TreeHead {
  uint64_t size = 0;
  Hash root;
};

using AppendCallback = absl::AnyInvocable<void(absl::StatusOr<Appended>)>;

// Called after records are durable and readable, once a batch and school, in
// order of size, on a thread of the log's; must not wait.
using CommitListener = std::function<void(const SchoolId&, uint64_t size)>;

// Safe for concurrent use.
//
// Every call may fail with
//   DATA_LOSS    what is stored is corrupt; the message names the record;
//   UNAVAILABLE  a disk does not answer or is full. Reads go on where they can.
class EventLog {
 public:
  virtual ~EventLog() = default;

  // Appends and calls `done` once, on a thread of the log's or on the caller's.
  // Never waits for the disk. On OK all events have consecutive positions and
  // revisions and survive power loss. On any failure none is recorded, except
  // that after UNAVAILABLE a crash may still show all of them: send the same
  // request again to find out.
  //   ABORTED           the stream's head is not the one expected: read the
  //                     stream, decide again.
  //   ALREADY_EXISTS    the request id was used for other content (another
  //                     fingerprint).
  //   INVALID_ARGUMENT  no events, too many, too large, or sealed for another
  //                     school, stream or request.
  //   UNAVAILABLE       writes have stopped; nothing helps but the operator.
  // An append that was recorded before is answered as then, whatever the head.
  virtual void Append(AppendRequest request, AppendCallback done) = 0;

  // What the request came to, if it was recorded. ALREADY_EXISTS: it was
  // recorded with another fingerprint.
  virtual absl::StatusOr<std::optional<Appended>> FindRequest(const SchoolId& school,
                                                              const RequestId& request_id,
                                                              const Hash& fingerprint) const = 0;

  // At most `limit` records of the stream from `from_revision` (1-based) on, in
  // order; empty beyond its end and for a stream that does not exist.
  virtual absl::StatusOr<std::vector<StoredRecord>> ReadStream(const SchoolId& school,
                                                               absl::string_view stream,
                                                               uint64_t from_revision,
                                                               size_t limit) const = 0;

  // At most `limit` records of the school from `from_position` on, in order.
  virtual absl::StatusOr<std::vector<StoredRecord>> ReadLog(const SchoolId& school,
                                                            uint64_t from_position,
                                                            size_t limit) const = 0;

  // Visits the records of the school at [`from`, `end`) in order, as far as there are any,
  // without a copy of them; for those who read a long way. Ends with what `visit` fails
  // with. `visit` may call the log, and is done soon: the store is held meanwhile.
  virtual absl::Status VisitLog(const SchoolId& school, uint64_t from, uint64_t end,
                                LogVisitor visit) const = 0;

  // The revision of the stream's newest record; 0 when it has none.
  virtual absl::StatusOr<uint64_t> StreamHead(const SchoolId& school,
                                              absl::string_view stream) const = 0;

  // At most `limit` names of the school's streams that begin with `prefix` and
  // come after `after`, in order of bytes.
  virtual absl::StatusOr<std::vector<std::string>> ListStreams(const SchoolId& school,
                                                               absl::string_view prefix,
                                                               absl::string_view after,
                                                               size_t limit) const = 0;

  // The schools that have a record.
  virtual absl::StatusOr<std::vector<SchoolId>> ListSchools() const = 0;

  // The tree over all durable records; size 0 for an unknown school.
  virtual absl::StatusOr<TreeHead> Head(const SchoolId& school) const = 0;

  // The root of the tree of the first `size` records. OUT_OF_RANGE: there are
  // fewer.
  virtual absl::StatusOr<Hash> RootAt(const SchoolId& school, uint64_t size) const = 0;

  // merkle::InclusionProof. OUT_OF_RANGE: not index < size <= records.
  virtual absl::StatusOr<std::vector<Hash>> InclusionProof(const SchoolId& school, uint64_t index,
                                                           uint64_t size) const = 0;

  // merkle::ConsistencyProof. OUT_OF_RANGE: not old <= new <= records.
  virtual absl::StatusOr<std::vector<Hash>> ConsistencyProof(const SchoolId& school,
                                                             uint64_t old_size,
                                                             uint64_t new_size) const = 0;

  // Adds a listener for as long as the log lives.
  virtual void Listen(CommitListener listener) = 0;
};

}  // namespace wardbook::storage

#endif  // STORAGE_EVENT_LOG_H_
