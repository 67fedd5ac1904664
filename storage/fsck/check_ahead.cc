#include "storage/fsck/check_ahead.h"

#include <algorithm>
#include <utility>

#include "storage/base/assert.h"
#include "storage/base/moment.h"

namespace wardbook::fsck {
namespace {

// One at work and one done, for each thread: enough to keep all of them busy
// while one part takes longer than the others.
constexpr size_t kPartsPerThread = 2;

size_t Threads(const CheckOptions& options) {
  return static_cast<size_t>(std::max(options.threads, 1));
}

}  // namespace

CheckAhead::CheckAhead(const storage::LogRows& rows, const SchoolId& school,
                       const CheckOptions& options, std::vector<Part> parts)
    : parts_(std::move(parts)), ahead_max_(kPartsPerThread * Threads(options)) {
  for (size_t i = 0; i < Threads(options); ++i) {
    threads_.emplace_back([this, &rows, &school, &options] { Run(rows, school, options); });
  }
}

CheckAhead::~CheckAhead() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
}

bool CheckAhead::MayBegin() const {
  return stopping_ || begun_ == parts_.size() || begun_ < taken_ + ahead_max_;
}

bool CheckAhead::IsNextChecked() const { return checked_.contains(taken_); }

void CheckAhead::Run(const storage::LogRows& rows, const SchoolId& school,
                     const CheckOptions& options) {
  RecordCheck check(rows, school, options, [this] { return !stopping_; });
  while (true) {
    size_t part;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(this, &CheckAhead::MayBegin));
      if (stopping_ || begun_ == parts_.size()) return;
      part = begun_++;
    }
    absl::StatusOr<CheckedPart> checked = check.Check(parts_[part].from, parts_[part].to);
    absl::MutexLock lock(&mutex_);
    checked_.emplace(part, std::move(checked));
    checked_more_.SignalAll();
  }
}

bool CheckAhead::WaitForNext(std::chrono::nanoseconds time) {
  absl::MutexLock lock(&mutex_);
  WARDBOOK_ASSERT(taken_ < parts_.size());
  const Moment deadline = MomentIn(time);
  while (!IsNextChecked() && checked_more_.WaitUntil(mutex_, deadline)) continue;
  return IsNextChecked();
}

absl::StatusOr<CheckedPart> CheckAhead::Take() {
  absl::MutexLock lock(&mutex_);
  WARDBOOK_ASSERT(taken_ < parts_.size());
  mutex_.Await(absl::Condition(this, &CheckAhead::IsNextChecked));
  absl::StatusOr<CheckedPart> part = std::move(checked_.at(taken_));
  checked_.erase(taken_);
  ++taken_;
  return part;
}

}  // namespace wardbook::fsck
