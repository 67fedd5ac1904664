#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/closure.h"
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
  expected.mutable_case_closed()->set_wishes_version(1);
  expected.mutable_case_closed()->mutable_decided_under();
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
  Happen(state, ThresholdDecided(), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kFindingMissing));
  Happen(state, Started(), kHead);
  Happen(state, Found(events::FINDING_BREACH), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kDisciplinaryDecisionMissing));
  Happen(state, DisciplineDecided(events::DISCIPLINARY_DECISION_REFER), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Adds(CaseEvent::kCaseClosed));
}

TEST(CloseCase, OfUnsuitableMaterialTakesTheWordOfWhoForbadeItForAFinding) {
  CaseState state = After({MaterialReceivedBy(kHead), Barred(), AdviceAsked()});
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kAdviceFirst));
  Happen(state, AdviceGiven(events::MAY_PROCEED_NO), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kThresholdDecisionMissing));
  Happen(state, ThresholdDecided(), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Adds(CaseEvent::kCaseClosed));
  Happen(state, AdviceAsked(), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kAdviceFirst));
}

TEST(CloseCase, OfAnIndecentImageWaitsForThePoliceWhateverElseForbidsIt) {
  EXPECT_THAT(Decide(After({BreachReported(), AdviceAsked(), AdviceGiven(events::MAY_PROCEED_NO),
                            ThresholdDecided(), Barred(), Suspected(), PoliceCalled()}),
                     WholeClosing()),
              Refuses(Reason::kNoInvestigation));
}

TEST(CloseCase, OfAnAllegationNeedsTheThresholdDecisionOrTheCouncilsWord) {
  const CaseState concern =
      After({ReportedAboutEmployee(events::INCIDENT_KIND_SAFEGUARDING_CONCERN)});
  EXPECT_THAT(Decide(concern, WholeClosing()), Refuses(Reason::kThresholdDecisionMissing));
  CaseState decided = concern;
  Happen(decided, ThresholdDecided(events::HARM_THRESHOLD_CONDUCT_ONLY), kHead);
  EXPECT_THAT(Decide(decided, WholeClosing()), Adds(CaseEvent::kCaseClosed));
  CaseState referred = concern;
  Happen(referred, Referred(1), kHead);
  EXPECT_THAT(Decide(referred, WholeClosing()), Refuses(Reason::kOutcomePending));
  Happen(referred, OutcomeRecorded(1), kOfficer);
  EXPECT_THAT(Decide(referred, WholeClosing()), Adds(CaseEvent::kCaseClosed));
}

TEST(CloseCase, OfAnAllegationTakesNoReferralThatLeftItToTheSchool) {
  const CaseState concern =
      After({ReportedAboutEmployee(events::INCIDENT_KIND_SAFEGUARDING_CONCERN)});
  CaseState advised = Then(concern, Decide(concern, WholeReferral()), kHead);
  advised = Then(advised, Decide(advised, WholeReferralAdvice()), kOfficer);
  EXPECT_THAT(Decide(advised, WholeClosing()), Refuses(Reason::kThresholdDecisionMissing));
  CaseState withdrawn = Then(concern, Decide(concern, WholeReferral()), kHead);
  withdrawn = Then(withdrawn, Decide(withdrawn, WholeWithdrawal()), kHead);
  EXPECT_THAT(Decide(withdrawn, WholeClosing()), Refuses(Reason::kThresholdDecisionMissing));
  ReferCase child = WholeReferral();
  child.child_referral.emplace();
  CaseState of_child = Then(concern, Decide(concern, child), kHead);
  Happen(of_child, OutcomeRecorded(1), kOfficer);
  EXPECT_THAT(Decide(of_child, WholeClosing()), Refuses(Reason::kThresholdDecisionMissing));
}

TEST(CloseCase, OfAnAllegationNeedsTheFindingOfWhatTheSchoolInvestigates) {
  CaseState state = After({ReportedAboutEmployee(events::INCIDENT_KIND_SAFEGUARDING_CONCERN),
                           ThresholdDecided(), Started()});
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kFindingMissing));
  CaseState barred = state;
  Happen(barred, Barred(), kHead);
  EXPECT_THAT(Decide(barred, WholeClosing()), Adds(CaseEvent::kCaseClosed));
  Happen(state, Found(events::FINDING_NO_BREACH), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Adds(CaseEvent::kCaseClosed));
}

TEST(CloseCase, OfAnIndecentImageAndAnEmployeeIsNotUndecided) {
  CaseState state = After({ReportedAboutEmployee(events::INCIDENT_KIND_CYBER_BULLYING)});
  EXPECT_THAT(Decide(state, WholeClosing()), Adds(CaseEvent::kCaseClosed))
      << "what colleagues write of each other";
  Happen(state, Suspected(), kTeacher);
  Happen(state, PoliceCalled(), kHead);
  Happen(state, PoliceReleased(), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kThresholdDecisionMissing));
}

TEST(CloseCase, OfAConcernAboutAParentOrNobodyKnownAsksForNoDecision) {
  CaseEvent reported = ReportedAboutEmployee(events::INCIDENT_KIND_SAFEGUARDING_CONCERN);
  events::Party& subject = *reported.mutable_incident_reported()->mutable_parties(0);
  subject.set_category(events::PERSON_CATEGORY_PARENT);
  EXPECT_THAT(Decide(After({reported}), WholeClosing()), Adds(CaseEvent::kCaseClosed));
  subject.clear_category();
  EXPECT_THAT(Decide(After({reported}), WholeClosing()), Adds(CaseEvent::kCaseClosed));
  // Of that name the register has somebody.
  reported.mutable_incident_reported()->add_presumed_subject_ids(kColleague.person.Bytes());
  EXPECT_THAT(Decide(After({reported}), WholeClosing()),
              Refuses(Reason::kThresholdDecisionMissing));
}

TEST(CloseCase, NeedsTheReporterToHaveBeenAskedForTheirWishes) {
  CaseEvent reported = Reported();
  reported.mutable_incident_reported()->clear_wishes();
  CaseState state = After({reported});
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kWishesNotAsked));
  UpdateWishes asked = WholeWishes(kHead);
  asked.wishes = "";
  asked.wishes_not_given = true;
  state = Then(state, Decide(state, asked), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Adds(CaseEvent::kCaseClosed));
}

TEST(CloseCase, OfABreachNeedsThresholdFindingAndDisciplinaryDecision) {
  CaseState state = After({BreachReported()});
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kThresholdDecisionMissing));
  state = Then(state, Decide(state, WholeThresholdDecision()), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kFindingMissing));
  state = Then(state, Decide(state, WholeStart()), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kFindingMissing));
  state = Then(state, Decide(state, WholeFinding()), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kDisciplinaryDecisionMissing));
  state = Then(state,
               Decide(state, WholeDisciplinaryDecision(events::DISCIPLINARY_DECISION_DO_NOT_REFER)),
               kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Adds(CaseEvent::kCaseClosed));
}

TEST(CloseCase, OfABreachNeedsNoDisciplinaryDecisionWhereNoneWasFound) {
  for (const events::Finding finding :
       {events::FINDING_NO_BREACH, events::FINDING_NOT_DETERMINED}) {
    EXPECT_THAT(Decide(After({BreachReported(), ThresholdDecided(), Started(), Found(finding)}),
                       WholeClosing()),
                Adds(CaseEvent::kCaseClosed));
  }
}

TEST(CloseCase, OfABreachTakesABarInPlaceOfAFinding) {
  EXPECT_THAT(Decide(After({BreachReported(), ThresholdDecided(), Barred()}), WholeClosing()),
              Adds(CaseEvent::kCaseClosed));
  EXPECT_THAT(
      Decide(After({BreachReported(), ThresholdDecided(), Barred(), Started()}), WholeClosing()),
      Refuses(Reason::kFindingMissing));
}

TEST(CloseCase, OfABreachCannotBeHadByClassifyingItAway) {
  CaseState state = After({BreachReported(), ThresholdDecided()});
  state = Then(state, Decide(state, WholeBreach({})), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kFindingMissing));
}

TEST(CloseCase, OfClausesThatTheReporterNamedCannotBeHadByClassifyingThemAway) {
  CaseEvent reported = Reported();
  reported.mutable_incident_reported()->add_breached_clauses(
      events::BREACH_CLAUSE_P08_DAMAGING_POST);
  CaseState state = After({reported});
  const auto both =
      ::testing::ElementsAre(Reason::kThresholdDecisionMissing, Reason::kFindingMissing);
  EXPECT_THAT(RemainingSteps(state), both);
  state = Then(state, Decide(state, WholeClassification()), kHead);
  EXPECT_THAT(RemainingSteps(state), both);
}

TEST(CloseCase, FollowsTheClassificationWhereLeadershipAloneNamedClauses) {
  CaseState state = After({Reported(), Classified({events::BREACH_CLAUSE_P08_DAMAGING_POST})});
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kThresholdDecisionMissing));
  state = Then(state, Decide(state, WholeClassification()), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Adds(CaseEvent::kCaseClosed));
}

TEST(CloseCase, OfWhatMeetsTheThresholdNeedsAReferralOrAdviceThatTheSchoolMayProceed) {
  const CaseState met = After({Reported(), ThresholdDecided(events::HARM_THRESHOLD_MET)});
  EXPECT_THAT(Decide(met, WholeClosing()), Refuses(Reason::kReferralMissing));
  CaseState referred = met;
  Happen(referred, Referred(1), kHead);
  EXPECT_THAT(Decide(referred, WholeClosing()), Refuses(Reason::kOutcomePending));
  Happen(referred, OutcomeRecorded(1), kOfficer);
  EXPECT_THAT(Decide(referred, WholeClosing()), Adds(CaseEvent::kCaseClosed));
  ReferCase child = WholeReferral();
  child.child_referral.emplace();
  CaseState of_child = Then(met, Decide(met, child), kHead);
  Happen(of_child, OutcomeRecorded(1), kOfficer);
  EXPECT_THAT(Decide(of_child, WholeClosing()), Refuses(Reason::kReferralMissing));
  CaseState advised = met;
  Happen(advised, AdviceAsked(), kHead);
  Happen(advised, AdviceGiven(events::MAY_PROCEED_NO), kHead);
  EXPECT_THAT(Decide(advised, WholeClosing()), Refuses(Reason::kReferralMissing));
  Happen(advised, AdviceGiven(), kHead);
  EXPECT_THAT(Decide(advised, WholeClosing()), Adds(CaseEvent::kCaseClosed));
}

TEST(CloseCase, DoesNotTakeAdviceFromBeforeTheThresholdWasDecidedForAnAnswerToIt) {
  EXPECT_THAT(Decide(After({Reported(), AdviceAsked(), AdviceGiven(),
                            ThresholdDecided(events::HARM_THRESHOLD_MET)}),
                     WholeClosing()),
              Refuses(Reason::kReferralMissing));
}

TEST(CloseCase, NeedsADecisionAfterTheSuitabilityQuestion) {
  CaseState state = After({Reported(), ThresholdDecided()});
  EXPECT_THAT(Decide(state, WholeClosing()), Adds(CaseEvent::kCaseClosed));
  state = Then(state, Decide(state, WholeSuitabilityQuestion()), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kThresholdDecisionMissing));
}

TEST(CloseCase, OfADisclosureNeedsTheAssessmentOfItsData) {
  CaseState state = After({Reported(), ThresholdDecided(), Started()});
  state = Then(state, Decide(state, WholeBreach({events::BREACH_CLAUSE_P09_DISCLOSURE})), kHead);
  Happen(state, Found(events::FINDING_NO_BREACH), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kDataBreachNotAssessed));
  state = Then(state, Decide(state, WholeDataBreach()), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Adds(CaseEvent::kCaseClosed));
}

TEST(RemainingSteps, AreNoneForPlainCyberBullyingAndForAClosedCase) {
  EXPECT_THAT(RemainingSteps(After({Reported()})), ::testing::IsEmpty());
  EXPECT_THAT(RemainingSteps(After({BreachReported(), Closed()})), ::testing::IsEmpty());
}

TEST(RemainingSteps, AskForNoThresholdDecisionAboutPupils) {
  events::Party pupil = NamedParty(events::CAPACITY_SUBJECT, "Pupil One");
  pupil.set_category(events::PERSON_CATEGORY_PUPIL);
  CaseEvent reported = BreachReported();
  *reported.mutable_incident_reported()->add_parties() = pupil;
  EXPECT_THAT(RemainingSteps(After({reported})), ::testing::ElementsAre(Reason::kFindingMissing));
  *reported.mutable_incident_reported()->add_parties() =
      NamedParty(events::CAPACITY_SUBJECT, "Person Two");
  EXPECT_THAT(RemainingSteps(After({reported})),
              ::testing::ElementsAre(Reason::kThresholdDecisionMissing, Reason::kFindingMissing));
}

TEST(RemainingSteps, AskForAThresholdDecisionOnAnActOfOnesOwn) {
  EXPECT_THAT(RemainingSteps(
                  After({Reported(events::ROUTE_HEADTEACHER, events::INCIDENT_KIND_SELF_REPORT)})),
              ::testing::ElementsAre(Reason::kThresholdDecisionMissing));
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
