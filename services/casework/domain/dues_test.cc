#include "services/casework/domain/dues.h"

#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"
#include "services/kernel/timestamp.h"
#include "services/rulepack/rule_packs.h"

namespace wardbook::casework {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

const rulepack::RulePacks& Rules() {
  static const auto rules = rulepack::RulePacks::Shipped();
  return **rules;
}

absl::Time At(const std::string& text) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &time, &error)) << error;
  return time;
}

CaseState ReportedAt(const events::CaseEvent& report, const std::string& time) {
  CaseState state;
  HappenAt(state, report, At(time), kTeacher);
  return state;
}

events::CaseEvent Acknowledged() {
  events::CaseEvent event;
  event.mutable_receipt_acknowledged()->set_message_to_reporter("Seen.");
  return event;
}

events::CaseEvent Escalated() {
  events::CaseEvent event;
  event.mutable_case_escalated()->set_reasons("For you.");
  event.mutable_case_escalated()->set_route(events::ROUTE_HEADTEACHER);
  return event;
}

std::vector<ClockKind> KindsOf(const CaseState& state) {
  std::vector<ClockKind> kinds;
  for (const Clock& clock : ClocksOf(state)) kinds.push_back(clock.kind);
  return kinds;
}

// When the only clock of that kind is due; fails the test when there is none.
absl::Time DueOf(const CaseState& state, ClockKind kind) {
  for (const CaseDue& due : DuesOf(state, Rules())) {
    if (due.kind == kind) return due.due;
  }
  ADD_FAILURE() << "no such clock";
  return absl::InfinitePast();
}

TEST(CaseDues, ACaseThatDoesNotExistWaitsForNothing) {
  EXPECT_THAT(ClocksOf(CaseState()), IsEmpty());
}

TEST(CaseDues, AReportIsAcknowledgedWithinAWorkingDay) {
  CaseState state = ReportedAt(Reported(), "2026-05-13T14:30:00+01:00");
  EXPECT_THAT(DuesOf(state, Rules()),
              ElementsAre(CaseDue{ClockKind::kAcknowledgement, At("2026-05-13T14:30:00+01:00"),
                                  At("2026-05-14T14:30:00+01:00")}));
  HappenAt(state, Acknowledged(), At("2026-05-13T15:00:00+01:00"));
  EXPECT_THAT(ClocksOf(state), IsEmpty());
}

TEST(CaseDues, SchoolHolidaysDoNotStopAClockButWeekendsAndBankHolidaysDo) {
  const auto due = [](const std::string& reported) {
    return DueOf(ReportedAt(Reported(), reported), ClockKind::kAcknowledgement);
  };
  EXPECT_EQ(due("2026-08-12T11:00:00+01:00"), At("2026-08-13T11:00:00+01:00"));
  EXPECT_EQ(due("2026-05-15T15:00:00+01:00"), At("2026-05-18T15:00:00+01:00"));
  EXPECT_EQ(due("2026-12-24T10:00:00Z"), At("2026-12-29T10:00:00Z"));
  // The clocks change over both of these weekends.
  EXPECT_EQ(due("2026-10-23T12:00:00+01:00"), At("2026-10-26T12:00:00Z"));
  EXPECT_EQ(due("2027-03-25T16:00:00Z"), At("2027-03-30T16:00:00+01:00"));
  // Both hours that the night in October has twice end with the next working day.
  EXPECT_EQ(due("2026-10-25T01:30:00+01:00"), At("2026-10-27T00:00:00Z"));
  EXPECT_EQ(due("2026-10-25T01:30:00+00:00"), At("2026-10-27T00:00:00Z"));
}

TEST(CaseDues, ALineManagerHandsOnWithinAWorkingDay) {
  CaseState state = ReportedAt(ReportedToLineManager(), "2026-05-13T14:30:00+01:00");
  EXPECT_EQ(DueOf(state, ClockKind::kHandOn), At("2026-05-14T14:30:00+01:00"));
  HappenAt(state, Acknowledged(), At("2026-05-13T15:00:00+01:00"), kLineManager);
  EXPECT_THAT(KindsOf(state), ElementsAre(ClockKind::kHandOn));
  HappenAt(state, Escalated(), At("2026-05-13T15:10:00+01:00"), kLineManager);
  EXPECT_THAT(KindsOf(state), IsEmpty());
}

TEST(CaseDues, AnAllegationAgainstAnAdultIsReferredWithinAWorkingDay) {
  for (const events::IncidentKind kind :
       {events::INCIDENT_KIND_CODE_OF_CONDUCT, events::INCIDENT_KIND_SAFEGUARDING_CONCERN,
        events::INCIDENT_KIND_UNSUITABLE_MATERIAL}) {
    CaseState state = ReportedAt(ReportedAboutEmployee(kind), "2026-05-15T15:00:00+01:00");
    EXPECT_EQ(DueOf(state, ClockKind::kAllegation), At("2026-05-18T15:00:00+01:00"));
    HappenAt(state, Referred(), At("2026-05-15T15:30:00+01:00"));
    EXPECT_THAT(KindsOf(state),
                ElementsAre(ClockKind::kAcknowledgement, ClockKind::kReferralAcknowledgement,
                            ClockKind::kReview));
  }
}

TEST(CaseDues, WhoAsksForAdviceOnAnAllegationWaitsForTheAnswer) {
  CaseState state = After({ReportedAboutEmployee(events::INCIDENT_KIND_UNSUITABLE_MATERIAL),
                           Acknowledged(), AdviceAsked()});
  EXPECT_THAT(KindsOf(state), ElementsAre(ClockKind::kAdvice));
  Happen(state, AdviceGiven(), kHead);
  EXPECT_THAT(KindsOf(state), ElementsAre(ClockKind::kThreshold));
}

TEST(CaseDues, TheHarmThresholdIsDecidedWithinAWorkingDayOfWhatAsksForIt) {
  CaseState state = ReportedAt(BreachReported(), "2026-05-15T15:00:00+01:00");
  HappenAt(state, Acknowledged(), At("2026-05-15T15:10:00+01:00"));
  EXPECT_EQ(DueOf(state, ClockKind::kThreshold), At("2026-05-18T15:00:00+01:00"));
  HappenAt(state, ThresholdDecided(), At("2026-05-18T10:00:00+01:00"));
  EXPECT_THAT(ClocksOf(state), IsEmpty());
  events::CaseEvent question;
  question.mutable_suitability_question_raised();
  HappenAt(state, question, At("2026-05-19T10:00:00+01:00"));
  EXPECT_EQ(DueOf(state, ClockKind::kThreshold), At("2026-05-20T10:00:00+01:00"));
}

TEST(CaseDues, ANewClassificationGivesNoNewTimeToDecideTheHarmThreshold) {
  CaseState state = ReportedAt(Reported(), "2026-05-14T15:00:00+01:00");
  HappenAt(state, Acknowledged(), At("2026-05-14T15:10:00+01:00"));
  HappenAt(state, Classified({events::BREACH_CLAUSE_P08_DAMAGING_POST}),
           At("2026-05-15T10:00:00+01:00"));
  EXPECT_EQ(DueOf(state, ClockKind::kThreshold), At("2026-05-18T10:00:00+01:00"));
  HappenAt(state, Classified({events::BREACH_CLAUSE_P09_DISCLOSURE}),
           At("2026-05-18T09:00:00+01:00"));
  EXPECT_EQ(DueOf(state, ClockKind::kThreshold), At("2026-05-18T10:00:00+01:00"));
  HappenAt(state, Classified({}), At("2026-05-18T09:30:00+01:00"));
  HappenAt(state, Classified({events::BREACH_CLAUSE_P08_DAMAGING_POST}),
           At("2026-05-19T10:00:00+01:00"));
  EXPECT_EQ(DueOf(state, ClockKind::kThreshold), At("2026-05-20T10:00:00+01:00"));
}

TEST(CaseDues, ReferringAChildAloneDoesNotReferAnAllegation) {
  CaseState state = ReportedAt(ReportedAboutEmployee(events::INCIDENT_KIND_SAFEGUARDING_CONCERN),
                               "2026-05-14T15:00:00+01:00");
  ReferCase child = WholeReferral();
  child.child_referral.emplace();
  EXPECT_THAT(KindsOf(Then(state, Decide(state, child), kHead)),
              ::testing::Contains(ClockKind::kAllegation));
  EXPECT_THAT(KindsOf(Then(state, Decide(state, WholeReferral()), kHead)),
              ::testing::Not(::testing::Contains(ClockKind::kAllegation)));
}

TEST(CaseDues, WhatMeetsTheThresholdIsReferredAndWhatDoesNotIsNot) {
  CaseState state =
      After({ReportedAboutEmployee(events::INCIDENT_KIND_CODE_OF_CONDUCT), Acknowledged()});
  EXPECT_THAT(KindsOf(state), ElementsAre(ClockKind::kAllegation));
  Happen(state, ThresholdDecided(events::HARM_THRESHOLD_CONDUCT_ONLY), kHead);
  EXPECT_THAT(ClocksOf(state), IsEmpty());
  CaseState met = ReportedAt(BreachReported(), "2026-05-15T15:00:00+01:00");
  HappenAt(met, Acknowledged(), At("2026-05-15T15:10:00+01:00"));
  HappenAt(met, ThresholdDecided(events::HARM_THRESHOLD_MET), At("2026-05-18T10:00:00+01:00"));
  EXPECT_EQ(DueOf(met, ClockKind::kAllegation), At("2026-05-19T10:00:00+01:00"));
  HappenAt(met, Referred(), At("2026-05-18T11:00:00+01:00"));
  EXPECT_THAT(KindsOf(met), ElementsAre(ClockKind::kReferralAcknowledgement, ClockKind::kReview));
}

TEST(CaseDues, AdviceNotToProceedLeavesWhatMeetsTheThresholdToBeReferred) {
  CaseState state =
      After({Reported(), Acknowledged(), ThresholdDecided(events::HARM_THRESHOLD_MET)});
  EXPECT_THAT(KindsOf(state), ElementsAre(ClockKind::kAllegation));
  Happen(state, AdviceAsked(), kHead);
  Happen(state, AdviceGiven(events::MAY_PROCEED_NO), kHead);
  EXPECT_THAT(KindsOf(state), ElementsAre(ClockKind::kAllegation));
  Happen(state, AdviceGiven(events::MAY_PROCEED_LIMITED), kHead);
  EXPECT_THAT(ClocksOf(state), IsEmpty());
}

TEST(CaseDues, NoThresholdDecisionIsAskedForThatWaitsForThePolice) {
  CaseState state = After(
      {Reported(events::ROUTE_HEADTEACHER, events::INCIDENT_KIND_CODE_OF_CONDUCT), Acknowledged()});
  EXPECT_THAT(KindsOf(state), ElementsAre(ClockKind::kThreshold));
  Happen(state, Suspected(), kTeacher);
  Happen(state, PoliceCalled(), kHead);
  EXPECT_THAT(ClocksOf(state), IsEmpty());
  HappenAt(state, PoliceReleased(), At("2026-05-18T10:00:00+01:00"));
  EXPECT_EQ(DueOf(state, ClockKind::kThreshold), At("2026-05-19T10:00:00+01:00"));
}

TEST(CaseDues, WhatTurnsOutToBeAnAllegationIsReferredFromThenOn) {
  CaseState unsuitable = ReportedAt(Reported(), "2026-05-13T14:30:00+01:00");
  HappenAt(unsuitable, Acknowledged(), At("2026-05-13T15:00:00+01:00"));
  HappenAt(unsuitable, Classified({events::BREACH_CLAUSE_P18_UNSUITABLE_MATERIAL}),
           At("2026-05-18T10:00:00+01:00"));
  EXPECT_EQ(DueOf(unsuitable, ClockKind::kAllegation), At("2026-05-19T10:00:00+01:00"));
  CaseState image = ReportedAt(ReportedAboutEmployee(events::INCIDENT_KIND_CYBER_BULLYING),
                               "2026-05-13T14:30:00+01:00");
  HappenAt(image, Acknowledged(), At("2026-05-13T15:00:00+01:00"));
  HappenAt(image, Suspected(), At("2026-05-18T10:00:00+01:00"));
  EXPECT_EQ(DueOf(image, ClockKind::kAllegation), At("2026-05-19T10:00:00+01:00"));
}

TEST(CaseDues, ADisclosureIsAssessedWithinSeventyTwoHoursWhateverTheDay) {
  events::CaseEvent classified;
  classified.mutable_case_classified()->add_breached_clauses(events::BREACH_CLAUSE_P09_DISCLOSURE);
  CaseState state = ReportedAt(Reported(), "2026-05-15T15:00:00+01:00");
  HappenAt(state, classified, At("2026-05-15T16:00:00+01:00"));
  HappenAt(state, classified, At("2026-05-15T17:00:00+01:00"));
  EXPECT_EQ(DueOf(state, ClockKind::kDataBreach), At("2026-05-18T16:00:00+01:00"));
  events::CaseEvent assessed;
  assessed.mutable_data_breach_assessed();
  CaseState after = state;
  HappenAt(after, assessed, At("2026-05-15T18:00:00+01:00"));
  EXPECT_THAT(KindsOf(after), Not(::testing::Contains(ClockKind::kDataBreach)));
  events::CaseEvent otherwise;
  otherwise.mutable_case_classified();
  HappenAt(state, otherwise, At("2026-05-15T18:00:00+01:00"));
  EXPECT_THAT(KindsOf(state), Not(::testing::Contains(ClockKind::kDataBreach)));
}

TEST(CaseDues, WhatColleaguesWriteOfEachOtherIsNoAllegationButWhatOneWritesToAPupilIs) {
  events::CaseEvent report = ReportedAboutEmployee(events::INCIDENT_KIND_CYBER_BULLYING);
  EXPECT_THAT(KindsOf(After({report})), ElementsAre(ClockKind::kAcknowledgement));
  events::Party& target = *report.mutable_incident_reported()->add_parties();
  target.set_capacity(events::CAPACITY_TARGET);
  target.set_name("A Pupil");
  target.set_category(events::PERSON_CATEGORY_PUPIL);
  EXPECT_THAT(KindsOf(After({report})),
              ElementsAre(ClockKind::kAcknowledgement, ClockKind::kAllegation));
}

TEST(CaseDues, WhatIsAboutAPupilOrAParentIsNoAllegation) {
  for (const events::PersonCategory category :
       {events::PERSON_CATEGORY_PUPIL, events::PERSON_CATEGORY_PARENT,
        events::PERSON_CATEGORY_NOT_KNOWN}) {
    events::CaseEvent report = ReportedAboutEmployee(events::INCIDENT_KIND_SAFEGUARDING_CONCERN);
    report.mutable_incident_reported()->mutable_parties(0)->set_category(category);
    EXPECT_THAT(KindsOf(After({report})), ElementsAre(ClockKind::kAcknowledgement));
  }
}

TEST(CaseDues, WhatMayBeAboutTheHeadteacherIsAnAllegation) {
  for (const events::HeadteacherAnswer answer :
       {events::HEADTEACHER_ANSWER_YES, events::HEADTEACHER_ANSWER_NOT_SURE}) {
    events::CaseEvent report =
        Reported(events::ROUTE_CHAIR_OF_GOVERNORS, events::INCIDENT_KIND_SAFEGUARDING_CONCERN);
    report.mutable_incident_reported()->set_about_headteacher(answer);
    EXPECT_THAT(KindsOf(After({report})),
                ElementsAre(ClockKind::kAcknowledgement, ClockKind::kAllegation));
  }
}

TEST(CaseDues, ThePoliceAreInformedAtOnceAndUntilThenNothingIsAskedThatIsRefused) {
  CaseState state = ReportedAt(Reported(), "2026-05-13T14:30:00+01:00");
  HappenAt(state, AdviceAsked(), At("2026-05-13T15:00:00+01:00"));
  HappenAt(state, Suspected(), At("2026-05-16T22:10:00+01:00"), kTeacher);
  EXPECT_THAT(DuesOf(state, Rules()),
              ElementsAre(CaseDue{ClockKind::kPolice, At("2026-05-16T22:10:00+01:00"),
                                  At("2026-05-16T22:10:00+01:00")}));
  HappenAt(state, PoliceCalled(), At("2026-05-16T22:20:00+01:00"));
  EXPECT_THAT(KindsOf(state), ElementsAre(ClockKind::kAcknowledgement, ClockKind::kAdvice));
}

TEST(CaseDues, ASuspicionOnAClosedCaseBringsItBackToTheOpenOnes) {
  CaseState state = After({Reported(), Acknowledged(), Closed()});
  EXPECT_FALSE(IsListedOpen(state));
  Happen(state, Suspected(), kTeacher);
  EXPECT_TRUE(IsListedOpen(state));
  EXPECT_THAT(KindsOf(state), ElementsAre(ClockKind::kPolice));
}

TEST(CaseDues, AdviceIsFollowedUpFromTheLastQuestionOn) {
  CaseState state = After({Reported(), Acknowledged()});
  HappenAt(state, AdviceAsked(), At("2026-05-13T10:00:00+01:00"));
  EXPECT_EQ(DueOf(state, ClockKind::kAdvice), At("2026-05-14T10:00:00+01:00"));
  HappenAt(state, AdviceAsked(), At("2026-05-14T09:00:00+01:00"));
  EXPECT_EQ(DueOf(state, ClockKind::kAdvice), At("2026-05-15T09:00:00+01:00"));
  HappenAt(state, AdviceGiven(), At("2026-05-14T11:00:00+01:00"));
  EXPECT_THAT(ClocksOf(state), IsEmpty());
}

TEST(CaseDues, EachReferralIsFollowedUpUntilItsOutcomeAlsoOnAClosedCase) {
  CaseState state = After({Reported(), Acknowledged()});
  HappenAt(state, Referred(1), At("2026-05-13T10:00:00+01:00"));
  EXPECT_EQ(DueOf(state, ClockKind::kReferralAcknowledgement), At("2026-05-14T10:00:00+01:00"));
  HappenAt(state, ReferralAcknowledged(1), At("2026-05-14T12:00:00+01:00"), kOfficer);
  // Said again, it does not begin anew. Ten working days, with Spring bank holiday.
  HappenAt(state, ReferralAcknowledged(1), At("2026-05-20T12:00:00+01:00"), kOfficer);
  EXPECT_EQ(DueOf(state, ClockKind::kReferralOutcome), At("2026-05-29T12:00:00+01:00"));
  HappenAt(state, Closed(), At("2026-05-20T13:00:00+01:00"));
  EXPECT_THAT(KindsOf(state), ElementsAre(ClockKind::kReferralOutcome));
  HappenAt(state, OutcomeRecorded(1), At("2026-05-21T12:00:00+01:00"), kOfficer);
  EXPECT_THAT(ClocksOf(state), IsEmpty());
}

TEST(CaseDues, AReferralIsFollowedUpFromItsSubmissionOnTheCouncilsForm) {
  CaseState state = After({Reported(), Acknowledged()});
  HappenAt(state, Referred(1), At("2026-05-13T10:00:00+01:00"));
  events::CaseEvent submitted;
  submitted.mutable_referral_submitted()->set_referral_id(IdOf<ReferralId>(1).Bytes());
  HappenAt(state, submitted, At("2026-05-13T16:00:00+01:00"));
  EXPECT_EQ(DueOf(state, ClockKind::kReferralAcknowledgement), At("2026-05-14T16:00:00+01:00"));
  events::CaseEvent advised;
  advised.mutable_referral_advice_given()->set_referral_id(IdOf<ReferralId>(1).Bytes());
  HappenAt(state, advised, At("2026-05-14T10:00:00+01:00"));
  EXPECT_THAT(KindsOf(state), ElementsAre(ClockKind::kReview));
}

TEST(CaseDues, AnAllegationWhoseReferralWasWithdrawnIsNotReferred) {
  CaseState state = After({ReportedAboutEmployee(events::INCIDENT_KIND_SAFEGUARDING_CONCERN),
                           Acknowledged(), Referred(1)});
  events::CaseEvent withdrawn;
  withdrawn.mutable_referral_withdrawn()->set_referral_id(IdOf<ReferralId>(1).Bytes());
  Happen(state, withdrawn, kHead);
  EXPECT_THAT(KindsOf(state), ElementsAre(ClockKind::kAllegation, ClockKind::kReview));
}

TEST(CaseDues, AReferredCaseIsReviewedAfterFourWeeksAndThenEveryTwo) {
  CaseState state = After({Reported(), Acknowledged()});
  // Summer time ends in between; the time of day stays.
  HappenAt(state, Referred(1), At("2026-10-05T10:00:00+01:00"));
  HappenAt(state, OutcomeRecorded(1), At("2026-10-06T12:00:00+01:00"), kOfficer);
  EXPECT_EQ(DueOf(state, ClockKind::kReview), At("2026-11-02T10:00:00Z"));
  HappenAt(state, NotedByHandler(), At("2026-10-20T12:00:00+01:00"));
  EXPECT_EQ(DueOf(state, ClockKind::kReview), At("2026-11-02T10:00:00Z"));
  HappenAt(state, Noted(), At("2026-11-02T08:00:00Z"), kOfficer);
  EXPECT_EQ(DueOf(state, ClockKind::kReview), At("2026-11-02T10:00:00Z"));
  HappenAt(state, NotedByHandler(), At("2026-11-02T09:00:00Z"));
  EXPECT_EQ(DueOf(state, ClockKind::kReview), At("2026-11-16T09:00:00Z"));
  HappenAt(state, Closed(), At("2026-11-10T09:00:00Z"));
  EXPECT_THAT(ClocksOf(state), IsEmpty());
}

TEST(CaseDues, AStageOfADisagreementIsDueAsItWasRecordedAlsoOnAClosedCase) {
  CaseState state = After({Reported(), Acknowledged()});
  events::CaseEvent raised;
  raised.mutable_disagreement_raised()->set_disputed_revision(2);
  *raised.mutable_disagreement_raised()->mutable_due_time() =
      kernel::TimestampOf(At("2026-05-15T10:00:00+01:00"));
  HappenAt(state, raised, At("2026-05-13T10:00:00+01:00"));
  HappenAt(state, Closed(), At("2026-05-13T11:00:00+01:00"));
  EXPECT_TRUE(IsListedOpen(state));
  EXPECT_THAT(DuesOf(state, Rules()),
              ElementsAre(CaseDue{ClockKind::kDisagreement, At("2026-05-13T10:00:00+01:00"),
                                  At("2026-05-15T10:00:00+01:00")}));
  events::CaseEvent escalated;
  escalated.mutable_disagreement_escalated()->set_disagreement_revision(3);
  *escalated.mutable_disagreement_escalated()->mutable_due_time() =
      kernel::TimestampOf(At("2026-05-21T10:00:00+01:00"));
  HappenAt(state, escalated, At("2026-05-14T10:00:00+01:00"));
  EXPECT_THAT(DuesOf(state, Rules()),
              ElementsAre(CaseDue{ClockKind::kDisagreement, At("2026-05-14T10:00:00+01:00"),
                                  At("2026-05-21T10:00:00+01:00")}));
  events::CaseEvent resolved;
  resolved.mutable_disagreement_resolved()->set_disagreement_revision(3);
  HappenAt(state, resolved, At("2026-05-15T10:00:00+01:00"));
  EXPECT_THAT(ClocksOf(state), IsEmpty());
  EXPECT_FALSE(IsListedOpen(state));
}

TEST(CaseDues, NobodyHasToActWhoDoesNotSeeTheCase) {
  for (const ClockKind kind : kAllClockKinds) {
    for (const events::Route route :
         {events::ROUTE_LINE_MANAGER, events::ROUTE_HEADTEACHER, events::ROUTE_CHAIR_OF_GOVERNORS,
          events::ROUTE_SAFEGUARDING_OFFICER}) {
      EXPECT_FALSE(HasToAct(kind, Sight::kNone, route));
      // A reporter is only ever asked to tell the police.
      EXPECT_EQ(HasToAct(kind, Sight::kReporter, route), kind == ClockKind::kPolice);
    }
  }
}

TEST(CaseDues, EveryClockHasSomebodyWhoStopsItWhoeverTheCaseIsWith) {
  const auto acts = [](ClockKind kind, events::Route route) {
    for (const Sight sight : {Sight::kHandler, Sight::kLineManager, Sight::kOfficer}) {
      if (sight == Sight::kHandler && route == events::ROUTE_SAFEGUARDING_OFFICER) continue;
      if (HasToAct(kind, sight, route)) return true;
    }
    return false;
  };
  for (const ClockKind kind : kAllClockKinds) {
    for (const events::Route route :
         {events::ROUTE_LINE_MANAGER, events::ROUTE_HEADTEACHER, events::ROUTE_CHAIR_OF_GOVERNORS,
          events::ROUTE_SAFEGUARDING_OFFICER}) {
      EXPECT_TRUE(acts(kind, route)) << static_cast<int>(kind) << " " << route;
    }
  }
}

}  // namespace
}  // namespace wardbook::casework
