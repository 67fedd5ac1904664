#include "services/casework/domain/gates.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/breach.h"
#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/closure.h"
#include "services/casework/domain/decide.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using ::testing::Contains;
using ::testing::Eq;
using CaseEvent = events::CaseEvent;

constexpr auto kP18 = events::BREACH_CLAUSE_P18_UNSUITABLE_MATERIAL;

// Reported under P18 as a breach, and classified as one.
std::vector<CaseState> NamedUnsuitable() {
  return {After({BreachReportedOf(kP18)}), After({BreachReported(), Classified({kP18})}),
          After({Reported(), Classified({kP18})})};
}

TEST(UnsuitableMaterial, UnderP18WaitsForAdviceLikeTheKind) {
  for (CaseState state : NamedUnsuitable()) {
    EXPECT_TRUE(IsUnsuitableMaterial(state));
    EXPECT_THAT(Decide(state, WholeStart()), Refuses(Reason::kAdviceFirst));
    EXPECT_THAT(Decide(state, WholeThresholdDecision()), Refuses(Reason::kAdviceFirst));
    EXPECT_THAT(Decide(state, WholeBreach({})), Refuses(Reason::kAdviceFirst));
    EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kAdviceFirst));
    Happen(state, Started(), kHead);
    EXPECT_THAT(Decide(state, WholeStep()), Refuses(Reason::kAdviceFirst));
    EXPECT_THAT(Decide(state, WholeFinding()), Refuses(Reason::kAdviceFirst));
    Happen(state, AdviceAsked(), kHead);
    Happen(state, AdviceGiven(events::MAY_PROCEED_LIMITED), kHead);
    EXPECT_THAT(Decide(state, WholeStep()), Adds(CaseEvent::kInvestigationStepRecorded));
  }
}

TEST(UnsuitableMaterial, UnderP18IsShownAfterAdvice) {
  CaseState state = After({BreachReportedOf(kP18)});
  state = Then(state, Decide(state, WholeScreenPrint(kTeacher, 1)), kTeacher);
  const RevealFile reveal{{kHead, kNow}, IdOf<EvidenceId>(1)};
  EXPECT_THAT(Refuses(state, reveal), RefusesFile(Reason::kAdviceFirst, ""));
  Happen(state, AdviceAsked(), kHead);
  Happen(state, AdviceGiven(), kHead);
  EXPECT_THAT(Refuses(state, reveal), Eq(std::nullopt));
}

TEST(UnsuitableMaterial, StaysSoWhateverIsClassifiedLater) {
  CaseState state = After({Reported(), Classified({kP18}), Classified({})});
  EXPECT_THAT(Decide(state, WholeStart()), Refuses(Reason::kAdviceFirst));
  EXPECT_THAT(RemainingSteps(state), Contains(Reason::kFindingMissing));
}

TEST(UnsuitableMaterial, ByClassificationLeavesTheQuestionToAnyHandler) {
  const CaseState state = After({Reported(), Classified({kP18})});
  for (const kernel::Actor& handler : {kHead, kDeputy, kLead}) {
    EXPECT_THAT(Decide(state, WholeQuestion(handler)), Adds(CaseEvent::kAdviceSought));
  }
}

TEST(UnsuitableMaterial, IsReferredByAnybodyWhoSeesItBeforeAnyAdvice) {
  for (const CaseState& state : NamedUnsuitable()) {
    EXPECT_THAT(Decide(state, WholeReferral(kTeacher)), Adds(CaseEvent::kCaseReferred));
  }
}

TEST(Gates, OfP41DoNotHoldForOtherBreaches) {
  const CaseState state = After({BreachReportedOf(events::BREACH_CLAUSE_P10_IMAGES)});
  EXPECT_FALSE(IsUnsuitableMaterial(state));
  EXPECT_THAT(Decide(state, WholeStart()), Adds(CaseEvent::kInvestigationStarted));
}

}  // namespace
}  // namespace wardbook::casework
