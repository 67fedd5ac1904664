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
using CaseEvent = events::CaseEvent;

TEST(DecideHarmThreshold, TakesLimbsWhereItIsMetAndOnlyThere) {
  const CaseState state = After({Reported()});
  EXPECT_THAT(Decide(state, WholeThresholdDecision(events::HARM_THRESHOLD_MET)),
              Adds(CaseEvent::kHarmThresholdDecided));
  DecideHarmThreshold without = WholeThresholdDecision(events::HARM_THRESHOLD_MET);
  without.limbs.clear();
  EXPECT_THAT(Decide(state, without), Refuses(Reason::kHarmLimbMissing, "limbs"));
  DecideHarmThreshold with = WholeThresholdDecision(events::HARM_THRESHOLD_CONDUCT_ONLY);
  with.limbs = {events::HARM_LIMB_HARMED};
  EXPECT_THAT(Decide(state, with), Refuses(Reason::kFieldInvalid, "limbs"));
  DecideHarmThreshold unknown = WholeThresholdDecision(events::HARM_THRESHOLD_MET);
  unknown.limbs = {static_cast<events::HarmLimb>(9)};
  EXPECT_THAT(Decide(state, unknown), Refuses(Reason::kFieldInvalid, "limbs"));
}

TEST(DecideHarmThreshold, NeedsAnAnswerAndReasons) {
  DecideHarmThreshold command = WholeThresholdDecision(events::HARM_THRESHOLD_UNSPECIFIED);
  EXPECT_THAT(Decide(After({Reported()}), command), Refuses(Reason::kFieldMissing, "threshold"));
  command = WholeThresholdDecision();
  command.reasons = "";
  EXPECT_THAT(Decide(After({Reported()}), command), Refuses(Reason::kFieldMissing, "reasons"));
}

TEST(DecideHarmThreshold, OfUnsuitableMaterialWaitsForAdviceUnlessItIsMet) {
  CaseState state =
      After({Reported(events::ROUTE_HEADTEACHER, events::INCIDENT_KIND_UNSUITABLE_MATERIAL)});
  const auto met = WholeThresholdDecision(events::HARM_THRESHOLD_MET);
  EXPECT_THAT(Decide(state, WholeThresholdDecision()), Refuses(Reason::kAdviceFirst));
  EXPECT_THAT(Decide(state, met), Adds(CaseEvent::kHarmThresholdDecided));
  Happen(state, AdviceAsked(), kHead);
  EXPECT_THAT(Decide(state, WholeThresholdDecision()), Refuses(Reason::kAdviceFirst));
  EXPECT_THAT(Decide(state, met), Adds(CaseEvent::kHarmThresholdDecided));
  Happen(state, AdviceGiven(events::MAY_PROCEED_NO), kHead);
  EXPECT_THAT(Decide(state, WholeThresholdDecision()), Adds(CaseEvent::kHarmThresholdDecided));
}

TEST(DecideHarmThreshold, WaitsForThePoliceOrForAdviceWhereAnIndecentImageIsSuspected) {
  CaseState state = After({BreachReported(), Suspected(), PoliceCalled()});
  EXPECT_THAT(Decide(state, WholeThresholdDecision()), Refuses(Reason::kNoInvestigation));
  EXPECT_THAT(Decide(state, WholeThresholdDecision(events::HARM_THRESHOLD_MET)),
              Adds(CaseEvent::kHarmThresholdDecided));
  CaseState released = state;
  Happen(released, PoliceReleased(), kHead);
  EXPECT_THAT(Decide(released, WholeThresholdDecision()), Adds(CaseEvent::kHarmThresholdDecided));
  Happen(state, AdviceAsked(), kHead);
  EXPECT_THAT(Decide(state, WholeThresholdDecision()), Refuses(Reason::kNoInvestigation));
  Happen(state, AdviceGiven(), kHead);
  EXPECT_THAT(Decide(state, WholeThresholdDecision()), Adds(CaseEvent::kHarmThresholdDecided));
}

TEST(DecideHarmThreshold, MayBeDecidedAnewAndAddsTheSameOnce) {
  CaseState state = After({Reported()});
  state = Then(state, Decide(state, WholeThresholdDecision()), kHead);
  EXPECT_THAT(Decide(state, WholeThresholdDecision()), AddsNothing());
  EXPECT_THAT(Decide(state, WholeThresholdDecision(events::HARM_THRESHOLD_MET)),
              Adds(CaseEvent::kHarmThresholdDecided));
  state = Then(state, Decide(state, WholeSuitabilityQuestion()), kHead);
  EXPECT_THAT(Decide(state, WholeThresholdDecision()), Adds(CaseEvent::kHarmThresholdDecided));
}

TEST(DecideHarmThreshold, IsAnotherDecisionAfterAdvice) {
  const DecideHarmThreshold met = WholeThresholdDecision(events::HARM_THRESHOLD_MET);
  CaseState state = After({BreachReported()});
  state = Then(state, Decide(state, met), kHead);
  Happen(state, AdviceAsked(), kHead);
  Happen(state, AdviceGiven(), kHead);
  const CaseDecision again = Decide(state, met);
  ASSERT_THAT(again, Adds(CaseEvent::kHarmThresholdDecided));
  state = Then(state, again, kHead);
  EXPECT_THAT(Decide(state, met), AddsNothing());
}

TEST(DecideHarmThreshold, IsTheHandlersAndOfAnOpenCase) {
  EXPECT_THAT(Decide(After({Reported()}),
                     WholeThresholdDecision(events::HARM_THRESHOLD_LOW_LEVEL_CONCERN, kTeacher)),
              Refuses(Reason::kRoleRequired));
  EXPECT_THAT(Decide(After({Reported(), Closed()}), WholeThresholdDecision()),
              Refuses(Reason::kCaseClosed));
  EXPECT_THAT(Decide(After({Reported(), Suspected()}), WholeThresholdDecision()),
              Refuses(Reason::kPolicePending));
}

TEST(RaiseSuitabilityQuestion, IsAnotherQuestionAfterADecision) {
  CaseState state = After({BreachReported()});
  state = Then(state, Decide(state, WholeSuitabilityQuestion()), kHead);
  state = Then(state, Decide(state, WholeThresholdDecision()), kHead);
  const CaseDecision again = Decide(state, WholeSuitabilityQuestion());
  ASSERT_THAT(again, Adds(CaseEvent::kSuitabilityQuestionRaised));
  EXPECT_THAT(Decide(Then(state, again, kHead), WholeSuitabilityQuestion()), AddsNothing());
}

TEST(RaiseSuitabilityQuestion, IsRaisedOnceInTheSameWords) {
  CaseState state = After({Reported()});
  EXPECT_THAT(Decide(state, WholeSuitabilityQuestion()),
              Adds(CaseEvent::kSuitabilityQuestionRaised));
  state = Then(state, Decide(state, WholeSuitabilityQuestion()), kHead);
  EXPECT_THAT(Decide(state, WholeSuitabilityQuestion()), AddsNothing());
  RaiseSuitabilityQuestion without = WholeSuitabilityQuestion();
  without.reasons = "";
  EXPECT_THAT(Decide(state, without), Refuses(Reason::kFieldMissing, "reasons"));
}

TEST(HarmThreshold, IsDecidedAnewOnWhatComesToLightLater) {
  const CaseState decided =
      After({BreachReported(), ThresholdDecided(events::HARM_THRESHOLD_CONDUCT_ONLY)});
  ASSERT_TRUE(decided.decided.threshold.has_value());
  for (const events::BreachClause clause : {events::BREACH_CLAUSE_P06_CONTACT_WITH_CHILDREN,
                                            events::BREACH_CLAUSE_P18_UNSUITABLE_MATERIAL}) {
    CaseState state = decided;
    Happen(state, Classified({clause}), kHead);
    EXPECT_FALSE(state.decided.threshold.has_value()) << clause;
    Happen(state, ThresholdDecided(events::HARM_THRESHOLD_CONDUCT_ONLY), kHead);
    Happen(state, Classified({clause}), kHead);
    EXPECT_TRUE(state.decided.threshold.has_value()) << "it was named before";
  }
  CaseState image = After({ReportedAboutEmployee(events::INCIDENT_KIND_CODE_OF_CONDUCT),
                           ThresholdDecided(events::HARM_THRESHOLD_CONDUCT_ONLY), Suspected()});
  EXPECT_FALSE(image.decided.threshold.has_value());
  CaseState met = After({BreachReported(), ThresholdDecided(events::HARM_THRESHOLD_MET),
                         Classified({events::BREACH_CLAUSE_P18_UNSUITABLE_MATERIAL})});
  EXPECT_TRUE(met.decided.threshold.has_value()) << "more than met it cannot be";
}

}  // namespace
}  // namespace wardbook::casework
