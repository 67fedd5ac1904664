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

kernel::Actor Renamed(std::initializer_list<const char*> since) {
  kernel::Actor actor = kLead;
  actor.names = {{"Jo Six", kNow - absl::Hours(1)}};
  for (const char* name : since) {
    actor.names.push_back({name, actor.names.back().since + absl::Hours(2)});
  }
  return actor;
}

TEST(OpenName, HidesFromWhoeverTakesItLater) {
  const CaseState state = ReportedAbout("Ms Newcomer");
  EXPECT_THAT(SightOf(state, Renamed({"Jo Newcomer"})), Eq(Sight::kNone));
}

// Nobody is shut out of old cases by a slip in the register that was put right.
TEST(OpenName, IsNotTheNameOfWhoWasThereAndBoreItForAWhile) {
  const CaseState state = ReportedAbout("Ms Newcomer");
  EXPECT_THAT(SightOf(state, Renamed({"Jo Newcomer", "Jo Six"})), Eq(Sight::kHandler));
}

TEST(OpenName, IsNotForgottenWhenWhoTookItTakesAnother) {
  const CaseState state = ReportedAbout("Ms Newcomer");
  EXPECT_THAT(SightOf(state, Renamed({"Jo Newcomer", "Jo Newcomer-Hall"})), Eq(Sight::kNone));
}

// Such as the Headteacher of that surname, of whom the reporter said that it is not them.
TEST(OpenName, LeavesTheCaseToWhoeverCouldBeMeantWhenItWasReported) {
  const CaseState state = ReportedAbout("Ms Six");
  EXPECT_THAT(SightOf(state, Renamed({"Joanna Six"})), Eq(Sight::kHandler));
}

TEST(OpenName, DoesNotForgetAnyNameOfWhoCameLater) {
  kernel::Actor newcomer = kNewcomer;
  newcomer.names.push_back({"Jo Married", kNow + absl::Hours(2)});
  EXPECT_THAT(SightOf(ReportedAbout("Ms Newcomer"), newcomer), Eq(Sight::kNone));
}

TEST(OpenName, SaysNothingOfThoseWhomTheReportCouldBeMeasuredAgainst) {
  const CaseState state = ReportedAbout("Ms Newcomer");
  EXPECT_THAT(SightOf(state, NewcomerCalled("Jo Newcomer", kNow - absl::Hours(1))),
              Eq(Sight::kHandler));
  // The report may have been decided before the register knew of what came just before.
  EXPECT_THAT(SightOf(state, NewcomerCalled("Jo Newcomer", kNow - absl::Seconds(5))),
              Eq(Sight::kNone));
}

TEST(OpenName, KeepsNoOfficerOfTheCouncilOutByASurname) {
  kernel::Actor officer = kNewcomer;
  officer.roles = {kernel::Role::kSafeguardingOfficer};
  CaseState state = ReportedAbout("Ms Newcomer");
  Happen(state, Referred(), kHead);
  EXPECT_THAT(SightOf(state, officer), Eq(Sight::kOfficer));
  state = ReportedAbout("Jo Newcomer");
  Happen(state, Referred(), kHead);
  EXPECT_THAT(SightOf(state, officer), Eq(Sight::kNone));
  // Nor is somebody of the school let in by being an officer as well.
  officer.roles.insert(kernel::Role::kHeadteacher);
  EXPECT_THAT(SightOf(ReportedAbout("Ms Newcomer"), officer), Eq(Sight::kNone));
}

TEST(OpenName, OfAFormerPupilIsTheirsWhoComesBackToWorkHere) {
  events::Party party = NamedParty(events::CAPACITY_SUBJECT, "Jo Newcomer");
  party.set_category(events::PERSON_CATEGORY_FORMER_PUPIL);
  EXPECT_THAT(SightOf(ReportedAbout(party), kNewcomer), Eq(Sight::kNone));
}

TEST(OpenName, IsNoTitleAlone) {
  for (const char* name : {"Miss", "Sister", "  "}) {
    EXPECT_THAT(ReportedAbout(name).open_names, IsEmpty()) << name;
  }
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

// Who is meant is shut out for good before the name is settled.
TEST(SettleName, ShowsNothingToWhoeverIsMeant) {
  CaseState state = ReportedAbout("Ms Newcomer");
  DeclareConflict conflict = WholeConflict(kHead);
  conflict.person = kNewcomer.person;
  conflict.school.push_back({kNewcomer.person, "Jo Newcomer", kNewcomer.roles, kNewcomer.names});
  const CaseDecision decision = Decide(state, conflict);
  ASSERT_THAT(decision, Adds(CaseEvent::kConflictDeclared));
  state = Then(state, decision, kHead);
  state = Then(state, Decide(state, WholeSettling()), kHead);
  EXPECT_THAT(SightOf(state, kNewcomer), Eq(Sight::kNone));
}

// The Headteacher came after the report and is who it means.
TEST(SettleName, IsNotNeededToTakeTheCaseFromANewHeadteacher) {
  CaseState state = ReportedAbout("Ms Newcomer");
  DeclareConflict conflict = WholeConflict(kLead);
  conflict.person = kNewcomer.person;
  const std::set<kernel::Role> roles = {kernel::Role::kStaff, kernel::Role::kHeadteacher};
  conflict.school.push_back({kNewcomer.person, "Jo Newcomer", roles, kNewcomer.names});
  state = Then(state, Decide(state, conflict), kLead);
  EXPECT_THAT(state.route, Eq(events::ROUTE_CHAIR_OF_GOVERNORS));
}

TEST(SettleName, LeavesTheOtherNamesOpen) {
  CaseEvent event = Reported();
  for (const char* name : {"Ms Newcomer", "Mr Newcomer"}) {
    *event.mutable_incident_reported()->add_parties() = NamedParty(events::CAPACITY_SUBJECT, name);
  }
  CaseState state = After({event});
  SettleName command = WholeSettling();
  command.name = "Mr Newcomer";
  state = Then(state, Decide(state, command), kHead);
  EXPECT_THAT(SightOf(state, kNewcomer), Eq(Sight::kNone));
}

TEST(SettleName, IsOfANameOfTheReportByWhoeverSeesIt) {
  const CaseState state = ReportedAbout("Ms Newcomer");
  SettleName command = WholeSettling();
  command.name = "Ms Someone";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldInvalid, "open_name"));
  command = WholeSettling();
  command.reasons = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "reasons"));
  EXPECT_THAT(Decide(state, WholeSettling(kTeacher)), Adds(CaseEvent::kNameSettled));
  EXPECT_THAT(Decide(state, WholeSettling(kColleague)), Refuses(Reason::kNoSuchCase));
}

}  // namespace
}  // namespace wardbook::casework
