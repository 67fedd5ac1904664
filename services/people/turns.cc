#include "services/people/turns.h"

namespace wardbook::people {

void Turns::Take(absl::AnyInvocable<void(Turn) &&> work) {
  {
    absl::MutexLock lock(&mutex_);
    waiting_.push_back(std::move(work));
    if (taken_) return;
    taken_ = true;
  }
  BeginNext();
}

void Turns::BeginNext() {
  workers_.Schedule([this] {
    absl::AnyInvocable<void(Turn) &&> work;
    {
      absl::MutexLock lock(&mutex_);
      work = std::move(waiting_.front());
      waiting_.pop_front();
    }
    std::move(work)(Turn(*this));
  });
}

void Turns::EndOne() {
  {
    absl::MutexLock lock(&mutex_);
    taken_ = !waiting_.empty();
    if (!taken_) return;
  }
  BeginNext();
}

}  // namespace wardbook::people
