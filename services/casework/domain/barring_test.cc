#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/decide.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using CaseEvent = events::CaseEvent;

TEST(RecordBarringOutcome, RecordsItOnceAlsoOnAClosedCase) {
  CaseState state = After({BreachReported(), Closed()});
  CaseEvent expected;
  events::BarringOutcomeRecorded& recorded = *expected.mutable_barring_outcome_recorded();
  recorded.set_outcome(events::BARRING_OUTCOME_BARRED);
  recorded.set_person_name("Person Two");
  *recorded.mutable_decided_at() = ThisMorning();
  recorded.set_reference("DBS-1");
  EXPECT_THAT(Decide(state, WholeBarringOutcome()), AddsEvent(expected));
  state = Then(state, Decide(state, WholeBarringOutcome()), kHead);
  EXPECT_THAT(Decide(state, WholeBarringOutcome()), AddsNothing());
  RecordBarringOutcome other = WholeBarringOutcome();
  other.outcome = events::BARRING_OUTCOME_NOT_BARRED;
  EXPECT_THAT(Decide(state, other), Adds(CaseEvent::kBarringOutcomeRecorded));
}

TEST(RecordBarringOutcome, SaysWhatWhomAndWhen) {
  const CaseState state = After({BreachReported()});
  RecordBarringOutcome command = WholeBarringOutcome();
  command.outcome = events::BARRING_OUTCOME_UNSPECIFIED;
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "outcome", "P36"));
  command = WholeBarringOutcome();
  command.person_name = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "person_name", "P36"));
  command = WholeBarringOutcome();
  command.decided_at.set_date("2025-05-15");
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFutureTime, "decided_at.date", "P36"));
}

TEST(RecordBarringOutcome, IsForThoseWhoHandleTheCaseAndWaitsForThePolice) {
  EXPECT_THAT(Decide(After({BreachReported()}), WholeBarringOutcome(kTeacher)),
              Refuses(Reason::kRoleRequired));
  EXPECT_THAT(Decide(After({BreachReported(), Suspected()}), WholeBarringOutcome()),
              Refuses(Reason::kPolicePending));
}

}  // namespace
}  // namespace wardbook::casework
