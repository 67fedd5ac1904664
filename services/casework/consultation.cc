#include "services/casework/consultation.h"

#include <utility>

namespace wardbook::casework {

std::vector<RegisteredPerson> SchoolOf(const CaseworkParts& parts, const runtime::Call& call) {
  std::vector<RegisteredPerson> school;
  for (runtime::PersonEntry& person : parts.directory.PeopleOf(call.caller.school, call.now)) {
    school.push_back(
        {person.id, std::move(person.name), std::move(person.roles), std::move(person.names)});
  }
  return school;
}

std::optional<AbsenceOfHead> HeadAbsenceOf(const CaseworkParts& parts, const runtime::Call& call) {
  const std::optional<runtime::HeadAbsence> absence =
      parts.head_cover.AbsenceAt(call.caller.school, call.now);
  if (!absence.has_value()) return std::nullopt;
  return AbsenceOfHead{absence->id, absence->deputy};
}

DisagreementRules DisagreementRulesFrom(const rulepack::RulePacks& rules, absl::Time now) {
  const rulepack::WorkingCalendar& calendar = rules.calendar();
  DisagreementRules from_now;
  for (const auto& stage : rules.At(now).disagreement_stages()) {
    from_now.stages.push_back({stage.words(), calendar.AddWorkingDays(now, stage.working_days())});
  }
  const absl::CivilDay day = calendar.DayOf(calendar.AddWorkingDays(now, 0));
  from_now.due_for_harm = calendar.StartOf(day + 1);
  return from_now;
}

void Consult(const CaseworkParts& parts, const runtime::Call& call, HandOverRecipient& command) {
  command.school = SchoolOf(parts, call);
  command.head_absence = HeadAbsenceOf(parts, call);
}

void Consult(const CaseworkParts& parts, const runtime::Call& call, DeclareConflict& command) {
  command.school = SchoolOf(parts, call);
  command.head_absence = HeadAbsenceOf(parts, call);
}

void Consult(const CaseworkParts& parts, const runtime::Call& call, InformGoverningBody& command) {
  command.school = SchoolOf(parts, call);
}

}  // namespace wardbook::casework
