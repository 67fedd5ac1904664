#include "storage/fsck/check_ahead.h"

#include <algorithm>
#include <utility>

#include "storage/base/assert.h"

namespace wardbook::fsck {
namespace {

// One at work and one done, for each thread: enough to keep all of them busy
// while one part takes longer than the others.
constexpr size_t kPartsPerThread = 2;

}  // namespace

CheckAhead::CheckAhead(const storage::LogRows& rows, const SchoolId& school,
                       const KeyFinder& find_key, std::vector<Part> parts, int threads)
    : parts_(std::move(parts)), ahead_max_(kPartsPerThread * static_cast<size_t>(threads)) {
  for (int i = 0; i < threads; ++i) {
    threads_.emplace_back([this, &rows, &school, &find_key] { Run(rows, school, find_key); });
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
                     const KeyFinder& find_key) {
  RecordCheck check(rows, school, find_key);
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
  }
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
