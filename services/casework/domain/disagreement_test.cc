#include <variant>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/decide.h"
#include "services/kernel/timestamp.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using ::testing::Eq;
using ::testing::SizeIs;
using CaseEvent = events::CaseEvent;

TEST(RaiseDisagreement, RecordsWhatIsDisputedAndUntilWhenItIsSettled) {
  CaseEvent expected;
  events::DisagreementRaised& raised = *expected.mutable_disagreement_raised();
  raised.set_disputed_revision(1);
  raised.set_reasons("The child is not safe.");
  *raised.mutable_due_time() = kernel::TimestampOf(kNow + absl::Hours(24));
  raised.set_stage_words("they speak");
  EXPECT_THAT(Decide(After({Reported()}), WholeDisagreement()), AddsEvent(expected));
}

TEST(RaiseDisagreement, IsDueTheSameWorkingDayWhereHarmIsFeared) {
  RaiseDisagreement command = WholeDisagreement();
  command.immediate_significant_harm = true;
  CaseState state = After({Reported()});
  state = Then(state, Decide(state, command), kHead);
  ASSERT_THAT(state.disagreements, SizeIs(1));
  EXPECT_THAT(state.disagreements[0].due, Eq(kNow + absl::Hours(6)));
  state = Then(state, Decide(state, WholeDisagreementEscalation()), kHead);
  EXPECT_THAT(state.disagreements[0].due, Eq(kNow + absl::Hours(6)));
}

TEST(RaiseDisagreement, IsForSchoolAndOfficersWhoSeeTheCaseWhole) {
  const CaseState state = After({ReportedToLineManager(), Referred()});
  for (const kernel::Actor& actor : {kLineManager, kHead, kLead, kOfficer}) {
    EXPECT_THAT(Decide(state, WholeDisagreement(actor)), Adds(CaseEvent::kDisagreementRaised));
  }
  EXPECT_THAT(Decide(state, WholeDisagreement(kTeacher)), Refuses(Reason::kRoleRequired));
  EXPECT_THAT(Decide(state, WholeDisagreement(kColleague)), Refuses(Reason::kNoSuchCase));
}

TEST(RaiseDisagreement, NeedsAnEntryOfTheCaseAndReasons) {
  const CaseState state = After({Reported()});
  RaiseDisagreement command = WholeDisagreement();
  for (const uint64_t revision : {uint64_t{0}, uint64_t{2}}) {
    command.disputed_revision = revision;
    EXPECT_THAT(Decide(state, command), Refuses(Reason::kNoSuchEntry, "disputed_revision"));
  }
  command = WholeDisagreement();
  command.reasons = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "reasons"));
}

TEST(RaiseDisagreement, AddsTheSameOnceWhileItIsOpen) {
  CaseState state = After({Reported()});
  state = Then(state, Decide(state, WholeDisagreement()), kHead);
  EXPECT_THAT(Decide(state, WholeDisagreement(kLead)), AddsNothing());
  state = Then(state, Decide(state, WholeResolution()), kHead);
  EXPECT_THAT(Decide(state, WholeDisagreement()), Adds(CaseEvent::kDisagreementRaised));
}

TEST(RaiseDisagreement, ChangesNothingOfWhatItDisputes) {
  CaseState state = After({Reported(), Referred(), OutcomeRecorded()});
  const Stage stage = state.stage;
  RaiseDisagreement command = WholeDisagreement();
  command.disputed_revision = 3;
  state = Then(state, Decide(state, command), kHead);
  EXPECT_THAT(state.stage, Eq(stage));
  EXPECT_THAT(state.referrals[0].outcome, Eq(events::REFERRAL_OUTCOME_UNSUBSTANTIATED));
  EXPECT_THAT(Decide(state, WholeClosing()), Adds(CaseEvent::kCaseClosed));
}

TEST(EscalateDisagreement, GoesToTheNextStageWithItsTime) {
  const CaseState state = After({Reported(), Disagreed()});
  CaseEvent expected;
  events::DisagreementEscalated& escalated = *expected.mutable_disagreement_escalated();
  escalated.set_disagreement_revision(2);
  escalated.set_stage(2);
  escalated.set_to_whom("The service manager");
  *escalated.mutable_due_time() = kernel::TimestampOf(kNow + absl::Hours(72));
  escalated.set_stage_words("managers speak");
  EXPECT_THAT(Decide(state, WholeDisagreementEscalation(kOfficer)), Refuses(Reason::kNoSuchCase));
  EXPECT_THAT(Decide(state, WholeDisagreementEscalation()), AddsEvent(expected));
}

TEST(EscalateDisagreement, PassesOverNoStageAndEndsWithTheLast) {
  CaseState state = After({Reported(), Disagreed()});
  EscalateDisagreement command = WholeDisagreementEscalation();
  for (uint32_t stage : {0u, 1u, 3u}) {
    command.stage = stage;
    EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldInvalid, "stage"));
  }
  command.stage = 2;
  state = Then(state, Decide(state, command), kHead);
  EXPECT_THAT(Decide(state, command), AddsNothing());
  command.stage = 3;
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kDisagreementLastStage));
}

TEST(EscalateDisagreement, NamesAnOpenDisagreementOfTheCase) {
  CaseState state = After({Reported()});
  EscalateDisagreement command = WholeDisagreementEscalation();
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kNoDisagreement, "disagreement_revision"));
  Happen(state, Disagreed(), kHead);
  command.disagreement_revision = 1;
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kNoDisagreement, "disagreement_revision"));
  state = Then(state, Decide(state, WholeResolution()), kHead);
  EXPECT_THAT(Decide(state, WholeDisagreementEscalation()), Refuses(Reason::kDisagreementResolved));
}

TEST(ResolveDisagreement, RecordsHowOnce) {
  CaseState state = After({Reported(), Disagreed(), Disagreed()});
  CaseEvent expected;
  expected.mutable_disagreement_resolved()->set_disagreement_revision(3);
  expected.mutable_disagreement_resolved()->set_how("They will visit today.");
  EXPECT_THAT(Decide(state, WholeResolution()), AddsEvent(expected));
  state = Then(state, Decide(state, WholeResolution()), kHead);
  EXPECT_THAT(Decide(state, WholeResolution()), AddsNothing());
  ResolveDisagreement other = WholeResolution();
  other.how = "They will not.";
  EXPECT_THAT(Decide(state, other), Refuses(Reason::kDisagreementResolved));
  other.disagreement_revision = 2;
  EXPECT_THAT(Decide(state, other), Adds(CaseEvent::kDisagreementResolved));
}

TEST(Disagreement, WaitsForThePoliceAndOutlivesTheCase) {
  const CaseState pending = After({Reported(), Disagreed(), Suspected()});
  EXPECT_THAT(Decide(pending, WholeDisagreement()), Refuses(Reason::kPolicePending));
  EXPECT_THAT(Decide(pending, WholeDisagreementEscalation()), Refuses(Reason::kPolicePending));
  EXPECT_THAT(Decide(pending, WholeResolution()), Refuses(Reason::kPolicePending));
  EXPECT_THAT(Decide(After({Reported(), Closed()}), WholeDisagreement()),
              Adds(CaseEvent::kDisagreementRaised));
}

TEST(Disagreement, IsTheOfficersToRaiseAlsoBeforeThePoliceAreInformed) {
  const CaseState state = After({Reported(), Referred(), Suspected()});
  EXPECT_THAT(Decide(state, WholeDisagreement(kOfficer)), Adds(CaseEvent::kDisagreementRaised));
  EXPECT_THAT(Decide(state, WholeBar(kOfficer)), Adds(CaseEvent::kInvestigationBarred));
  EXPECT_THAT(Decide(state, WholeDisagreement(kHead)), Refuses(Reason::kPolicePending));
}

}  // namespace
}  // namespace wardbook::casework
