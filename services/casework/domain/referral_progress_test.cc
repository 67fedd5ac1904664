#include <string>
#include <variant>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/decide.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using CaseEvent = events::CaseEvent;

constexpr char kConveyed[] = "The duty officer, by telephone";

TEST(CouncilsWord, IsTheOfficersOrConveyedByAHandlerWhoSaysByWhom) {
  const CaseState state = After({ReportedToLineManager(), Referred()});
  EXPECT_THAT(Decide(state, WholeReferralAdvice()), Adds(CaseEvent::kReferralAdviceGiven));
  RecordReferralAdvice advice = WholeReferralAdvice(kHead);
  EXPECT_THAT(Decide(state, advice), Refuses(Reason::kConveyedByMissing, "conveyed_by"));
  advice.conveyed_by = kConveyed;
  CaseEvent expected;
  events::ReferralAdviceGiven& given = *expected.mutable_referral_advice_given();
  given.set_referral_id(IdOf<ReferralId>(1).Bytes());
  given.set_advice("The school handles it.");
  given.set_conveyed_by(kConveyed);
  EXPECT_THAT(Decide(state, advice), AddsEvent(expected));
  for (const kernel::Actor& actor : {kTeacher, kLineManager}) {
    advice.by.actor = actor;
    EXPECT_THAT(Decide(state, advice), Refuses(Reason::kRoleRequired));
  }
}

TEST(CouncilsWord, IsTakenByHandlersAlsoAsAcknowledgementAndOutcome) {
  const CaseState state = After({Reported(), Referred()});
  AcknowledgeReferral taken = WholeReferralAcknowledgement(kHead);
  EXPECT_THAT(Decide(state, taken), Refuses(Reason::kConveyedByMissing, "conveyed_by"));
  taken.conveyed_by = kConveyed;
  EXPECT_THAT(Decide(state, taken), Adds(CaseEvent::kReferralAcknowledged));
  RecordReferralOutcome outcome = WholeOutcome(kHead);
  EXPECT_THAT(Decide(state, outcome), Refuses(Reason::kConveyedByMissing, "conveyed_by"));
}

TEST(ReferralAdvice, SettlesAReferralUntilTheThresholdIsMet) {
  CaseState state = After({Reported(), Referred()});
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kOutcomePending));
  state = Then(state, Decide(state, WholeReferralAdvice()), kOfficer);
  EXPECT_THAT(Decide(state, WholeReferralAdvice()), AddsNothing());
  EXPECT_THAT(state.stage, Eq(Stage::kOutcomeRecorded));
  EXPECT_THAT(Decide(state, WholeClosing()), Adds(CaseEvent::kCaseClosed));
  state = Then(state, Decide(state, WholeThreshold()), kOfficer);
  EXPECT_THAT(Decide(state, WholeThreshold()), AddsNothing());
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kOutcomePending));
}

TEST(MoreInformation, IsAskedByTheCouncilAndGivenByTheSchoolAtAnyTime) {
  CaseState state = After({Reported(), Referred()});
  EXPECT_THAT(Decide(state, WholeMoreInformation()), Adds(CaseEvent::kMoreInformationGiven));
  EXPECT_THAT(Decide(state, WholeMoreInformation(kTeacher)), Refuses(Reason::kRoleRequired));
  state = Then(state, Decide(state, WholeRequestForMore()), kOfficer);
  EXPECT_TRUE(state.referrals[0].acknowledged);
  state = Then(state, Decide(state, WholeWithdrawal()), kHead);
  EXPECT_THAT(Decide(state, WholeMoreInformation()), Adds(CaseEvent::kMoreInformationGiven));
  EXPECT_THAT(Decide(state, WholeRequestForMore()), Refuses(Reason::kReferralEnded));
}

TEST(ReferralMeeting, RecordsWhoAttendedAndWhatWasAgreed) {
  CaseEvent expected;
  events::ReferralMeetingRecorded& recorded = *expected.mutable_referral_meeting_recorded();
  recorded.set_referral_id(IdOf<ReferralId>(1).Bytes());
  recorded.set_meeting(events::REFERRAL_MEETING_ALLEGATIONS_MEETING);
  recorded.set_number(1);
  *recorded.mutable_held_at() = ThisMorning();
  recorded.set_attendees("The school, the police");
  recorded.set_actions("The police speak to the child.");
  const CaseState state = After({Reported(), Referred()});
  EXPECT_THAT(Decide(state, WholeMeeting(kHead)), AddsEvent(expected));
  RecordReferralMeeting command = WholeMeeting();
  command.number = 0;
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "number"));
}

TEST(ReferralStrand, HasAnOutcomeOfTheRulesForEachWhoLooksIntoIt) {
  CaseState state = After({Reported(), Referred()});
  state = Then(state, Decide(state, WholeStrand()), kOfficer);
  EXPECT_THAT(Decide(state, WholeStrand()), AddsNothing());
  CaseEvent expected;
  events::ReferralStrandOutcomeRecorded& recorded =
      *expected.mutable_referral_strand_outcome_recorded();
  recorded.set_referral_id(IdOf<ReferralId>(1).Bytes());
  recorded.set_strand(events::REFERRAL_STRAND_POLICE);
  recorded.set_outcome(events::REFERRAL_OUTCOME_UNSUBSTANTIATED);
  recorded.set_outcome_words("there is insufficient evidence");
  recorded.set_rule_pack_id("rules-1");
  recorded.set_reasons("Not enough either way.");
  EXPECT_THAT(Decide(state, WholeStrandOutcome()), AddsEvent(expected));
  state = Then(state, Decide(state, WholeStrandOutcome()), kOfficer);
  EXPECT_THAT(Decide(state, WholeStrandOutcome()), AddsNothing());
  RecordStrandOutcome advice = WholeStrandOutcome();
  advice.outcome = events::REFERRAL_OUTCOME_ADVICE_ONLY;
  EXPECT_THAT(Decide(state, advice), Refuses(Reason::kFieldInvalid, "outcome"));
}

TEST(ReferralStrand, OfTheEmployerIsTheSchoolsToRecord) {
  const CaseState state = After({Reported(), Referred()});
  const auto employer = events::REFERRAL_STRAND_EMPLOYER;
  EXPECT_THAT(Decide(state, WholeStrand(kHead, employer)), Adds(CaseEvent::kReferralStrandOpened));
  EXPECT_THAT(Decide(state, WholeStrandOutcome(kHead, employer)),
              Adds(CaseEvent::kReferralStrandOutcomeRecorded));
  EXPECT_THAT(Decide(state, WholeStrand(kHead)),
              Refuses(Reason::kConveyedByMissing, "conveyed_by"));
}

TEST(EmployersOutcome, WaitsForWhatAFindingWaitsFor) {
  const auto outcome = WholeStrandOutcome(kHead, events::REFERRAL_STRAND_EMPLOYER);
  const auto officers = WholeStrandOutcome(kOfficer, events::REFERRAL_STRAND_EMPLOYER);
  const auto refused = [&](const CaseState& state, Reason reason) {
    EXPECT_THAT(Decide(state, outcome), Refuses(reason));
    EXPECT_THAT(Decide(state, officers), Adds(CaseEvent::kReferralStrandOutcomeRecorded))
        << "what the council says is taken";
  };
  refused(After({BreachReported(), Referred(), Suspected()}), Reason::kPolicePending);
  refused(After({BreachReported(), Referred(), Suspected(), PoliceCalled()}),
          Reason::kNoInvestigation);
  refused(After({MaterialReceivedBy(kHead), Referred()}), Reason::kAdviceFirst);
  refused(After({BreachReported(), Referred(), Barred()}), Reason::kInvestigationBarred);
  refused(After({BreachReportedOf(events::BREACH_CLAUSE_P06_CONTACT_WITH_CHILDREN), Referred()}),
          Reason::kThresholdFirst);
  EXPECT_THAT(Decide(After({BreachReported(), Referred()}), outcome),
              Adds(CaseEvent::kReferralStrandOutcomeRecorded));
}

TEST(EmployersOutcome, IsNotByTargetOrWitness) {
  for (const events::Capacity capacity : {events::CAPACITY_TARGET, events::CAPACITY_WITNESS}) {
    const CaseState state = After({ReportedWith(PartyOf(capacity, kHead.person)), Referred()});
    EXPECT_THAT(Decide(state, WholeStrandOutcome(kHead, events::REFERRAL_STRAND_EMPLOYER)),
                Refuses(Reason::kInvestigatorInvolved));
    EXPECT_THAT(Decide(state, WholeStrandOutcome(kDeputy, events::REFERRAL_STRAND_EMPLOYER)),
                Adds(CaseEvent::kReferralStrandOutcomeRecorded));
  }
}

TEST(PoliceGate, HoldsForTheSchoolsPartInAReferralAndNotForTheCouncils) {
  const CaseState state = After({Reported(), Referred(), Suspected()});
  const auto employer = events::REFERRAL_STRAND_EMPLOYER;
  EXPECT_THAT(Decide(state, WholeStrand(kHead, employer)), Refuses(Reason::kPolicePending));
  EXPECT_THAT(Decide(state, WholeMeeting(kHead)), Refuses(Reason::kPolicePending));
  EXPECT_THAT(Decide(state, WholeClosingAction(kHead)), Refuses(Reason::kPolicePending));
  EXPECT_THAT(Decide(state, WholeStrand(kOfficer, employer)),
              Adds(CaseEvent::kReferralStrandOpened));
  EXPECT_THAT(Decide(state, WholeMeeting(kOfficer)), Adds(CaseEvent::kReferralMeetingRecorded));
  EXPECT_THAT(Decide(state, WholeClosingAction(kOfficer)),
              Adds(CaseEvent::kReferralClosingActionRecorded));
  OpenReferralStrand conveyed = WholeStrand(kHead);
  conveyed.conveyed_by = kConveyed;
  EXPECT_THAT(Decide(state, conveyed), Adds(CaseEvent::kReferralStrandOpened));
}

TEST(CloseReferral, WaitsForEveryStrandAndNamesWhatWasNotSettled) {
  CaseState state = After({Reported(), Referred()});
  EXPECT_THAT(Decide(state, WholeReferralClosing()), Refuses(Reason::kReferralUnsettled));
  state = Then(state, Decide(state, WholeStrand()), kOfficer);
  EXPECT_THAT(Decide(state, WholeReferralClosing()), Refuses(Reason::kReferralUnsettled));
  state = Then(state, Decide(state, WholeStrandOutcome()), kOfficer);
  state = Then(state, Decide(state, WholeClosingAction()), kHead);
  const auto decided = std::get<std::vector<CaseEvent>>(Decide(state, WholeReferralClosing()));
  ASSERT_THAT(decided, SizeIs(1));
  EXPECT_THAT(decided[0].referral_closed().missing_items(), SizeIs(3));
  state = Then(state, Decide(state, WholeReferralClosing()), kOfficer);
  EXPECT_THAT(Decide(state, WholeReferralClosing()), AddsNothing());
  CloseReferral other = WholeReferralClosing();
  other.summary = "Otherwise.";
  EXPECT_THAT(Decide(state, other), Refuses(Reason::kReferralEnded));
  EXPECT_THAT(Decide(state, WholeClosing()), Adds(CaseEvent::kCaseClosed));
  EXPECT_THAT(Decide(state, WholeClosingAction(kHead, events::CLOSING_ACTION_DBS)),
              Adds(CaseEvent::kReferralClosingActionRecorded));
}

TEST(WithdrawReferral, NeedsOneWhichOnlyWhoSeesTheWholeCaseIsTold) {
  const CaseState state = After({Reported()});
  EXPECT_THAT(Decide(state, WholeWithdrawal(kHead)), Refuses(Reason::kNotReferred, "referral_id"));
  EXPECT_THAT(Decide(state, WholeWithdrawal(kTeacher)), Refuses(Reason::kOthersReferral));
}

TEST(WithdrawReferral, IsForWhoMadeItTheOfficersAndWhoConveysTheirWord) {
  CaseState state = After({Reported()});
  state = Then(state, Decide(state, WholeReferral(kTeacher)), kTeacher);
  EXPECT_THAT(Decide(state, WholeWithdrawal(kTeacher)), Adds(CaseEvent::kReferralWithdrawn));
  EXPECT_THAT(Decide(state, WholeWithdrawal(kOfficer)), Adds(CaseEvent::kReferralWithdrawn));
  WithdrawReferral command = WholeWithdrawal(kHead);
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kOthersReferral));
  command.conveyed_by = kConveyed;
  EXPECT_THAT(Decide(state, command), Adds(CaseEvent::kReferralWithdrawn));
  EXPECT_THAT(Decide(state, WholeWithdrawal(kColleague)), Refuses(Reason::kNoSuchCase));
}

TEST(WithdrawReferral, LeavesTheCaseToTheOfficersAndOpenToANewReferral) {
  CaseState state = After({Reported(), Referred(1)});
  state = Then(state, Decide(state, WholeWithdrawal()), kHead);
  EXPECT_THAT(Decide(state, WholeWithdrawal()), AddsNothing());
  EXPECT_THAT(SightOf(state, kOfficer), Eq(Sight::kOfficer));
  EXPECT_THAT(state.stage, Eq(Stage::kReported));
  EXPECT_THAT(Decide(state, WholeClosing()), Adds(CaseEvent::kCaseClosed));
  EXPECT_THAT(Decide(state, WholeReferral(kHead, 2)), Adds(CaseEvent::kCaseReferred));
}

TEST(WithdrawReferral, NamesTheReferralThatTakesItsPlace) {
  const CaseState state = After({Reported(), Referred(1), Referred(2)});
  WithdrawReferral command = WholeWithdrawal();
  command.referral_id = IdOf<ReferralId>(1);
  for (uint64_t number : {uint64_t{1}, uint64_t{9}}) {
    command.superseded_by_id = IdOf<ReferralId>(number);
    EXPECT_THAT(Decide(state, command), Refuses(Reason::kNotReferred, "superseded_by_id"));
  }
  command.superseded_by_id = IdOf<ReferralId>(2);
  EXPECT_THAT(Decide(state, command), Adds(CaseEvent::kReferralWithdrawn));
}

events::CaseReferred ReferredChild(const events::ChildReferral& child) {
  ReferCase command = WholeReferral();
  command.child_referral = child;
  return std::get<std::vector<CaseEvent>>(Decide(After({Reported()}), command))
      .at(0)
      .case_referred();
}

TEST(ChildReferral, WarnsOfWhatTheCouncilAsksAndIsNeverRefused) {
  using ::testing::Contains;
  EXPECT_THAT(ReferredChild({}).missing_items(), Contains("The level of need is not given."));
  events::ChildReferral child;
  child.set_level(events::NEED_LEVEL_3);
  child.set_consent(events::PARENTAL_CONSENT_REFUSED);
  EXPECT_THAT(ReferredChild(child).missing_items(),
              Contains("At level 3 the council asks for the parents' informed consent."));
  child.set_level(events::NEED_LEVEL_4);
  EXPECT_THAT(ReferredChild(child).missing_items(),
              Contains("Why there is no consent is not given."));
  child.set_consent(static_cast<events::ParentalConsent>(99));
  child.set_consent_reasons("\xFF");
  EXPECT_THAT(ReferredChild(child).child_referral().consent(),
              Eq(events::PARENTAL_CONSENT_UNSPECIFIED));
}

TEST(ReferralAdvice, SettlesNoReferralThatCameToMore) {
  CaseState state = After({Reported()});
  state = Then(state, Decide(state, WholeReferral()), kHead);
  CaseState strand = Then(state, Decide(state, WholeReferralAdvice()), kOfficer);
  EXPECT_FALSE(AwaitsOutcome(strand));
  strand = Then(strand, Decide(strand, WholeStrand()), kOfficer);
  EXPECT_TRUE(AwaitsOutcome(strand));
  CaseState met = Then(state, Decide(state, WholeThreshold()), kOfficer);
  met = Then(met, Decide(met, WholeReferralAdvice()), kOfficer);
  EXPECT_TRUE(AwaitsOutcome(met));
  EXPECT_THAT(Decide(met, WholeReferralAdvice()), AddsNothing());
}

}  // namespace
}  // namespace wardbook::casework
