#include "services/runtime/log_follower.h"

#include <algorithm>
#include <chrono>

#include "services/runtime/retry_delay.h"
#include "storage/base/moment.h"

namespace wardbook::runtime {
namespace {

// How far apart commits are taken in at the least. The first after a rest is taken in at
// once; of hundreds in a second, each of which would wake a thread to find that it is of
// another stream, those of so long are one reading. Of a clock that nobody sets.
constexpr std::chrono::milliseconds kReadingsApart(10);

}  // namespace

LogFollower::LogFollower(storage::EventLog& log) : commits_(std::make_shared<Commits>()) {
  log.Listen([commits = commits_](const SchoolId& school, uint64_t size) {
    absl::MutexLock lock(&commits->mutex);
    if (commits->stopping) return;
    commits->sizes[school] = size;
    commits->told.SignalAll();
  });
}

LogFollower::~LogFollower() {
  {
    absl::MutexLock lock(&commits_->mutex);
    commits_->stopping = true;
    commits_->sizes.clear();
    commits_->told.SignalAll();
  }
  if (thread_.joinable()) thread_.join();
}

void LogFollower::MarkBehind(const SchoolId& school, const absl::Status& why) {
  {
    absl::MutexLock lock(&mutex_);
    failures_[school] = why;
  }
  absl::MutexLock lock(&commits_->mutex);
  commits_->sizes.try_emplace(school, 0);
  commits_->told.SignalAll();
}

void LogFollower::Start(CatchUp catch_up) {
  thread_ = std::thread([this, catch_up = std::move(catch_up)] { Run(catch_up); });
}

void LogFollower::Run(const CatchUp& catch_up) {
  // What is to be taken in of a school's log, and when it is tried next.
  struct Behind {
    uint64_t size = 0;
    int failures = 0;
    Moment try_next = Moment::min();
  };
  absl::flat_hash_map<SchoolId, Behind> behind;
  for (;;) {
    Moment wake = Moment::max();
    for (const auto& [school, one] : behind) wake = std::min(wake, one.try_next);
    {
      absl::MutexLock lock(&commits_->mutex);
      while (!commits_->stopping && commits_->sizes.empty() &&
             commits_->told.WaitUntil(commits_->mutex, wake)) {
        continue;
      }
      if (commits_->stopping) return;
      for (const auto& [school, size] : commits_->sizes) behind[school].size = size;
      commits_->sizes.clear();
    }
    absl::erase_if(behind, [&](auto& entry) {
      auto& [school, one] = entry;
      if (std::chrono::steady_clock::now() < one.try_next) return false;
      const absl::Status caught_up = catch_up(school, one.size);
      if (!caught_up.ok()) one.try_next = MomentIn(RetryDelay(++one.failures));
      absl::MutexLock lock(&mutex_);
      if (caught_up.ok()) {
        failures_.erase(school);
      } else {
        failures_[school] = caught_up;
      }
      return caught_up.ok();
    });
    std::this_thread::sleep_for(kReadingsApart);
  }
}

std::vector<std::pair<SchoolId, absl::Status>> LogFollower::Failures() const {
  absl::MutexLock lock(&mutex_);
  return {failures_.begin(), failures_.end()};
}

}  // namespace wardbook::runtime
