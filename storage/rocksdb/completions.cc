#include "storage/rocksdb/completions.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace wardbook::storage {
namespace {

// Two, so that a slow callback does not hold up everybody behind it; more would
// only take turns on the callers' locks.
constexpr int kThreads = 2;
// How many callers one thread tells before it looks up again.
constexpr size_t kAnswersAtOnce = 32;

}  // namespace

Completions::Completions() {
  for (int i = 0; i < kThreads; ++i) threads_.emplace_back([this] { Run(); });
}

void Completions::Close() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void Completions::Listen(CommitListener listener) {
  absl::MutexLock lock(&mutex_);
  listeners_.push_back(std::move(listener));
}

void Completions::Tell(std::vector<Answer> answers, std::vector<SchoolHead> heads) {
  absl::MutexLock lock(&mutex_);
  heads_.insert(heads_.end(), heads.begin(), heads.end());
  while (answers.size() > kAnswersAtOnce) {
    const auto first = answers.end() - kAnswersAtOnce;
    answers_.emplace_back(std::make_move_iterator(first), std::make_move_iterator(answers.end()));
    answers.erase(first, answers.end());
  }
  if (!answers.empty()) answers_.push_back(std::move(answers));
}

bool Completions::HasWork() const {
  return !answers_.empty() || (!heads_.empty() && !telling_listeners_) || stopping_;
}

void Completions::Run() {
  absl::MutexLock lock(&mutex_);
  while (true) {
    mutex_.Await(absl::Condition(this, &Completions::HasWork));
    if (!heads_.empty() && !telling_listeners_) {
      TellListeners();
    } else if (!answers_.empty()) {
      TellCallers();
    } else {
      return;
    }
  }
}

void Completions::TellListeners() {
  telling_listeners_ = true;
  const std::vector<SchoolHead> heads = std::exchange(heads_, {});
  const std::vector<CommitListener> listeners = listeners_;
  mutex_.Unlock();
  for (const SchoolHead& head : heads) {
    for (const CommitListener& listener : listeners) listener(head.school, head.head.size);
  }
  mutex_.Lock();
  telling_listeners_ = false;
}

void Completions::TellCallers() {
  std::vector<Answer> answers = std::move(answers_.front());
  answers_.pop_front();
  mutex_.Unlock();
  for (Answer& answer : answers) answer.done(std::move(answer.result));
  answers.clear();
  mutex_.Lock();
}

}  // namespace wardbook::storage
