#include "services/casework/domain/routing.h"

#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/decide.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;

// The register without some of the people of the tests.
std::vector<RegisteredPerson> SchoolWithout(const std::set<PersonId>& absent) {
  std::vector<RegisteredPerson> school = WholeSchool();
  std::erase_if(school, [&](const RegisteredPerson& one) { return absent.contains(one.id); });
  return school;
}

ReportIncident ReportAbout(const events::Party& subject,
                           events::IncidentKind kind = events::INCIDENT_KIND_CODE_OF_CONDUCT) {
  ReportIncident report = WholeReport();
  report.kind = kind;
  report.parties = {subject};
  report.about_headteacher = events::HEADTEACHER_ANSWER_NO;
  return report;
}

CaseState Filed(const ReportIncident& report) {
  return Then(CaseState(), Decide(CaseState(), report), report.by.actor);
}

TEST(RouteOfAReport, AboutTheHeadteacherByNameAloneIsTheChairAndHidesFromThem) {
  for (const char* name : {"person four", "PERSON  FOUR", "Mrs Person Four"}) {
    const CaseState state = Filed(ReportAbout(NamedParty(events::CAPACITY_SUBJECT, name)));
    EXPECT_THAT(state.route, Eq(events::ROUTE_CHAIR_OF_GOVERNORS)) << name;
    EXPECT_THAT(SightOf(state, kHead), Eq(Sight::kNone)) << name;
    EXPECT_THAT(SightOf(state, kChair), Eq(Sight::kHandler)) << name;
  }
}

TEST(RouteOfAReport, AboutAnyHandlerByNameAloneHidesFromThem) {
  const CaseState state = Filed(ReportAbout(NamedParty(events::CAPACITY_SUBJECT, "Person Six")));
  EXPECT_THAT(state.route, Eq(events::ROUTE_HEADTEACHER));
  EXPECT_THAT(SightOf(state, kLead), Eq(Sight::kNone));
  EXPECT_THAT(SightOf(state, kHead), Eq(Sight::kHandler));
}

TEST(RouteOfAReport, OfAWitnessByNameHidesFromNobody) {
  const CaseState state = Filed(ReportAbout(NamedParty(events::CAPACITY_WITNESS, "Person Four")));
  EXPECT_THAT(SightOf(state, kHead), Eq(Sight::kHandler));
}

TEST(RouteOfAReport, AboutAPupilOfTheSameNameHidesFromNobody) {
  events::Party pupil = NamedParty(events::CAPACITY_SUBJECT, "Person Four");
  pupil.set_category(events::PERSON_CATEGORY_PUPIL);
  EXPECT_THAT(SightOf(Filed(ReportAbout(pupil)), kHead), Eq(Sight::kHandler));
}

TEST(RouteOfAReport, IsTheChairWhereItIsOrMayBeAboutTheHeadteacher) {
  ReportIncident report = ReportAbout(NamedParty(events::CAPACITY_SUBJECT, "the boss"));
  report.about_headteacher = events::HEADTEACHER_ANSWER_YES;
  EXPECT_THAT(Filed(report).route, Eq(events::ROUTE_CHAIR_OF_GOVERNORS));
  EXPECT_THAT(Filed(report).subjects, ElementsAre(kHead.person));
  report.about_headteacher = events::HEADTEACHER_ANSWER_NOT_SURE;
  EXPECT_THAT(Filed(report).route, Eq(events::ROUTE_CHAIR_OF_GOVERNORS));
  EXPECT_THAT(SightOf(Filed(report), kHead), Eq(Sight::kNone));
}

TEST(RouteOfAReport, IsTheOfficersWhereItIsAboutTheChair) {
  EXPECT_THAT(Filed(ReportAbout(PartyOf(events::CAPACITY_SUBJECT, kChair.person))).route,
              Eq(events::ROUTE_SAFEGUARDING_OFFICER));
  EXPECT_THAT(Filed(ReportAbout(NamedParty(events::CAPACITY_SUBJECT, "Person Seven"))).route,
              Eq(events::ROUTE_SAFEGUARDING_OFFICER));
  EXPECT_THAT(Filed(ReportAbout(NamedParty(events::CAPACITY_SUBJECT, "Mrs Seven"))).route,
              Eq(events::ROUTE_HEADTEACHER))
      << "a surname alone takes no case out of the school";
}

TEST(RouteOfAReport, HidesFromWhoeverTheNameMayMean) {
  for (const char* const name : {"Person Six", "Ms Six", "P. Six", "Six"}) {
    const CaseState state = Filed(ReportAbout(NamedParty(events::CAPACITY_SUBJECT, name)));
    EXPECT_THAT(SightOf(state, kLead), Eq(Sight::kNone)) << name;
    EXPECT_THAT(SightOf(state, kHead), Eq(Sight::kHandler)) << name;
  }
  events::Party parent = NamedParty(events::CAPACITY_SUBJECT, "Ms Six");
  parent.set_category(events::PERSON_CATEGORY_PARENT);
  EXPECT_THAT(SightOf(Filed(ReportAbout(parent)), kLead), Eq(Sight::kHandler));
}

TEST(RouteOfAReport, LeavesAReporterOfTheSameSurnameTheirReport) {
  const CaseState state = Filed(ReportAbout(NamedParty(events::CAPACITY_SUBJECT, "Mr One")));
  EXPECT_THAT(SightOf(state, kTeacher), Eq(Sight::kReporter));
}

TEST(RouteOfAReport, KeepsNoOfficerOfTheCouncilOutByASurname) {
  CaseState state = Filed(ReportAbout(NamedParty(events::CAPACITY_SUBJECT, "Mr Eight")));
  Happen(state, Referred(), kHead);
  EXPECT_THAT(SightOf(state, kOfficer), Eq(Sight::kOfficer));
  state = Filed(ReportAbout(NamedParty(events::CAPACITY_SUBJECT, "Person Eight")));
  Happen(state, Referred(), kHead);
  EXPECT_THAT(SightOf(state, kOfficer), Eq(Sight::kNone));
}

TEST(RouteOfAReport, HidesFromWhoeverHadTheName) {
  ReportIncident report = ReportAbout(NamedParty(events::CAPACITY_SUBJECT, "Ms Tarrant"));
  EXPECT_THAT(SightOf(Filed(report), kLead), Eq(Sight::kHandler));
  for (RegisteredPerson& person : report.school) {
    if (person.id == kLead.person) person.names = {{"Person Tarrant"}, {person.name}};
  }
  EXPECT_THAT(SightOf(Filed(report), kLead), Eq(Sight::kNone));
}

TEST(RouteOfAReport, BelievesWhoSaysThatItIsNotTheHeadteacherOfThatSurname) {
  ReportIncident report = ReportAbout(NamedParty(events::CAPACITY_SUBJECT, "Mr Four"));
  report.about_headteacher = events::HEADTEACHER_ANSWER_NO;
  EXPECT_THAT(Filed(report).route, Eq(events::ROUTE_HEADTEACHER));
  report.parties = {NamedParty(events::CAPACITY_SUBJECT, "Person Four")};
  EXPECT_THAT(Filed(report).route, Eq(events::ROUTE_CHAIR_OF_GOVERNORS));
}

TEST(CategoryOf, IsAChildWhereTheRegisterHasOneAndAnAdultOfTheSchoolWhereEitherSaysSo) {
  using events::PERSON_CATEGORY_EMPLOYEE;
  using events::PERSON_CATEGORY_PARENT;
  using events::PERSON_CATEGORY_PUPIL;
  using events::PERSON_CATEGORY_UNSPECIFIED;
  using events::PERSON_CATEGORY_VOLUNTEER;
  EXPECT_EQ(CategoryOf(PERSON_CATEGORY_VOLUNTEER, PERSON_CATEGORY_PARENT),
            PERSON_CATEGORY_VOLUNTEER);
  EXPECT_EQ(CategoryOf(PERSON_CATEGORY_PARENT, PERSON_CATEGORY_EMPLOYEE), PERSON_CATEGORY_EMPLOYEE);
  EXPECT_EQ(CategoryOf(PERSON_CATEGORY_EMPLOYEE, PERSON_CATEGORY_PUPIL), PERSON_CATEGORY_PUPIL);
  EXPECT_EQ(CategoryOf(PERSON_CATEGORY_PUPIL, PERSON_CATEGORY_EMPLOYEE), PERSON_CATEGORY_EMPLOYEE);
  EXPECT_EQ(CategoryOf(PERSON_CATEGORY_UNSPECIFIED, PERSON_CATEGORY_PARENT),
            PERSON_CATEGORY_PARENT);
  EXPECT_EQ(CategoryOf(PERSON_CATEGORY_PARENT, PERSON_CATEGORY_UNSPECIFIED),
            PERSON_CATEGORY_PARENT);
}

TEST(HeadteacherQuestion, IsAskedWhereAnAdultOfTheSchoolIsGivenByNameAlone) {
  for (const events::IncidentKind kind :
       {events::INCIDENT_KIND_CODE_OF_CONDUCT, events::INCIDENT_KIND_UNSUITABLE_MATERIAL,
        events::INCIDENT_KIND_SAFEGUARDING_CONCERN}) {
    ReportIncident report = ReportAbout(NamedParty(events::CAPACITY_SUBJECT, "somebody"), kind);
    report.about_headteacher = events::HEADTEACHER_ANSWER_UNSPECIFIED;
    EXPECT_THAT(Decide(CaseState(), report),
                Refuses(Reason::kAboutHeadteacherNotAsked, "about_headteacher"));
    report.parties = {PartyOf(events::CAPACITY_SUBJECT, kColleague.person)};
    EXPECT_THAT(Decide(CaseState(), report), Adds(events::CaseEvent::kIncidentReported));
    report.parties = {NamedParty(events::CAPACITY_SUBJECT, "somebody")};
    report.parties[0].set_category(events::PERSON_CATEGORY_PUPIL);
    EXPECT_THAT(Decide(CaseState(), report), Adds(events::CaseEvent::kIncidentReported));
  }
}

TEST(RouteOfAReport, IsTheOfficersWhereHeadteacherAndChairAreSubjects) {
  ReportIncident report = ReportAbout(PartyOf(events::CAPACITY_SUBJECT, kHead.person));
  report.parties.push_back(PartyOf(events::CAPACITY_SUBJECT, kChair.person));
  CaseState state = Filed(report);
  EXPECT_THAT(state.route, Eq(events::ROUTE_SAFEGUARDING_OFFICER));
  EXPECT_THAT(SightOf(state, kOfficer), Eq(Sight::kOfficer));
  for (const kernel::Actor& actor : {kHead, kChair, kDeputy, kLead, kLineManager}) {
    EXPECT_THAT(SightOf(state, actor), Eq(Sight::kNone));
  }
  EXPECT_THAT(Decide(state, WholeAcknowledgement(kOfficer)),
              Adds(events::CaseEvent::kReceiptAcknowledged));
  // What is the officers' own needs no referral to them.
  state = Then(state, Decide(state, WholeThresholdDecision(events::HARM_THRESHOLD_MET, kOfficer)),
               kOfficer);
  state = Then(state, Decide(state, WholeBar(kOfficer)), kOfficer);
  EXPECT_THAT(Decide(state, WholeClosing(kOfficer)), Adds(events::CaseEvent::kCaseClosed));
}

TEST(RouteOfAReport, IsTheOfficersWhereTheRegisterHasNoChair) {
  ReportIncident report = ReportAbout(PartyOf(events::CAPACITY_SUBJECT, kHead.person));
  report.school = SchoolWithout({kChair.person});
  EXPECT_THAT(Filed(report).route, Eq(events::ROUTE_SAFEGUARDING_OFFICER));
}

TEST(RouteOfAReport, IsTheChairWhereNobodyOfTheLeadershipIsFree) {
  ReportIncident report = ReportAbout(PartyOf(events::CAPACITY_SUBJECT, kLead.person));
  report.school = SchoolWithout({kHead.person, kDeputy.person});
  EXPECT_THAT(Filed(report).route, Eq(events::ROUTE_CHAIR_OF_GOVERNORS));
}

TEST(RouteOfAReport, IsTheLineManagersForCyberBullyingAndSelfReportsOnly) {
  for (int kind = 1; kind <= 5; ++kind) {
    ReportIncident report = WholeReport();
    report.kind = static_cast<events::IncidentKind>(kind);
    report.to_line_manager = true;
    report.line_manager = kLineManager.person;
    const bool choice = report.kind == events::INCIDENT_KIND_CYBER_BULLYING ||
                        report.kind == events::INCIDENT_KIND_SELF_REPORT;
    EXPECT_THAT(Filed(report).route,
                Eq(choice ? events::ROUTE_LINE_MANAGER : events::ROUTE_HEADTEACHER));
  }
}

ReportIncident ReportOfMaterial() {
  return ReportAbout(PartyOf(events::CAPACITY_SUBJECT, kColleague.person),
                     events::INCIDENT_KIND_UNSUITABLE_MATERIAL);
}

TEST(RouteOfUnsuitableMaterial, IsTheHeadteacherAloneWhileTheyArePresent) {
  const CaseDecision decision = Decide(CaseState(), ReportOfMaterial());
  const events::IncidentReported& reported = std::get<0>(decision).at(0).incident_reported();
  EXPECT_THAT(reported.route(), Eq(events::ROUTE_HEADTEACHER));
  EXPECT_THAT(reported.told_ids(), ElementsAre(kHead.person.Bytes()));
  EXPECT_THAT(reported.recipient_id(), Eq(kHead.person.Bytes()));
  EXPECT_THAT(reported.head_absence_id(), Eq(""));
  EXPECT_THAT(Filed(ReportOfMaterial()).recipient, Eq(kHead.person));
}

TEST(RouteOfUnsuitableMaterial, IsThatOfEveryReportThatNamesP18) {
  for (const events::IncidentKind kind :
       {events::INCIDENT_KIND_CODE_OF_CONDUCT, events::INCIDENT_KIND_CYBER_BULLYING,
        events::INCIDENT_KIND_SELF_REPORT}) {
    ReportIncident report = ReportAbout(PartyOf(events::CAPACITY_SUBJECT, kColleague.person), kind);
    report.line_manager = kLineManager.person;
    report.to_line_manager = true;
    report.breached_clauses = {events::BREACH_CLAUSE_P18_UNSUITABLE_MATERIAL};
    const CaseState state = Filed(report);
    EXPECT_THAT(state.route, Eq(events::ROUTE_HEADTEACHER));
    EXPECT_THAT(state.recipient, Eq(kHead.person));
    EXPECT_THAT(SightOf(state, kLineManager), Eq(Sight::kNone));
    report.to_senior_leadership = true;
    EXPECT_THAT(Decide(CaseState(), report),
                Refuses(Reason::kHeadteacherReceives, "to_senior_leadership"));
  }
}

TEST(RouteOfUnsuitableMaterial, IsTheLeadershipTeamOnlyInARecordedAbsence) {
  ReportIncident report = ReportOfMaterial();
  report.to_senior_leadership = true;
  EXPECT_THAT(Decide(CaseState(), report),
              Refuses(Reason::kHeadteacherReceives, "to_senior_leadership"));
  report.head_absence = HeadIsAbsent();
  const CaseDecision decision = Decide(CaseState(), report);
  const events::IncidentReported& reported = std::get<0>(decision).at(0).incident_reported();
  EXPECT_THAT(reported.route(), Eq(events::ROUTE_SENIOR_LEADERSHIP));
  EXPECT_THAT(reported.told_ids(), ElementsAre(kDeputy.person.Bytes()));
  EXPECT_THAT(reported.recipient_id(), Eq(kDeputy.person.Bytes()));
  EXPECT_THAT(reported.head_absence_id(), Eq(HeadIsAbsent().id.Bytes()));
  report.to_senior_leadership = false;
  EXPECT_THAT(Filed(report).recipient, Eq(kDeputy.person)) << "whatever the reporter chooses";
}

TEST(RouteOfUnsuitableMaterial, IsAnotherOfTheLeadershipTeamWhereWhoActsIsTheSubject) {
  ReportIncident report = ReportOfMaterial();
  report.head_absence = HeadIsAbsent();
  report.parties = {PartyOf(events::CAPACITY_SUBJECT, kDeputy.person)};
  EXPECT_THAT(Filed(report).route, Eq(events::ROUTE_CHAIR_OF_GOVERNORS)) << "there is no other";
  report.school.push_back({IdOf<PersonId>(20), "Person Twenty", {kernel::Role::kSeniorLeadership}});
  EXPECT_THAT(Filed(report).route, Eq(events::ROUTE_SENIOR_LEADERSHIP));
  EXPECT_THAT(Filed(report).recipient, Eq(IdOf<PersonId>(20)));
}

TEST(RouteOfUnsuitableMaterial, IsTheChairWhereItIsAboutTheHeadteacherOrThereIsNone) {
  ReportIncident report = ReportOfMaterial();
  report.parties = {PartyOf(events::CAPACITY_SUBJECT, kHead.person)};
  // Neither an absence nor a choice brings it to who works under them.
  report.to_senior_leadership = true;
  report.head_absence = HeadIsAbsent();
  EXPECT_THAT(Filed(report).route, Eq(events::ROUTE_CHAIR_OF_GOVERNORS));
  EXPECT_THAT(Filed(report).recipient, Eq(kChair.person));
  report = ReportOfMaterial();
  report.school = SchoolWithout({kHead.person});
  EXPECT_THAT(Filed(report).route, Eq(events::ROUTE_CHAIR_OF_GOVERNORS));
}

TEST(RouteOfUnsuitableMaterial, IsTheOfficersWhereHeadteacherAndChairAreSubjects) {
  ReportIncident report = ReportOfMaterial();
  report.parties = {PartyOf(events::CAPACITY_SUBJECT, kHead.person),
                    PartyOf(events::CAPACITY_SUBJECT, kChair.person)};
  EXPECT_THAT(Filed(report).route, Eq(events::ROUTE_SAFEGUARDING_OFFICER));
  EXPECT_TRUE(Filed(report).recipient.IsZero()) << "those who give the advice need not ask for it";
}

TEST(RouteOfAReport, IsNotALineManagerWhoHasNoRoleAnyMore) {
  ReportIncident report = WholeReport();
  report.to_line_manager = true;
  report.line_manager = kLineManager.person;
  for (RegisteredPerson& person : report.school) {
    if (person.id == kLineManager.person) person.roles.clear();
  }
  EXPECT_THAT(Filed(report).route, Eq(events::ROUTE_HEADTEACHER));
}

TEST(RouteOfAReport, IsTheSameInAnAbsenceForAllOtherKinds) {
  ReportIncident report = WholeReport();
  report.head_absence = HeadIsAbsent();
  report.to_senior_leadership = true;
  EXPECT_THAT(Filed(report).route, Eq(events::ROUTE_HEADTEACHER));
  EXPECT_TRUE(Filed(report).recipient.IsZero());
}

TEST(Telling, IsOnRecordWithTheReport) {
  ReportIncident report = WholeReport();
  EXPECT_THAT(WhomToTell(report).told, ElementsAre(kHead.person, kLead.person));
  report.parties = {PartyOf(events::CAPACITY_SUBJECT, kLead.person)};
  EXPECT_THAT(WhomToTell(report).told, ElementsAre(kHead.person));
  report.school = {};
  EXPECT_THAT(WhomToTell(report).told, IsEmpty());
  const CaseDecision decision = Decide(CaseState(), WholeReport());
  EXPECT_THAT(std::get<0>(decision).at(0).incident_reported().told_ids(),
              ElementsAre(kHead.person.Bytes(), kLead.person.Bytes()));
}

}  // namespace
}  // namespace wardbook::casework
