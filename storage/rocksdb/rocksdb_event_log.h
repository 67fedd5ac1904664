// EventLog on RocksDB: one directory for the logs of all schools of a server.
// storage/rocksdb/README.md says what is in it and what a crash leaves.

#ifndef STORAGE_ROCKSDB_ROCKSDB_EVENT_LOG_H_
#define STORAGE_ROCKSDB_ROCKSDB_EVENT_LOG_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "storage/base/steady_notification.h"
#include "storage/checkpoint/pin_store.h"
#include "storage/checkpoint/signed_note.h"
#include "storage/event_log.h"
#include "storage/log_rows.h"

namespace wardbook::storage {

class CheckpointPinner;
class CommitPipeline;
class Database;
class DurableHeads;
class LogTables;
struct RocksdbEventLogOptions;

// Whether the key of a record is there. NOT_FOUND: it is missing. DATA_LOSS: it does
// not open. Called on any thread.
using FindKey = std::function<absl::Status(const KeyId&)>;

// Safe for concurrent use.
//
// A school whose log is damaged at its end, or is behind or beside its pinned
// checkpoint, or whose last records have lost their keys, is served for reading
// only: its appends are answered DATA_LOSS, and its checkpoints are neither signed
// nor pinned.
//
// On a full disk all appends are answered UNAVAILABLE until there is room, which
// is looked for once a second. After any other failure of the disk they are
// until the log is opened again.
class RocksdbEventLog : public EventLog, public LogRows {
 public:
  // Creates the log if there is none. Checks the end of each school's log
  // against `pins` and the vault, and from then on keeps the pins: each school whose log has
  // grown is pinned once a second and when the log is destroyed. UNAVAILABLE:
  // the directory cannot be opened. DATA_LOSS: it is not a log, or too corrupt
  // to be read.
  static absl::StatusOr<std::unique_ptr<RocksdbEventLog>> Open(absl::string_view path,
                                                               checkpoint::PinStore pins,
                                                               checkpoint::NoteSigner signer,
                                                               FindKey find_key = nullptr);

  static absl::StatusOr<std::unique_ptr<RocksdbEventLog>> Open(RocksdbEventLogOptions options);

  // Commits and answers all appends that wait. No call may be under way.
  ~RocksdbEventLog() override;

  // OK when the school takes records and its checkpoints may be signed; else
  // why not: DATA_LOSS or UNAVAILABLE as above.
  absl::Status WriteStatus(const SchoolId& school) const;

  // Compares every block of the log's tables with its checksum, also those that the full
  // check reads no row from. DATA_LOSS: one is damaged; the message names the file.
  absl::Status CheckBlocks() const;

  // OK when the last pins could be written.
  absl::Status PinStatus() const ABSL_LOCKS_EXCLUDED(mutex_);

  // Does now what is done once a second: leaves a full disk behind if there is
  // room, and pins what has grown.
  absl::Status Tend() ABSL_LOCKS_EXCLUDED(tending_mutex_, mutex_);

  void Append(AppendRequest request, AppendCallback done) override;
  absl::StatusOr<std::optional<Appended>> FindRequest(const SchoolId& school,
                                                      const RequestId& request_id,
                                                      const Hash& fingerprint) const override;
  absl::StatusOr<std::vector<StoredRecord>> ReadStream(const SchoolId& school,
                                                       absl::string_view stream,
                                                       uint64_t from_revision,
                                                       size_t limit) const override;
  absl::StatusOr<std::vector<StoredRecord>> ReadLog(const SchoolId& school, uint64_t from_position,
                                                    size_t limit) const override;
  absl::Status VisitLog(const SchoolId& school, uint64_t from, uint64_t end,
                        LogVisitor visit) const override;
  absl::StatusOr<uint64_t> StreamHead(const SchoolId& school,
                                      absl::string_view stream) const override;
  absl::StatusOr<std::vector<std::string>> ListStreams(const SchoolId& school,
                                                       absl::string_view prefix,
                                                       absl::string_view after,
                                                       size_t limit) const override;
  absl::StatusOr<std::vector<SchoolId>> ListSchools() const override;
  absl::StatusOr<TreeHead> Head(const SchoolId& school) const override;
  absl::StatusOr<Hash> RootAt(const SchoolId& school, uint64_t size) const override;
  absl::StatusOr<std::vector<Hash>> InclusionProof(const SchoolId& school, uint64_t index,
                                                   uint64_t size) const override;
  absl::StatusOr<std::vector<Hash>> ConsistencyProof(const SchoolId& school, uint64_t old_size,
                                                     uint64_t new_size) const override;
  void Listen(CommitListener listener) override;

  absl::Status VisitRecords(const SchoolId& school, uint64_t from, uint64_t to,
                            RecordVisitor visit) const override;
  absl::Status VisitNodes(const SchoolId& school, merkle::NodeId first, uint64_t count,
                          NodeVisitor visit) const override;
  absl::StatusOr<std::optional<StreamRow>> FindStreamRow(const SchoolId& school,
                                                         absl::string_view stream,
                                                         uint64_t revision) const override;
  absl::StatusOr<std::optional<RequestRow>> FindRequestRow(
      const SchoolId& school, const RequestId& request_id) const override;
  absl::StatusOr<std::vector<StreamRow>> StreamRows(const SchoolId& school,
                                                    const std::optional<StreamRow>& after,
                                                    size_t limit) const override;
  absl::StatusOr<std::vector<RequestRow>> RequestRows(const SchoolId& school,
                                                      const std::optional<RequestId>& after,
                                                      size_t limit) const override;

 private:
  RocksdbEventLog(std::unique_ptr<Database> database, std::unique_ptr<CheckpointPinner> pinner,
                  FindKey find_key);

  // Checks every school and takes its state for the durable one.
  absl::Status LoadSchools();
  absl::Status LoadSchool(const SchoolId& school);
  absl::Status LeaveFullDisk() ABSL_EXCLUSIVE_LOCKS_REQUIRED(tending_mutex_);
  void RunTending() ABSL_LOCKS_EXCLUDED(tending_mutex_, mutex_);

  // In order of construction: each uses those above it.
  const std::unique_ptr<Database> database_;
  const std::unique_ptr<LogTables> tables_;
  const std::unique_ptr<DurableHeads> durable_;
  const std::unique_ptr<CheckpointPinner> pinner_;  // Nothing for a log without pins.
  const FindKey find_key_;                          // Nothing for a log without a vault.
  std::unique_ptr<CommitPipeline> pipeline_;
  SteadyNotification closing_;

  absl::Mutex tending_mutex_ ABSL_ACQUIRED_BEFORE(mutex_);
  // While a full disk is left: what listeners have been told of each school. What was
  // written when the disk ran full may have come through, and where one school cannot be
  // read yet the others are told of theirs only after a later try.
  std::optional<std::map<SchoolId, uint64_t>> told_before_ ABSL_GUARDED_BY(tending_mutex_);

  mutable absl::Mutex mutex_;
  absl::Status pin_status_ ABSL_GUARDED_BY(mutex_);

  std::thread tending_thread_;
};

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_ROCKSDB_EVENT_LOG_H_
