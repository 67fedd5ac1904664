#include "services/casework/case_view_rows.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/casework/case_summary.h"
#include "services/casework/domain/breach.h"
#include "services/kernel/timestamp.h"
#include "storage/base/assert.h"
#include "storage/base/big_endian.h"
#include "storage/base/status_macros.h"

namespace wardbook::casework {
namespace {

using kernel::Role;
using wardbook::views::v1::CaseClock;
using wardbook::views::v1::CaseClockKind;
using wardbook::views::v1::CasePlaces;
using wardbook::views::v1::CaseRow;

constexpr char kCaseTable = 'c';
constexpr char kPlacesTable = 'p';
constexpr char kChangeTable = 'w';
constexpr char kIndexTable = 'i';

std::string IndexKey(const Audience& audience, Openness openness, uint64_t position) {
  std::string key = IndexPrefix(audience, openness);
  AppendBigEndian64(&key, ~position);
  return key;
}

CaseClockKind ToRow(ClockKind kind) {
  switch (kind) {
    case ClockKind::kPolice:
      return wardbook::views::v1::CASE_CLOCK_KIND_POLICE;
    case ClockKind::kAcknowledgement:
      return wardbook::views::v1::CASE_CLOCK_KIND_ACKNOWLEDGEMENT;
    case ClockKind::kHandOn:
      return wardbook::views::v1::CASE_CLOCK_KIND_HAND_ON;
    case ClockKind::kAllegation:
      return wardbook::views::v1::CASE_CLOCK_KIND_ALLEGATION;
    case ClockKind::kAdvice:
      return wardbook::views::v1::CASE_CLOCK_KIND_ADVICE;
    case ClockKind::kReferralAcknowledgement:
      return wardbook::views::v1::CASE_CLOCK_KIND_REFERRAL_ACKNOWLEDGEMENT;
    case ClockKind::kReferralOutcome:
      return wardbook::views::v1::CASE_CLOCK_KIND_REFERRAL_OUTCOME;
    case ClockKind::kReview:
      return wardbook::views::v1::CASE_CLOCK_KIND_REVIEW;
    case ClockKind::kThreshold:
      return wardbook::views::v1::CASE_CLOCK_KIND_THRESHOLD;
    case ClockKind::kDataBreach:
      return wardbook::views::v1::CASE_CLOCK_KIND_DATA_BREACH;
    case ClockKind::kLateWord:
      return wardbook::views::v1::CASE_CLOCK_KIND_LATE_WORD;
    case ClockKind::kDisagreement:
      return wardbook::views::v1::CASE_CLOCK_KIND_DISAGREEMENT;
  }
  WARDBOOK_ASSERT(false);
}

// Nothing for a kind that this version does not know.
std::optional<ClockKind> FromRow(CaseClockKind kind) {
  for (const ClockKind one : kAllClockKinds) {
    if (ToRow(one) == kind) return one;
  }
  return std::nullopt;
}

wardbook::views::v1::LowLevelConcern ConcernOf(const CaseCard& card) {
  wardbook::views::v1::LowLevelConcern concern;
  std::set<PersonId> presumed = card.state.subjects;
  std::vector<std::string> names;
  for (const wardbook::events::v1::Party& party : card.subjects) {
    const std::optional<PersonId> person = PersonId::FromBytes(party.person_id());
    if (person.has_value()) {
      presumed.erase(*person);
      concern.add_subjects()->set_person_id(person->Bytes());
    } else {
      names.push_back(party.name());
    }
  }
  // Nobody has a concern to their name because they share it: by a name is known only
  // who alone can be meant. The report of one's own act names no subject.
  if (presumed.size() == 1 && names.size() <= 1) {
    concern.add_subjects()->set_person_id(presumed.begin()->Bytes());
  } else {
    for (std::string& name : names) concern.add_subjects()->set_name(std::move(name));
  }
  for (const auto clause : BreachedClauses(card.state)) concern.add_breached_clauses(clause);
  return concern;
}

}  // namespace

std::string CaseKey(absl::string_view stream) {
  return absl::StrCat(absl::string_view(&kCaseTable, 1), stream);
}

std::string PlacesKey(absl::string_view stream) {
  return absl::StrCat(absl::string_view(&kPlacesTable, 1), stream);
}

std::string ChangeKey(uint64_t position) {
  std::string key(1, kChangeTable);
  AppendBigEndian64(&key, position);
  return key;
}

std::string IndexPrefix(const Audience& audience, Openness openness) {
  std::string prefix = {kIndexTable, static_cast<char>(audience.kind), static_cast<char>(openness)};
  prefix += audience.person.Bytes();
  return prefix;
}

CaseRow RowOf(const kernel::CaseRef& ref, const CaseCard& card, const CasePositions& positions) {
  const CaseState& state = card.state;
  CaseRow row;
  *row.mutable_summary() = SummaryOf(ref, card);
  *row.mutable_report() = ReportOf(ref, card, state.reporter);
  if (!state.reporter.IsZero()) row.set_reporter_id(state.reporter.Bytes());
  if (!state.line_manager.IsZero()) row.set_line_manager_id(state.line_manager.Bytes());
  for (const PersonId& subject : state.subjects) row.add_subject_ids(subject.Bytes());
  for (const PersonId& person : state.conflicted) row.add_conflicted_ids(person.Bytes());
  for (const OpenName& open : state.open_names) {
    wardbook::views::v1::OpenName& one = *row.add_open_names();
    one.set_name(open.name);
    one.set_in_part(open.in_part);
  }
  row.set_changed_position(positions.changed);
  row.set_open(IsListedOpen(state));
  if (IsLowLevelConcern(state)) *row.mutable_low_level_concern() = ConcernOf(card);
  row.mutable_clocks();
  for (const Clock& clock : ClocksOf(state)) {
    CaseClock& one = *row.mutable_clocks()->add_clocks();
    one.set_kind(ToRow(clock.kind));
    *one.mutable_since_time() = kernel::TimestampOf(clock.since);
    if (clock.noted) *one.mutable_noted_time() = kernel::TimestampOf(*clock.noted);
    if (clock.recorded_due) {
      *one.mutable_recorded_due_time() = kernel::TimestampOf(*clock.recorded_due);
    }
  }
  return row;
}

CasePlaces PlacesOf(const CaseCard& card, const CasePositions& positions) {
  const CaseState& state = card.state;
  const Openness openness = IsListedOpen(state) ? Openness::kOpen : Openness::kClosed;
  CasePlaces places;
  places.set_reported_position(positions.reported);
  places.add_index_keys(ChangeKey(positions.changed));
  const auto add = [&](AudienceKind kind, const PersonId& person) {
    places.add_index_keys(IndexKey({kind, person}, openness, positions.changed));
    if (IsLowLevelConcern(state)) {
      places.add_index_keys(
          IndexKey({kind, person}, Openness::kLowLevelConcern, positions.reported));
    }
  };
  if (state.route == wardbook::events::v1::ROUTE_CHAIR_OF_GOVERNORS) {
    add(AudienceKind::kChair, PersonId());
  } else if (state.route != wardbook::events::v1::ROUTE_SAFEGUARDING_OFFICER) {
    add(AudienceKind::kLeadership, PersonId());
    if (!state.line_manager.IsZero()) add(AudienceKind::kLineManager, state.line_manager);
  }
  if (state.route == wardbook::events::v1::ROUTE_SAFEGUARDING_OFFICER || !state.referrals.empty()) {
    add(AudienceKind::kOfficer, PersonId());
  }
  if (!state.reporter.IsZero()) {
    // A report keeps its place in the reporter's list, and is in it whether the
    // case is closed or not.
    places.add_index_keys(
        IndexKey({AudienceKind::kReporter, state.reporter}, Openness::kOpen, positions.reported));
  }
  return places;
}

std::vector<Audience> HandlingAudiencesOf(const kernel::Actor& actor) {
  std::vector<Audience> audiences = {{AudienceKind::kLineManager, actor.person}};
  if (actor.HasAny({Role::kHeadteacher, Role::kSeniorLeadership, Role::kSafeguardingLead})) {
    audiences.push_back({AudienceKind::kLeadership, PersonId()});
  }
  if (actor.Has(Role::kChairOfGovernors)) audiences.push_back({AudienceKind::kChair, PersonId()});
  if (actor.Has(Role::kSafeguardingOfficer)) {
    audiences.push_back({AudienceKind::kOfficer, PersonId()});
  }
  return audiences;
}

CaseState StateOfRow(const CaseRow& row) {
  CaseState state;
  state.revision = row.summary().revision();
  state.route = row.summary().route();
  state.reporter = PersonId::FromBytes(row.reporter_id()).value_or(PersonId());
  state.line_manager = PersonId::FromBytes(row.line_manager_id()).value_or(PersonId());
  for (const std::string& bytes : row.subject_ids()) {
    if (const std::optional<PersonId> subject = PersonId::FromBytes(bytes)) {
      state.subjects.insert(*subject);
    }
  }
  for (const std::string& bytes : row.conflicted_ids()) {
    if (const std::optional<PersonId> person = PersonId::FromBytes(bytes)) {
      state.conflicted.insert(*person);
    }
  }
  for (const wardbook::views::v1::OpenName& open : row.open_names()) {
    state.open_names.push_back({open.name(), open.in_part()});
  }
  state.reported_time = kernel::TimeOf(row.summary().reported_time());
  if (row.summary().referred()) state.referrals.emplace_back();
  return state;
}

Sight SightOfRow(const CaseRow& row, const kernel::Actor& viewer) {
  return SightOf(StateOfRow(row), viewer);
}

absl::StatusOr<std::optional<std::vector<Clock>>> ClocksOfRow(const CaseRow& row) {
  if (!row.has_clocks()) return std::nullopt;
  std::vector<Clock> clocks;
  for (const CaseClock& one : row.clocks().clocks()) {
    const std::optional<ClockKind> kind = FromRow(one.kind());
    if (!kind.has_value()) return absl::DataLossError("the row of a case has an unknown clock");
    Clock clock{*kind, kernel::TimeOf(one.since_time())};
    if (one.has_noted_time()) clock.noted = kernel::TimeOf(one.noted_time());
    if (one.has_recorded_due_time()) clock.recorded_due = kernel::TimeOf(one.recorded_due_time());
    clocks.push_back(clock);
  }
  return clocks;
}

absl::StatusOr<std::optional<CaseRow>> FindCaseRow(const runtime::ViewStore& store,
                                                   const runtime::ViewGeneration& generation,
                                                   absl::string_view stream) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> value,
                            store.Get(generation, CaseKey(stream)));
  if (!value.has_value()) return std::nullopt;
  CaseRow row;
  if (!row.ParseFromString(*value)) {
    return absl::DataLossError("the row of a case does not parse");
  }
  return row;
}

absl::StatusOr<std::vector<IndexEntry>> ScanIndex(const runtime::ViewStore& store,
                                                  const runtime::ViewGeneration& generation,
                                                  absl::string_view prefix, uint64_t before,
                                                  size_t limit) {
  std::vector<IndexEntry> entries;
  if (before == 0) return entries;
  std::string start(prefix);
  AppendBigEndian64(&start, ~(before - 1));
  WARDBOOK_ASSIGN_OR_RETURN(std::vector<runtime::ViewRow> rows,
                            store.Scan(generation, start, storage::PrefixEnd(prefix), limit));
  for (runtime::ViewRow& row : rows) {
    if (row.key.size() != prefix.size() + 8)
      return absl::DataLossError("an index row is no index row");
    entries.push_back(
        {~ReadBigEndian64(absl::string_view(row.key).substr(prefix.size())), std::move(row.value)});
  }
  return entries;
}

absl::StatusOr<std::vector<IndexEntry>> ScanChanges(const runtime::ViewStore& store,
                                                    const runtime::ViewGeneration& generation,
                                                    uint64_t from, size_t limit) {
  const std::string table(1, kChangeTable);
  WARDBOOK_ASSIGN_OR_RETURN(
      std::vector<runtime::ViewRow> rows,
      store.Scan(generation, ChangeKey(from), storage::PrefixEnd(table), limit));
  std::vector<IndexEntry> entries;
  for (runtime::ViewRow& row : rows) {
    if (row.key.size() != table.size() + 8)
      return absl::DataLossError("a change row is no change row");
    entries.push_back(
        {ReadBigEndian64(absl::string_view(row.key).substr(table.size())), std::move(row.value)});
  }
  return entries;
}

absl::StatusOr<bool> StandsIn(const runtime::ViewStore& store,
                              const runtime::ViewGeneration& generation, absl::string_view stream,
                              absl::Span<const std::string> prefixes) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> value,
                            store.Get(generation, PlacesKey(stream)));
  CasePlaces places;
  if (!places.ParseFromString(value.value_or(""))) {
    return absl::DataLossError("the places of the case do not parse");
  }
  return std::any_of(
      places.index_keys().begin(), places.index_keys().end(), [prefixes](const std::string& key) {
        return std::any_of(prefixes.begin(), prefixes.end(), [&key](const std::string& prefix) {
          return absl::StartsWith(key, prefix);
        });
      });
}

}  // namespace wardbook::casework
