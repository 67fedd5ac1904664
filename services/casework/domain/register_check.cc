#include "services/casework/domain/register_check.h"

#include <algorithm>
#include <utility>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/casework/domain/breach.h"
#include "services/casework/domain/commands.h"
#include "services/casework/domain/decide.h"
#include "services/casework/domain/sight.h"
#include "services/rulepack/day.h"

namespace wardbook::casework {
namespace {

using kernel::Period;
using kernel::Reason;
using kernel::Refusal;
using kernel::Rejected;
using wardbook::events::v1::BreachClause;
using wardbook::events::v1::IncidentReported;
using wardbook::events::v1::Party;

constexpr BreachClause kRegisterClauses[] = {
    wardbook::events::v1::BREACH_CLAUSE_P06_CONTACT_WITH_CHILDREN,
    wardbook::events::v1::BREACH_CLAUSE_P07_REFERENCE_TO_SCHOOL,
    wardbook::events::v1::BREACH_CLAUSE_P10_IMAGES,
    wardbook::events::v1::BREACH_CLAUSE_P16_PERSONAL_DEVICE,
    wardbook::events::v1::BREACH_CLAUSE_P17_PHONE_ON_PREMISES,
    wardbook::events::v1::BREACH_CLAUSE_P19_PERSONAL_CHANNEL,
};

PersonOfCase& FindOrAdd(std::vector<PersonOfCase>& people, const PersonId& id) {
  const auto found = std::find_if(people.begin(), people.end(),
                                  [&id](const PersonOfCase& person) { return person.id == id; });
  if (found != people.end()) return *found;
  PersonOfCase& added = people.emplace_back();
  added.id = id;
  return added;
}

// The moment of a time on the wall of a school. In the hour that October has twice
// the offset tells which one it was.
absl::Time MomentOf(absl::CivilMinute minute, int32_t utc_offset_minutes,
                    const absl::TimeZone& zone) {
  const absl::TimeZone::TimeInfo info = zone.At(absl::CivilSecond(minute));
  if (info.kind != absl::TimeZone::TimeInfo::REPEATED) return info.pre;
  return zone.At(info.post).offset == utc_offset_minutes * 60 ? info.post : info.pre;
}

}  // namespace

std::vector<PersonOfCase> PeopleOfCase(const IncidentReported& reported, const PersonId& reporter) {
  std::vector<PersonOfCase> people;
  for (const Party& party : reported.parties()) {
    const std::optional<PersonId> id = PersonId::FromBytes(party.person_id());
    if (!id.has_value()) continue;
    PersonOfCase& person = FindOrAdd(people, *id);
    if (person.name.empty()) person.name = party.name();
    person.capacities.insert(party.capacity());
    person.is_pupil = person.is_pupil ||
                      party.category() == wardbook::events::v1::PERSON_CATEGORY_PUPIL ||
                      party.category() == wardbook::events::v1::PERSON_CATEGORY_FORMER_PUPIL;
  }
  for (const std::string& presumed : reported.presumed_subject_ids()) {
    const std::optional<PersonId> id = PersonId::FromBytes(presumed);
    if (!id.has_value()) continue;
    PersonOfCase& person = FindOrAdd(people, *id);
    person.is_presumed = !person.capacities.contains(wardbook::events::v1::CAPACITY_SUBJECT);
    person.capacities.insert(wardbook::events::v1::CAPACITY_SUBJECT);
  }
  if (!reporter.IsZero()) FindOrAdd(people, reporter).is_reporter = true;
  return people;
}

std::optional<Period> WhenItHappened(const wardbook::events::v1::LocalDateTime& happened_at,
                                     const rulepack::WorkingCalendar& calendar) {
  const std::optional<absl::CivilDay> day = rulepack::ParseDay(happened_at.date());
  if (!day.has_value()) return std::nullopt;
  const std::optional<rulepack::TimeOfDay> time = rulepack::ParseTimeOfDay(happened_at.time());
  if (!time.has_value()) return Period{calendar.StartOf(*day), calendar.StartOf(*day + 1)};
  const absl::Time minute =
      MomentOf(absl::CivilMinute(day->year(), day->month(), day->day(), time->hour, time->minute),
               happened_at.utc_offset_minutes(), calendar.zone());
  return Period{minute, minute + absl::Minutes(1)};
}

std::set<BreachClause> RegisterClauses(const CaseState& state) {
  const std::set<BreachClause> concerned = BreachedClauses(state);
  std::set<BreachClause> clauses;
  for (const BreachClause clause : kRegisterClauses) {
    if (concerned.contains(clause)) clauses.insert(clause);
  }
  return clauses;
}

std::optional<Rejected> Refuses(const CaseState& state, const CheckRegisters& command) {
  if (Refusal refusal = RefuseUnless(state, command.by.actor, {Sight::kHandler})) return refusal;
  // The registers are the school's: the officers see none, also in a case that is
  // theirs to handle.
  if (SightOf(state, command.by.actor) != Sight::kHandler) {
    return Rejected{Reason::kRoleRequired, ""};
  }
  return std::nullopt;
}

}  // namespace wardbook::casework
