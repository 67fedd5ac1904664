#include "services/schoolpolicy/policy_register.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/base/status_macros.h"

namespace wardbook::schoolpolicy {
namespace {

using wardbook::events::v1::PolicyEvent;

// How many events are read at once; one of them may hold a whole policy.
constexpr size_t kReadBatch = 64;

// How long the follower leaves a log alone that did not answer.
constexpr absl::Duration kRetryAfter = absl::Seconds(1);

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
    // A school whose log is damaged keeps no other from working.
    if (!absl::IsDataLoss(read)) WARDBOOK_RETURN_IF_ERROR(read);
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
  for (;;) {
    absl::flat_hash_set<SchoolId> schools;
    {
      absl::MutexLock lock(&commits_->mutex);
      commits_->mutex.Await(absl::Condition(
          +[](Commits* commits) ABSL_EXCLUSIVE_LOCKS_REQUIRED(commits->mutex) {
            return commits->stopping || !commits->schools.empty();
          },
          commits_.get()));
      if (commits_->stopping) return;
      schools.swap(commits_->schools);
    }
    for (const SchoolId& school : schools) {
      if (FollowSchool(school).ok()) continue;
      // The log does not answer. What was not taken in is tried again, while
      // those who write refresh the school themselves.
      absl::MutexLock lock(&commits_->mutex);
      commits_->schools.insert(school);
      commits_->mutex.AwaitWithTimeout(absl::Condition(&commits_->stopping), kRetryAfter);
    }
  }
}

absl::Status PolicyRegister::FollowSchool(const SchoolId& school) {
  // Almost every commit is about something else; the head says so without
  // opening a record.
  WARDBOOK_ASSIGN_OR_RETURN(const uint64_t head, log_.StreamHead(school, PolicyStream(school)));
  return head <= Find(school)->revision ? absl::OkStatus() : Refresh(school);
}

}  // namespace wardbook::schoolpolicy
