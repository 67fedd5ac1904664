// Threads that hash what another thread seals or writes meanwhile.

#ifndef STORAGE_EVIDENCE_HASHERS_H_
#define STORAGE_EVIDENCE_HASHERS_H_

#include <deque>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace wardbook::evidence {

// Safe for concurrent use.
class Hashers {
 public:
  // Work that one of the threads takes over if it is free before its owner joins.
  class Work;

  explicit Hashers(int threads);
  // No work is left.
  ~Hashers();

  Hashers(const Hashers&) = delete;
  Hashers& operator=(const Hashers&) = delete;

 private:
  void Run() ABSL_LOCKS_EXCLUDED(mutex_);

  absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  // What nobody has begun.
  std::deque<Work*> waiting_ ABSL_GUARDED_BY(mutex_);

  // Last, so that they start when all that they use is there.
  std::vector<std::thread> threads_;
};

// Thread-compatible. The hashers outlive it, and what `run` uses does too.
class Hashers::Work {
 public:
  Work(Hashers& hashers, std::function<void()> run);
  ~Work() { Join(); }

  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;

  // Returns when it has run: here, if nobody has begun.
  void Join();

 private:
  friend class Hashers;

  Hashers& hashers_;
  const std::function<void()> run_;
  bool begun_ ABSL_GUARDED_BY(hashers_.mutex_) = false;
  bool done_ ABSL_GUARDED_BY(hashers_.mutex_) = false;
};

}  // namespace wardbook::evidence

#endif  // STORAGE_EVIDENCE_HASHERS_H_
