// The absences of the Headteacher, in whose place a member of the leadership team
// receives unsuitable material (P39).

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "services/kernel/text.h"
#include "services/kernel/timestamp.h"
#include "services/people/domain/checks.h"
#include "services/people/domain/decide.h"

namespace wardbook::people {
namespace {

using kernel::AllowText;
using kernel::Reason;
using kernel::Refusal;
using kernel::Rejected;
using wardbook::events::v1::PersonEvent;

Refusal RequireLeader(const By& by) {
  if (by.actor.HasAny({kernel::Role::kHeadteacher, kernel::Role::kSeniorLeadership,
                       kernel::Role::kChairOfGovernors})) {
    return std::nullopt;
  }
  return Rejected{Reason::kAbsenceNotYours, ""};
}

Refusal CheckAbsence(const PersonState& state, const RecordHeadAbsence& command, absl::Time from) {
  if (!state.RolesAt(from).contains(wardbook::events::v1::ROLE_HEADTEACHER)) {
    return Rejected{Reason::kNoSuchPerson, "headteacher_id"};
  }
  if (command.until && *command.until <= from) {
    return Rejected{Reason::kFieldInvalid, "until_time"};
  }
  if (!command.deputy_leads || command.deputy == command.headteacher) {
    return Rejected{Reason::kDeputyNotLeadership, "deputy_id"};
  }
  return AllowText(command.reason, "reason", kNameCharactersMax);
}

}  // namespace

PersonDecision Decide(const PersonState& state, const RecordHeadAbsence& command) {
  const absl::Time from = command.from.value_or(command.by.now);
  if (Refusal refusal = RequireLeader(command.by)) return *std::move(refusal);
  if (Refusal refusal = RequireTime(from, "from_time")) return *std::move(refusal);
  if (command.until) {
    if (Refusal refusal = RequireTime(*command.until, "until_time")) return *std::move(refusal);
  }
  if (Refusal refusal = CheckAbsence(state, command, from)) return *std::move(refusal);

  const absl::Time until = command.until.value_or(absl::InfiniteFuture());
  for (const HeadAbsence& other : state.head_absences) {
    if (other.from == from && other.until == until && other.deputy == command.deputy &&
        other.reason == command.reason) {
      return std::vector<PersonEvent>{};
    }
    // Two absences at one moment would name two who act.
    if (std::max(other.from, from) < std::min(other.until, until)) {
      return Rejected{Reason::kAbsenceOverlaps, "from_time"};
    }
  }

  PersonEvent event;
  wardbook::events::v1::HeadAbsenceRecorded& recorded = *event.mutable_head_absence_recorded();
  recorded.set_absence_id(command.absence.Bytes());
  *recorded.mutable_from_time() = kernel::TimestampOf(from);
  if (command.until) *recorded.mutable_until_time() = kernel::TimestampOf(*command.until);
  recorded.set_deputy_id(command.deputy.Bytes());
  recorded.set_reason(command.reason);
  return std::vector<PersonEvent>{std::move(event)};
}

PersonDecision Decide(const PersonState& state, const EndHeadAbsence& command) {
  const absl::Time said = command.end.value_or(command.by.now);
  if (Refusal refusal = RequireLeader(command.by)) return *std::move(refusal);
  if (Refusal refusal = RequireTime(said, "end_time")) return *std::move(refusal);
  const auto absence =
      std::find_if(state.head_absences.begin(), state.head_absences.end(),
                   [&](const HeadAbsence& one) { return one.id == command.absence; });
  if (absence == state.head_absences.end()) {
    return Rejected{Reason::kNoSuchAbsence, "absence_id"};
  }
  const absl::Time end = std::max(said, absence->from);
  if (absence->until <= end) return std::vector<PersonEvent>{};

  PersonEvent event;
  event.mutable_head_absence_ended()->set_absence_id(command.absence.Bytes());
  *event.mutable_head_absence_ended()->mutable_end_time() = kernel::TimestampOf(end);
  return std::vector<PersonEvent>{std::move(event)};
}

}  // namespace wardbook::people
