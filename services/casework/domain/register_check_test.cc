#include "services/casework/domain/register_check.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"
#include "services/rulepack/rule_packs.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;

const rulepack::WorkingCalendar& Calendar() {
  static const std::unique_ptr<const rulepack::RulePacks> rules =
      rulepack::RulePacks::Shipped().value();
  return rules->calendar();
}

absl::Time Utc(int year, int month, int day, int hour, int minute) {
  return absl::FromCivil(absl::CivilMinute(year, month, day, hour, minute), absl::UTCTimeZone());
}

events::LocalDateTime Local(const std::string& date, const std::string& time = "",
                            int utc_offset_minutes = 0) {
  events::LocalDateTime local;
  local.set_date(date);
  local.set_time(time);
  local.set_utc_offset_minutes(utc_offset_minutes);
  return local;
}

TEST(WhenItHappened, IsTheMinuteOnTheSchoolsClock) {
  EXPECT_THAT(WhenItHappened(Local("2025-05-13", "19:40"), Calendar()),
              Optional(Eq(kernel::Period{Utc(2025, 5, 13, 18, 40), Utc(2025, 5, 13, 18, 41)})));
  EXPECT_THAT(WhenItHappened(Local("2025-01-13", "19:40"), Calendar()),
              Optional(Eq(kernel::Period{Utc(2025, 1, 13, 19, 40), Utc(2025, 1, 13, 19, 41)})));
}

TEST(WhenItHappened, InTheHourThatOctoberHasTwiceIsToldByTheOffset) {
  EXPECT_THAT(WhenItHappened(Local("2025-10-26", "01:30", 60), Calendar()),
              Optional(Eq(kernel::Period{Utc(2025, 10, 26, 0, 30), Utc(2025, 10, 26, 0, 31)})));
  EXPECT_THAT(WhenItHappened(Local("2025-10-26", "01:30", 0), Calendar()),
              Optional(Eq(kernel::Period{Utc(2025, 10, 26, 1, 30), Utc(2025, 10, 26, 1, 31)})));
}

TEST(WhenItHappened, IsTheWholeDayWhereTheTimeIsNotKnown) {
  EXPECT_THAT(WhenItHappened(Local("2025-05-13"), Calendar()),
              Optional(Eq(kernel::Period{Utc(2025, 5, 12, 23, 0), Utc(2025, 5, 13, 23, 0)})));
  // The day on which the clocks go back has 25 hours.
  EXPECT_THAT(WhenItHappened(Local("2025-10-26"), Calendar()),
              Optional(Eq(kernel::Period{Utc(2025, 10, 25, 23, 0), Utc(2025, 10, 27, 0, 0)})));
  EXPECT_THAT(WhenItHappened(Local("2025-02-30"), Calendar()), Eq(std::nullopt));
}

TEST(PeopleOfCase, AreEachOfThemOnceInEveryCapacityAndTheReporter) {
  events::IncidentReported reported;
  *reported.add_parties() = PartyOf(events::CAPACITY_SUBJECT, kColleague.person);
  *reported.add_parties() = NamedParty(events::CAPACITY_WITNESS, "Somebody else");
  events::Party child = PartyOf(events::CAPACITY_TARGET, IdOf<PersonId>(40));
  child.set_category(events::PERSON_CATEGORY_PUPIL);
  *reported.add_parties() = child;
  *reported.add_parties() = PartyOf(events::CAPACITY_WITNESS, kColleague.person);
  reported.add_presumed_subject_ids(kDeputy.person.Bytes());
  reported.add_presumed_subject_ids(kColleague.person.Bytes());

  const std::vector<PersonOfCase> people = PeopleOfCase(reported, kTeacher.person);
  ASSERT_THAT(people, SizeIs(4));
  EXPECT_THAT(people[0].id, Eq(kColleague.person));
  EXPECT_THAT(people[0].capacities,
              ElementsAre(events::CAPACITY_SUBJECT, events::CAPACITY_WITNESS));
  EXPECT_FALSE(people[0].is_presumed);
  EXPECT_TRUE(people[1].is_pupil);
  EXPECT_THAT(people[2].id, Eq(kDeputy.person));
  EXPECT_TRUE(people[2].is_presumed);
  EXPECT_THAT(people[3].id, Eq(kTeacher.person));
  EXPECT_TRUE(people[3].is_reporter);
  EXPECT_THAT(people[3].capacities, IsEmpty());
}

TEST(PeopleOfCase, NameAReporterWhoIsTheTargetOnce) {
  events::IncidentReported reported;
  *reported.add_parties() = PartyOf(events::CAPACITY_TARGET, kTeacher.person);
  const std::vector<PersonOfCase> people = PeopleOfCase(reported, kTeacher.person);
  ASSERT_THAT(people, SizeIs(1));
  EXPECT_TRUE(people[0].is_reporter);
}

TEST(RegisterClauses, AreThoseOfTheCaseThatARegisterAnswersFor) {
  CaseState state;
  state.reported_clauses = {events::BREACH_CLAUSE_P06_CONTACT_WITH_CHILDREN,
                            events::BREACH_CLAUSE_P08_DAMAGING_POST};
  EXPECT_THAT(RegisterClauses(state), ElementsAre(events::BREACH_CLAUSE_P06_CONTACT_WITH_CHILDREN));
  events::CaseClassified classified;
  classified.add_breached_clauses(events::BREACH_CLAUSE_P10_IMAGES);
  state.decided.classification = classified;
  EXPECT_THAT(RegisterClauses(state), ElementsAre(events::BREACH_CLAUSE_P10_IMAGES));
}

MATCHER_P(RefusesReadFor, reason, "") { return arg.has_value() && arg->reason == reason; }

TEST(CheckRegisters, IsForTheHandlersOfTheSchool) {
  CaseState state;
  Happen(state, ReportedWith(PartyOf(events::CAPACITY_SUBJECT, kColleague.person)), kTeacher);
  for (const kernel::Actor& handler : {kHead, kDeputy, kLead}) {
    EXPECT_THAT(Refuses(state, CheckRegisters{{handler, kNow}}), Eq(std::nullopt));
  }
  EXPECT_THAT(Refuses(state, CheckRegisters{{kTeacher, kNow}}),
              RefusesReadFor(Reason::kRoleRequired));
  for (const kernel::Actor& stranger : {kColleague, kChair, kOfficer, kAdministrator}) {
    EXPECT_THAT(Refuses(state, CheckRegisters{{stranger, kNow}}),
                RefusesReadFor(Reason::kNoSuchCase));
  }
}

TEST(CheckRegisters, IsNotForTheOfficersAlsoWhereTheCaseIsTheirs) {
  CaseState referred;
  Happen(referred, Reported(), kTeacher);
  Happen(referred, Referred(), kHead);
  EXPECT_THAT(Refuses(referred, CheckRegisters{{kOfficer, kNow}}),
              RefusesReadFor(Reason::kRoleRequired));
  CaseState theirs;
  Happen(theirs, Reported(events::ROUTE_SAFEGUARDING_OFFICER), kTeacher);
  EXPECT_THAT(Refuses(theirs, CheckRegisters{{kOfficer, kNow}}),
              RefusesReadFor(Reason::kRoleRequired));
}

}  // namespace
}  // namespace wardbook::casework
