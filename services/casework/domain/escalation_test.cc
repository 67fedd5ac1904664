#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/decide.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using ::testing::Eq;
using CaseEvent = events::CaseEvent;

TEST(EscalateCase, HandsTheCaseFromTheLineManagerToTheHeadteacher) {
  CaseEvent expected;
  expected.mutable_case_escalated()->set_reasons(WholeEscalation().reasons);
  expected.mutable_case_escalated()->set_route(events::ROUTE_HEADTEACHER);
  EXPECT_THAT(Decide(After({ReportedToLineManager()}), WholeEscalation(kLineManager)),
              AddsEvent(expected));
}

TEST(EscalateCase, LeavesACaseAboutTheHeadteacherWithTheChair) {
  CaseState state = After({Reported(events::ROUTE_CHAIR_OF_GOVERNORS)});
  state = Then(state, Decide(state, WholeEscalation(kChair)), kChair);
  EXPECT_THAT(state.route, Eq(events::ROUTE_CHAIR_OF_GOVERNORS));
  EXPECT_THAT(state.stage, Eq(Stage::kEscalated));
}

TEST(EscalateCase, AddsNothingTheSecondTime) {
  CaseState state = After({ReportedToLineManager()});
  state = Then(state, Decide(state, WholeEscalation()), kHead);
  EXPECT_THAT(Decide(state, WholeEscalation()), AddsNothing());
  EscalateCase other = WholeEscalation();
  other.reasons = "They threaten others as well.";
  EXPECT_THAT(Decide(state, other), Refuses(Reason::kEscalatedAlready, "reasons"));
}

TEST(EscalateCase, NeedsReasons) {
  EscalateCase command = WholeEscalation();
  command.reasons = "";
  EXPECT_THAT(Decide(After({Reported()}), command), Refuses(Reason::kFieldMissing, "reasons"));
}

TEST(EscalateCase, IsTheHandlers) {
  const CaseState state = After({Reported(), Referred()});
  EXPECT_THAT(Decide(state, WholeEscalation(kTeacher)), Refuses(Reason::kRoleRequired));
  EXPECT_THAT(Decide(state, WholeEscalation(kOfficer)), Refuses(Reason::kRoleRequired));
  EXPECT_THAT(Decide(state, WholeEscalation(kColleague)), Refuses(Reason::kNoSuchCase));
}

TEST(Escalation, IsRefusedOnAClosedCase) {
  const CaseState state = After({Reported(), AdviceAsked(), Closed()});
  EXPECT_THAT(Decide(state, WholeEscalation()), Refuses(Reason::kCaseClosed));
  EXPECT_THAT(Decide(state, WholeQuestion()), Refuses(Reason::kCaseClosed));
  EXPECT_THAT(Decide(state, WholeAdvice()), Refuses(Reason::kCaseClosed));
}

TEST(SeekAdvice, RecordsWhoWasAskedWhat) {
  CaseEvent expected;
  expected.mutable_advice_sought()->set_asked_of("Duty desk");
  expected.mutable_advice_sought()->set_channel("Telephone");
  expected.mutable_advice_sought()->set_question("May we speak to the person?");
  EXPECT_THAT(Decide(After({Reported()}), WholeQuestion()), AddsEvent(expected));
}

TEST(SeekAdvice, NeedsWhoHowAndWhat) {
  const CaseState state = After({Reported()});
  SeekAdvice command = WholeQuestion();
  command.asked_of = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "asked_of"));
  command = WholeQuestion();
  command.channel = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "channel"));
  command = WholeQuestion();
  command.question = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "question"));
  command = WholeQuestion();
  command.reference = std::string(kShortCharactersMax + 1, 'x');
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldTooLong, "reference"));
}

TEST(RecordAdvice, RecordsTheAnswer) {
  CaseEvent expected;
  events::AdviceReceived& received = *expected.mutable_advice_received();
  received.set_adviser_name("A. Adviser");
  received.set_adviser_role("Duty officer");
  received.set_advice("Speak to them.");
  received.set_may_proceed(events::MAY_PROCEED_YES);
  received.set_reference("DD-17");
  EXPECT_THAT(Decide(After({Reported(), AdviceAsked()}), WholeAdvice()), AddsEvent(expected));
}

TEST(RecordAdvice, NeedsAQuestionBefore) {
  EXPECT_THAT(Decide(After({Reported()}), WholeAdvice()), Refuses(Reason::kAdviceNotSought));
}

TEST(RecordAdvice, NeedsAnAdviserAndWhetherTheSchoolMayProceed) {
  const CaseState state = After({Reported(), AdviceAsked()});
  RecordAdvice command = WholeAdvice();
  command.adviser_name = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "adviser_name"));
  command = WholeAdvice();
  command.adviser_role = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "adviser_role"));
  command = WholeAdvice();
  command.advice = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "advice"));
  command = WholeAdvice();
  command.may_proceed = events::MAY_PROCEED_UNSPECIFIED;
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "may_proceed"));
  command.may_proceed = static_cast<events::MayProceed>(99);
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldInvalid, "may_proceed"));
}

TEST(Advice, IsTheHandlersToSeekAndToRecord) {
  const CaseState state = After({Reported(), AdviceAsked()});
  EXPECT_THAT(Decide(state, WholeQuestion(kTeacher)), Refuses(Reason::kRoleRequired));
  EXPECT_THAT(Decide(state, WholeAdvice(kTeacher)), Refuses(Reason::kRoleRequired));
  EXPECT_THAT(Decide(state, WholeAdvice(kAdministrator)), Refuses(Reason::kNoSuchCase));
}

TEST(RecordAdvice, IsTheOfficersToRecordWhoGiveIt) {
  const CaseState referred =
      After({ReportedAboutEmployee(events::INCIDENT_KIND_UNSUITABLE_MATERIAL), Referred()});
  const CaseDecision decision = Decide(referred, WholeAdvice(kOfficer));
  ASSERT_THAT(decision, Adds(CaseEvent::kAdviceReceived)) << "a referral asks as well";
  EXPECT_TRUE(Then(referred, decision, kOfficer).advice_received);
  EXPECT_THAT(Decide(After({Reported()}), WholeAdvice(kOfficer)), Refuses(Reason::kNoSuchCase));
}

}  // namespace
}  // namespace wardbook::casework
