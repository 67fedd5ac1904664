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

TEST(ReferCase, RecordsTheReferralOfACaseThatLacksNothing) {
  CaseState state = After({Reported(), AdviceAsked()});
  state = Then(state, Decide(state, WholeAcknowledgement()), kHead);
  state = Then(state, Decide(state, WholeScreenPrint()), kTeacher);
  CaseEvent expected;
  expected.mutable_case_referred()->set_referral_id(IdOf<ReferralId>(1).Bytes());
  expected.mutable_case_referred()->set_intent(events::REFERRAL_INTENT_REFERRAL);
  expected.mutable_case_referred()->set_reasons("The threshold is met.");
  EXPECT_THAT(Decide(state, WholeReferral()), AddsEvent(expected));
}

events::CaseReferred ReferredBy(const CaseState& state, const ReferCase& command) {
  return std::get<0>(Decide(state, command)).at(0).case_referred();
}

TEST(ReferCase, NamesWhatIsMissing) {
  CaseEvent unasked = Reported();
  unasked.mutable_incident_reported()->clear_wishes();
  ReferCase command = WholeReferral();
  command.reasons = " ";
  EXPECT_THAT(ReferredBy(After({unasked}), command).missing_items(),
              ::testing::ElementsAre("No reasons are given.",
                                     "The receipt of the report was not acknowledged.",
                                     "The reporter was not asked for their wishes.",
                                     "No advice was asked for before.", "No file is in evidence."));
}

TEST(ReferCase, MissesNoFileWhereThereMustBeNone) {
  const CaseState state = After({ReportedWithAnswer(events::INDECENT_IMAGE_ANSWER_YES)});
  EXPECT_THAT(ReferredBy(state, WholeReferral()).missing_items(),
              ::testing::Not(::testing::Contains("No file is in evidence.")));
}

TEST(ReferCase, IsAReferralUnlessAConsultationIsAskedFor) {
  const CaseState state = After({Reported()});
  ReferCase command = WholeReferral();
  for (int intent :
       {int{events::REFERRAL_INTENT_UNSPECIFIED}, int{events::REFERRAL_INTENT_REFERRAL}, 99}) {
    command.intent = static_cast<events::ReferralIntent>(intent);
    EXPECT_THAT(ReferredBy(state, command).intent(), Eq(events::REFERRAL_INTENT_REFERRAL));
  }
  command.intent = events::REFERRAL_INTENT_CONSULTATION;
  EXPECT_THAT(ReferredBy(state, command).intent(), Eq(events::REFERRAL_INTENT_CONSULTATION));
}

TEST(ReferCase, KeepsReasonsOfAnyLengthAndAnyBytes) {
  ReferCase command = WholeReferral();
  command.reasons = std::string(kTextCharactersMax + 1, 'x') + "\xFF";
  EXPECT_THAT(ReferredBy(After({Reported()}), command).reasons(),
              Eq(std::string(kTextCharactersMax + 1, 'x') + "\xEF\xBF\xBD"));
}

TEST(ReferCase, IsTakenFromEverybodyWhoSeesTheCaseAlsoWhenClosedOrIndecent) {
  const CaseState closed = After({ReportedToLineManager(), Referred(7), Closed()});
  for (const kernel::Actor& actor : {kTeacher, kLineManager, kHead, kDeputy, kLead, kOfficer}) {
    EXPECT_THAT(Decide(closed, WholeReferral(actor)), Adds(CaseEvent::kCaseReferred));
  }
  const CaseState indecent = After({ReportedWithAnswer(events::INDECENT_IMAGE_ANSWER_YES)});
  EXPECT_THAT(Decide(indecent, WholeReferral(kTeacher)), Adds(CaseEvent::kCaseReferred));
}

TEST(ReferCase, IsTakenFromWhoReportedThemselves) {
  const CaseState state =
      After({Reported(events::ROUTE_HEADTEACHER, events::INCIDENT_KIND_SELF_REPORT)});
  EXPECT_THAT(Decide(state, WholeReferral(kTeacher)), Adds(CaseEvent::kCaseReferred));
}

TEST(ReferCase, AddsTheSameReferralOnce) {
  CaseState state = After({Reported(), Referred(1)});
  EXPECT_THAT(Decide(state, WholeReferral(kHead, 1)), AddsNothing());
  EXPECT_THAT(Decide(state, WholeReferral(kHead, 2)), Adds(CaseEvent::kCaseReferred));
}

TEST(AcknowledgeReferral, AnswersTheNewestUnlessOneIsNamed) {
  const CaseState state = After({Reported(), Referred(1), Referred(2)});
  AcknowledgeReferral command = WholeReferralAcknowledgement();
  CaseEvent expected;
  events::ReferralAcknowledged& acknowledged = *expected.mutable_referral_acknowledged();
  acknowledged.set_referral_id(IdOf<ReferralId>(2).Bytes());
  acknowledged.set_reference("LA-2025-88");
  acknowledged.set_message("We will ring tomorrow.");
  EXPECT_THAT(Decide(state, command), AddsEvent(expected));
  command.referral_id = IdOf<ReferralId>(1);
  acknowledged.set_referral_id(IdOf<ReferralId>(1).Bytes());
  EXPECT_THAT(Decide(state, command), AddsEvent(expected));
}

TEST(AcknowledgeReferral, NeedsAReferralOfThisCaseAndAReference) {
  const CaseState state = After({Reported(), Referred(1)});
  AcknowledgeReferral command = WholeReferralAcknowledgement();
  command.referral_id = IdOf<ReferralId>(9);
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kNotReferred, "referral_id"));
  command = WholeReferralAcknowledgement();
  command.reference = "";
  EXPECT_THAT(Decide(state, command), Adds(CaseEvent::kReferralAcknowledged));
}

TEST(AcknowledgeReferral, AddsTheSameWordsOnceAndOthersAsWell) {
  CaseState state = After({Reported(), Referred(1)});
  AcknowledgeReferral command = WholeReferralAcknowledgement();
  state = Then(state, Decide(state, command), kOfficer);
  EXPECT_THAT(Decide(state, command), AddsNothing());
  command.message = "It will be Thursday.";
  EXPECT_THAT(Decide(state, command), Adds(CaseEvent::kReferralAcknowledged));
}

TEST(ReferralsAnswer, IsTheOfficersOrConveyedByAHandler) {
  const CaseState state = After({ReportedToLineManager(), Referred(1), ReferralAcknowledged(1)});
  for (const kernel::Actor& actor : {kTeacher, kLineManager}) {
    EXPECT_THAT(Decide(state, WholeReferralAcknowledgement(actor)), Refuses(Reason::kRoleRequired));
    EXPECT_THAT(Decide(state, WholeOutcome(actor)), Refuses(Reason::kRoleRequired));
  }
  EXPECT_THAT(Decide(After({Reported()}), WholeOutcome()), Refuses(Reason::kNoSuchCase));
}

TEST(ReferralsAnswer, IsTakenOnACaseThatWasReferredAfterItWasClosed) {
  CaseState state = After({Reported(), Closed(), Referred(1)});
  state = Then(state, Decide(state, WholeReferralAcknowledgement()), kOfficer);
  EXPECT_THAT(Decide(state, WholeOutcome()), Adds(CaseEvent::kReferralOutcomeRecorded));
}

TEST(RecordReferralOutcome, RecordsTheOutcome) {
  CaseEvent expected;
  events::ReferralOutcomeRecorded& recorded = *expected.mutable_referral_outcome_recorded();
  recorded.set_referral_id(IdOf<ReferralId>(1).Bytes());
  recorded.set_outcome(events::REFERRAL_OUTCOME_UNSUBSTANTIATED);
  recorded.set_reasons("Not enough either way.");
  EXPECT_THAT(Decide(After({Reported(), Referred(1), ReferralAcknowledged(1)}), WholeOutcome()),
              AddsEvent(expected));
}

TEST(RecordReferralOutcome, AcknowledgesWhatNobodyAcknowledgedBefore) {
  const CaseState state = After({Reported(), Referred(1)});
  const CaseDecision decision = Decide(state, WholeOutcome());
  ASSERT_THAT(decision, Adds(CaseEvent::kReferralOutcomeRecorded));
  EXPECT_TRUE(Then(state, decision, kOfficer).referrals[0].acknowledged);
}

TEST(RecordReferralOutcome, NeedsAnOutcomeAndReasons) {
  const CaseState state = After({Reported(), Referred(1), ReferralAcknowledged(1)});
  RecordReferralOutcome command = WholeOutcome();
  command.outcome = events::REFERRAL_OUTCOME_UNSPECIFIED;
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "outcome"));
  command.outcome = static_cast<events::ReferralOutcome>(99);
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldInvalid, "outcome"));
  command = WholeOutcome();
  command.reasons = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "reasons"));
  command = WholeOutcome();
  command.referral_id = IdOf<ReferralId>(9);
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kNotReferred, "referral_id"));
}

TEST(RecordReferralOutcome, AddsTheSameOutcomeOnceAndAnotherOneAsWell) {
  CaseState state = After({Reported(), Referred(1), ReferralAcknowledged(1)});
  RecordReferralOutcome command = WholeOutcome();
  state = Then(state, Decide(state, command), kOfficer);
  EXPECT_THAT(Decide(state, command), AddsNothing());
  command.outcome = events::REFERRAL_OUTCOME_SUBSTANTIATED;
  EXPECT_THAT(Decide(state, command), Adds(CaseEvent::kReferralOutcomeRecorded));
}

TEST(ReferCase, IsCutToWhatAnEntryHoldsAndSaysSo) {
  ReferCase command = WholeReferral();
  // A character of three bytes lies across the end.
  command.reasons = std::string(kReferralReasonsBytesMax - 1, 'x') + "\xE2\x82\xAC and more";
  const CaseDecision decision = Decide(After({Reported()}), command);
  const events::CaseReferred& referred = std::get<0>(decision).at(0).case_referred();
  EXPECT_THAT(referred.reasons(), Eq(std::string(kReferralReasonsBytesMax - 1, 'x')));
  EXPECT_THAT(referred.missing_items(), ::testing::Contains(::testing::HasSubstr("cut off")));
}

}  // namespace
}  // namespace wardbook::casework
