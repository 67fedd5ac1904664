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

TEST(SightOf, IsOfNobodyBeforeTheCaseExists) {
  for (const kernel::Actor& actor : Everybody()) {
    EXPECT_THAT(SightOf(CaseState(), actor), Eq(Sight::kNone));
  }
}

struct Seen {
  kernel::Actor viewer;
  Sight sight;
};

void ExpectSights(const CaseState& state, const std::vector<Seen>& expected) {
  for (const Seen& seen : expected) {
    EXPECT_THAT(SightOf(state, seen.viewer), Eq(seen.sight)) << seen.viewer.person.Hex();
  }
}

TEST(SightOf, IsTheLeadershipsAndTheReportersOfAnOrdinaryCase) {
  ExpectSights(After({Reported()}), {{kTeacher, Sight::kReporter},
                                     {kColleague, Sight::kNone},
                                     {kLineManager, Sight::kNone},
                                     {kHead, Sight::kHandler},
                                     {kDeputy, Sight::kHandler},
                                     {kLead, Sight::kHandler},
                                     {kChair, Sight::kNone},
                                     {kOfficer, Sight::kNone},
                                     {kAuditor, Sight::kNone},
                                     {kAdministrator, Sight::kNone}});
}

TEST(SightOf, IsTheLineManagersWhoWasToldUntilItIsHandedOn) {
  CaseState state = After({ReportedToLineManager()});
  ExpectSights(state, {{kLineManager, Sight::kLineManager}, {kHead, Sight::kHandler}});
  state = Then(state, Decide(state, WholeEscalation()), kHead);
  ExpectSights(state, {{kLineManager, Sight::kOwnEntries}});
  EXPECT_THAT(Decide(state, WholeNote(kLineManager)), Adds(CaseEvent::kNoteAdded));
  EXPECT_THAT(Decide(state, WholeScreenPrint(kLineManager)), Refuses(Reason::kRoleRequired));
}

TEST(SightOf, IsTheChairsAloneWhereTheCaseIsAboutTheHeadteacher) {
  ExpectSights(After({ReportedWith(PartyOf(events::CAPACITY_SUBJECT, kHead.person),
                                   events::ROUTE_CHAIR_OF_GOVERNORS)}),
               {{kTeacher, Sight::kReporter},
                {kLineManager, Sight::kNone},
                {kHead, Sight::kNone},
                {kDeputy, Sight::kNone},
                {kLead, Sight::kNone},
                {kChair, Sight::kHandler},
                {kOfficer, Sight::kNone}});
}

TEST(SightOf, IsTheOfficersOnceTheCaseIsReferred) {
  ExpectSights(After({Reported(), Referred()}), {{kOfficer, Sight::kOfficer}});
  ExpectSights(After({Reported(events::ROUTE_CHAIR_OF_GOVERNORS), Referred()}),
               {{kOfficer, Sight::kOfficer}, {kHead, Sight::kNone}});
}

TEST(SightOf, IsNotTheSubjectsWhateverTheirRoles) {
  for (kernel::Actor subject : {kLineManager, kHead, kDeputy, kLead, kChair, kOfficer}) {
    CaseEvent reported = ReportedToLineManager();
    *reported.mutable_incident_reported()->add_parties() =
        PartyOf(events::CAPACITY_SUBJECT, subject.person);
    EXPECT_THAT(SightOf(After({reported, Referred()}), subject), Eq(Sight::kNone));
  }
}

TEST(SightOf, IsTheReportersOfThemselvesAndNoMoreWhateverTheirRoles) {
  CaseState state;
  Happen(state, Reported(events::ROUTE_HEADTEACHER, events::INCIDENT_KIND_SELF_REPORT), kDeputy);
  EXPECT_THAT(SightOf(state, kDeputy), Eq(Sight::kOwnEntries));
  EXPECT_THAT(SightOf(state, kHead), Eq(Sight::kHandler));
}

// Whatever a refusal could tell who reported their own act of what others did since.
TEST(OwnEntries, AreAddedToOrRefusedWhateverOthersFoundOut) {
  CaseState plain;
  Happen(plain, Reported(events::ROUTE_HEADTEACHER, events::INCIDENT_KIND_SELF_REPORT), kTeacher);
  CaseState grave = plain;
  Happen(grave, Suspected(), kHead);
  Happen(grave, Referred(), kHead);
  CaseState called = grave;
  Happen(called, PoliceCalled(), kHead);
  AddNote link = WholeNote(kTeacher);
  link.text = "It is at http://a.example/x";
  for (const CaseState& state : {grave, called}) {
    const auto alike = [&](const auto& command) {
      EXPECT_EQ(Describe(DecideWithoutLinks(state, command)),
                Describe(DecideWithoutLinks(plain, command)));
    };
    alike(link);
    alike(WholeNote(kTeacher));
    alike(WholeCorrection(kTeacher));
    alike(WholeWishes(kTeacher));
    alike(WholeContact(kTeacher));
    alike(WholeProviderReport(kTeacher));
    alike(WholeRemoval(kTeacher));
    alike(WholeScreenPrint(kTeacher));
    alike(WholeAnnotation(kTeacher));
    alike(WholePreservation(kTeacher));
    alike(WholePoliceCall(kTeacher));
    alike(WholeSuspicion(kTeacher));
    alike(WholePoliceDecision(kTeacher));
    alike(WholePoliceReport(kTeacher, events::POLICE_GROUND_INDECENT_IMAGES));
    alike(WholePoliceReport(kTeacher, events::POLICE_GROUND_CYBER_BULLYING));
    alike(WholePoliceReport(kTeacher, events::POLICE_GROUND_IMMEDIATE_DANGER));
    alike(WholeDutyNotification(kTeacher));
    alike(WholeReferral(kTeacher, 9));
    alike(WholeSubmission(kTeacher, 9));
    alike(WholeMoreInformation(kTeacher));
    alike(WholeConflict(kTeacher));
    EXPECT_EQ(Refuses(state, WholeTakeFile(kTeacher)), Refuses(plain, WholeTakeFile(kTeacher)));
  }
}

TEST(SightOf, IsNotTheTargetsForBeingTheTarget) {
  ExpectSights(After({ReportedWith(PartyOf(events::CAPACITY_TARGET, kColleague.person))}),
               {{kColleague, Sight::kNone}});
  ExpectSights(After({ReportedWith(PartyOf(events::CAPACITY_TARGET, kTeacher.person))}),
               {{kTeacher, Sight::kReporter}});
}

TEST(SightOf, OfAHandlerIsStrongerThanThatOfAReporter) {
  CaseState state;
  Happen(state, Reported(), kLead);
  EXPECT_THAT(SightOf(state, kLead), Eq(Sight::kHandler));
}

TEST(LineManager, PassesTheCaseOnAndDoesNotDecideIt) {
  const CaseState state = After({ReportedToLineManager(), AdviceAsked()});
  EXPECT_THAT(Decide(state, WholeAcknowledgement(kLineManager)),
              Adds(CaseEvent::kReceiptAcknowledged));
  EXPECT_THAT(Decide(state, WholeNote(kLineManager)), Adds(CaseEvent::kNoteAdded));
  EXPECT_THAT(Decide(state, WholeEscalation(kLineManager)), Adds(CaseEvent::kCaseEscalated));
  EXPECT_THAT(Decide(state, WholeReferral(kLineManager)), Adds(CaseEvent::kCaseReferred));
  EXPECT_THAT(Decide(state, WholeScreenPrint(kLineManager)), Adds(CaseEvent::kEvidenceFiled));

  EXPECT_THAT(Decide(state, WholeQuestion(kLineManager)), Refuses(Reason::kRoleRequired));
  EXPECT_THAT(Decide(state, WholeAdvice(kLineManager)), Refuses(Reason::kRoleRequired));
  EXPECT_THAT(Decide(state, WholePoliceDecision(kLineManager)), Refuses(Reason::kRoleRequired));
  EXPECT_THAT(Decide(state, WholeClosing(kLineManager)), Refuses(Reason::kRoleRequired));
  CaseState closed = state;
  Happen(closed, Closed(), kHead);
  EXPECT_THAT(Decide(closed, WholeReopening(kLineManager)), Refuses(Reason::kRoleRequired));
  EXPECT_TRUE(Refuses(state, ExportCase{{kLineManager, kNow}}).has_value());
}

TEST(Subject, IsToldThatTheyCannotActOnlyInTheCaseThatTheyReportedThemselves) {
  CaseState own;
  Happen(own, Reported(events::ROUTE_HEADTEACHER, events::INCIDENT_KIND_SELF_REPORT), kDeputy);
  EXPECT_THAT(Decide(own, WholeClosing(kDeputy)), Refuses(Reason::kSubject));
  const CaseState others = After({ReportedWith(PartyOf(events::CAPACITY_SUBJECT, kDeputy.person))});
  EXPECT_THAT(Decide(others, WholeClosing(kDeputy)), Refuses(Reason::kNoSuchCase));
}

}  // namespace
}  // namespace wardbook::casework
