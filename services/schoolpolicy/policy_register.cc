#include "services/schoolpolicy/policy_register.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/runtime/retry_delay.h"
#include "storage/base/status_macros.h"

namespace wardbook::schoolpolicy {
namespace {

using wardbook::events::v1::PolicyEvent;

// How many events are read at once; one of them may hold a whole policy.
constexpr size_t kReadBatch = 64;

}  // namespace

std::string PolicyStream(const SchoolId& school) { return absl::StrCat("policy-", school.Hex()); }

absl::StatusOr<std::unique_ptr<PolicyRegister>> PolicyRegister::Open(
    storage::EventLog& log, const vault::Vault& vault, const rulepack::WorkingCalendar& calendar) {
  auto policies = std::unique_ptr<PolicyRegister>(new PolicyRegister(log, vault, calendar));
  // First, so that nothing falls between what is read and what is told.
  log.Listen([commits = policies->commits_](const SchoolId& school, uint64_t) {
    absl::MutexLock lock(&commits->mutex);
    if (!commits->stopping) commits->schools.insert(school);
  });
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<SchoolId> schools, log.ListSchools());
  for (const SchoolId& school : schools) {
    const absl::Status read = policies->Refresh(school);
    if (read.ok()) continue;
    // A school whose log is damaged keeps no other from working.
    if (!runtime::IsDamage(read)) return read;
    {
      absl::MutexLock lock(&policies->mutex_);
      policies->failures_[school] = read;
    }
    absl::MutexLock lock(&policies->commits_->mutex);
    policies->commits_->schools.insert(school);
  }
  policies->follower_ = std::thread([raw = policies.get()] { raw->Follow(); });
  return policies;
}

PolicyRegister::~PolicyRegister() {
  {
    absl::MutexLock lock(&commits_->mutex);
    commits_->stopping = true;
    commits_->schools.clear();
  }
  if (follower_.joinable()) follower_.join();
}

std::string PolicyRegister::VersionAt(const SchoolId& school, absl::Time time) const {
  const std::shared_ptr<const PolicyEntry> entry = Find(school);
  const PolicyVersion* version = entry->state.InForceOn(calendar_.DayOf(time));
  return version == nullptr ? "" : version->id.Hex();
}

std::shared_ptr<const PolicyEntry> PolicyRegister::Find(const SchoolId& school) const {
  static const auto* const kNone =
      new std::shared_ptr<const PolicyEntry>(std::make_shared<PolicyEntry>());
  absl::MutexLock lock(&mutex_);
  const auto found = schools_.find(school);
  return found == schools_.end() ? *kNone : found->second;
}

absl::Status PolicyRegister::Refresh(const SchoolId& school) {
  for (;;) {
    const std::shared_ptr<const PolicyEntry> before = Find(school);
    WARDBOOK_ASSIGN_OR_RETURN(
        const std::vector<runtime::Recorded<PolicyEvent>> events,
        runtime::ReadEvents<PolicyEvent>(log_, vault_, school, PolicyStream(school),
                                         before->revision + 1, kReadBatch));
    if (events.empty()) return absl::OkStatus();
    auto after = std::make_shared<PolicyEntry>(*before);
    for (const runtime::Recorded<PolicyEvent>& event : events) {
      PolicyAggregate::Evolve(after->state, event);
      after->revision = event.revision;
    }
    absl::MutexLock lock(&mutex_);
    std::shared_ptr<const PolicyEntry>& entry = schools_[school];
    // Somebody else may have been faster.
    if (entry == nullptr || entry->revision < after->revision) entry = std::move(after);
  }
}

void PolicyRegister::Follow() {
  // When what failed is tried next.
  struct Behind {
    int failures = 0;
    absl::Time try_time = absl::InfinitePast();
  };
  absl::flat_hash_map<SchoolId, Behind> behind;
  for (;;) {
    absl::Time wake = absl::InfiniteFuture();
    for (const auto& [school, one] : behind) wake = std::min(wake, one.try_time);
    {
      absl::MutexLock lock(&commits_->mutex);
      commits_->mutex.AwaitWithDeadline(
          absl::Condition(
              +[](Commits* commits) ABSL_EXCLUSIVE_LOCKS_REQUIRED(commits->mutex) {
                return commits->stopping || !commits->schools.empty();
              },
              commits_.get()),
          wake);
      if (commits_->stopping) return;
      for (const SchoolId& school : commits_->schools) behind.try_emplace(school);
      commits_->schools.clear();
    }
    absl::erase_if(behind, [&](auto& entry) {
      auto& [school, one] = entry;
      if (absl::Now() < one.try_time) return false;
      const absl::Status followed = FollowSchool(school);
      if (!followed.ok()) one.try_time = absl::Now() + runtime::RetryDelay(++one.failures);
      absl::MutexLock lock(&mutex_);
      if (followed.ok()) {
        failures_.erase(school);
      } else {
        failures_[school] = followed;
      }
      return followed.ok();
    });
  }
}

std::vector<std::pair<SchoolId, absl::Status>> PolicyRegister::Failures() const {
  absl::MutexLock lock(&mutex_);
  return {failures_.begin(), failures_.end()};
}

absl::Status PolicyRegister::FollowSchool(const SchoolId& school) {
  // Almost every commit is about something else; the head says so without
  // opening a record.
  WARDBOOK_ASSIGN_OR_RETURN(const uint64_t head, log_.StreamHead(school, PolicyStream(school)));
  return head <= Find(school)->revision ? absl::OkStatus() : Refresh(school);
}

}  // namespace wardbook::schoolpolicy
