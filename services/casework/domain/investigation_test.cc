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

TEST(StartInvestigation, NamesTheInvestigatorAndUnderWhatItWasDecided) {
  StartInvestigation command = WholeStart();
  command.by.decided_under.set_rule_pack("rules");
  CaseEvent expected;
  events::InvestigationStarted& started = *expected.mutable_investigation_started();
  started.set_investigator_id(kHead.person.Bytes());
  started.set_investigator_name("Person Four");
  started.set_scope("Who wrote the post, and why.");
  started.set_wishes_version(1);
  started.mutable_decided_under()->set_rule_pack("rules");
  EXPECT_THAT(Decide(After({BreachReported()}), command), AddsEvent(expected));
}

TEST(StartInvestigation, IsNotBySubjectTargetOrWitness) {
  CaseEvent reported = BreachReported();
  *reported.mutable_incident_reported()->add_parties() =
      PartyOf(events::CAPACITY_WITNESS, kDeputy.person);
  *reported.mutable_incident_reported()->add_parties() =
      PartyOf(events::CAPACITY_TARGET, kLead.person);
  *reported.mutable_incident_reported()->add_parties() =
      PartyOf(events::CAPACITY_SUBJECT, kColleague.person);
  const CaseState state = After({reported});
  for (const kernel::Actor& involved : {kDeputy, kLead, kColleague}) {
    StartInvestigation command = WholeStart();
    command.investigator = involved;
    EXPECT_THAT(Decide(state, command), Refuses(Reason::kInvestigatorInvolved));
  }
  EXPECT_THAT(Decide(state, WholeStart()), Adds(CaseEvent::kInvestigationStarted));
}

TEST(StartInvestigation, IsByWhoTookTheReportDown) {
  CaseState state;
  Happen(state, BreachReported(), kLead);
  StartInvestigation command = WholeStart();
  command.investigator = kLead;
  EXPECT_THAT(Decide(state, command), Adds(CaseEvent::kInvestigationStarted));
}

TEST(StartInvestigation, IsAnewByAnotherWhereTheInvestigatorHasAConflict) {
  StartInvestigation command = WholeStart();
  command.investigator = kDeputy;
  CaseState state = After({BreachReported()});
  state = Then(state, Decide(state, command), kHead);
  EXPECT_THAT(Decide(state, WholeStart()), Refuses(Reason::kInvestigationStarted));
  Happen(state, ConflictOf(kDeputy), kDeputy);
  const CaseDecision anew = Decide(state, WholeStart());
  ASSERT_THAT(anew, Adds(CaseEvent::kInvestigationStarted));
  EXPECT_THAT(Decide(Then(state, anew, kHead), WholeStart()), AddsNothing());
}

TEST(StartInvestigation, WaitsForTheGates) {
  CaseState unsuitable =
      After({Reported(events::ROUTE_HEADTEACHER, events::INCIDENT_KIND_UNSUITABLE_MATERIAL)});
  EXPECT_THAT(Decide(unsuitable, WholeStart()), Refuses(Reason::kAdviceFirst));
  Happen(unsuitable, AdviceAsked(), kHead);
  EXPECT_THAT(Decide(unsuitable, WholeStart()), Refuses(Reason::kAdviceFirst));
  Happen(unsuitable, AdviceGiven(events::MAY_PROCEED_NO), kHead);
  EXPECT_THAT(Decide(unsuitable, WholeStart()), Refuses(Reason::kAdviceFirst));
  Happen(unsuitable, AdviceGiven(), kHead);
  EXPECT_THAT(Decide(unsuitable, WholeStart()), Adds(CaseEvent::kInvestigationStarted));
  CaseState suspected = After({BreachReported(), Suspected()});
  EXPECT_THAT(Decide(suspected, WholeStart()), Refuses(Reason::kPolicePending));
  Happen(suspected, PoliceCalled(), kHead);
  EXPECT_THAT(Decide(suspected, WholeStart()), Refuses(Reason::kNoInvestigation));
  Happen(suspected, PoliceReleased(), kHead);
  EXPECT_THAT(Decide(suspected, WholeStart()), Adds(CaseEvent::kInvestigationStarted));
}

TEST(StartInvestigation, OfContactWithChildrenComesAfterTheThresholdDecision) {
  CaseEvent reported = BreachReported();
  reported.mutable_incident_reported()->add_breached_clauses(
      events::BREACH_CLAUSE_P06_CONTACT_WITH_CHILDREN);
  CaseState state = After({reported});
  EXPECT_THAT(Decide(state, WholeStart()), Refuses(Reason::kThresholdFirst));
  Happen(state, ThresholdDecided(), kHead);
  EXPECT_THAT(Decide(state, WholeStart()), Adds(CaseEvent::kInvestigationStarted));
}

TEST(Investigation, OfContactWithChildrenComesAfterTheThresholdDecisionWhateverIsClassifiedSince) {
  const CaseState reported =
      After({BreachReportedOf(events::BREACH_CLAUSE_P06_CONTACT_WITH_CHILDREN), Classified({})});
  EXPECT_THAT(Decide(reported, WholeStart()), Refuses(Reason::kThresholdFirst));
  CaseState state =
      After({Reported(), Started(), Classified({events::BREACH_CLAUSE_P06_CONTACT_WITH_CHILDREN}),
             Classified({})});
  EXPECT_THAT(Decide(state, WholeStep()), Refuses(Reason::kThresholdFirst));
  EXPECT_THAT(Decide(state, WholeFinding()), Refuses(Reason::kThresholdFirst));
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kThresholdDecisionMissing));
  Happen(state, ThresholdDecided(), kHead);
  EXPECT_THAT(Decide(state, WholeStep()), Adds(CaseEvent::kInvestigationStepRecorded));
  EXPECT_THAT(Decide(state, WholeFinding()), Adds(CaseEvent::kFindingRecorded));
}

TEST(Investigation, IsNotByWhoMayBeATargetOrWitnessGivenByNameAlone) {
  for (const events::Capacity capacity : {events::CAPACITY_TARGET, events::CAPACITY_WITNESS}) {
    CaseEvent reported = BreachReported();
    *reported.mutable_incident_reported()->add_parties() = NamedParty(capacity, "Mr Person Four");
    const CaseState state = After({reported, Started()});
    StartInvestigation start = WholeStart();
    EXPECT_THAT(Decide(After({reported}), start), Refuses(Reason::kInvestigatorInvolved));
    RecordInvestigationStep step = WholeStep();
    step.by.name = "Person Four";
    EXPECT_THAT(Decide(state, step), Refuses(Reason::kInvestigatorInvolved));
    RecordFinding finding = WholeFinding();
    finding.by.name = "Person Four";
    EXPECT_THAT(Decide(state, finding), Refuses(Reason::kInvestigatorInvolved));
    finding.by.name = "Person Five";
    EXPECT_THAT(Decide(state, finding), Adds(CaseEvent::kFindingRecorded));
  }
}

TEST(StartInvestigation, IsTakenOverWithAReason) {
  StartInvestigation command = WholeStart();
  command.investigator = kDeputy;
  CaseState state = After({BreachReported()});
  state = Then(state, Decide(state, command), kHead);
  command.replaces_why = "Another start by the same person.";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kInvestigationStarted));
  StartInvestigation taken_over = WholeStart();
  taken_over.replaces_why = "Person Three has left the school.";
  const CaseDecision decision = Decide(state, taken_over);
  ASSERT_THAT(decision, Adds(CaseEvent::kInvestigationStarted));
  EXPECT_EQ(std::get<0>(decision)[0].investigation_started().replaces_why(),
            "Person Three has left the school.");
  EXPECT_THAT(Decide(Then(state, decision, kHead), taken_over), AddsNothing());
}

TEST(Investigation, IsByWhoHasTheNameOfAPupil) {
  CaseEvent reported = BreachReported();
  events::Party pupil = NamedParty(events::CAPACITY_WITNESS, "Person Four");
  pupil.set_category(events::PERSON_CATEGORY_PUPIL);
  *reported.mutable_incident_reported()->add_parties() = pupil;
  EXPECT_THAT(Decide(After({reported}), WholeStart()), Adds(CaseEvent::kInvestigationStarted));
}

TEST(RecordInvestigationStep, IsNotByWhoIsPartOfIt) {
  const CaseState state =
      After({ReportedWith(PartyOf(events::CAPACITY_WITNESS, kDeputy.person)), Started()});
  EXPECT_THAT(Decide(state, WholeStep(kDeputy)), Refuses(Reason::kInvestigatorInvolved));
  EXPECT_THAT(Decide(state, WholeStep(kLead)), Adds(CaseEvent::kInvestigationStepRecorded));
}

TEST(StartInvestigation, IsStartedOnceAndAnewWhenABarIsLifted) {
  CaseState state = After({BreachReported()});
  state = Then(state, Decide(state, WholeStart()), kHead);
  EXPECT_THAT(Decide(state, WholeStart()), AddsNothing());
  StartInvestigation other = WholeStart();
  other.scope = "Something else.";
  EXPECT_THAT(Decide(state, other), Refuses(Reason::kInvestigationStarted));
  state = Then(state, Decide(state, WholeBar()), kHead);
  EXPECT_THAT(Decide(state, WholeStart()), Refuses(Reason::kInvestigationBarred, "bar_lifted_how"));
  StartInvestigation lifted = WholeStart();
  lifted.bar_lifted_how = "DC 5678 rang on Friday.";
  EXPECT_THAT(Decide(state, lifted), Adds(CaseEvent::kInvestigationStarted));
}

TEST(RecordInvestigationStep, NeedsAnInvestigationUnderWay) {
  EXPECT_THAT(Decide(After({BreachReported()}), WholeStep()),
              Refuses(Reason::kInvestigationNotStarted));
  EXPECT_THAT(Decide(After({BreachReported(), Started()}), WholeStep()),
              Adds(CaseEvent::kInvestigationStepRecorded));
  EXPECT_THAT(Decide(After({BreachReported(), Started(), Barred()}), WholeStep()),
              Refuses(Reason::kInvestigationBarred));
  EXPECT_THAT(Decide(After({BreachReported(), Started(), Closed()}), WholeStep()),
              Refuses(Reason::kCaseClosed));
  EXPECT_THAT(
      Decide(After({BreachReported(), Started(), Suspected(), PoliceCalled()}), WholeStep()),
      Refuses(Reason::kNoInvestigation));
}

TEST(RecordInvestigationStep, SaysWhatWasDoneAndWhen) {
  const CaseState state = After({BreachReported(), Started()});
  RecordInvestigationStep command = WholeStep();
  command.kind = events::INVESTIGATION_STEP_KIND_UNSPECIFIED;
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "kind"));
  command = WholeStep();
  command.what = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "what"));
  command = WholeStep();
  command.done_at.set_date("2025-05-15");
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFutureTime, "done_at.date"));
}

TEST(RecordFinding, NeedsAStartedInvestigation) {
  EXPECT_THAT(Decide(After({BreachReported()}), WholeFinding()),
              Refuses(Reason::kInvestigationNotStarted));
  EXPECT_THAT(Decide(After({BreachReported(), Started()}), WholeFinding()),
              Adds(CaseEvent::kFindingRecorded));
  EXPECT_THAT(Decide(After({BreachReported(), Started(), Barred()}), WholeFinding()),
              Refuses(Reason::kInvestigationBarred));
}

TEST(RecordFinding, IsNotByWhoIsPartOfIt) {
  CaseEvent reported = BreachReported();
  *reported.mutable_incident_reported()->add_parties() =
      PartyOf(events::CAPACITY_WITNESS, kDeputy.person);
  CaseState state;
  Happen(state, reported, kLead);
  Happen(state, Started(), kHead);
  EXPECT_THAT(Decide(state, WholeFinding(events::FINDING_BREACH, kDeputy)),
              Refuses(Reason::kInvestigatorInvolved));
  for (const kernel::Actor& by : {kLead, kHead}) {
    EXPECT_THAT(Decide(state, WholeFinding(events::FINDING_BREACH, by)),
                Adds(CaseEvent::kFindingRecorded));
  }
}

TEST(RecordFinding, BySomebodyWhoReportedTheirOwnActIsRefused) {
  CaseState state;
  Happen(state, Reported(events::ROUTE_HEADTEACHER, events::INCIDENT_KIND_SELF_REPORT), kDeputy);
  Happen(state, Started(), kHead);
  EXPECT_THAT(Decide(state, WholeFinding(events::FINDING_NO_BREACH, kDeputy)),
              Refuses(Reason::kSubject));
}

TEST(RecordFinding, OfAnAllegationNamesItsOutcome) {
  const CaseState state =
      After({BreachReported(), ThresholdDecided(events::HARM_THRESHOLD_MET), Started()});
  RecordFinding command = WholeFinding();
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "allegation_outcome"));
  command.allegation_outcome = events::ALLEGATION_OUTCOME_SUBSTANTIATED;
  EXPECT_THAT(Decide(state, command), Adds(CaseEvent::kFindingRecorded));
  command.allegation_outcome = static_cast<events::AllegationOutcome>(9);
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldInvalid, "allegation_outcome"));
}

TEST(RecordFinding, ReplacesAnEarlierOneByAddingToIt) {
  CaseState state = After({BreachReported(), Started()});
  state = Then(state, Decide(state, WholeFinding()), kHead);
  EXPECT_THAT(Decide(state, WholeFinding()), AddsNothing());
  const CaseDecision later = Decide(state, WholeFinding(events::FINDING_NOT_DETERMINED));
  ASSERT_THAT(later, Adds(CaseEvent::kFindingRecorded));
  EXPECT_EQ(std::get<0>(later)[0].finding_recorded().replaces_revision(), 3u);
}

TEST(RecordFinding, OpensTheDisciplinaryDecisionAnew) {
  CaseState state = After({BreachReported(), Started(), Found(events::FINDING_BREACH),
                           DisciplineDecided(events::DISCIPLINARY_DECISION_REFER)});
  Happen(state, Found(events::FINDING_BREACH), kHead);
  EXPECT_FALSE(state.decided.disciplinary_decision.has_value());
}

TEST(BarInvestigation, NamesWhoForbidsItAndIsAlsoTheOfficersToRecord) {
  const CaseState state = After({BreachReported(), Referred(1)});
  EXPECT_THAT(Decide(state, WholeBar(kOfficer)), Adds(CaseEvent::kInvestigationBarred));
  EXPECT_THAT(Decide(state, WholeBar(kTeacher)), Refuses(Reason::kRoleRequired));
  BarInvestigation command = WholeBar();
  command.reference = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "reference"));
  command = WholeBar();
  command.officer = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "officer"));
}

TEST(BarInvestigation, IsRecordedOnce) {
  CaseState state = After({BreachReported()});
  state = Then(state, Decide(state, WholeBar()), kHead);
  EXPECT_THAT(Decide(state, WholeBar()), AddsNothing());
}

TEST(Investigation, IsTheHandlers) {
  const CaseState state = After({BreachReported(), Started(), Referred(1)});
  for (const kernel::Actor& actor : {kTeacher, kOfficer}) {
    StartInvestigation start = WholeStart(actor);
    start.investigator = kHead;
    EXPECT_THAT(Decide(state, start), Refuses(Reason::kRoleRequired));
    EXPECT_THAT(Decide(state, WholeStep(actor)), Refuses(Reason::kRoleRequired));
    EXPECT_THAT(Decide(state, WholeFinding(events::FINDING_BREACH, actor)),
                Refuses(Reason::kRoleRequired));
  }
  EXPECT_THAT(Decide(state, WholeFinding(events::FINDING_BREACH, kColleague)),
              Refuses(Reason::kNoSuchCase));
}

}  // namespace
}  // namespace wardbook::casework
