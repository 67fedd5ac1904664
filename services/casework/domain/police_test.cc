#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/decide.h"
#include "services/casework/domain/web_address.h"

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
  recorded.set_chooser_id(kColleague.person.Bytes());
  *recorded.mutable_decided_at() = ThisMorning();
  RecordPoliceDecision command = WholePoliceDecision();
  command.decided_at = ThisMorning();
  EXPECT_THAT(Decide(After({ReportedWith(kTargetColleague)}), command), AddsEvent(expected));
  command.decided_at->set_date("2025-05-15");
  EXPECT_THAT(Decide(After({ReportedWith(kTargetColleague)}), command),
              Refuses(Reason::kFutureTime, "decided_at.date"));
}

CaseEvent TwoAreBullied() {
  CaseEvent reported = ReportedWith(NamedParty(events::CAPACITY_TARGET, "Mrs Robin Larkspur"));
  *reported.mutable_incident_reported()->add_parties() = kTargetColleague;
  return reported;
}

TEST(RecordPoliceDecision, OfOneOfSeveralSaysWhose) {
  const CaseState state = After({TwoAreBullied()});
  RecordPoliceDecision command = WholePoliceDecision();
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "target", "P47"));
  command.target = "Kit Byrne";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kNotATarget, "target"));
  command.target = "robin larkspur";
  EXPECT_EQ(std::get<0>(Decide(state, command)).at(0).police_decision_recorded().chooser_name(),
            "Mrs Robin Larkspur");
  command.target = kColleague.person.Hex();
  EXPECT_EQ(std::get<0>(Decide(state, command)).at(0).police_decision_recorded().chooser_id(),
            kColleague.person.Bytes());
}

TEST(RecordPoliceDecision, OfEachTargetStandsForItself) {
  CaseState state = After({TwoAreBullied()});
  RecordPoliceDecision command = WholePoliceDecision();
  command.choice = events::POLICE_CHOICE_REPORT;
  command.target = "Robin Larkspur";
  state = Then(state, Decide(state, command), kHead);
  RecordPoliceReport report = WholePoliceReport(kHead, events::POLICE_GROUND_CYBER_BULLYING);
  EXPECT_THAT(Decide(state, report), Refuses(Reason::kTargetDecides, "ground"));
  report.target = kColleague.person.Hex();
  EXPECT_THAT(Decide(state, report), Refuses(Reason::kTargetDecides, "ground"));
  report.target = "Kit Byrne";
  EXPECT_THAT(Decide(state, report), Refuses(Reason::kNotATarget, "target"));
  report.target = "Robin Larkspur";
  EXPECT_EQ(std::get<0>(Decide(state, report)).at(0).police_reported().target_name(),
            "Mrs Robin Larkspur");
  command.target = kColleague.person.Hex();
  state = Then(state, Decide(state, command), kHead);
  report.target = "";
  EXPECT_THAT(Decide(state, report), Adds(CaseEvent::kPoliceReported));
}

TEST(RecordPoliceDecision, ThatDoesNotSayWhoseItIsSpeaksForEveryTarget) {
  const CaseState state = After({TwoAreBullied(), PoliceDecided(events::POLICE_CHOICE_REPORT)});
  EXPECT_THAT(Decide(state, WholePoliceReport(kHead, events::POLICE_GROUND_CYBER_BULLYING)),
              Adds(CaseEvent::kPoliceReported));
}

TEST(RecordPoliceDecision, TakesAnyNameWhereTheReportNamesNobody) {
  CaseState state = After({Reported()});
  RecordPoliceDecision command = WholePoliceDecision();
  command.choice = events::POLICE_CHOICE_REPORT;
  command.target = "Robin Larkspur";
  state = Then(state, Decide(state, command), kHead);
  command.choice = events::POLICE_CHOICE_NOT_YET;
  command.target = "Kit Byrne";
  state = Then(state, Decide(state, command), kHead);
  RecordPoliceReport report = WholePoliceReport(kHead, events::POLICE_GROUND_CYBER_BULLYING);
  EXPECT_THAT(Decide(state, report), Refuses(Reason::kTargetDecides, "ground"));
  report.target = "Robin Larkspur";
  EXPECT_THAT(Decide(state, report), Adds(CaseEvent::kPoliceReported));
}

TEST(RecordPoliceDecision, NeedsHowItWasConveyedFromAllButTheTarget) {
  RecordPoliceDecision command = WholePoliceDecision(kTeacher);
  command.conveyed_how = "";
  EXPECT_THAT(Decide(After({ReportedWith(kTargetTeacher)}), command),
              Adds(CaseEvent::kPoliceDecisionRecorded));
  EXPECT_THAT(Decide(After({ReportedWith(kTargetColleague)}), command),
              Refuses(Reason::kFieldMissing, "conveyed_how", "P47"));
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

TEST(RecordPoliceDecision, IsNotConveyedByAReporterFromWhomTheCaseIsKept) {
  CaseEvent own_act = ReportedWith(kTargetColleague);
  own_act.mutable_incident_reported()->set_kind(events::INCIDENT_KIND_SELF_REPORT);
  EXPECT_THAT(Decide(After({own_act}), WholePoliceDecision(kTeacher)), Refuses(Reason::kSubject));
  CaseState state = After({ReportedWith(kTargetColleague)});
  EXPECT_THAT(Decide(state, WholePoliceDecision(kTeacher)),
              Adds(CaseEvent::kPoliceDecisionRecorded));
  Happen(state, ConflictOf(kTeacher), kHead);
  EXPECT_THAT(Decide(state, WholePoliceDecision(kTeacher)), Refuses(Reason::kRoleRequired));
}

TEST(RecordPoliceDecision, IsTheTargetsAlsoWhereTheyHaveAConflict) {
  const CaseState state = After({ReportedWith(kTargetTeacher), ConflictOf(kTeacher)});
  EXPECT_THAT(Decide(state, WholePoliceDecision(kTeacher)),
              Adds(CaseEvent::kPoliceDecisionRecorded));
}

events::Party Pupil(const std::string& name) {
  events::Party party = NamedParty(events::CAPACITY_TARGET, name);
  party.set_category(events::PERSON_CATEGORY_PUPIL);
  return party;
}

TEST(RecordPoliceDecision, OfAChildRecordsWhatTheChildAndTheParentsSay) {
  const CaseState state = After({ReportedWith(Pupil("A child"))});
  RecordPoliceDecision command = WholePoliceDecision();
  EXPECT_THAT(Decide(state, command), Adds(CaseEvent::kPoliceDecisionRecorded));
  command.choice = events::POLICE_CHOICE_REPORT;
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kChildsViewsMissing, "childs_view"));
  command.childs_view = "She wants it to stop.";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kChildsViewsMissing, "parents_view"));
  command.parents_view = "They agree.";
  CaseEvent expected;
  events::PoliceDecisionRecorded& recorded = *expected.mutable_police_decision_recorded();
  recorded.set_choice(events::POLICE_CHOICE_REPORT);
  recorded.set_conveyed_how("In a talk on Tuesday.");
  recorded.set_statement("Not now.");
  recorded.set_childs_view("She wants it to stop.");
  recorded.set_parents_view("They agree.");
  recorded.set_chooser_name("A child");
  EXPECT_THAT(Decide(state, command), AddsEvent(expected));
}

TEST(RecordPoliceDecision, OfAnAdultBesideAChildNeedsNoParents) {
  CaseEvent reported = ReportedWith(Pupil("A child"));
  *reported.mutable_incident_reported()->add_parties() = kTargetColleague;
  RecordPoliceDecision command = WholePoliceDecision();
  command.choice = events::POLICE_CHOICE_REPORT;
  command.target = kColleague.person.Hex();
  EXPECT_THAT(Decide(After({reported}), command), Adds(CaseEvent::kPoliceDecisionRecorded));
  command.target = "A child";
  EXPECT_THAT(Decide(After({reported}), command),
              Refuses(Reason::kChildsViewsMissing, "childs_view"));
}

TEST(SuspectIndecentImage, RecordsTheAnswerAndWhereInWords) {
  CaseEvent expected;
  expected.mutable_indecent_image_suspected()->set_answer(events::INDECENT_IMAGE_ANSWER_NOT_SURE);
  expected.mutable_indecent_image_suspected()->set_where_found("On a pupil's phone.");
  EXPECT_THAT(Decide(After({Reported()}), WholeSuspicion()), AddsEvent(expected));
}

TEST(SuspectIndecentImage, KeepsNoAddressAndIsNotRefusedForWhatIsSaidOfThePlace) {
  SuspectIndecentImage command = WholeSuspicion();
  command.where_found = "A group, https://a.example/x and www.b.example, e.g. at 3.30pm";
  const auto where = [](const SuspectIndecentImage& suspicion) {
    return std::get<0>(Decide(After({Reported()}), suspicion))
        .at(0)
        .indecent_image_suspected()
        .where_found();
  };
  const std::string left_out(kAddressLeftOut);
  EXPECT_THAT(where(command), Eq("A group, " + left_out + " and " + left_out + ", e.g. at 3.30pm"));
  command.where_found = std::string(kLineCharactersMax * 3, 'x') + "\xFF";
  EXPECT_THAT(where(command), Eq(std::string(kLineCharactersMax, 'x')));
}

TEST(SuspectIndecentImage, AddsNothingUntilThePoliceHaveReleasedTheLast) {
  CaseState state = After({Reported()});
  state = Then(state, Decide(state, WholeSuspicion()), kTeacher);
  EXPECT_THAT(Decide(state, WholeSuspicion()), AddsNothing());
  Happen(state, PoliceCalled(), kHead);
  EXPECT_THAT(Decide(state, WholeSuspicion()), AddsNothing());
  Happen(state, PoliceReleased(), kHead);
  EXPECT_THAT(Decide(state, WholeSuspicion()), Adds(CaseEvent::kIndecentImageSuspected));
}

TEST(SuspectIndecentImage, InAnotherPlaceIsAnotherImage) {
  CaseState state = After({Reported()});
  state = Then(state, Decide(state, WholeSuspicion()), kTeacher);
  Happen(state, PoliceCalled(), kHead);
  SuspectIndecentImage same = WholeSuspicion();
  same.where_found = "on a PUPIL'S phone.";
  EXPECT_THAT(Decide(state, same), AddsNothing());
  SuspectIndecentImage laptop = WholeSuspicion();
  laptop.where_found = "On a laptop.";
  const CaseDecision another = Decide(state, laptop);
  ASSERT_THAT(another, Adds(CaseEvent::kIndecentImageSuspected));
  state = Then(state, another, kTeacher);
  EXPECT_TRUE(AwaitsPolice(state));
  EXPECT_THAT(Decide(state, laptop), AddsNothing());
  EXPECT_THAT(Decide(state, WholeSuspicion()), AddsNothing());
  laptop.where_found = " ";
  EXPECT_THAT(Decide(state, laptop), AddsNothing());
}

TEST(SuspectIndecentImage, FirstPlacedAfterAReportOfOneIsThatOne) {
  CaseState state = After({ReportedWithAnswer(events::INDECENT_IMAGE_ANSWER_YES), PoliceCalled()});
  const CaseDecision placed = Decide(state, WholeSuspicion());
  ASSERT_THAT(placed, Adds(CaseEvent::kIndecentImageSuspected));
  state = Then(state, placed, kTeacher);
  EXPECT_FALSE(AwaitsPolice(state));
  SuspectIndecentImage laptop = WholeSuspicion();
  laptop.where_found = "On a laptop.";
  EXPECT_TRUE(AwaitsPolice(Then(state, Decide(state, laptop), kTeacher)));
}

TEST(SuspectIndecentImage, AgainPutsOffNothingThatThePoliceWaitForAlready) {
  CaseState state;
  HappenAt(state, Reported(), kNow);
  HappenAt(state, Suspected(), kNow);
  events::CaseEvent another = Suspected();
  another.mutable_indecent_image_suspected()->set_where_found("On a laptop.");
  HappenAt(state, another, kNow + absl::Hours(5));
  EXPECT_EQ(state.suspected_time, kNow);
}

TEST(RecordPoliceInformed, IsNotByWhoReportedTheirOwnAct) {
  CaseState state;
  Happen(state, Reported(events::ROUTE_HEADTEACHER, events::INCIDENT_KIND_SELF_REPORT), kTeacher);
  Happen(state, Suspected(), kHead);
  EXPECT_THAT(Decide(state, WholePoliceCall(kTeacher)), Refuses(Reason::kSubject));
  EXPECT_THAT(Decide(state, WholePoliceReport(kTeacher, events::POLICE_GROUND_INDECENT_IMAGES)),
              Refuses(Reason::kSubject));
  EXPECT_THAT(Decide(state, WholePoliceReport(kTeacher, events::POLICE_GROUND_IMMEDIATE_DANGER)),
              Adds(CaseEvent::kPoliceReported));
  EXPECT_THAT(Decide(state, WholePoliceCall(kHead)), Adds(CaseEvent::kPoliceInformed));
}

TEST(SuspectIndecentImage, IsForWhoeverSeesTheCaseAlsoWhenItIsClosed) {
  EXPECT_THAT(Decide(After({Reported(), Closed()}), WholeSuspicion()),
              Adds(CaseEvent::kIndecentImageSuspected));
  EXPECT_THAT(Decide(After({Reported()}), WholeSuspicion(kColleague)),
              Refuses(Reason::kNoSuchCase));
  SuspectIndecentImage no = WholeSuspicion();
  no.answer = events::INDECENT_IMAGE_ANSWER_NO;
  EXPECT_THAT(Decide(After({Reported()}), no), Refuses(Reason::kFieldInvalid, "answer"));
}

TEST(PoliceGate, RefusesNearlyEverythingUntilThePoliceAreInformed) {
  const CaseState state = After({Reported(), Referred(), Suspected()});
  EXPECT_THAT(Decide(state, WholeAcknowledgement()), Refuses(Reason::kPolicePending));
  EXPECT_THAT(Decide(state, WholeQuestion()), Refuses(Reason::kPolicePending));
  EXPECT_THAT(Decide(state, WholeAdvice()), Refuses(Reason::kPolicePending));
  EXPECT_THAT(Decide(state, WholePoliceDecision()), Refuses(Reason::kPolicePending));
  EXPECT_THAT(Decide(state, WholeCorrection()), Refuses(Reason::kPolicePending));
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kPolicePending));
  EXPECT_THAT(Decide(state, WholeReopening()), Refuses(Reason::kPolicePending));
  EXPECT_THAT(Decide(state, WholeRelease()), Refuses(Reason::kPolicePending));

  EXPECT_THAT(Decide(state, WholePreservation()), Adds(CaseEvent::kPreservationStepRecorded));
  EXPECT_THAT(Decide(state, WholeEscalation()), Adds(CaseEvent::kCaseEscalated));
  EXPECT_THAT(Decide(state, WholeReferral(kTeacher, 7)), Adds(CaseEvent::kCaseReferred));
  EXPECT_THAT(Decide(state, WholeNote()), Adds(CaseEvent::kNoteAdded));
  EXPECT_THAT(Decide(state, WholeReferralAcknowledgement()),
              Adds(CaseEvent::kReferralAcknowledged));
  EXPECT_THAT(Decide(state, WholePoliceCall(kTeacher)), Adds(CaseEvent::kPoliceInformed));
}

TEST(PoliceGate, LetsTheSchoolGoOnAsFarAsThePoliceDo) {
  CaseState state = After({Reported(), Suspected()});
  state = Then(state, Decide(state, WholePoliceCall()), kHead);
  EXPECT_THAT(Decide(state, WholeAcknowledgement()), Adds(CaseEvent::kReceiptAcknowledged));
  EXPECT_THAT(Decide(state, WholeClosing()), Refuses(Reason::kNoInvestigation));
  state = Then(state, Decide(state, WholeRelease()), kHead);
  EXPECT_THAT(Decide(state, WholeClosing()), Adds(CaseEvent::kCaseClosed));
  EXPECT_THAT(Decide(state, WholeScreenPrint()), Refuses(Reason::kIndecentImageNoStore));
}

TEST(RecordPoliceInformed, RecordsTheCallAndWhoMadeIt) {
  CaseEvent expected;
  events::PoliceInformed& informed = *expected.mutable_police_informed();
  *informed.mutable_informed_at() = ThisMorning();
  informed.set_informed_by("Person Four");
  informed.set_channel(events::POLICE_CHANNEL_101);
  informed.set_log_number("LC-20250514-0187");
  informed.set_officer("PC 1234");
  const CaseState state = After({Reported(), Suspected()});
  EXPECT_THAT(Decide(state, WholePoliceCall()), AddsEvent(expected));
  RecordPoliceInformed call = WholePoliceCall();
  call.channel = events::POLICE_CHANNEL_UNSPECIFIED;
  EXPECT_THAT(Decide(state, call), Refuses(Reason::kFieldMissing, "channel"));
  call = WholePoliceCall();
  call.informed_at.set_date("2025-05-15");
  EXPECT_THAT(Decide(state, call), Refuses(Reason::kFutureTime, "informed_at.date"));
}

TEST(Police, AreNotInformedOfAnImageThatNobodySuspects) {
  const CaseState state = After({Reported()});
  EXPECT_THAT(Decide(state, WholePoliceCall()), Refuses(Reason::kIndecentImageNotSuspected));
  EXPECT_THAT(Decide(state, WholePreservation()), Refuses(Reason::kIndecentImageNotSuspected));
  EXPECT_THAT(Decide(state, WholeRelease()), Refuses(Reason::kIndecentImageNotSuspected));
}

TEST(RecordPoliceRelease, IsTheHandlers) {
  const CaseState state = After({Reported(), Suspected(), PoliceCalled()});
  EXPECT_THAT(Decide(state, WholeRelease(kTeacher)), Refuses(Reason::kRoleRequired));
  RecordPoliceRelease release = WholeRelease();
  release.scope = "";
  EXPECT_THAT(Decide(state, release), Refuses(Reason::kFieldMissing, "scope"));
}

}  // namespace
}  // namespace wardbook::casework
