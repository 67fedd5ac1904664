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

TEST(RecordDisciplinaryDecision, FollowsAFindingOfABreach) {
  EXPECT_THAT(Decide(After({BreachReported(), Started()}), WholeDisciplinaryDecision()),
              Refuses(Reason::kNoBreachFound));
  EXPECT_THAT(Decide(After({BreachReported(), Started(), Found(events::FINDING_NO_BREACH)}),
                     WholeDisciplinaryDecision()),
              Refuses(Reason::kNoBreachFound));
  CaseState state = After({BreachReported(), Started(), Found(events::FINDING_BREACH)});
  state = Then(state, Decide(state, WholeDisciplinaryDecision()), kHead);
  EXPECT_THAT(Decide(state, WholeDisciplinaryDecision()), AddsNothing());
  EXPECT_THAT(Decide(state, WholeDisciplinaryDecision(events::DISCIPLINARY_DECISION_DO_NOT_REFER)),
              Adds(CaseEvent::kDisciplinaryDecisionRecorded));
}

TEST(RecordDisciplinaryDecision, NeedsReasonsEitherWay) {
  const CaseState state = After({BreachReported(), Started(), Found(events::FINDING_BREACH)});
  for (const events::DisciplinaryDecision decision :
       {events::DISCIPLINARY_DECISION_REFER, events::DISCIPLINARY_DECISION_DO_NOT_REFER}) {
    RecordDisciplinaryDecision command = WholeDisciplinaryDecision(decision);
    command.reasons = "";
    EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "reasons"));
  }
}

TEST(RecordDisciplinaryDecision, IsTheHandlers) {
  const CaseState state = After({BreachReported(), Started(), Found(events::FINDING_BREACH)});
  EXPECT_THAT(
      Decide(state, WholeDisciplinaryDecision(events::DISCIPLINARY_DECISION_REFER, kTeacher)),
      Refuses(Reason::kRoleRequired));
}

TEST(RecordDisciplinaryReference, TakesShortLinesAlone) {
  CaseState state = After({BreachReported(), Started(), Found(events::FINDING_BREACH),
                           DisciplineDecided(events::DISCIPLINARY_DECISION_REFER)});
  RecordDisciplinaryReference command = WholeDisciplinaryReference();
  command.stage = std::string(kDisciplinaryCharactersMax + 1, 'x');
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kReferenceOnly, "stage"));
  command.stage = "Hearing\nShe said";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kReferenceOnly, "stage"));
  command.stage = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "stage"));
  state = Then(state, Decide(state, WholeDisciplinaryReference()), kHead);
  EXPECT_THAT(Decide(state, WholeDisciplinaryReference()), AddsNothing());
  command.stage = "Appeal";
  EXPECT_THAT(Decide(state, command), Adds(CaseEvent::kDisciplinaryReferenceRecorded));
}

TEST(RecordDisciplinaryReference, FollowsADecisionToReferAndGoesOnAfterClosing) {
  EXPECT_THAT(Decide(After({BreachReported(), Started(), Found(events::FINDING_BREACH),
                            DisciplineDecided(events::DISCIPLINARY_DECISION_DO_NOT_REFER)}),
                     WholeDisciplinaryReference()),
              Refuses(Reason::kNotReferredToDiscipline));
  EXPECT_THAT(Decide(After({BreachReported(), Started(), Found(events::FINDING_BREACH)}),
                     WholeDisciplinaryReference()),
              Refuses(Reason::kDisciplinaryDecisionMissing));
  EXPECT_THAT(Decide(After({BreachReported(), Started(), Found(events::FINDING_NO_BREACH)}),
                     WholeDisciplinaryReference()),
              Refuses(Reason::kNoBreachFound));
  EXPECT_THAT(Decide(After({BreachReported(), Started()}), WholeDisciplinaryReference()),
              Refuses(Reason::kNoBreachFound));
  EXPECT_THAT(Decide(After({BreachReported(), Started(), Found(events::FINDING_BREACH),
                            DisciplineDecided(events::DISCIPLINARY_DECISION_REFER), Closed()}),
                     WholeDisciplinaryReference()),
              Adds(CaseEvent::kDisciplinaryReferenceRecorded));
}

}  // namespace
}  // namespace wardbook::casework
