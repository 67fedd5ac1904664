#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/decide.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using CaseEvent = events::CaseEvent;

constexpr events::PoliceGround kCyberBullying = events::POLICE_GROUND_CYBER_BULLYING;
constexpr events::PoliceGround kImages = events::POLICE_GROUND_INDECENT_IMAGES;

TEST(RecordPoliceReport, RecordsTheGroundAndWhoToldThePolice) {
  CaseEvent expected;
  events::PoliceReported& reported = *expected.mutable_police_reported();
  reported.set_ground(events::POLICE_GROUND_CHILD_AT_RISK_OF_HARM);
  *reported.mutable_reported_at() = ThisMorning();
  reported.set_reported_by("Person Four");
  reported.set_how("By 101");
  reported.set_log_number("LC-20250514-0190");
  reported.set_officer("PC 1234");
  reported.set_reasons("A child was threatened with violence.");
  EXPECT_THAT(Decide(After({Reported()}), WholePoliceReport()), AddsEvent(expected));
}

TEST(RecordPoliceReport, OfCyberBullyingWaitsForTheTargetsLatestDecision) {
  const RecordPoliceReport command = WholePoliceReport(kHead, kCyberBullying);
  CaseState state = After({Reported()});
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kTargetDecides, "ground"));
  for (events::PoliceChoice choice :
       {events::POLICE_CHOICE_NOT_YET, events::POLICE_CHOICE_DO_NOT_REPORT}) {
    Happen(state, PoliceDecided(choice), kTeacher);
    EXPECT_THAT(Decide(state, command), Refuses(Reason::kTargetDecides, "ground"));
  }
  Happen(state, PoliceDecided(events::POLICE_CHOICE_REPORT), kTeacher);
  EXPECT_THAT(Decide(state, command), Adds(CaseEvent::kPoliceReported));
  Happen(state, PoliceDecided(events::POLICE_CHOICE_DO_NOT_REPORT), kTeacher);
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kTargetDecides, "ground"));
}

TEST(RecordPoliceReport, OnAnotherGroundNeedsReasonsAndNobodysDecision) {
  const CaseState state =
      After({Reported(), PoliceDecided(events::POLICE_CHOICE_DO_NOT_REPORT), Closed()});
  for (events::PoliceGround ground :
       {events::POLICE_GROUND_CHILD_AT_RISK_OF_HARM, events::POLICE_GROUND_STATUTORY_DUTY_TO_REPORT,
        events::POLICE_GROUND_IMMEDIATE_DANGER}) {
    RecordPoliceReport command = WholePoliceReport(kTeacher, ground);
    EXPECT_THAT(Decide(state, command), Adds(CaseEvent::kPoliceReported));
    command.reasons = " ";
    EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "reasons"));
  }
}

TEST(RecordPoliceReport, OfCyberBullyingNeedsNoReasonsBesideTheDecision) {
  RecordPoliceReport command = WholePoliceReport(kHead, kCyberBullying);
  command.reasons = "";
  EXPECT_THAT(Decide(After({Reported(), PoliceDecided(events::POLICE_CHOICE_REPORT)}), command),
              Adds(CaseEvent::kPoliceReported));
}

TEST(RecordPoliceReport, OfAnImageInformsThePoliceOfIt) {
  EXPECT_THAT(Decide(After({Reported()}), WholePoliceReport(kHead, kImages)),
              Refuses(Reason::kIndecentImageNotSuspected, "ground"));
  CaseState state = After({Reported(), Suspected()});
  EXPECT_THAT(Decide(state, WholeQuestion()), Refuses(Reason::kPolicePending));
  state = Then(state, Decide(state, WholePoliceReport(kHead, kImages)), kHead);
  EXPECT_THAT(Decide(state, WholeQuestion()), Adds(CaseEvent::kAdviceSought));
}

TEST(RecordPoliceReport, OfSomethingElseDoesNotInformThePoliceOfTheImage) {
  CaseState state = After({Reported(), PoliceDecided(events::POLICE_CHOICE_REPORT), Suspected()});
  EXPECT_THAT(Decide(state, WholePoliceReport(kHead, kCyberBullying)),
              Refuses(Reason::kPolicePending));
  state = Then(state, Decide(state, WholePoliceReport()), kHead);
  EXPECT_THAT(Decide(state, WholeQuestion()), Refuses(Reason::kPolicePending));
}

TEST(RecordPoliceReport, NeedsAGroundAWayAndAPastMoment) {
  const CaseState state = After({Reported()});
  RecordPoliceReport command = WholePoliceReport();
  command.ground = events::POLICE_GROUND_UNSPECIFIED;
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "ground"));
  command.ground = static_cast<events::PoliceGround>(99);
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldInvalid, "ground"));
  command = WholePoliceReport();
  command.how = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "how"));
  command = WholePoliceReport();
  command.reported_at.set_date("2025-05-15");
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFutureTime, "reported_at.date"));
}

TEST(RecordPoliceReport, IsForWhoeverSeesTheCase) {
  const CaseState state = After({ReportedToLineManager(), Referred()});
  for (const kernel::Actor& actor : {kTeacher, kLineManager, kHead, kOfficer}) {
    EXPECT_THAT(Decide(state, WholePoliceReport(actor)), Adds(CaseEvent::kPoliceReported));
  }
  EXPECT_THAT(Decide(state, WholePoliceReport(kColleague)), Refuses(Reason::kNoSuchCase));
}

TEST(RecordDutyNotification, RecordsTheNoticeOfWhoeverSeesTheCase) {
  CaseEvent expected;
  events::DutyToReportNotified& notified = *expected.mutable_duty_to_report_notified();
  notified.set_recipient(events::DUTY_RECIPIENT_POLICE);
  *notified.mutable_notified_at() = ThisMorning();
  notified.set_how("Orally, by 101");
  notified.set_reference("LC-20250514-0191");
  notified.set_reasons("What the child told me.");
  const CaseState state = After({ReportedToLineManager()});
  for (const kernel::Actor& actor : {kTeacher, kLineManager, kHead}) {
    EXPECT_THAT(Decide(state, WholeDutyNotification(actor)), AddsEvent(expected));
  }
  EXPECT_THAT(Decide(state, WholeDutyNotification(kColleague)), Refuses(Reason::kNoSuchCase));
}

TEST(RecordDutyNotification, WaitsForNoGateAndNoOpenCase) {
  EXPECT_THAT(Decide(After({Reported(), Suspected()}), WholeDutyNotification()),
              Adds(CaseEvent::kDutyToReportNotified));
  EXPECT_THAT(Decide(After({Reported(), Closed()}), WholeDutyNotification()),
              Adds(CaseEvent::kDutyToReportNotified));
}

TEST(RecordDutyNotification, NeedsARecipientAWayAndAPastMoment) {
  const CaseState state = After({Reported()});
  RecordDutyNotification command = WholeDutyNotification();
  command.recipient = events::DUTY_RECIPIENT_UNSPECIFIED;
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "recipient"));
  command = WholeDutyNotification();
  command.how = "";
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "how"));
  command = WholeDutyNotification();
  command.notified_at.clear_date();
  EXPECT_THAT(Decide(state, command), Refuses(Reason::kFieldMissing, "notified_at.date"));
}

}  // namespace
}  // namespace wardbook::casework
