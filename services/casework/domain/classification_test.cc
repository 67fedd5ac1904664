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

TEST(ClassifyCase, RecordsTheFourPartsOfTheDefinitionAndUnderWhatItWasDecided) {
  ClassifyCase command = WholeClassification();
  command.by.decided_under.set_policy_version("policy");
  command.by.decided_under.set_rule_pack("rules");
  command.breached_clauses = {events::BREACH_CLAUSE_P08_DAMAGING_POST,
                              events::BREACH_CLAUSE_P07_REFERENCE_TO_SCHOOL,
                              events::BREACH_CLAUSE_P08_DAMAGING_POST};
  CaseEvent expected;
  events::CaseClassified& classified = *expected.mutable_case_classified();
  classified.set_cyber_bullying(events::CYBER_BULLYING_ANSWER_YES);
  classified.add_technologies(events::TECHNOLOGY_WEBSITE);
  classified.add_conduct(events::BULLYING_CONDUCT_HUMILIATE);
  classified.set_target("Person Two");
  classified.set_power_and_control("It sets the whole class against them.");
  classified.add_breached_clauses(events::BREACH_CLAUSE_P07_REFERENCE_TO_SCHOOL);
  classified.add_breached_clauses(events::BREACH_CLAUSE_P08_DAMAGING_POST);
  classified.set_reasons("All four parts of the definition are there.");
  classified.set_wishes_version(1);
  classified.mutable_decided_under()->set_policy_version("policy");
  classified.mutable_decided_under()->set_rule_pack("rules");
  EXPECT_THAT(Decide(After({Reported()}), command), AddsEvent(expected));
}

TEST(ClassifyCase, AsCyberBullyingNeedsEachPartOfTheDefinition) {
  const CaseState state = After({Reported()});
  ClassifyCase command = WholeClassification();
  command.technologies.clear();
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "technologies"));
  command = WholeClassification();
  command.conduct.clear();
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "conduct"));
  command = WholeClassification();
  command.target = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "target"));
  command = WholeClassification();
  command.power_and_control = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "power_and_control"));
  EXPECT_THAT(Decide(state, WholeBreach({})), Adds(CaseEvent::kCaseClassified));
}

TEST(ClassifyCase, NeedsAnAnswerReasonsAndClausesThatThereAre) {
  const CaseState state = After({Reported()});
  ClassifyCase command = WholeClassification();
  command.cyber_bullying = events::CYBER_BULLYING_ANSWER_UNSPECIFIED;
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "cyber_bullying"));
  command = WholeClassification();
  command.reasons = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "reasons"));
  EXPECT_THAT(Decide(state, WholeBreach({static_cast<events::BreachClause>(5)})),
              Refuses(Reason::kFieldInvalid, "breached_clauses"));
}

TEST(ClassifyCase, ReplacesAnEarlierClassificationAndAddsTheSameOnce) {
  CaseState state = After({Reported()});
  state = Then(state, Decide(state, WholeClassification()), kHead);
  EXPECT_THAT(Decide(state, WholeClassification()), AddsNothing());
  const CaseDecision again = Decide(state, WholeBreach({events::BREACH_CLAUSE_P10_IMAGES}));
  EXPECT_THAT(again, Adds(CaseEvent::kCaseClassified));
}

TEST(ClassifyCase, AddsTheSameOnceAlsoUnderAnotherPolicy) {
  CaseState state = After({Reported()});
  state = Then(state, Decide(state, WholeClassification()), kHead);
  ClassifyCase later = WholeClassification();
  later.by.decided_under.set_policy_version("a later one");
  EXPECT_THAT(Decide(state, later), AddsNothing());
}

TEST(ClassifyCase, IsTheHandlersAndOfAnOpenCase) {
  EXPECT_THAT(Decide(After({Reported()}), WholeClassification(kTeacher)),
              Refuses(Reason::kRoleRequired));
  EXPECT_THAT(Decide(After({ReportedToLineManager()}), WholeClassification(kLineManager)),
              Refuses(Reason::kRoleRequired));
  EXPECT_THAT(Decide(After({Reported(), Closed()}), WholeClassification()),
              Refuses(Reason::kCaseClosed));
  EXPECT_THAT(Decide(After({Reported(), Suspected()}), WholeClassification()),
              Refuses(Reason::kPolicePending));
}

TEST(ClassifyCase, WaitsForThePoliceAndForAdviceBecauseItEvaluates) {
  CaseState image = After({Reported(), Suspected(), PoliceCalled()});
  EXPECT_THAT(Decide(image, WholeClassification()), Refuses(Reason::kNoInvestigation));
  Happen(image, PoliceReleased(), kHead);
  EXPECT_THAT(Decide(image, WholeClassification()), Adds(CaseEvent::kCaseClassified));
  CaseState unsuitable =
      After({Reported(events::ROUTE_HEADTEACHER, events::INCIDENT_KIND_UNSUITABLE_MATERIAL)});
  EXPECT_THAT(Decide(unsuitable, WholeClassification()), Refuses(Reason::kAdviceFirst));
  Happen(unsuitable, AdviceAsked(), kHead);
  Happen(unsuitable, AdviceGiven(events::MAY_PROCEED_LIMITED), kHead);
  EXPECT_THAT(Decide(unsuitable, WholeClassification()), Adds(CaseEvent::kCaseClassified));
}

TEST(AssessDataBreach, KeepsACommissionersReferenceOnlyWhereItIsReportable) {
  AssessDataBreach command = WholeDataBreach();
  EXPECT_THAT(Decide(After({Reported()}), command), Adds(CaseEvent::kDataBreachAssessed));
  command.commissioner_reference = "IC-1";
  EXPECT_THAT(Decide(After({Reported()}), command),
              Refuses(Reason::kFieldInvalid, "commissioner_reference"));
  command.assessment = events::DATA_BREACH_ASSESSMENT_REPORTABLE;
  EXPECT_THAT(Decide(After({Reported()}), command), Adds(CaseEvent::kDataBreachAssessed));
}

TEST(AssessDataBreach, IsTheHandlersNeedsReasonsAndGoesOnAfterClosing) {
  AssessDataBreach command = WholeDataBreach();
  command.reasons = "";
  EXPECT_THAT(Decide(After({Reported()}), command), Refuses(Reason::kFieldMissing, "reasons"));
  EXPECT_THAT(Decide(After({Reported()}), WholeDataBreach(kTeacher)),
              Refuses(Reason::kRoleRequired));
  CaseState state = After({Reported(), Closed()});
  state = Then(state, Decide(state, WholeDataBreach()), kHead);
  EXPECT_THAT(Decide(state, WholeDataBreach()), AddsNothing());
}

}  // namespace
}  // namespace wardbook::casework
