#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/decide.h"

namespace wardbook::casework {
namespace {

using events::CaseEvent;
using kernel::Reason;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;

// The case after this person has declared their own conflict.
CaseState AfterConflictOf(const kernel::Actor& actor, const CaseState& state) {
  return Then(state, Decide(state, WholeConflict(actor)), actor);
}

DeclareConflict About(const kernel::Actor& person, const kernel::Actor& by) {
  DeclareConflict command = WholeConflict(by);
  command.person = person.person;
  return command;
}

TEST(Conflict, KeepsTheCaseFromWhoeverHasOne) {
  const CaseState state = AfterConflictOf(kLead, After({Reported()}));
  EXPECT_THAT(SightOf(state, kLead), Eq(Sight::kNone));
  EXPECT_THAT(Decide(state, WholeNote(kLead)), Refuses(Reason::kNoSuchCase));
  EXPECT_THAT(Decide(state, WholeClosing(kLead)), Refuses(Reason::kNoSuchCase));
  EXPECT_THAT(SightOf(state, kHead), Eq(Sight::kHandler));
  EXPECT_THAT(state.route, Eq(events::ROUTE_HEADTEACHER));
}

TEST(Conflict, LeavesAReporterWhatTheyReported) {
  CaseState state;
  Happen(state, Reported(), kLead);
  EXPECT_THAT(SightOf(AfterConflictOf(kLead, state), kLead), Eq(Sight::kOwnEntries));
}

TEST(Conflict, OfTheHeadteacherGivesTheCaseToTheChairAlone) {
  const CaseDecision decision = Decide(After({Reported()}), WholeConflict(kHead));
  ASSERT_THAT(decision, Adds(CaseEvent::kConflictDeclared));
  EXPECT_THAT(std::get<0>(decision)[0].conflict_declared().told_ids(),
              ElementsAre(kChair.person.Bytes()));
  const CaseState state = Then(After({Reported()}), decision, kHead);
  EXPECT_THAT(state.route, Eq(events::ROUTE_CHAIR_OF_GOVERNORS));
  EXPECT_THAT(SightOf(state, kChair), Eq(Sight::kHandler));
  for (const kernel::Actor& actor : {kHead, kDeputy, kLead}) {
    EXPECT_THAT(SightOf(state, actor), Eq(Sight::kNone));
  }
}

TEST(Conflict, OfTheLastWhoIsFreeGivesTheCaseToTheOfficers) {
  CaseState state = AfterConflictOf(kHead, After({Reported()}));
  state = AfterConflictOf(kChair, state);
  EXPECT_THAT(state.route, Eq(events::ROUTE_SAFEGUARDING_OFFICER));
  EXPECT_THAT(SightOf(state, kOfficer), Eq(Sight::kOfficer));
  for (const kernel::Actor& actor : {kHead, kDeputy, kLead, kChair, kLineManager}) {
    EXPECT_THAT(SightOf(state, actor), Eq(Sight::kNone));
  }
  EXPECT_THAT(Decide(state, WholeClosing(kOfficer)), Adds(CaseEvent::kCaseClosed));
}

TEST(Conflict, OfAllTheLeadershipGoesPastIt) {
  DeclareConflict command = WholeConflict(kLead);
  std::erase_if(command.school, [](const RegisteredPerson& person) {
    return person.id == kHead.person || person.id == kDeputy.person;
  });
  const CaseDecision decision = Decide(After({Reported()}), command);
  EXPECT_THAT(Then(After({Reported()}), decision, kLead).route,
              Eq(events::ROUTE_CHAIR_OF_GOVERNORS));
}

TEST(Conflict, OfTheLineManagerHandsTheCaseOn) {
  const CaseState state = AfterConflictOf(kLineManager, After({ReportedToLineManager()}));
  EXPECT_THAT(state.route, Eq(events::ROUTE_HEADTEACHER));
  EXPECT_THAT(SightOf(state, kLineManager), Eq(Sight::kNone));
  EXPECT_THAT(SightOf(state, kHead), Eq(Sight::kHandler));
}

TEST(Conflict, OfSomebodyElseLeavesTheCaseWithTheLineManager) {
  const CaseState state = AfterConflictOf(kLead, After({ReportedToLineManager()}));
  EXPECT_THAT(state.route, Eq(events::ROUTE_LINE_MANAGER));
  EXPECT_THAT(SightOf(state, kLineManager), Eq(Sight::kLineManager));
}

TEST(Conflict, OfTheRecipientMakesTheHeadteacherTheRecipient) {
  const CaseState state = AfterConflictOf(
      kDeputy, After({MaterialReceivedBy(kDeputy, events::ROUTE_SENIOR_LEADERSHIP)}));
  EXPECT_THAT(state.route, Eq(events::ROUTE_HEADTEACHER));
  EXPECT_THAT(state.recipient, Eq(kHead.person));
}

TEST(Conflict, OfWhoActsInAnAbsenceGoesPastTheSchoolsLeadershipWhereNobodyElseIsOfIt) {
  const CaseState before = After({MaterialReceivedBy(kDeputy, events::ROUTE_SENIOR_LEADERSHIP)});
  DeclareConflict command = WholeConflict(kDeputy);
  command.head_absence = HeadIsAbsent();
  const CaseState state = Then(before, Decide(before, command), kDeputy);
  EXPECT_THAT(state.route, Eq(events::ROUTE_CHAIR_OF_GOVERNORS));
  EXPECT_THAT(state.recipient, Eq(kChair.person));
}

TEST(Conflict, OfAnotherIsTheirsWhoStandInForTheHeadteacherAndTheOfficers) {
  DeclareConflict by_deputy = About(kLead, kDeputy);
  EXPECT_THAT(Decide(After({Reported()}), by_deputy),
              Refuses(Reason::kConflictNotYours, "person_id"));
  by_deputy.head_absence = HeadIsAbsent();
  EXPECT_THAT(Decide(After({Reported()}), by_deputy), Adds(CaseEvent::kConflictDeclared));
  by_deputy.head_absence.reset();
  std::erase_if(by_deputy.school,
                [](const RegisteredPerson& person) { return person.id == kHead.person; });
  EXPECT_THAT(Decide(After({Reported()}), by_deputy), Adds(CaseEvent::kConflictDeclared));
  EXPECT_THAT(Decide(After({Reported(), Referred()}), About(kLead, kOfficer)),
              Adds(CaseEvent::kConflictDeclared));
}

TEST(Conflict, OfAnOfficerIsTheirOwnToDeclare) {
  const CaseState referred = After({Reported(), Referred()});
  EXPECT_THAT(Decide(referred, About(kOfficer, kHead)), Refuses(Reason::kNotAHandler, "person_id"));
  EXPECT_THAT(Decide(referred, WholeConflict(kOfficer)), Adds(CaseEvent::kConflictDeclared));
}

TEST(Conflict, OfAnotherIsTheHeadteachersAndTheChairsToDeclare) {
  const CaseState state = After({Reported()});
  EXPECT_THAT(Decide(state, About(kLead, kHead)), Adds(CaseEvent::kConflictDeclared));
  EXPECT_THAT(Decide(state, About(kLead, kDeputy)),
              Refuses(Reason::kConflictNotYours, "person_id"));
  EXPECT_THAT(Decide(state, About(kColleague, kHead)), Refuses(Reason::kNotAHandler, "person_id"));
  EXPECT_THAT(Decide(state, About(kHead, kDeputy)), Adds(CaseEvent::kConflictDeclared))
      << "who finds out that it is about the Headteacher does not ask them";
  EXPECT_THAT(Decide(state, About(kTeacher, kLead)), Adds(CaseEvent::kConflictDeclared))
      << "nor is a reporter left in sight of a case about them";
  EXPECT_THAT(Decide(state, WholeConflict(kTeacher)), Refuses(Reason::kRoleRequired))
      << "a reporter handles nothing";
  EXPECT_THAT(Decide(state, WholeConflict(kColleague)), Refuses(Reason::kNoSuchCase));
  const CaseState declared = Then(state, Decide(state, About(kLead, kHead)), kHead);
  EXPECT_THAT(Decide(declared, About(kLead, kHead)), AddsNothing());
  EXPECT_THAT(std::get<0>(Decide(state, About(kLead, kHead)))[0].conflict_declared().told_ids(),
              IsEmpty());
}

TEST(Conflict, NeedsReasonsAndMayBeDeclaredAtAnyTime) {
  DeclareConflict command = WholeConflict();
  command.reasons = "";
  EXPECT_THAT(Decide(After({Reported()}), command), Refuses(Reason::kFieldMissing, "reasons"));
  EXPECT_THAT(Decide(After({Reported(), Closed()}), WholeConflict()),
              Adds(CaseEvent::kConflictDeclared));
  EXPECT_THAT(
      Decide(After({ReportedWithAnswer(events::INDECENT_IMAGE_ANSWER_YES)}), WholeConflict()),
      Adds(CaseEvent::kConflictDeclared));
}

TEST(Conflict, IsNotUndoneByHandingTheCaseOn) {
  CaseState state = AfterConflictOf(kHead, After({ReportedToLineManager()}));
  CaseEvent escalated;
  escalated.mutable_case_escalated()->set_route(events::ROUTE_HEADTEACHER);
  Happen(state, escalated, kLineManager);
  EXPECT_THAT(state.route, Eq(events::ROUTE_CHAIR_OF_GOVERNORS));
}

}  // namespace
}  // namespace wardbook::casework
