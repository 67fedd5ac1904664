#include "services/casework/domain/recipient.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/decide.h"

namespace wardbook::casework {
namespace {

using events::CaseEvent;
using kernel::Reason;
using ::testing::Eq;

CaseState WithHead() { return After({MaterialReceivedBy(kHead)}); }
CaseState WithDeputy() {
  return After({MaterialReceivedBy(kDeputy, events::ROUTE_SENIOR_LEADERSHIP)});
}

TEST(Recipient, AloneSeeksTheAdvice) {
  EXPECT_THAT(Decide(WithHead(), WholeQuestion(kHead)), Adds(CaseEvent::kAdviceSought));
  for (const kernel::Actor& other : {kDeputy, kLead}) {
    EXPECT_THAT(Decide(WithHead(), WholeQuestion(other)), Refuses(Reason::kRecipientSeeksAdvice));
  }
  EXPECT_THAT(Decide(WithDeputy(), WholeQuestion(kDeputy)), Adds(CaseEvent::kAdviceSought));
  EXPECT_THAT(Decide(WithDeputy(), WholeQuestion(kHead)), Refuses(Reason::kRecipientSeeksAdvice))
      << "also when the Headteacher is back";
}

TEST(Recipient, IsNobodyInOtherCases) {
  const CaseState state = After({Reported()});
  EXPECT_THAT(Decide(state, WholeQuestion(kLead)), Adds(CaseEvent::kAdviceSought));
  EXPECT_THAT(Decide(state, WholeHandOver(kHead)), Refuses(Reason::kNoRecipient));
}

TEST(Recipient, StandsInNobodysWayWhoRefers) {
  for (const kernel::Actor& actor : {kTeacher, kHead, kDeputy, kLead}) {
    EXPECT_THAT(Decide(WithHead(), WholeReferral(actor)), Adds(CaseEvent::kCaseReferred));
  }
}

TEST(Receipt, IsAcknowledgedByTheRecipientOrTheHeadteacher) {
  EXPECT_THAT(Decide(WithHead(), WholeAcknowledgement(kDeputy)),
              Refuses(Reason::kHeadteacherReceives));
  EXPECT_THAT(Decide(WithHead(), WholeAcknowledgement(kLead)),
              Refuses(Reason::kHeadteacherReceives));
  EXPECT_THAT(Decide(WithHead(), WholeAcknowledgement(kHead)),
              Adds(CaseEvent::kReceiptAcknowledged));
  EXPECT_THAT(Decide(WithDeputy(), WholeAcknowledgement(kDeputy)),
              Adds(CaseEvent::kReceiptAcknowledged));
  EXPECT_THAT(Decide(WithDeputy(), WholeAcknowledgement(kHead)),
              Adds(CaseEvent::kReceiptAcknowledged));
  EXPECT_THAT(Decide(After({Reported()}), WholeAcknowledgement(kDeputy)),
              Adds(CaseEvent::kReceiptAcknowledged))
      << "of another kind";
}

TEST(HandOver, MakesTheSuccessorTheOneWhoAsks) {
  const HandOverRecipient hand_over = WholeHandOver(kHead, kDeputy);
  const CaseDecision decision = Decide(WithHead(), hand_over);
  ASSERT_THAT(decision, Adds(CaseEvent::kRecipientHandedOver));
  const events::RecipientHandedOver& event = std::get<0>(decision)[0].recipient_handed_over();
  EXPECT_THAT(event.from_id(), Eq(kHead.person.Bytes()));
  EXPECT_THAT(event.to_id(), Eq(kDeputy.person.Bytes()));
  EXPECT_THAT(event.head_absence_id(), Eq(""));
  const CaseState state = Then(WithHead(), decision, kHead);
  EXPECT_THAT(Decide(state, WholeQuestion(kDeputy)), Adds(CaseEvent::kAdviceSought));
  EXPECT_THAT(Decide(state, WholeQuestion(kHead)), Refuses(Reason::kRecipientSeeksAdvice));
  EXPECT_THAT(Decide(state, hand_over), AddsNothing());
}

TEST(HandOver, IsTheRecipientsOrThoseAboveThem) {
  EXPECT_THAT(Decide(WithDeputy(), WholeHandOver(kDeputy, kLead)),
              Adds(CaseEvent::kRecipientHandedOver));
  EXPECT_THAT(Decide(WithDeputy(), WholeHandOver(kHead, kHead)),
              Adds(CaseEvent::kRecipientHandedOver));
  EXPECT_THAT(Decide(WithDeputy(), WholeHandOver(kLead, kLead)),
              Refuses(Reason::kHandOverNotYours));
  EXPECT_THAT(Decide(WithHead(), WholeHandOver(kDeputy, kDeputy)),
              Refuses(Reason::kHandOverNotYours));
  EXPECT_THAT(Decide(WithHead(), WholeHandOver(kTeacher, kDeputy)), Refuses(Reason::kRoleRequired));
  const CaseState chairs =
      After({MaterialReceivedBy(kColleague, events::ROUTE_CHAIR_OF_GOVERNORS)});
  EXPECT_THAT(Decide(chairs, WholeHandOver(kChair, kChair)), Adds(CaseEvent::kRecipientHandedOver))
      << "a new Chair takes over from the one who has left";
}

TEST(HandOver, IsTakenByWhoActsInARecordedAbsenceAndNamesIt) {
  HandOverRecipient command = WholeHandOver(kDeputy, kDeputy);
  command.head_absence = HeadIsAbsent();
  const CaseDecision decision = Decide(WithHead(), command);
  ASSERT_THAT(decision, Adds(CaseEvent::kRecipientHandedOver));
  EXPECT_THAT(std::get<0>(decision)[0].recipient_handed_over().head_absence_id(),
              Eq(HeadIsAbsent().id.Bytes()));
  command.by.actor = kLead;
  EXPECT_THAT(Decide(WithHead(), command), Refuses(Reason::kHandOverNotYours))
      << "another one than the absence names";
}

TEST(HandOver, GoesToSomebodyWhoHandlesTheCaseWithReasons) {
  EXPECT_THAT(Decide(WithHead(), WholeHandOver(kHead, kColleague)),
              Refuses(Reason::kNotAHandler, "to_person_id"));
  EXPECT_THAT(Decide(WithHead(), WholeHandOver(kHead, kChair)),
              Refuses(Reason::kNotAHandler, "to_person_id"));
  HandOverRecipient command = WholeHandOver();
  command.reasons = " ";
  EXPECT_THAT(Decide(WithHead(), command), Refuses(Reason::kFieldMissing, "reasons"));
  EXPECT_THAT(Decide(After({MaterialReceivedBy(kHead), Closed()}), WholeHandOver()),
              Refuses(Reason::kCaseClosed));
}

TEST(HandOverRecipient, IsTheLeadershipTeamsBetweenTwoHeadteachers) {
  const CaseState state = After({MaterialReceivedBy(kHead)});
  HandOverRecipient command = WholeHandOver(kDeputy, kDeputy);
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kHandOverNotYours));
  for (RegisteredPerson& person : command.school) person.roles.erase(kernel::Role::kHeadteacher);
  EXPECT_THAT(Decide(state, command), Adds(CaseEvent::kRecipientHandedOver));
  command.by.actor = kLead;
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kHandOverNotYours));
}

TEST(HandOver, IsTheSafeguardingLeadsOfASchoolWithoutALeadershipTeam) {
  const CaseState state = After({MaterialReceivedBy(kHead, events::ROUTE_HEADTEACHER)});
  HandOverRecipient command = WholeHandOver(kLead, kLead);
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kHandOverNotYours));
  std::erase_if(command.school,
                [](const RegisteredPerson& person) { return person.id == kDeputy.person; });
  EXPECT_THAT(Decide(state, command), Adds(CaseEvent::kRecipientHandedOver));
}

}  // namespace
}  // namespace wardbook::casework
