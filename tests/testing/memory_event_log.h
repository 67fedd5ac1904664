// An EventLog in memory, for tests: it keeps the whole contract but outlives
// nothing. Appends are answered, and listeners called, before Append returns.

#ifndef TESTS_TESTING_MEMORY_EVENT_LOG_H_
#define TESTS_TESTING_MEMORY_EVENT_LOG_H_

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "storage/event_log.h"
#include "storage/log_rows.h"
#include "storage/merkle/tree.h"

namespace wardbook::testing {

// Safe for concurrent use.
class MemoryEventLog : public storage::EventLog, public storage::LogRows {
 public:
  void Append(storage::AppendRequest request, storage::AppendCallback done) override;
  absl::StatusOr<std::optional<storage::Appended>> FindRequest(
      const SchoolId& school, const RequestId& request_id, const Hash& fingerprint) const override;
  absl::StatusOr<std::vector<storage::StoredRecord>> ReadStream(const SchoolId& school,
                                                                absl::string_view stream,
                                                                uint64_t from_revision,
                                                                size_t limit) const override;
  absl::StatusOr<std::vector<storage::StoredRecord>> ReadLog(const SchoolId& school,
                                                             uint64_t from_position,
                                                             size_t limit) const override;
  absl::Status VisitLog(const SchoolId& school, uint64_t from, uint64_t end,
                        storage::LogVisitor visit) const override;
  absl::StatusOr<uint64_t> StreamHead(const SchoolId& school,
                                      absl::string_view stream) const override;
  absl::StatusOr<std::vector<std::string>> ListStreams(const SchoolId& school,
                                                       absl::string_view prefix,
                                                       absl::string_view after,
                                                       size_t limit) const override;
  absl::StatusOr<std::vector<SchoolId>> ListSchools() const override;
  absl::StatusOr<storage::TreeHead> Head(const SchoolId& school) const override;
  absl::StatusOr<Hash> RootAt(const SchoolId& school, uint64_t size) const override;
  absl::StatusOr<std::vector<Hash>> InclusionProof(const SchoolId& school, uint64_t index,
                                                   uint64_t size) const override;
  absl::StatusOr<std::vector<Hash>> ConsistencyProof(const SchoolId& school, uint64_t old_size,
                                                     uint64_t new_size) const override;
  void Listen(storage::CommitListener listener) override;

  absl::Status VisitRecords(const SchoolId& school, uint64_t from, uint64_t to,
                            RecordVisitor visit) const override;
  absl::Status VisitNodes(const SchoolId& school, merkle::NodeId first, uint64_t count,
                          NodeVisitor visit) const override;
  absl::StatusOr<std::optional<storage::StreamRow>> FindStreamRow(const SchoolId& school,
                                                                  absl::string_view stream,
                                                                  uint64_t revision) const override;
  absl::StatusOr<std::optional<storage::RequestRow>> FindRequestRow(
      const SchoolId& school, const RequestId& request_id) const override;
  absl::StatusOr<std::vector<storage::StreamRow>> StreamRows(
      const SchoolId& school, const std::optional<storage::StreamRow>& after,
      size_t limit) const override;
  absl::StatusOr<std::vector<storage::RequestRow>> RequestRows(
      const SchoolId& school, const std::optional<RequestId>& after, size_t limit) const override;

 private:
  struct School {
    std::vector<std::string> records;
    // The position of each revision, from revision 1 on.
    std::map<std::string, std::vector<uint64_t>, std::less<>> streams;
    std::map<RequestId, storage::RequestRow> requests;
    std::map<std::pair<uint32_t, uint64_t>, Hash> nodes;
    merkle::Frontier frontier;
  };

  // Nothing when the school has no record.
  const School* Find(const SchoolId& school) const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  static merkle::NodeReader Nodes(const School& school);
  absl::StatusOr<Hash> LeafHash(const SchoolId& school, uint64_t position) const;
  static absl::StatusOr<storage::Appended> Answer(const School& school,
                                                  const storage::RequestRow& row,
                                                  const Hash& fingerprint);
  absl::StatusOr<storage::Appended> Record(const storage::AppendRequest& request)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  // Tells the listeners of all commits that they do not know of, unless another
  // thread is at it. A listener may append.
  void TellListeners();

  mutable absl::Mutex mutex_;
  absl::flat_hash_map<SchoolId, School> schools_ ABSL_GUARDED_BY(mutex_);
  std::vector<storage::CommitListener> listeners_ ABSL_GUARDED_BY(mutex_);
  std::deque<std::pair<SchoolId, uint64_t>> commits_ ABSL_GUARDED_BY(mutex_);
  bool telling_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace wardbook::testing

#endif  // TESTS_TESTING_MEMORY_EVENT_LOG_H_
