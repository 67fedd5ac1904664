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

struct WrongReport {
  const char* what;
  void (*spoil)(ReportIncident& report);
  Reason reason;
  const char* field;
};

class WrongReportTest : public ::testing::TestWithParam<WrongReport> {};

TEST_P(WrongReportTest, IsRefusedNamingTheField) {
  ReportIncident report = WholeReport();
  GetParam().spoil(report);
  EXPECT_THAT(Decide(CaseState(), report), Refuses(GetParam().reason, GetParam().field));
}

INSTANTIATE_TEST_SUITE_P(
    Incident, WrongReportTest,
    ::testing::ValuesIn(std::vector<WrongReport>{
        {"NoKind", [](ReportIncident& r) { r.kind = events::INCIDENT_KIND_UNSPECIFIED; },
         Reason::kFieldMissing, "kind"},
        {"UnknownKind", [](ReportIncident& r) { r.kind = static_cast<events::IncidentKind>(99); },
         Reason::kFieldInvalid, "kind"},
        {"NothingHappened", [](ReportIncident& r) { r.what_happened = " \n"; },
         Reason::kFieldMissing, "what_happened"},
        {"TooMuchHappened",
         [](ReportIncident& r) { r.what_happened = std::string(kTextCharactersMax + 1, 'x'); },
         Reason::kFieldTooLong, "what_happened"},
        {"NotUtf8", [](ReportIncident& r) { r.what_happened = "\xFF"; }, Reason::kFieldInvalid,
         "what_happened"},
        {"NoDate", [](ReportIncident& r) { r.happened_at.clear_date(); }, Reason::kFieldMissing,
         "happened_at.date"},
        {"NoSuchDate", [](ReportIncident& r) { r.happened_at.set_date("2025-02-30"); },
         Reason::kFieldInvalid, "happened_at.date"},
        {"NoSuchTime", [](ReportIncident& r) { r.happened_at.set_time("24:00"); },
         Reason::kFieldInvalid, "happened_at.time"},
        {"Tomorrow", [](ReportIncident& r) { r.happened_at.set_date("2025-05-15"); },
         Reason::kFutureTime, "happened_at.date"},
        {"InAMinute",
         [](ReportIncident& r) {
           r.happened_at.set_date("2025-05-14");
           r.happened_at.set_time("10:31");
         },
         Reason::kFutureTime, "happened_at.time"},
        {"NoSuchOffset", [](ReportIncident& r) { r.happened_at.set_utc_offset_minutes(841); },
         Reason::kFieldInvalid, "happened_at.utc_offset_minutes"},
        {"LongAddress",
         [](ReportIncident& r) {
           r.place.emplace().set_address(std::string(kLineCharactersMax + 1, 'x'));
         },
         Reason::kFieldTooLong, "place.address"},
        {"PartyWithoutCapacity",
         [](ReportIncident& r) {
           r.parties = {NamedParty(events::CAPACITY_TARGET, "A"),
                        NamedParty(events::CAPACITY_UNSPECIFIED, "B")};
         },
         Reason::kFieldMissing, "parties[1].capacity"},
        {"PartyWithoutName",
         [](ReportIncident& r) { r.parties = {NamedParty(events::CAPACITY_TARGET, "")}; },
         Reason::kFieldMissing, "parties[0].name"},
        {"PartyWithShortId",
         [](ReportIncident& r) {
           r.parties = {NamedParty(events::CAPACITY_TARGET, "A")};
           r.parties[0].set_person_id("short");
         },
         Reason::kFieldInvalid, "parties[0].person_id"},
        {"TooManyParties",
         [](ReportIncident& r) {
           r.parties.assign(kPartiesMax + 1, NamedParty(events::CAPACITY_WITNESS, "A"));
         },
         Reason::kFieldTooLong, "parties"},
        {"NoWishes", [](ReportIncident& r) { r.wishes = ""; }, Reason::kFieldMissing, "wishes"},
        {"WishesBothGivenAndNot", [](ReportIncident& r) { r.wishes_not_given = true; },
         Reason::kFieldInvalid, "wishes_not_given"},
        {"IndecentImageNotAsked",
         [](ReportIncident& r) {
           r.indecent_image_answer = events::INDECENT_IMAGE_ANSWER_UNSPECIFIED;
         },
         Reason::kIndecentImageNotAsked, "indecent_image_answer"},
    }),
    [](const auto& test) { return std::string(test.param.what); });

TEST(ReportIncident, RecordsWhatWasSaid) {
  ReportIncident report = WholeReport();
  report.place.emplace().set_platform("Facebook");
  report.parties = {NamedParty(events::CAPACITY_SUBJECT, "Sam Example"),
                    PartyOf(events::CAPACITY_TARGET, kColleague.person)};
  report.about_headteacher = events::HEADTEACHER_ANSWER_NO;
  CaseEvent expected;
  events::IncidentReported& reported = *expected.mutable_incident_reported();
  reported.set_kind(report.kind);
  reported.set_about_headteacher(events::HEADTEACHER_ANSWER_NO);
  reported.set_what_happened(report.what_happened);
  *reported.mutable_happened_at() = report.happened_at;
  reported.mutable_place()->set_platform("Facebook");
  *reported.add_parties() = report.parties[0];
  *reported.add_parties() = report.parties[1];
  reported.set_wishes(report.wishes);
  reported.set_indecent_image_answer(events::INDECENT_IMAGE_ANSWER_NO);
  reported.set_route(events::ROUTE_HEADTEACHER);
  reported.add_told_ids(kHead.person.Bytes());
  reported.add_told_ids(kLead.person.Bytes());
  reported.mutable_in_force_when_happened();
  EXPECT_THAT(Decide(CaseState(), report), AddsEvent(expected));
}

TEST(ReportIncident, TakesAReporterWhoDoesNotSayWhatTheyWish) {
  ReportIncident report = WholeReport();
  report.wishes = "";
  report.wishes_not_given = true;
  EXPECT_THAT(Decide(CaseState(), report), Adds(CaseEvent::kIncidentReported));
}

TEST(ReportIncident, TakesADateWithoutATimeAndTheMinuteOfNow) {
  ReportIncident report = WholeReport();
  report.happened_at.set_date("2025-05-14");
  report.happened_at.clear_time();
  EXPECT_THAT(Decide(CaseState(), report), Adds(CaseEvent::kIncidentReported));
  report.happened_at.set_time("10:30");
  EXPECT_THAT(Decide(CaseState(), report), Adds(CaseEvent::kIncidentReported));
}

TEST(ReportIncident, IsTakenFromEverybodyOfTheSchoolAndFromNobodyElse) {
  for (const kernel::Actor& actor : {kTeacher, kLineManager, kHead, kDeputy, kLead, kChair}) {
    EXPECT_THAT(Decide(CaseState(), WholeReport(actor)), Adds(CaseEvent::kIncidentReported));
  }
  for (const kernel::Actor& actor : {kOfficer, kAuditor, kAdministrator}) {
    EXPECT_THAT(Decide(CaseState(), WholeReport(actor)), Refuses(Reason::kRoleRequired));
  }
}

TEST(ReportIncident, IsNotAddedToACaseThatStands) {
  EXPECT_THAT(Decide(After({Reported()}), WholeReport()),
              Refuses(Reason::kFieldInvalid, "case_ref"));
}

events::IncidentReported ReportedBy(const ReportIncident& report) {
  return std::get<0>(Decide(CaseState(), report)).at(0).incident_reported();
}

TEST(RouteOfAReport, IsTheLineManagerWhereTheReporterChoosesThem) {
  ReportIncident report = WholeReport();
  report.to_line_manager = true;
  report.line_manager = kLineManager.person;
  EXPECT_THAT(ReportedBy(report).route(), Eq(events::ROUTE_LINE_MANAGER));
  EXPECT_THAT(ReportedBy(report).line_manager_id(), Eq(kLineManager.person.Bytes()));
}

TEST(RouteOfAReport, IsTheHeadteacherWhereNoLineManagerIsKnown) {
  ReportIncident report = WholeReport();
  report.to_line_manager = true;
  EXPECT_THAT(ReportedBy(report).route(), Eq(events::ROUTE_HEADTEACHER));
}

TEST(RouteOfAReport, IsNeverTheSubject) {
  ReportIncident report = WholeReport();
  report.to_line_manager = true;
  report.line_manager = kLineManager.person;
  report.parties = {PartyOf(events::CAPACITY_SUBJECT, kLineManager.person)};
  EXPECT_THAT(ReportedBy(report).route(), Eq(events::ROUTE_HEADTEACHER));
  EXPECT_THAT(ReportedBy(report).line_manager_id(), Eq(""));
}

TEST(RouteOfAReport, IsNeverTheReporter) {
  ReportIncident report = WholeReport(kLineManager);
  report.to_line_manager = true;
  report.line_manager = kLineManager.person;
  EXPECT_THAT(ReportedBy(report).route(), Eq(events::ROUTE_HEADTEACHER));
}

TEST(RouteOfAReport, IsTheChairWhereItIsAboutTheHeadteacherWhateverIsChosen) {
  ReportIncident report = WholeReport();
  report.parties = {PartyOf(events::CAPACITY_SUBJECT, kHead.person)};
  report.to_line_manager = true;
  report.line_manager = kLineManager.person;
  EXPECT_THAT(ReportedBy(report).route(), Eq(events::ROUTE_CHAIR_OF_GOVERNORS));
}

TEST(RouteOfAReport, IsTheChairWhereTheHeadteacherReportsThemselves) {
  ReportIncident report = WholeReport(kHead);
  report.kind = events::INCIDENT_KIND_SELF_REPORT;
  EXPECT_THAT(ReportedBy(report).route(), Eq(events::ROUTE_CHAIR_OF_GOVERNORS));
}

TEST(ReportIncident, KeepsNoAddressWhereAnIndecentImageIsSuspected) {
  ReportIncident report = WholeReport();
  report.place.emplace().set_address("https://a.example/picture");
  EXPECT_THAT(ReportedBy(report).place().address(), Eq("https://a.example/picture"));
  report.indecent_image_answer = events::INDECENT_IMAGE_ANSWER_NOT_SURE;
  EXPECT_THAT(ReportedBy(report).place().address(), Eq(std::string(kAddressLeftOut)));
}

TEST(ReportIncident, MayNameTheClausesAndPinsWhatWasInForceWhenItHappened) {
  ReportIncident command = WholeReport();
  command.kind = events::INCIDENT_KIND_CODE_OF_CONDUCT;
  command.breached_clauses = {events::BREACH_CLAUSE_P10_IMAGES,
                              events::BREACH_CLAUSE_P07_REFERENCE_TO_SCHOOL};
  command.in_force_when_happened.set_policy_version("policy");
  command.in_force_when_happened.set_rule_pack("rules");
  const CaseDecision decision = Decide(CaseState(), command);
  ASSERT_THAT(decision, Adds(CaseEvent::kIncidentReported));
  const events::IncidentReported& reported = std::get<0>(decision)[0].incident_reported();
  EXPECT_THAT(reported.breached_clauses(),
              ::testing::ElementsAre(events::BREACH_CLAUSE_P07_REFERENCE_TO_SCHOOL,
                                     events::BREACH_CLAUSE_P10_IMAGES));
  EXPECT_EQ(reported.in_force_when_happened().policy_version(), "policy");
  EXPECT_EQ(reported.in_force_when_happened().rule_pack(), "rules");
  command.breached_clauses = {static_cast<events::BreachClause>(3)};
  EXPECT_THAT(Decide(CaseState(), command), Refuses(Reason::kFieldInvalid, "breached_clauses"));
}

TEST(ReportIncident, OfSharedLogInsIsABreachOfTheirClause) {
  ReportIncident command = WholeReport();
  command.kind = events::INCIDENT_KIND_CREDENTIAL_SHARING;
  const CaseDecision decision = Decide(CaseState(), command);
  ASSERT_THAT(decision, Adds(CaseEvent::kIncidentReported));
  EXPECT_THAT(std::get<0>(decision)[0].incident_reported().breached_clauses(),
              ::testing::ElementsAre(events::BREACH_CLAUSE_P15_CREDENTIAL_SHARING));
}

TEST(AcknowledgeReceipt, TellsTheReporter) {
  CaseEvent expected;
  expected.mutable_receipt_acknowledged()->set_message_to_reporter(
      WholeAcknowledgement().message_to_reporter);
  EXPECT_THAT(Decide(After({Reported()}), WholeAcknowledgement()), AddsEvent(expected));
}

TEST(AcknowledgeReceipt, NeedsAMessageOfAtMostALine) {
  AcknowledgeReceipt command = WholeAcknowledgement();
  command.message_to_reporter = "";
  EXPECT_THAT(Decide(After({Reported()}), command),
              Refuses(Reason::kFieldMissing, "message_to_reporter"));
  command.message_to_reporter = std::string(kLineCharactersMax + 1, 'x');
  EXPECT_THAT(Decide(After({Reported()}), command),
              Refuses(Reason::kFieldTooLong, "message_to_reporter"));
}

TEST(AcknowledgeReceipt, AddsTheSameMessageOnceAndAnotherOneAsWell) {
  const AcknowledgeReceipt first = WholeAcknowledgement();
  CaseState state = After({Reported()});
  state = Then(state, Decide(state, first), kHead);
  EXPECT_THAT(Decide(state, first), AddsNothing());
  AcknowledgeReceipt second = first;
  second.message_to_reporter = "It will be Thursday.";
  EXPECT_THAT(Decide(state, second), Adds(CaseEvent::kReceiptAcknowledged));
}

TEST(AcknowledgeReceipt, IsTheHandlersAndNotTheReporters) {
  EXPECT_THAT(Decide(After({Reported()}), WholeAcknowledgement(kTeacher)),
              Refuses(Reason::kRoleRequired));
}

TEST(AcknowledgeReceipt, IsRefusedOnAClosedCase) {
  EXPECT_THAT(Decide(After({Reported(), Closed()}), WholeAcknowledgement()),
              Refuses(Reason::kCaseClosed));
}

}  // namespace
}  // namespace wardbook::casework
