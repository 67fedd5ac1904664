#include "services/casework/domain/open_name.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/decide.h"

namespace wardbook::casework {
namespace {

using events::CaseEvent;
using kernel::Reason;
using ::testing::Eq;
using ::testing::IsEmpty;

CaseState ReportedAbout(const events::Party& party) {
  CaseEvent event = Reported();
  *event.mutable_incident_reported()->add_parties() = party;
  return After({event});
}

CaseState ReportedAbout(const std::string& name) {
  return ReportedAbout(NamedParty(events::CAPACITY_SUBJECT, name));
}

kernel::Actor NewcomerCalled(const std::string& name, absl::Time since) {
  kernel::Actor actor = kNewcomer;
  actor.names = {{name, since}};
  return actor;
}

TEST(OpenName, HidesFromWhoeverComesIntoTheRegisterUnderIt) {
  for (const char* name : {"Jo Newcomer", "ms newcomer", "J. Newcomer", "Newcomer"}) {
    EXPECT_THAT(SightOf(ReportedAbout(name), kNewcomer), Eq(Sight::kNone)) << name;
  }
  for (const char* name : {"Sam Newcomer", "Ms Newcome", "Jo"}) {
    EXPECT_THAT(SightOf(ReportedAbout(name), kNewcomer), Eq(Sight::kHandler)) << name;
  }
}

TEST(OpenName, HidesFromWhoeverTakesItLater) {
  const CaseState state = ReportedAbout("Ms Newcomer");
  kernel::Actor married = kLead;
  married.names = {{"Jo Six", kNow - absl::Hours(1)}, {"Jo Newcomer", kNow + absl::Hours(1)}};
  EXPECT_THAT(SightOf(state, married), Eq(Sight::kNone));
  // Also when that was put right again: the report may have meant the name between.
  married.names.push_back({"Jo Six", kNow + absl::Hours(2)});
  EXPECT_THAT(SightOf(state, married), Eq(Sight::kNone));
}

TEST(OpenName, SaysNothingOfThoseWhomTheReportCouldBeMeasuredAgainst) {
  const CaseState state = ReportedAbout("Ms Newcomer");
  EXPECT_THAT(SightOf(state, NewcomerCalled("Jo Newcomer", kNow - absl::Hours(1))),
              Eq(Sight::kHandler));
  // The report may have been decided before the register knew of what came just before.
  EXPECT_THAT(SightOf(state, NewcomerCalled("Jo Newcomer", kNow - absl::Seconds(5))),
              Eq(Sight::kNone));
}

TEST(OpenName, OfAPupilOrAnOutsiderMeansNobodyOfTheSameSurname) {
  events::Party pupil = NamedParty(events::CAPACITY_SUBJECT, "Jo Newcomer");
  pupil.set_category(events::PERSON_CATEGORY_PUPIL);
  EXPECT_THAT(SightOf(ReportedAbout(pupil), kNewcomer), Eq(Sight::kHandler));
  events::Party parent = NamedParty(events::CAPACITY_SUBJECT, "Ms Newcomer");
  parent.set_category(events::PERSON_CATEGORY_PARENT);
  EXPECT_THAT(SightOf(ReportedAbout(parent), kNewcomer), Eq(Sight::kHandler));
  parent.set_name("Jo Newcomer");
  EXPECT_THAT(SightOf(ReportedAbout(parent), kNewcomer), Eq(Sight::kNone));
  EXPECT_THAT(
      SightOf(ReportedAbout(NamedParty(events::CAPACITY_WITNESS, "Jo Newcomer")), kNewcomer),
      Eq(Sight::kHandler));
}

TEST(OpenName, LeavesAReporterTheirReport) {
  CaseEvent event = Reported();
  *event.mutable_incident_reported()->add_parties() =
      NamedParty(events::CAPACITY_SUBJECT, "Ms Newcomer");
  CaseState state;
  const kernel::Actor reporter{kNewcomer.person, {kernel::Role::kStaff}, kNewcomer.names};
  Happen(state, event, reporter);
  EXPECT_THAT(SightOf(state, reporter), Eq(Sight::kReporter));
}

TEST(OpenName, OfSomebodyNewKeepsThemFromInvestigating) {
  const CaseState state = ReportedAbout("Ms Newcomer");
  StartInvestigation command = WholeStart();
  command.investigator = kNewcomer;
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kInvestigatorInvolved));
}

TEST(SettleName, ShowsTheCaseToWhoeverIsNotMeant) {
  CaseState state = ReportedAbout("Ms Newcomer");
  EXPECT_THAT(Decide(state, WholeSettling(kNewcomer)), Refuses(Reason::kNoSuchCase));
  const CaseDecision decision = Decide(state, WholeSettling());
  ASSERT_THAT(decision, Adds(CaseEvent::kNameSettled));
  state = Then(state, decision, kHead);
  EXPECT_THAT(state.open_names, IsEmpty());
  EXPECT_THAT(SightOf(state, kNewcomer), Eq(Sight::kHandler));
  EXPECT_THAT(Decide(state, WholeSettling()), AddsNothing());
}

TEST(SettleName, LeavesTheOtherNamesOpen) {
  CaseEvent event = Reported();
  for (const char* name : {"Ms Newcomer", "Mr Someone"}) {
    *event.mutable_incident_reported()->add_parties() = NamedParty(events::CAPACITY_SUBJECT, name);
  }
  CaseState state = After({event});
  SettleName command = WholeSettling();
  command.name = "mr someone";
  state = Then(state, Decide(state, command), kHead);
  EXPECT_THAT(SightOf(state, kNewcomer), Eq(Sight::kNone));
}

TEST(SettleName, IsOfANameOfTheReportByWhoeverHandlesIt) {
  const CaseState state = ReportedAbout("Ms Newcomer");
  SettleName command = WholeSettling();
  command.name = "Ms Someone";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldInvalid, "name"));
  command = WholeSettling();
  command.reasons = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "reasons"));
  EXPECT_THAT(Decide(state, WholeSettling(kTeacher)), Refuses(Reason::kRoleRequired));
}

}  // namespace
}  // namespace wardbook::casework
