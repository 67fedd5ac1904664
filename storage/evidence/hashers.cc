#include "storage/evidence/hashers.h"

#include <algorithm>

#include "storage/base/assert.h"

namespace wardbook::evidence {

Hashers::Hashers(int threads) {
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Run(); });
}

Hashers::~Hashers() {
  {
    absl::MutexLock lock(&mutex_);
    WARDBOOK_ASSERT(waiting_.empty());
    stopping_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
}

void Hashers::Run() {
  const auto is_wanted = [this]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
    return stopping_ || !waiting_.empty();
  };
  absl::MutexLock lock(&mutex_);
  for (;;) {
    mutex_.Await(absl::Condition(&is_wanted));
    if (waiting_.empty()) return;
    Work* const work = waiting_.front();
    waiting_.pop_front();
    work->hashers_.mutex_.AssertHeld();
    work->begun_ = true;
    mutex_.Unlock();
    work->run_();
    mutex_.Lock();
    work->hashers_.mutex_.AssertHeld();
    // Its owner may destroy it as soon as the mutex is let go.
    work->done_ = true;
  }
}

Hashers::Work::Work(Hashers& hashers, std::function<void()> run)
    : hashers_(hashers), run_(std::move(run)) {
  absl::MutexLock lock(&hashers_.mutex_);
  hashers_.waiting_.push_back(this);
}

void Hashers::Work::Join() {
  absl::MutexLock lock(&hashers_.mutex_);
  if (done_) return;
  if (begun_) {
    hashers_.mutex_.Await(absl::Condition(&done_));
    return;
  }
  std::deque<Work*>& waiting = hashers_.waiting_;
  waiting.erase(std::find(waiting.begin(), waiting.end(), this));
  done_ = true;
  hashers_.mutex_.Unlock();
  run_();
  hashers_.mutex_.Lock();
}

}  // namespace wardbook::evidence
