#include "services/schoolpolicy/policy_register.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/base/side_by_side.h"
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
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<SchoolId> schools, log.ListSchools());
  std::vector<absl::Status> read(schools.size());
  SideBySide(schools.size(), [&](size_t i) { read[i] = policies->Refresh(schools[i]); });
  for (size_t i = 0; i < schools.size(); ++i) {
    if (read[i].ok()) continue;
    // A school whose log is damaged keeps no other from working.
    if (!runtime::IsDamage(read[i])) return read[i];
    policies->follower_.MarkBehind(schools[i], read[i]);
  }
  policies->follower_.Start(
      [raw = policies.get()](const SchoolId& school, uint64_t) { return raw->CatchUp(school); });
  return policies;
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
    Show(school, std::move(after));
  }
}

void PolicyRegister::TakeIn(const SchoolId& school,
                            const runtime::Snapshot<PolicyState>& recorded) {
  Show(school, std::make_shared<PolicyEntry>(PolicyEntry{recorded.state, recorded.revision}));
}

void PolicyRegister::Show(const SchoolId& school, std::shared_ptr<const PolicyEntry> entry) {
  absl::MutexLock lock(&mutex_);
  std::shared_ptr<const PolicyEntry>& shown = schools_[school];
  // Somebody else may have been faster.
  if (shown == nullptr || shown->revision < entry->revision) shown = std::move(entry);
}

absl::Status PolicyRegister::CatchUp(const SchoolId& school) {
  // Almost every commit is about something else; the head says so without
  // opening a record.
  WARDBOOK_ASSIGN_OR_RETURN(const uint64_t head, log_.StreamHead(school, PolicyStream(school)));
  return head <= Find(school)->revision ? absl::OkStatus() : Refresh(school);
}

}  // namespace wardbook::schoolpolicy
