// Telling the callers and listeners of a log what has become durable, on threads
// of their own, so that no callback delays the next sync.

#ifndef STORAGE_ROCKSDB_COMPLETIONS_H_
#define STORAGE_ROCKSDB_COMPLETIONS_H_

#include <deque>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "storage/event_log.h"
#include "storage/rocksdb/batch_former.h"
#include "storage/rocksdb/durable_heads.h"

namespace wardbook::storage {

// Safe for concurrent use.
class Completions {
 public:
  Completions();
  ~Completions() { Close(); }

  // Tells all that it was given, and ends. Nothing may be told afterwards.
  void Close() ABSL_LOCKS_EXCLUDED(mutex_);

  void Listen(CommitListener listener);

  // Calls the callbacks, in any order, and the listeners, in the order in which
  // the heads are given.
  void Tell(std::vector<Answer> answers, std::vector<SchoolHead> heads);

 private:
  void Run();
  bool HasWork() const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  // One piece of work; the lock is given up while it runs.
  void TellListeners() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void TellCallers() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  std::vector<CommitListener> listeners_ ABSL_GUARDED_BY(mutex_);
  std::deque<std::vector<Answer>> answers_ ABSL_GUARDED_BY(mutex_);
  std::vector<SchoolHead> heads_ ABSL_GUARDED_BY(mutex_);
  // One thread at a time talks to the listeners, which keeps their order.
  bool telling_listeners_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;

  std::vector<std::thread> threads_;
};

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_COMPLETIONS_H_
