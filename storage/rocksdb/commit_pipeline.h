// The group commit. A few threads take turns in it, one step at a time:
//
//   form     one thread takes all appends that wait, makes a batch of them, and
//            writes it to the database;
//   sync     when the batch before is answered, the same thread syncs its own,
//            and with it all that were written meanwhile;
//   publish  it moves the durable heads and hands the answers to other threads,
//            or gives them itself when they are few.
//
// So while one batch syncs the next is formed, and an idle log forms, writes,
// syncs and answers at once, without handing over to another thread.
//
// What is written but not synced is not shown to any reader. After a failure all
// that waits is answered UNAVAILABLE, and so is every append to come until
// Restart; what was written may still turn out to be recorded then.

#ifndef STORAGE_ROCKSDB_COMMIT_PIPELINE_H_
#define STORAGE_ROCKSDB_COMMIT_PIPELINE_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "storage/event_log.h"
#include "storage/rocksdb/batch_former.h"
#include "storage/rocksdb/completions.h"
#include "storage/rocksdb/database.h"
#include "storage/rocksdb/durable_heads.h"
#include "storage/rocksdb/log_tables.h"

namespace wardbook::storage {

// While a sync is under way a batch is formed of no fewer appends, because it
// has costs of its own and nobody is answered before the next sync.
inline constexpr size_t kAppendsWorthForming = 24;

// Safe for concurrent use.
class CommitPipeline {
 public:
  // All outlive the pipeline.
  CommitPipeline(Database& database, const LogTables& tables, DurableHeads& durable);
  ~CommitPipeline() { Close(); }

  // Commits and answers all that waits, and ends. Appends are answered
  // UNAVAILABLE from then on, also those of callbacks and listeners that are
  // told last.
  void Close() ABSL_LOCKS_EXCLUDED(mutex_);

  // `request` passed CheckAppendRequest.
  void Append(AppendRequest request, AppendCallback done) ABSL_LOCKS_EXCLUDED(mutex_);

  void Listen(CommitListener listener) { completions_.Listen(std::move(listener)); }

  // OK, or why appends are refused.
  absl::Status Status() const ABSL_LOCKS_EXCLUDED(mutex_);

  // Refuses appends from now on, for this reason, and waits until nothing is under
  // way.
  void Stop(const absl::Status& why) ABSL_LOCKS_EXCLUDED(mutex_);
  // Takes appends again after Stop, building on what the database holds now.
  // Listeners hear of `grown`.
  void Restart(std::vector<SchoolHead> grown) ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // Batches are numbered from 1 in the order in which they are formed, which is
  // that in which they are written and published.
  using BatchNumber = uint64_t;

  void Run() ABSL_LOCKS_EXCLUDED(mutex_);
  // Takes what waits for a batch that is to be formed now; nothing at the end.
  std::vector<WaitingAppend> TakeWaiting() ABSL_LOCKS_EXCLUDED(mutex_);
  // Forms and writes.
  FormedBatch FormBatch(std::vector<WaitingAppend> taken) ABSL_LOCKS_EXCLUDED(mutex_);
  // Makes the batch durable. Returns only when all batches before are published.
  absl::Status SyncInTurn(BatchNumber number, const FormedBatch& batch) ABSL_LOCKS_EXCLUDED(mutex_);
  // Moves the durable heads, tells the listeners, and completes the answers.
  void Publish(FormedBatch& batch, const absl::Status& status);
  // Lets the next batch be published and gives the answers of this one.
  void Finish(BatchNumber number, std::vector<Answer> answers) ABSL_LOCKS_EXCLUDED(mutex_);

  bool MayForm() const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  bool IsIdle() const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  // The first failure stays.
  void Fail(const absl::Status& failure) ABSL_LOCKS_EXCLUDED(mutex_);

  Database& database_;
  DurableHeads& durable_;
  BatchFormer former_;  // Of the one that is forming, or of Restart while idle.
  Completions completions_;

  mutable absl::Mutex mutex_;
  std::deque<WaitingAppend> waiting_ ABSL_GUARDED_BY(mutex_);
  bool forming_ ABSL_GUARDED_BY(mutex_) = false;
  // Whether one of the threads gives answers: no more than one does, so that a
  // slow callback never holds up the others.
  bool answering_ ABSL_GUARDED_BY(mutex_) = false;
  // The newest batch of each step.
  BatchNumber written_ ABSL_GUARDED_BY(mutex_) = 0;
  BatchNumber synced_ ABSL_GUARDED_BY(mutex_) = 0;
  BatchNumber published_ ABSL_GUARDED_BY(mutex_) = 0;
  bool closing_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);

  std::vector<std::thread> threads_;
};

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_COMMIT_PIPELINE_H_
