#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_testing.h"
#include "services/casework/domain/decide.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using ::testing::Eq;
using CaseEvent = events::CaseEvent;

const events::Party kTargetColleague = PartyOf(events::CAPACITY_TARGET, kColleague.person);
const events::Party kTargetTeacher = PartyOf(events::CAPACITY_TARGET, kTeacher.person);

TEST(RecordPoliceDecision, RecordsTheDecisionAndHowItWasConveyed) {
  CaseEvent expected;
  events::PoliceDecisionRecorded& recorded = *expected.mutable_police_decision_recorded();
  recorded.set_choice(events::POLICE_CHOICE_NOT_YET);
  recorded.set_conveyed_how("In a talk on Tuesday.");
  recorded.set_statement("Not now.");
  EXPECT_THAT(Decide(After({ReportedWith(kTargetColleague)}), WholePoliceDecision()),
              AddsEvent(expected));
}

TEST(RecordPoliceDecision, NeedsHowItWasConveyedFromAllButTheTarget) {
  RecordPoliceDecision command = WholePoliceDecision(kTeacher);
  command.conveyed_how = "";
  EXPECT_THAT(Decide(After({ReportedWith(kTargetTeacher)}), command),
              Adds(CaseEvent::kPoliceDecisionRecorded));
  EXPECT_THAT(Decide(After({ReportedWith(kTargetColleague)}), command),
              Refuses(Reason::kFieldMissing, "conveyed_how"));
}

TEST(RecordPoliceDecision, NeedsAChoice) {
  const CaseState state = After({Reported()});
  RecordPoliceDecision command = WholePoliceDecision();
  command.choice = events::POLICE_CHOICE_UNSPECIFIED;
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "choice"));
  command.choice = static_cast<events::PoliceChoice>(99);
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldInvalid, "choice"));
}

TEST(RecordPoliceDecision, MayChangeAlsoWhenTheCaseIsClosed) {
  CaseState state = After({Reported(), Closed()});
  state = Then(state, Decide(state, WholePoliceDecision()), kHead);
  RecordPoliceDecision changed = WholePoliceDecision();
  changed.choice = events::POLICE_CHOICE_REPORT;
  EXPECT_THAT(Decide(state, changed), Adds(CaseEvent::kPoliceDecisionRecorded));
}

TEST(RecordPoliceDecision, IsNotTheOfficersAndNotOfATargetWhoDoesNotSeeTheCase) {
  const CaseState state = After({ReportedWith(kTargetColleague), Referred()});
  EXPECT_THAT(Decide(state, WholePoliceDecision(kOfficer)), Refuses(Reason::kRoleRequired));
  EXPECT_THAT(Decide(state, WholePoliceDecision(kColleague)), Refuses(Reason::kNoSuchCase));
}

}  // namespace
}  // namespace wardbook::casework
