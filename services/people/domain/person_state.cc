#include "services/people/domain/person_state.h"

#include <algorithm>
#include <utility>

#include "services/kernel/timestamp.h"

namespace wardbook::people {

using wardbook::events::v1::PersonEvent;
using wardbook::events::v1::Role;

namespace {

// Who joins on a day may give the day alone, which begins before they came.
constexpr absl::Duration kDayOfJoining = absl::Hours(24);

// The roles of those who work in the school, paid or not. A Chair, an officer or
// an auditor need not.
bool IsOfTheStaff(Role role) {
  return role == wardbook::events::v1::ROLE_STAFF ||
         role == wardbook::events::v1::ROLE_LINE_MANAGER ||
         role == wardbook::events::v1::ROLE_HEADTEACHER ||
         role == wardbook::events::v1::ROLE_SENIOR_LEADERSHIP ||
         role == wardbook::events::v1::ROLE_SAFEGUARDING_LEAD;
}

void EvolveGranted(PersonState& state, Role role, absl::Time from) {
  RoleSpan span{role, from};
  if (state.gone && from >= state.gone->from) {
    state.gone->until = std::min(state.gone->until, from);
  } else if (state.gone) {
    span.until = state.gone->from;
  }
  state.spans.push_back(span);
}

void EvolveAbsenceRecorded(PersonState& state,
                           const wardbook::events::v1::HeadAbsenceRecorded& recorded,
                           const Fact& fact) {
  HeadAbsence absence;
  absence.id = AbsenceId::FromBytes(recorded.absence_id()).value_or(AbsenceId());
  absence.from = kernel::TimeOf(recorded.from_time());
  if (recorded.has_until_time()) absence.until = kernel::TimeOf(recorded.until_time());
  absence.deputy = PersonId::FromBytes(recorded.deputy_id()).value_or(PersonId());
  absence.reason = recorded.reason();
  absence.recorded = fact;
  state.head_absences.push_back(std::move(absence));
}

void EvolveName(PersonState& state, const std::string& name, const Fact& fact) {
  if (name == state.name) return;
  state.name = name;
  state.names.push_back({name, fact.recorded_time});
}

void EvolveCorrected(PersonState& state, const wardbook::events::v1::PersonCorrected& corrected,
                     const Fact& fact) {
  if (!corrected.name().empty()) EvolveName(state, corrected.name(), fact);
  if (corrected.category() != wardbook::events::v1::PERSON_CATEGORY_UNSPECIFIED) {
    state.category = corrected.category();
  }
  if (!corrected.job_title().empty()) state.job_title = corrected.job_title();
}

void EvolveLeft(PersonState& state, absl::Time left) {
  state.gone = Gone{left};
  for (RoleSpan& span : state.spans) span.until = std::min(span.until, left);
}

}  // namespace

std::set<Role> PersonState::RolesAt(absl::Time when) const {
  std::set<Role> roles;
  for (const RoleSpan& span : spans) {
    if (span.from <= when && when < span.until) roles.insert(span.role);
  }
  return roles;
}

bool PersonState::HoldsForGood(Role role, absl::Time from) const {
  return std::any_of(spans.begin(), spans.end(), [&](const RoleSpan& span) {
    return span.role == role && span.from <= from && span.until == absl::InfiniteFuture();
  });
}

bool PersonState::HoldsAlready(Role role, absl::Time from) const {
  if (HoldsForGood(role, from)) return true;
  return gone && from < gone->from &&
         std::any_of(spans.begin(), spans.end(), [&](const RoleSpan& span) {
           return span.role == role && span.from <= from && span.until == gone->from;
         });
}

bool PersonState::IsGoneAt(absl::Time when) const {
  return gone && gone->from <= when && when < gone->until;
}

const HeadAbsence* PersonState::HeadAbsenceAt(absl::Time when) const {
  const auto found =
      std::find_if(head_absences.begin(), head_absences.end(),
                   [&](const HeadAbsence& one) { return one.from <= when && when < one.until; });
  return found == head_absences.end() ? nullptr : &*found;
}

std::optional<absl::Time> PersonState::WorksSince(absl::Time when) const {
  std::optional<absl::Time> since;
  // Each round finds a span that reaches back from where the last one begins.
  for (absl::Time reached = when;;) {
    std::optional<absl::Time> earlier;
    for (const RoleSpan& span : spans) {
      if (!IsOfTheStaff(span.role) || span.from >= span.until || span.until < reached) continue;
      if (!since ? span.from <= when && when < span.until : span.from < reached) {
        earlier = std::min(earlier.value_or(span.from), span.from);
      }
    }
    if (!earlier) return since;
    since = earlier;
    reached = *earlier;
  }
}

absl::Time PersonState::OfSchoolSince(absl::Time when) const {
  absl::Time since = registered_time;
  if (gone && gone->until <= when) since = std::max(since, gone->until);
  return std::max(since, WorksSince(when).value_or(since));
}

bool PersonState::HasReviewedProfile(absl::Time when) const {
  if (!profile_reviewed) return false;
  const std::optional<absl::Time> since = WorksSince(when);
  return !since || IsSinceJoining(*profile_reviewed, *since);
}

bool IsSinceJoining(absl::Time reviewed, absl::Time works_since) {
  return reviewed + kDayOfJoining > works_since;
}

void Evolve(PersonState& state, const PersonEvent& event, const Fact& fact) {
  switch (event.body_case()) {
    case PersonEvent::kPersonRegistered:
      state.registered_time = fact.recorded_time;
      EvolveName(state, event.person_registered().name(), fact);
      state.category = event.person_registered().category();
      state.job_title = event.person_registered().job_title();
      return;
    case PersonEvent::kRoleGranted:
      EvolveGranted(state, event.role_granted().role(),
                    kernel::TimeOf(event.role_granted().from_time()));
      return;
    case PersonEvent::kRoleEnded: {
      const absl::Time until = kernel::TimeOf(event.role_ended().until_time());
      for (RoleSpan& span : state.spans) {
        if (span.role == event.role_ended().role()) span.until = std::min(span.until, until);
      }
      return;
    }
    case PersonEvent::kLineManagerAssigned:
      state.line_manager = PersonId::FromBytes(event.line_manager_assigned().line_manager_id());
      return;
    case PersonEvent::kAccountIssued:
      state.account_issued = fact;
      return;
    case PersonEvent::kHeadAbsenceRecorded:
      EvolveAbsenceRecorded(state, event.head_absence_recorded(), fact);
      return;
    case PersonEvent::kHeadAbsenceEnded: {
      const absl::Time end = kernel::TimeOf(event.head_absence_ended().end_time());
      for (HeadAbsence& absence : state.head_absences) {
        if (absence.id.view() != event.head_absence_ended().absence_id()) continue;
        absence.until = std::min(absence.until, std::max(absence.from, end));
      }
      return;
    }
    case PersonEvent::kProfileReviewConfirmed:
      state.profile_reviewed = kernel::TimeOf(event.profile_review_confirmed().reviewed_time());
      return;
    case PersonEvent::kPersonLeft:
      EvolveLeft(state, kernel::TimeOf(event.person_left().left_time()));
      return;
    case PersonEvent::kPersonCorrected:
      EvolveCorrected(state, event.person_corrected(), fact);
      return;
    case PersonEvent::BODY_NOT_SET:
      return;
  }
}

}  // namespace wardbook::people
