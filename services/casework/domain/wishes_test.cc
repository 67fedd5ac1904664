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

TEST(UpdateWishes, GivesEachVersionItsNumber) {
  CaseEvent expected;
  expected.mutable_wishes_updated()->set_wishes("That they say sorry.");
  expected.mutable_wishes_updated()->set_conveyed_how("In a talk on Tuesday.");
  expected.mutable_wishes_updated()->set_wishes_version(2);
  CaseState state = After({Reported()});
  EXPECT_THAT(Decide(state, WholeWishes()), AddsEvent(expected));
  state = Then(state, Decide(state, WholeWishes()), kTeacher);
  EXPECT_EQ(state.wishes_version, 2u);
  UpdateWishes other = WholeWishes();
  other.wishes = "Nothing more.";
  state = Then(state, Decide(state, other), kTeacher);
  EXPECT_EQ(state.wishes_version, 3u);
}

TEST(UpdateWishes, IsTheReportersWithoutMoreAndOthersSayHowTheyLearned) {
  UpdateWishes own = WholeWishes();
  own.conveyed_how = "";
  EXPECT_THAT(Decide(After({Reported()}), own), Adds(CaseEvent::kWishesUpdated));
  UpdateWishes conveyed = WholeWishes(kHead);
  EXPECT_THAT(Decide(After({Reported()}), conveyed), Adds(CaseEvent::kWishesUpdated));
  conveyed.conveyed_how = "";
  EXPECT_THAT(Decide(After({Reported()}), conveyed),
              Refuses(Reason::kFieldMissing, "conveyed_how"));
  EXPECT_THAT(Decide(After({Reported(), Referred(1)}), WholeWishes(kOfficer)),
              Refuses(Reason::kRoleRequired));
  EXPECT_THAT(Decide(After({Reported()}), WholeWishes(kColleague)), Refuses(Reason::kNoSuchCase));
}

TEST(UpdateWishes, TakesThatTheReporterDidNotWantToSay) {
  UpdateWishes command = WholeWishes();
  command.wishes = "";
  EXPECT_THAT(Decide(After({Reported()}), command), Refuses(Reason::kFieldMissing, "wishes"));
  command.wishes_not_given = true;
  EXPECT_THAT(Decide(After({Reported()}), command), Adds(CaseEvent::kWishesUpdated));
  command.wishes = "That they say sorry.";
  EXPECT_THAT(Decide(After({Reported()}), command),
              Refuses(Reason::kFieldInvalid, "wishes_not_given"));
}

TEST(UpdateWishes, AddsTheSameWishesOnce) {
  CaseState state = After({Reported()});
  state = Then(state, Decide(state, WholeWishes()), kTeacher);
  EXPECT_THAT(Decide(state, WholeWishes()), AddsNothing());
}

TEST(UpdateWishes, GoesOnWhenTheCaseIsClosedAndWaitsForThePolice) {
  EXPECT_THAT(Decide(After({Reported(), Closed()}), WholeWishes()),
              Adds(CaseEvent::kWishesUpdated));
  EXPECT_THAT(Decide(After({Reported(), Suspected()}), WholeWishes()),
              Refuses(Reason::kPolicePending));
}

// The decisions that consider the wishes, on a case in which each is due.
TEST(Wishes, AreConsideredByEveryDecisionInTheirLatestVersion) {
  CaseState state = After({BreachReported(), ThresholdDecided(), Started()});
  state = Then(state, Decide(state, WholeWishes()), kTeacher);
  const CaseDecision threshold = Decide(state, WholeThresholdDecision());
  ASSERT_THAT(threshold, Adds(CaseEvent::kHarmThresholdDecided));
  EXPECT_EQ(std::get<0>(threshold)[0].harm_threshold_decided().wishes_considered().wishes_version(),
            2u);
  const CaseDecision finding = Decide(state, WholeFinding());
  ASSERT_THAT(finding, Adds(CaseEvent::kFindingRecorded));
  EXPECT_EQ(std::get<0>(finding)[0].finding_recorded().wishes_considered().wishes_version(), 2u);
  state = Then(state, finding, kHead);
  const CaseDecision discipline = Decide(state, WholeDisciplinaryDecision());
  ASSERT_THAT(discipline, Adds(CaseEvent::kDisciplinaryDecisionRecorded));
  EXPECT_EQ(std::get<0>(discipline)[0]
                .disciplinary_decision_recorded()
                .wishes_considered()
                .wishes_version(),
            2u);
  state = Then(state, discipline, kHead);
  const CaseDecision closing = Decide(state, WholeClosing());
  ASSERT_THAT(closing, Adds(CaseEvent::kCaseClosed));
  EXPECT_EQ(std::get<0>(closing)[0].case_closed().wishes_version(), 2u);
}

TEST(Wishes, AreDepartedFromWithReasonsAlone) {
  const CaseState state =
      After({BreachReported(), ThresholdDecided(), Started(), Found(events::FINDING_BREACH)});
  const auto decide = [&state](const Considered& considered) {
    DecideHarmThreshold threshold = WholeThresholdDecision();
    threshold.considered = considered;
    RecordFinding finding = WholeFinding(events::FINDING_NO_BREACH);
    finding.considered = considered;
    RecordDisciplinaryDecision discipline = WholeDisciplinaryDecision();
    discipline.considered = considered;
    return std::vector<CaseDecision>{Decide(state, threshold), Decide(state, finding),
                                     Decide(state, discipline)};
  };
  for (const CaseDecision& decision : decide({})) {
    EXPECT_THAT(decision, Refuses(Reason::kFieldMissing, "wishes_treatment"));
  }
  for (const CaseDecision& decision : decide({events::WISHES_TREATMENT_DEPARTED, " "})) {
    EXPECT_THAT(decision, Refuses(Reason::kWishesNeedReasons, "wishes_reasons"));
  }
  for (const CaseDecision& decision :
       decide({events::WISHES_TREATMENT_DEPARTED, "The law asks for more."})) {
    EXPECT_FALSE(std::holds_alternative<kernel::Rejected>(decision)) << Describe(decision);
  }
}

TEST(Wishes, NeverAskedForStandInTheWayOfDecisionsAndOfNoReferral) {
  CaseEvent reported = BreachReported();
  reported.mutable_incident_reported()->clear_wishes();
  const CaseState state = After({reported, Started(), Found(events::FINDING_BREACH)});
  EXPECT_THAT(Decide(state, WholeThresholdDecision()), Refuses(Reason::kWishesNotAsked));
  EXPECT_THAT(Decide(state, WholeFinding()), Refuses(Reason::kWishesNotAsked));
  EXPECT_THAT(Decide(state, WholeDisciplinaryDecision()), Refuses(Reason::kWishesNotAsked));
  EXPECT_THAT(Decide(state, WholeReferral()), Adds(CaseEvent::kCaseReferred));
}

}  // namespace
}  // namespace wardbook::casework
