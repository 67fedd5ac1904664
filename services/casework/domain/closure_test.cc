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

TEST(CloseCase, RecordsTheConclusion) {
  CaseEvent expected;
  expected.mutable_case_closed()->set_conclusion("The page is gone.");
  expected.mutable_case_closed()->set_wishes_followed(true);
  EXPECT_THAT(Decide(After({Reported()}), WholeClosing()), AddsEvent(expected));
}

TEST(CloseCase, NeedsAConclusion) {
  CloseCase command = WholeClosing();
  command.conclusion = "";
  EXPECT_THAT(Decide(After({Reported()}), command), Refuses(Reason::kFieldMissing, "conclusion"));
}

TEST(CloseCase, NeedsReasonsWhereTheWishesWereNotFollowed) {
  CloseCase command = WholeClosing();
  command.wishes_followed = false;
  EXPECT_THAT(Decide(After({Reported()}), command), Refuses(Reason::kWishesNeedReasons, "reasons"));
  command.reasons = "The law asks for more.";
  EXPECT_THAT(Decide(After({Reported()}), command), Adds(CaseEvent::kCaseClosed));
}

TEST(CloseCase, WaitsForEveryQuestionToBeAnswered) {
  EXPECT_THAT(Decide(After({Reported(), AdviceAsked()}), WholeClosing()),
              Refuses(Reason::kAdviceFirst));
  EXPECT_THAT(Decide(After({Reported(), AdviceAsked(), AdviceGiven()}), WholeClosing()),
              Adds(CaseEvent::kCaseClosed));
  EXPECT_THAT(
      Decide(After({Reported(), AdviceAsked(), AdviceGiven(), AdviceAsked()}), WholeClosing()),
      Refuses(Reason::kAdviceFirst));
}

TEST(CloseCase, WaitsOnUnsuitableMaterialUntilTheSchoolMayProceed) {
  CaseState state =
      After({Reported(events::ROUTE_HEADTEACHER, events::INCIDENT_KIND_UNSUITABLE_MATERIAL)});
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kAdviceFirst));
  Happen(state, AdviceAsked(), kHead);
  Happen(state, AdviceGiven(events::MAY_PROCEED_NO), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kAdviceFirst));
  Happen(state, AdviceGiven(events::MAY_PROCEED_LIMITED), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Adds(CaseEvent::kCaseClosed));
}

TEST(CloseCase, WaitsForTheOutcomeOfEveryReferral) {
  EXPECT_THAT(
      Decide(After({Reported(), Referred(1), Referred(2), OutcomeRecorded(2)}), WholeClosing()),
      Refuses(Reason::kOutcomePending));
  EXPECT_THAT(Decide(After({Reported(), Referred(1), OutcomeRecorded(1)}), WholeClosing()),
              Adds(CaseEvent::kCaseClosed));
}

TEST(CloseCase, IsRefusedTheSecondTime) {
  CaseState state = After({Reported()});
  state = Then(state, Decide(state, WholeClosing()), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kCaseClosed));
}

TEST(ReopenCase, OpensAClosedCaseOnce) {
  CaseState state = After({Reported(), Closed()});
  CaseEvent expected;
  expected.mutable_case_reopened()->set_reasons("The page is back.");
  EXPECT_THAT(Decide(state, WholeReopening()), AddsEvent(expected));
  state = Then(state, Decide(state, WholeReopening()), kHead);
  EXPECT_THAT(Decide(state, WholeReopening()), Refuses(Reason::kCaseNotClosed));
}

TEST(ReopenCase, NeedsReasons) {
  ReopenCase command = WholeReopening();
  command.reasons = "";
  EXPECT_THAT(Decide(After({Reported(), Closed()}), command),
              Refuses(Reason::kFieldMissing, "reasons"));
}

TEST(Closure, IsTheHandlers) {
  const CaseState state = After({Reported(), Referred(1)});
  for (const kernel::Actor& actor : {kTeacher, kOfficer}) {
    EXPECT_THAT(Decide(state, WholeClosing(actor)), Refuses(Reason::kRoleRequired));
    EXPECT_THAT(Decide(state, WholeReopening(actor)), Refuses(Reason::kRoleRequired));
  }
  EXPECT_THAT(Decide(state, WholeClosing(kColleague)), Refuses(Reason::kNoSuchCase));
}

}  // namespace
}  // namespace wardbook::casework
