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

TEST(Evolve, RemembersWhoReportedWhatAboutWhom) {
  CaseEvent reported = ReportedToLineManager();
  *reported.mutable_incident_reported()->add_parties() =
      PartyOf(events::CAPACITY_SUBJECT, kColleague.person);
  *reported.mutable_incident_reported()->add_parties() =
      PartyOf(events::CAPACITY_TARGET, kTeacher.person);
  *reported.mutable_incident_reported()->add_parties() =
      PartyOf(events::CAPACITY_WITNESS, kLead.person);
  const CaseState state = After({reported});
  EXPECT_THAT(state.revision, Eq(1u));
  EXPECT_THAT(state.kind, Eq(events::INCIDENT_KIND_CYBER_BULLYING));
  EXPECT_THAT(state.route, Eq(events::ROUTE_LINE_MANAGER));
  EXPECT_THAT(state.reporter, Eq(kTeacher.person));
  EXPECT_THAT(state.line_manager, Eq(kLineManager.person));
  EXPECT_THAT(state.subjects, ::testing::ElementsAre(kColleague.person));
  EXPECT_THAT(state.targets, ::testing::ElementsAre(kTeacher.person));
  EXPECT_TRUE(state.wishes_asked);
  EXPECT_FALSE(state.indecent_image_suspected);
  EXPECT_THAT(state.reported_time, Eq(kNow));
}

TEST(Evolve, CountsWhomASubjectMayBeAsASubject) {
  CaseEvent reported = ReportedWith(NamedParty(events::CAPACITY_SUBJECT, "Person Five"));
  reported.mutable_incident_reported()->add_presumed_subject_ids(kDeputy.person.Bytes());
  EXPECT_THAT(After({reported}).subjects, ::testing::ElementsAre(kDeputy.person));
}

TEST(Evolve, AsksForThePoliceAnewWhenAnImageIsFoundAnew) {
  const CaseState state = After({Reported(), Suspected(), PoliceCalled(), PoliceReleased()});
  EXPECT_TRUE(state.police_informed);
  EXPECT_TRUE(state.police_released);
  CaseState again = state;
  Happen(again, Suspected(), kHead);
  EXPECT_FALSE(again.police_informed);
  EXPECT_FALSE(again.police_released);
}

TEST(IsListedOpen, AlsoOfAClosedCaseWhileAReferralWaitsForItsOutcome) {
  EXPECT_TRUE(IsListedOpen(After({Reported()})));
  EXPECT_FALSE(IsListedOpen(After({Reported(), Closed()})));
  EXPECT_TRUE(IsListedOpen(After({Reported(), Closed(), Referred()})));
  EXPECT_FALSE(IsListedOpen(After({Reported(), Closed(), Referred(), OutcomeRecorded()})));
}

TEST(Evolve, CountsEveryAnswerButNoAsASuspectedIndecentImage) {
  EXPECT_FALSE(
      After({ReportedWithAnswer(events::INDECENT_IMAGE_ANSWER_NO)}).indecent_image_suspected);
  for (const events::IndecentImageAnswer answer :
       {events::INDECENT_IMAGE_ANSWER_UNSPECIFIED, events::INDECENT_IMAGE_ANSWER_NOT_SURE,
        events::INDECENT_IMAGE_ANSWER_YES}) {
    EXPECT_TRUE(After({ReportedWithAnswer(answer)}).indecent_image_suspected);
  }
}

TEST(Evolve, RemembersWhoRecordedEachEntry) {
  const CaseState state = After({Reported(), Noted()});
  EXPECT_THAT(state.recorded_by, ::testing::ElementsAre(kTeacher.person, kHead.person));
  EXPECT_THAT(state.changed_time, Eq(kNow + absl::Minutes(1)));
}

TEST(Evolve, NeverBringsACaseAboutTheHeadteacherToThem) {
  CaseEvent escalated;
  escalated.mutable_case_escalated()->set_route(events::ROUTE_HEADTEACHER);
  EXPECT_THAT(After({Reported(events::ROUTE_CHAIR_OF_GOVERNORS), escalated}).route,
              Eq(events::ROUTE_CHAIR_OF_GOVERNORS));
}

TEST(Stage, FollowsTheCaseFromReportToClosureAndBack) {
  CaseState state = After({Reported()});
  EXPECT_THAT(state.stage, Eq(Stage::kReported));
  state = Then(state, Decide(state, WholeAcknowledgement()), kHead);
  EXPECT_THAT(state.stage, Eq(Stage::kAcknowledged));
  state = Then(state, Decide(state, WholeEscalation()), kHead);
  EXPECT_THAT(state.stage, Eq(Stage::kEscalated));
  state = Then(state, Decide(state, WholeQuestion()), kHead);
  EXPECT_THAT(state.stage, Eq(Stage::kAdviceSought));
  state = Then(state, Decide(state, WholeAdvice()), kHead);
  EXPECT_THAT(state.stage, Eq(Stage::kAdviceReceived));
  state = Then(state, Decide(state, WholeReferral()), kHead);
  EXPECT_THAT(state.stage, Eq(Stage::kReferred));
  state = Then(state, Decide(state, WholeReferralAcknowledgement()), kOfficer);
  EXPECT_THAT(state.stage, Eq(Stage::kReferred));
  state = Then(state, Decide(state, WholeOutcome()), kOfficer);
  EXPECT_THAT(state.stage, Eq(Stage::kOutcomeRecorded));
  state = Then(state, Decide(state, WholeClosing()), kHead);
  EXPECT_THAT(state.stage, Eq(Stage::kClosed));
  EXPECT_THAT(state.stage_before_closing, Eq(Stage::kOutcomeRecorded));
  state = Then(state, Decide(state, WholeReopening()), kHead);
  EXPECT_THAT(state.stage, Eq(Stage::kOutcomeRecorded));
}

TEST(Stage, StaysClosedWhenAClosedCaseIsReferred) {
  CaseState state = After({Reported(), Closed(), Referred(1)});
  EXPECT_THAT(state.stage, Eq(Stage::kClosed));
  Happen(state, Reopened(), kHead);
  EXPECT_THAT(state.stage, Eq(Stage::kReferred));
}

TEST(Stage, IsReferredAgainWhileANewReferralHasNoOutcome) {
  EXPECT_THAT(After({Reported(), Referred(1), OutcomeRecorded(1), Referred(2)}).stage,
              Eq(Stage::kReferred));
}

TEST(Allegation, MayBeWhereAnEmployeeBulliesSomebodyWhoIsNotSaidToBeAnAdult) {
  CaseEvent reported = ReportedWith(NamedParty(events::CAPACITY_TARGET, "Tom"));
  *reported.mutable_incident_reported()->add_parties() =
      PartyOf(events::CAPACITY_SUBJECT, kColleague.person);
  EXPECT_TRUE(After({reported}).allegation_time.has_value());
  reported.mutable_incident_reported()->mutable_parties(0)->set_category(
      events::PERSON_CATEGORY_EMPLOYEE);
  for (auto& party : *reported.mutable_incident_reported()->mutable_parties()) {
    if (party.capacity() == events::CAPACITY_TARGET) {
      party.set_category(events::PERSON_CATEGORY_EMPLOYEE);
    }
  }
  EXPECT_FALSE(After({reported}).allegation_time.has_value());
}

TEST(Allegation, IsNotAboutPupilsAloneWhereItMayBeAboutTheHeadteacher) {
  events::Party pupil = NamedParty(events::CAPACITY_SUBJECT, "Tom");
  pupil.set_category(events::PERSON_CATEGORY_PUPIL);
  CaseEvent reported = ReportedWith(pupil);
  EXPECT_TRUE(After({reported}).about_pupils_alone);
  reported.mutable_incident_reported()->set_about_headteacher(events::HEADTEACHER_ANSWER_NOT_SURE);
  EXPECT_FALSE(After({reported}).about_pupils_alone);
}

}  // namespace
}  // namespace wardbook::casework
