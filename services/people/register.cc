#include "services/people/register.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/people/streams.h"
#include "services/runtime/refusal.h"
#include "services/runtime/roles.h"
#include "services/runtime/stream_reader.h"
#include "storage/base/side_by_side.h"
#include "storage/base/status_macros.h"
#include "storage/record/record.h"

namespace wardbook::people {
namespace {

using wardbook::events::v1::PersonEvent;

// How much of the log is read at once: a megabyte of common records.
constexpr size_t kReadBatch = 512;

auto SortKey(const Entry& entry) {
  return std::make_tuple(absl::AsciiStrToLower(entry.state.name.value_or("")), entry.id);
}

runtime::PersonEntry EntryAt(const PersonId& person, const PersonState& state, absl::Time now) {
  runtime::PersonEntry entry{
      person, state.name.value_or(""), {}, state.line_manager, state.category};
  for (wardbook::events::v1::Role role : state.RolesAt(now)) {
    if (const auto known = runtime::RoleFromWire(role)) entry.roles.insert(*known);
  }
  if (const auto& issued = state.account_issued) {
    entry.account_issue = runtime::AccountIssue{issued->actor, issued->recorded_time};
  }
  entry.names = state.names;
  entry.of_school_since = state.OfSchoolSince(now);
  entry.has_left = state.IsGoneAt(now);
  return entry;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Register>> Register::Open(storage::EventLog& log,
                                                         const vault::Vault& vault) {
  auto reg = std::unique_ptr<Register>(new Register(log, vault));
  WARDBOOK_RETURN_IF_ERROR(reg->Load());
  reg->follower_.Start([raw = reg.get()](const SchoolId& school, uint64_t size) {
    return raw->CatchUp(school, size);
  });
  return reg;
}

std::optional<runtime::PersonEntry> Register::Find(const SchoolId& school, const PersonId& person,
                                                   absl::Time now) const {
  absl::MutexLock lock(&mutex_);
  const auto people = schools_.find(school);
  if (people == schools_.end()) return std::nullopt;
  const auto found = people->second.find(person);
  if (found == people->second.end()) return std::nullopt;
  return EntryAt(person, found->second.state, now);
}

std::vector<runtime::PersonEntry> Register::PeopleOf(const SchoolId& school, absl::Time now) const {
  std::vector<runtime::PersonEntry> entries;
  {
    absl::MutexLock lock(&mutex_);
    const auto people = schools_.find(school);
    if (people == schools_.end()) return entries;
    for (const auto& [person, entry] : people->second) {
      entries.push_back(EntryAt(person, entry.state, now));
    }
  }
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  return entries;
}

absl::Status Register::Refresh(const SchoolId& school, const PersonId& person) {
  for (;;) {
    const uint64_t revision = RevisionOf(school, person);
    WARDBOOK_ASSIGN_OR_RETURN(
        const std::vector<runtime::Recorded<PersonEvent>> events,
        runtime::ReadEvents<PersonEvent>(log_, vault_, school, PersonStream(person), revision + 1,
                                         kReadBatch));
    for (const auto& recorded : events) {
      WARDBOOK_RETURN_IF_ERROR(PersonAggregate::Check(recorded.event));
    }
    if (!events.empty()) {
      absl::MutexLock lock(&mutex_);
      Entry& entry = schools_[school][person];
      entry.id = person;
      for (const auto& recorded : events) {
        // Somebody else may have been faster with some of them.
        if (recorded.revision != entry.revision + 1) continue;
        PersonAggregate::Evolve(entry.state, recorded);
        entry.revision = recorded.revision;
      }
    }
    if (events.size() < kReadBatch) return absl::OkStatus();
  }
}

void Register::TakeIn(const SchoolId& school, const PersonId& person,
                      const runtime::Snapshot<PersonState>& recorded) {
  absl::MutexLock lock(&mutex_);
  Entry& entry = schools_[school][person];
  if (recorded.revision > entry.revision) entry = {person, recorded.state, recorded.revision};
}

uint64_t Register::RevisionOf(const SchoolId& school, const PersonId& person) const {
  absl::MutexLock lock(&mutex_);
  const auto people = schools_.find(school);
  if (people == schools_.end()) return 0;
  const auto found = people->second.find(person);
  return found == people->second.end() ? 0 : found->second.revision;
}

std::vector<PersonId> Register::HoldersForGood(const SchoolId& school,
                                               wardbook::events::v1::Role role,
                                               absl::Time from) const {
  std::vector<PersonId> holders;
  absl::MutexLock lock(&mutex_);
  const auto people = schools_.find(school);
  if (people == schools_.end()) return holders;
  for (const auto& [id, entry] : people->second) {
    if (entry.state.HoldsForGood(role, from)) holders.push_back(id);
  }
  return holders;
}

std::optional<runtime::HeadAbsence> Register::AbsenceAt(const SchoolId& school,
                                                        absl::Time time) const {
  std::optional<runtime::HeadAbsence> found;
  absl::MutexLock lock(&mutex_);
  const auto people = schools_.find(school);
  if (people == schools_.end()) return std::nullopt;
  for (const auto& [id, entry] : people->second) {
    const PersonState& state = entry.state;
    // Every report asks, and most people have never been the Headteacher.
    const bool ever = std::any_of(state.spans.begin(), state.spans.end(), [](const auto& span) {
      return span.role == wardbook::events::v1::ROLE_HEADTEACHER;
    });
    if (!ever || !state.RolesAt(time).contains(wardbook::events::v1::ROLE_HEADTEACHER)) continue;
    const HeadAbsence* const absence = state.HeadAbsenceAt(time);
    if (absence == nullptr) return std::nullopt;
    // The same one whatever the order in which the people are kept.
    if (found && found->id < absence->id) continue;
    found = runtime::HeadAbsence{absence->id, id, absence->deputy, absence->from, absence->until};
  }
  return found;
}

void Register::Visit(const SchoolId& school, absl::FunctionRef<void(const Entry&)> visit) const {
  absl::MutexLock lock(&mutex_);
  const auto people = schools_.find(school);
  if (people == schools_.end()) return;
  for (const auto& [id, entry] : people->second) visit(entry);
}

std::vector<Entry> Register::Everybody(const SchoolId& school) const {
  std::vector<Entry> entries;
  {
    absl::MutexLock lock(&mutex_);
    const auto people = schools_.find(school);
    if (people != schools_.end()) {
      entries.reserve(people->second.size());
      for (const auto& [id, entry] : people->second) entries.push_back(entry);
    }
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return SortKey(a) < SortKey(b); });
  return entries;
}

absl::StatusOr<Page> Register::List(const SchoolId& school, const std::optional<PersonId>& after,
                                    size_t limit) const {
  std::vector<Entry> entries = Everybody(school);
  auto first = entries.begin();
  if (after) {
    first = std::find_if(first, entries.end(), [&](const Entry& e) { return e.id == *after; });
    if (first == entries.end()) {
      return runtime::Refuse(kernel::Reason::kFieldInvalid, "page_token");
    }
    ++first;
  }
  const auto count = std::min(limit, static_cast<size_t>(entries.end() - first));
  Page page;
  page.more = count < static_cast<size_t>(entries.end() - first);
  std::move(first, first + static_cast<std::ptrdiff_t>(count), std::back_inserter(page.entries));
  return page;
}

absl::Status Register::Load() {
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<SchoolId> schools, log_.ListSchools());
  std::vector<absl::StatusOr<uint64_t>> loaded(schools.size());
  SideBySide(schools.size(), [&](size_t i) { loaded[i] = LoadSchool(schools[i]); });
  for (size_t i = 0; i < schools.size(); ++i) {
    if (loaded[i].ok()) {
      positions_[schools[i]] = *loaded[i];
      continue;
    }
    // A school whose log is damaged keeps no other from working.
    if (!runtime::IsDamage(loaded[i].status())) return loaded[i].status();
    unloaded_.insert(schools[i]);
    follower_.MarkBehind(schools[i], loaded[i].status());
  }
  return absl::OkStatus();
}

absl::StatusOr<uint64_t> Register::LoadSchool(const SchoolId& school) {
  // The size comes first: what is written meanwhile is taken in once more.
  WARDBOOK_ASSIGN_OR_RETURN(const storage::TreeHead head, log_.Head(school));
  absl::Status first_failure;
  std::string after;
  for (;;) {
    WARDBOOK_ASSIGN_OR_RETURN(const std::vector<std::string> streams,
                              log_.ListStreams(school, kPersonPrefix, after, kReadBatch));
    for (const std::string& stream : streams) {
      const std::optional<PersonId> person = PersonOfStream(stream);
      const absl::Status refreshed =
          person ? Refresh(school, *person)
                 : absl::DataLossError("a person's stream is not named after an id");
      if (!refreshed.ok() && !runtime::IsDamage(refreshed)) return refreshed;
      first_failure.Update(refreshed);
    }
    if (streams.size() < kReadBatch) break;
    after = streams.back();
  }
  WARDBOOK_RETURN_IF_ERROR(first_failure);
  return head.size;
}

absl::Status Register::CatchUp(const SchoolId& school, uint64_t size) {
  if (unloaded_.contains(school)) {
    WARDBOOK_ASSIGN_OR_RETURN(positions_[school], LoadSchool(school));
    unloaded_.erase(school);
  }
  const absl::Status followed = FollowSchool(school, size, positions_[school]);
  // Whoever cannot be read must not keep out those who come after them, and is not
  // forgotten before everybody was read.
  if (runtime::IsDamage(followed)) unloaded_.insert(school);
  return followed;
}

absl::Status Register::FollowSchool(const SchoolId& school, uint64_t size, uint64_t& position) {
  while (position < size) {
    WARDBOOK_ASSIGN_OR_RETURN(const std::vector<storage::StoredRecord> records,
                              log_.ReadLog(school, position, kReadBatch));
    if (records.empty()) return absl::DataLossError("the log ends before its size");
    absl::flat_hash_set<PersonId> changed;
    for (const storage::StoredRecord& stored : records) {
      WARDBOOK_ASSIGN_OR_RETURN(const record::RecordView view, record::ParseRecord(stored.bytes));
      if (const auto person = PersonOfStream(view.header.stream)) changed.insert(*person);
    }
    for (const PersonId& person : changed) WARDBOOK_RETURN_IF_ERROR(Refresh(school, person));
    position = records.back().position + 1;
  }
  return absl::OkStatus();
}

}  // namespace wardbook::people
