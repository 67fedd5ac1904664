#include "services/casework/domain/offered_actions.h"

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/decide.h"
#include "services/casework/domain/random_history_for_test.h"
#include "tests/testing/seed.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::ReasonKind;
using ::testing::IsEmpty;
using CaseEvent = events::CaseEvent;

Asker AskerFor(const kernel::Actor& actor, const CaseState& state) {
  return {.by = {actor, kNow},
          .a_name_is_open = !state.open_names.empty(),
          .school = WholeSchool(),
          .head_absence = HeadIsAbsent(),
          .rules = WholeDisagreement(actor).rules};
}

struct Situation {
  const char* what;
  CaseState state;
  kernel::Actor actor;
};

CaseState Suspicion(std::initializer_list<CaseEvent> later) {
  CaseState state = After({ReportedWithAnswer(events::INDECENT_IMAGE_ANSWER_YES)});
  for (const CaseEvent& event : later) Happen(state, event, kHead);
  return state;
}

CaseState Material(std::initializer_list<CaseEvent> later) {
  CaseState state = After({MaterialReceivedBy(kHead)});
  for (const CaseEvent& event : later) Happen(state, event, kHead);
  return state;
}

// A breach that was found and goes to the disciplinary procedure.
CaseState Decided() {
  return After({BreachReported(), ThresholdDecided(), Started(), Found(events::FINDING_BREACH),
                DisciplineDecided(events::DISCIPLINARY_DECISION_REFER)});
}

CaseState SelfReport() {
  CaseState state;
  Happen(state, ReportedWith(PartyOf(events::CAPACITY_SUBJECT, kTeacher.person)), kTeacher);
  return state;
}

CaseState WithFilesOf(const kernel::Actor& filer, CaseState state) {
  for (const uint64_t number : {1u, 2u}) {
    state = Then(state, Decide(state, WholeScreenPrint(filer, number)), filer);
  }
  return state;
}

CaseEvent Acknowledged() {
  CaseEvent event;
  event.mutable_receipt_acknowledged()->set_message_to_reporter("Thank you.");
  return event;
}

CaseEvent HandedOn() {
  CaseEvent event;
  event.mutable_case_escalated()->set_route(events::ROUTE_HEADTEACHER);
  event.mutable_case_escalated()->set_reasons("It is more than I can settle.");
  return event;
}

CaseEvent ReferralClosed() {
  CaseEvent event;
  event.mutable_referral_closed()->set_referral_id(IdOf<ReferralId>(1).Bytes());
  event.mutable_referral_closed()->set_summary("Unfounded.");
  return event;
}

CaseEvent Withdrawn(uint64_t number) {
  CaseEvent event;
  event.mutable_referral_withdrawn()->set_referral_id(IdOf<ReferralId>(number).Bytes());
  event.mutable_referral_withdrawn()->set_reasons("Sent twice.");
  return event;
}

CaseEvent LookedInto() {
  CaseEvent event;
  event.mutable_referral_strand_opened()->set_referral_id(IdOf<ReferralId>(1).Bytes());
  event.mutable_referral_strand_opened()->set_strand(events::REFERRAL_STRAND_POLICE);
  return event;
}

CaseState OfTarget() {
  CaseState state =
      After({ReportedWith(PartyOf(events::CAPACITY_TARGET, kTeacher.person)), Closed()});
  Happen(state, Referred(), kTeacher);
  return state;
}

// The columns of the table below.
std::vector<Situation> Situations() {
  const CaseState fresh = After({Reported()});
  const CaseState closed = After({Reported(), Acknowledged(), Closed()});
  const CaseState about_head = After({ReportedWith(PartyOf(events::CAPACITY_SUBJECT, kHead.person),
                                                   events::ROUTE_CHAIR_OF_GOVERNORS)});
  return {
      {"fresh, the Headteacher", fresh, kHead},
      {"fresh, the reporter", fresh, kTeacher},
      {"fresh, the line manager", After({ReportedToLineManager()}), kLineManager},
      {"acknowledged and handed on, the Headteacher",
       After({ReportedToLineManager(), Acknowledged(), HandedOn()}), kHead},
      {"handed on, the line manager", After({ReportedToLineManager(), HandedOn()}), kLineManager},

      {"suspected image, the Headteacher", Suspicion({}), kHead},
      {"suspected image, the reporter", Suspicion({}), kTeacher},
      {"police informed, the Headteacher", Suspicion({PoliceCalled()}), kHead},
      {"police informed, the reporter", Suspicion({PoliceCalled()}), kTeacher},
      {"police released, the Headteacher", Suspicion({PoliceCalled(), PoliceReleased()}), kHead},

      {"material, its recipient", Material({}), kHead},
      {"material, another handler", Material({}), kLead},
      {"material with a question, its recipient", Material({AdviceAsked()}), kHead},
      {"material with advice to proceed, its recipient",
       Material({AdviceAsked(), AdviceGiven(), ThresholdDecided(), Started()}), kHead},
      {"material with files of another, its recipient", WithFilesOf(kTeacher, Material({})), kHead},

      {"referred, the Headteacher", After({Reported(), Referred()}), kHead},
      {"referred, the officer", After({Reported(), Referred()}), kOfficer},
      {"outcome recorded, the Headteacher", After({Reported(), Referred(), OutcomeRecorded()}),
       kHead},
      {"outcome recorded, the officer", After({Reported(), Referred(), OutcomeRecorded()}),
       kOfficer},
      {"referral closed, the Headteacher",
       After({Reported(), Referred(), OutcomeRecorded(), ReferralClosed()}), kHead},

      {"investigation started, the Headteacher",
       After({BreachReported(), ThresholdDecided(), Started()}), kHead},
      {"barred, the Headteacher", After({BreachReported(), ThresholdDecided(), Barred()}), kHead},
      {"breach found and referred to discipline, the Headteacher", Decided(), kHead},
      {"breach found, the safeguarding lead", Decided(), kLead},
      {"with files and a provider's report, the reporter",
       WithFilesOf(kTeacher, After({Reported(), ToldProvider()})), kTeacher},

      {"closed, the Headteacher", closed, kHead},
      {"closed, the reporter", closed, kTeacher},
      {"about the Headteacher, the Chair", about_head, kChair},
      {"about the reporter, the reporter", SelfReport(), kTeacher},
      {"the officers', the officer", After({Reported(events::ROUTE_SAFEGUARDING_OFFICER)}),
       kOfficer},

      {"referral acknowledged, the Headteacher",
       After({Reported(), Referred(), ReferralAcknowledged()}), kHead},
      {"looked into by the police, the officer", After({Reported(), Referred(), LookedInto()}),
       kOfficer},
      {"referral withdrawn, who made it", After({Reported(), Referred(), Withdrawn(1)}), kHead},
      {"material with advice not to proceed, its recipient",
       Material({AdviceAsked(), AdviceGiven(events::MAY_PROCEED_NO)}), kHead},
      {"a target who reported it, on a closed case with a referral", OfTarget(), kTeacher},
  };
}

// What the signs in the table stand for; '.' is left out, 'o' is open.
const std::map<char, Reason> kSigns = {
    {'A', Reason::kAdviceFirst},
    {'B', Reason::kInvestigationBarred},
    {'C', Reason::kCaseClosed},
    {'F', Reason::kFindingMissing},
    {'I', Reason::kIndecentImageNoStore},
    {'N', Reason::kNoInvestigation},
    {'O', Reason::kCaseNotClosed},
    {'P', Reason::kPolicePending},
    {'R', Reason::kNoRecipient},
    {'a', Reason::kAdviceNotSought},
    {'b', Reason::kNoBreachFound},
    {'d', Reason::kNoDisagreement},
    {'e', Reason::kReferralEnded},
    {'g', Reason::kGoverningBodyNotInformed},
    {'n', Reason::kInvestigationNotStarted},
    {'p', Reason::kOutcomePending},
    {'r', Reason::kNotReferred},
    {'s', Reason::kIndecentImageNotSuspected},
    {'u', Reason::kReferralUnsettled},
    {'v', Reason::kNoProviderReport},
};

char SignOf(const std::optional<kernel::Rejected>& refused) {
  if (!refused) return 'o';
  for (const auto& [sign, reason] : kSigns) {
    if (reason == refused->reason) return sign;
  }
  return '?';
}

// One row a method without its service, one column a situation, in groups of five.
struct Row {
  const char* expected;
  const char* method;
};

constexpr Row kTable[] = {
    {"o.o.. P.o.o o.ooo o.o.o oooo. ..o.o o.oo.", "AcknowledgeReceipt"},
    {"ooooo ooooo ooooo ooooo ooooo ooooo ooooo", "AddNote"},
    {"oooo. IIIII ooooo o.o.o ooooo CCo.o o.ooC", "FileEvidence"},
    {"..... IIIII ....A ..... ....o ..... .....", "AnnotateEvidence"},
    {"..... IIIII ....o ..... ....o ..... .....", "SupersedeEvidence"},
    {"..... IIIII ..... ..... ....o ..... .....", "AttestOriginal"},
    {"oooo. PPooo ooooo o.o.o ooooo ooo.o o.ooo", "UpdateWishes"},
    {"oooo. PPooo ooooo ooooo ooooo ooo.o ooooo", "CorrectEntry"},
    {"o.o.. o.o.o ooooo o.o.o oooo. C.o.o o.oo.", "EscalateCase"},
    {"o.oo. o.o.o ooooo ooooo oooo. o.o.o oooo.", "DeclareConflict"},
    {"..... ..... ..... ..... ..... ..... .....", "SettleName"},
    {"o..o. o.o.o ooooo o.o.o oooo. o.o.. o.oo.", "CheckRegisters"},
    {"oooo. ooooo ooooo ooooo ooooo ooo.o ooooo", "SuspectIndecentImage"},
    {"ssss. ooooo sssss sssss sssss sss.s sssss", "RecordPoliceInformed"},
    {"ssss. ooooo sssss sssss sssss sss.s sssss", "RecordPreservationStep"},
    {"s..s. P.o.o sssss s.s.s ssss. s.s.s s.ss.", "RecordPoliceRelease"},
    {"o..o. P.o.o o.ooo o.o.o oooo. C.o.o o.oo.", "SeekAdvice"},
    {"a..a. P.a.a aaooa ooooo aaaa. C.a.a ooao.", "RecordAdvice"},
    {"R..R. R.R.R o.ooo R.R.R RRRR. R.R.R R.Ro.", "HandOverRecipient"},
    {"ooooo ooooo ooooo ooooo ooooo ooooo ooooo", "ReferCase"},
    {"o.oo. o.o.o ooooo ooooo oooo. o.o.o oooo.", "PrepareReferralSection"},
    {"o.oo. o.o.o ooooo ooooo oooo. o.o.o oooo.", "ShowReferralForm"},
    {"ooooo ooooo ooooo ooooo ooooo ooooo ooooo", "RecordReferralSubmitted"},
    {"r..r. r.r.r rrrrr oo... rrrr. r.r.r .o.r.", "AcknowledgeReferral"},
    {"r..r. r.r.r rrrrr ooooe rrrr. r.r.r ooer.", "RecordReferralAdvice"},
    {"r..r. r.r.r rrrrr ooooe rrrr. r.r.r ooer.", "RequestMoreInformation"},
    {"r.rr. r.r.r rrrrr ooooo rrrr. r.r.r ooor.", "GiveMoreInformation"},
    {"r..r. r.r.r rrrrr ooooe rrrr. r.r.r ooer.", "RecordThresholdMet"},
    {"r..r. P.r.r rrrrr ooooe rrrr. r.r.r ooer.", "RecordReferralMeeting"},
    {"r..r. r.r.r rrrrr ooooe rrrr. r.r.r ooer.", "OpenReferralStrand"},
    {"r..r. r.r.r rrrrr ooooe rrrr. r.r.r ooer.", "RecordStrandOutcome"},
    {"r..r. r.r.r rrrrr ooooo rrrr. r.r.r ooor.", "RecordReferralOutcome"},
    {"r..r. P.r.r rrrrr ooooo rrrr. r.r.r ooor.", "RecordClosingAction"},
    {"r..r. r.r.r rrrrr uuooe rrrr. r.r.r uuer.", "CloseReferral"},
    {"r.rr. r.r.r rrrrr ooooe rrrr. r.r.r ooero", "WithdrawReferral"},
    {"oo.o. PPooo ooooo o.o.o ooooo ooo.o o.ooo", "RecordPoliceDecision"},
    {"ooooo ooooo ooooo ooooo ooooo ooooo ooooo", "RecordPoliceReport"},
    {"ooooo ooooo ooooo ooooo ooooo ooooo ooooo", "RecordDutyNotification"},
    {"o..o. P.N.o AAAoA o.o.o oooo. C.o.o o.oA.", "ClassifyCase"},
    {"o..o. P.o.o ooooo o.o.o oooo. C.o.o o.oo.", "RaiseSuitabilityQuestion"},
    {"o..o. P.o.o ooooo o.o.o oooo. C.o.o o.oo.", "DecideHarmThreshold"},
    {"o..o. P.N.o AAAoA o.o.o oooo. C.o.o o.oA.", "StartInvestigation"},
    {"n..n. P.N.n AAAoA n.n.n oBoo. C.n.n n.nA.", "RecordInvestigationStep"},
    {"o..o. P.o.o ooooo ooooo oooo. C.o.o oooo.", "BarInvestigation"},
    {"n..n. P.N.n AAAoA n.n.n oBoo. C.n.n n.nA.", "RecordFinding"},
    {"b..b. P.N.b AAAbA b.b.b bboo. C.b.b b.bA.", "RecordDisciplinaryDecision"},
    {"b..b. P.b.b bbbbb b.b.b bboo. b.b.b b.bb.", "RecordDisciplinaryReference"},
    {"o..o. P.o.o ooooo o.o.o oooo. o.o.o o.oo.", "AssessDataBreach"},
    {"o..o. P.o.o ooooo o.o.o oooo. o.o.o o.oo.", "RecordBarringOutcome"},
    {"o..o. P.o.o o.ooo o.o.o ooo.. o.o.. o.oo.", "InformGoverningBody"},
    {"g..g. P.g.g ggggg g.g.g gggg. g.g.g g.gg.", "RecordGoverningBodyAction"},
    {"o.oo. P.o.o ooooo o.o.o oooo. o.o.o o.oo.", "OfferSupport"},
    {"oooo. PPooo ooooo ooooo ooooo ooo.o ooooo", "LogContact"},
    {"oooo. PPooo ooooo ooooo ooooo ooo.o ooooo", "RecordProviderReport"},
    {"vvvv. PPvvv vvvvv vvvvv vvvvo vvv.v vvvvv", "RecordProviderOutcome"},
    {"oooo. PPooo ooooo ooooo ooooo ooo.o ooooo", "RecordContentRemoved"},
    {"o..o. P.o.o ooooo o.o.o oooo. o.o.o o.oo.", "RecordExternalBodyInformed"},
    {"o.oo. P.o.o ooooo ooooo oooo. o.o.o oooo.", "RaiseDisagreement"},
    {"d.dd. P.d.d ddddd ddddd dddd. d.d.d dddd.", "EscalateDisagreement"},
    {"d.dd. P.d.d ddddd ddddd dddd. d.d.d dddd.", "ResolveDisagreement"},
    {"o..o. o.o.o ooooA ooooo oooo. o.o.o oooo.", "ExportBundle"},
    {"o..o. P.N.o AAAFA p.o.o Fooo. C.o.o p.oA.", "CloseCase"},
    {"O..O. P.O.O OOOOO O.O.O OOOO. o.O.O O.OO.", "ReopenCase"},
};

std::string WithoutService(absl::string_view method) {
  return std::string(method.substr(method.find('/') + 1));
}

TEST(OfferedActions, AreThoseOfTheTable) {
  std::map<std::string, std::string> rows;
  int column = 0;
  for (const Situation& situation : Situations()) {
    for (const absl::string_view method : MethodsOfActions()) {
      std::string& row = rows[WithoutService(method)];
      absl::StrAppend(&row, column > 0 && column % 5 == 0 ? " ." : ".");
    }
    for (const OfferedAction& action :
         OfferedActions(situation.state, AskerFor(situation.actor, situation.state))) {
      rows[WithoutService(action.method)].back() = SignOf(action.refused);
    }
    ++column;
  }
  ASSERT_EQ(std::size(kTable), rows.size());
  for (const Row& row : kTable) EXPECT_EQ(rows[row.method], row.expected) << row.method;
}

TEST(OfferedActions, ComeInTheOrderOfTheTable) {
  std::vector<std::string> expected;
  for (const Row& row : kTable) expected.push_back(row.method);
  std::vector<std::string> methods;
  for (const absl::string_view method : MethodsOfActions()) {
    methods.push_back(WithoutService(method));
  }
  EXPECT_EQ(methods, expected);
}

TEST(OfferedActions, AreNoneForWhomTheCaseDoesNotExist) {
  const CaseState fresh = After({Reported()});
  for (const kernel::Actor& actor : {kColleague, kChair, kOfficer, kAuditor, kAdministrator}) {
    EXPECT_THAT(OfferedActions(fresh, AskerFor(actor, fresh)), IsEmpty());
  }
  const CaseState of_colleague = After({ReportedWith(
      PartyOf(events::CAPACITY_TARGET, kColleague.person), events::ROUTE_CHAIR_OF_GOVERNORS)});
  for (const kernel::Actor& actor : {kColleague, kHead, kDeputy, kLead}) {
    EXPECT_THAT(OfferedActions(of_colleague, AskerFor(actor, of_colleague)), IsEmpty());
  }
  EXPECT_THAT(OfferedActions(CaseState(), AskerFor(kHead, CaseState())), IsEmpty());
}

TEST(OfferedActions, TellNothingToWhomTheCaseIsKeptFrom) {
  const std::vector<std::string> always = {"AddNote", "ReferCase", "RecordReferralSubmitted",
                                           "RecordPoliceReport", "RecordDutyNotification"};
  CaseState state = SelfReport();
  for (const CaseEvent& event :
       {Acknowledged(), HandedOn(), Suspected(), PoliceCalled(), PoliceReleased(), Referred(),
        OutcomeRecorded(), ToldProvider(), Disagreed(), ThresholdDecided(), Started(),
        Found(events::FINDING_BREACH), Closed()}) {
    std::vector<std::string> listed;
    for (const OfferedAction& action : OfferedActions(state, AskerFor(kTeacher, state))) {
      EXPECT_FALSE(action.refused) << action.method;
      listed.push_back(WithoutService(action.method));
    }
    EXPECT_EQ(listed, always);
    Happen(state, event, kChair);
  }
}

std::optional<OfferedAction> Find(absl::string_view method, const CaseState& state,
                                  const kernel::Actor& actor) {
  for (const OfferedAction& action : OfferedActions(state, AskerFor(actor, state))) {
    if (WithoutService(action.method) == method) return action;
  }
  return std::nullopt;
}

// What is listed of a method: open, left out or the reason.
std::string Listed(absl::string_view method, const CaseState& state, const kernel::Actor& actor) {
  const std::optional<OfferedAction> action = Find(method, state, actor);
  if (!action) return "left out";
  return action->refused ? std::string(kernel::Describe(action->refused->reason).code) : "open";
}

TEST(OfferedActions, SettleANameWhereOneIsOpen) {
  const CaseState state =
      After({ReportedWith(NamedParty(events::CAPACITY_SUBJECT, "Ms Newcomer"))});
  EXPECT_EQ(Listed("SettleName", state, kHead), "open");
  EXPECT_EQ(Listed("SettleName", state, kTeacher), "open");
  const CaseState settled = Then(state, Decide(state, WholeSettling()), kHead);
  EXPECT_EQ(Listed("SettleName", settled, kHead), "left out");
}

TEST(OfferedActions, HandTheMaterialOverAsFarAsTheSchoolLets) {
  const CaseState state = After({MaterialReceivedBy(kHead)});
  EXPECT_EQ(Listed("HandOverRecipient", state, kHead), "open");
  // Acts in the absence that is recorded.
  EXPECT_EQ(Listed("HandOverRecipient", state, kDeputy), "open");
  EXPECT_EQ(Listed("HandOverRecipient", state, kLead), "left out");
}

TEST(OfferedActions, KeepWhoIsInvolvedFromWhatIsFound) {
  CaseState state;
  for (const CaseEvent& event :
       {ReportedWith(PartyOf(events::CAPACITY_WITNESS, kHead.person)), Started()}) {
    Happen(state, event, kTeacher);
  }
  EXPECT_EQ(Listed("RecordFinding", state, kHead), "left out");
  EXPECT_EQ(Listed("RecordInvestigationStep", state, kHead), "left out");
  EXPECT_EQ(Listed("RecordFinding", state, kLead), "open");
  // Nor is the police gate named to them in its place.
  Happen(state, Suspected(), kTeacher);
  EXPECT_EQ(Listed("RecordFinding", state, kHead), "left out");
  EXPECT_EQ(Listed("RecordFinding", state, kLead), "R-IIOC-POLICE-FIRST");
}

TEST(OfferedActions, NameWhatAnOlderReferralStillLets) {
  CaseState state = After({Reported(), Referred(1), Referred(2)});
  Happen(state, Withdrawn(2), kHead);
  EXPECT_EQ(Listed("RecordReferralAdvice", state, kOfficer), "open");
  EXPECT_EQ(Listed("CloseReferral", state, kOfficer), "R-REFERRAL-UNSETTLED");
  Happen(state, OutcomeRecorded(1), kOfficer);
  EXPECT_EQ(Listed("CloseReferral", state, kOfficer), "open");
  EXPECT_EQ(Listed("WithdrawReferral", state, kHead), "open");
  // The teacher made neither of them.
  EXPECT_EQ(Listed("WithdrawReferral", state, kTeacher), "left out");
}

TEST(OfferedActions, TellAReporterOfTheirOwnReferralsAlone) {
  CaseState state = After({Reported(), Referred(1)});
  EXPECT_EQ(Listed("WithdrawReferral", state, kTeacher), "left out");
  Happen(state, Referred(2), kTeacher);
  Happen(state, Referred(3), kHead);
  EXPECT_EQ(Listed("WithdrawReferral", state, kTeacher), "open");
  Happen(state, Withdrawn(2), kTeacher);
  EXPECT_EQ(Listed("WithdrawReferral", state, kTeacher), "R-REFERRAL-ENDED");
}

TEST(OfferedActions, FollowADisagreementToItsLastStage) {
  CaseState state = After({Reported(), Disagreed()});
  EXPECT_EQ(Listed("EscalateDisagreement", state, kHead), "open");
  EXPECT_EQ(Listed("ResolveDisagreement", state, kHead), "open");
  state.disagreements[0].stage =
      static_cast<uint32_t>(WholeDisagreement(kHead).rules.stages.size());
  EXPECT_EQ(Listed("EscalateDisagreement", state, kHead), "R-DISAGREEMENT-LAST-STAGE");
  state = Then(state, Decide(state, WholeResolution(kHead)), kHead);
  EXPECT_EQ(Listed("EscalateDisagreement", state, kHead), "R-DISAGREEMENT-RESOLVED");
  EXPECT_EQ(Listed("ResolveDisagreement", state, kHead), "R-DISAGREEMENT-RESOLVED");
}

TEST(OfferedActions, RecordWhatTheGoverningBodyDidOnceItWasTold) {
  const CaseState fresh = After({Reported()});
  EXPECT_EQ(Listed("RecordGoverningBodyAction", fresh, kHead), "R-GOVERNORS-NOT-INFORMED");
  const CaseState told = Then(fresh, Decide(fresh, WholeInformation()), kHead);
  EXPECT_EQ(Listed("RecordGoverningBodyAction", told, kHead), "open");
  EXPECT_EQ(Listed("RecordGoverningBodyAction", told, kTeacher), "left out");
}

TEST(OfferedActions, OfFilesNeedFilesThatStand) {
  CaseState state = WithFilesOf(kTeacher, After({Reported()}));
  EXPECT_EQ(Listed("SupersedeEvidence", state, kHead), "open");
  EXPECT_EQ(Listed("AttestOriginal", state, kHead), "left out");
  EXPECT_EQ(Listed("AttestOriginal", state, kTeacher), "open");
  state = Then(state, Decide(state, WholeSuperseding()), kTeacher);
  EXPECT_EQ(Listed("SupersedeEvidence", state, kHead), "R-EVIDENCE-SUPERSEDED");
  EXPECT_EQ(Listed("AnnotateEvidence", state, kHead), "open");
}

// The methods of the commands of a random history, in their order.
constexpr const char* kMethodsOfCommands[] = {"AcknowledgeReceipt",
                                              "EscalateCase",
                                              "SeekAdvice",
                                              "RecordAdvice",
                                              "ReferCase",
                                              "AcknowledgeReferral",
                                              "RecordReferralOutcome",
                                              "RecordPoliceDecision",
                                              "AddNote",
                                              "CorrectEntry",
                                              "CloseCase",
                                              "ReopenCase",
                                              "SuspectIndecentImage",
                                              "RecordPoliceInformed",
                                              "RecordPreservationStep",
                                              "RecordPoliceRelease",
                                              "RecordPoliceReport",
                                              "RecordDutyNotification",
                                              "RecordProviderReport",
                                              "RecordProviderOutcome",
                                              "RecordContentRemoved",
                                              "OfferSupport",
                                              "RecordExternalBodyInformed",
                                              "LogContact",
                                              "RaiseDisagreement",
                                              "EscalateDisagreement",
                                              "ResolveDisagreement",
                                              "PrepareReferralSection",
                                              "RecordReferralSubmitted",
                                              "RecordReferralAdvice",
                                              "RequestMoreInformation",
                                              "GiveMoreInformation",
                                              "RecordThresholdMet",
                                              "RecordReferralMeeting",
                                              "OpenReferralStrand",
                                              "RecordStrandOutcome",
                                              "RecordClosingAction",
                                              "CloseReferral",
                                              "WithdrawReferral",
                                              "UpdateWishes",
                                              "ClassifyCase",
                                              "RaiseSuitabilityQuestion",
                                              "DecideHarmThreshold",
                                              "StartInvestigation",
                                              "RecordInvestigationStep",
                                              "RecordFinding",
                                              "BarInvestigation",
                                              "RecordDisciplinaryDecision",
                                              "RecordDisciplinaryReference",
                                              "InformGoverningBody",
                                              "RecordGoverningBodyAction",
                                              "AssessDataBreach",
                                              "HandOverRecipient",
                                              "DeclareConflict",
                                              "SettleName",
                                              "AnnotateEvidence",
                                              "SupersedeEvidence",
                                              "AttestOriginal",
                                              "RecordBarringOutcome",
                                              "FileEvidence"};
static_assert(std::size(kMethodsOfCommands) == std::variant_size_v<AnyCommand>);

// A command of the same kind in which nothing is filled in.
CaseDecision DecideEmpty(const CaseState& state, const AnyCommand& command) {
  return std::visit(
      [&state](const auto& whole) {
        std::decay_t<decltype(whole)> empty;
        empty.by = whole.by;
        if constexpr (requires { empty.rules; }) empty.rules = whole.rules;
        if constexpr (requires { empty.head_absence; }) empty.head_absence = whole.head_absence;
        if constexpr (requires { empty.school; }) empty.school = whole.school;
        return Decide(state, empty);
      },
      command);
}

bool IsOfTheState(const CaseDecision& decision) {
  const auto* const rejected = std::get_if<kernel::Rejected>(&decision);
  return rejected != nullptr && kernel::Describe(rejected->reason).kind == ReasonKind::kState;
}

// What of the state may stand before a whole request for what is open: because of what
// it says, such as which referral, which ground or whose part it is about.
const std::map<std::string, std::set<Reason>> kGatesOfWhatIsSaid = {
    {"AcknowledgeReferral", {Reason::kNotReferred}},
    {"AnnotateEvidence", {Reason::kAdviceFirst}},
    {"CloseReferral", {Reason::kNotReferred, Reason::kReferralEnded, Reason::kReferralUnsettled}},
    {"DecideHarmThreshold", {Reason::kAdviceFirst, Reason::kNoInvestigation}},
    {"DeclareConflict", {Reason::kNotAHandler}},
    {"EscalateDisagreement",
     {Reason::kNoDisagreement, Reason::kDisagreementResolved, Reason::kDisagreementLastStage}},
    {"FileEvidence", {Reason::kEvidenceFiledAlready}},
    {"GiveMoreInformation", {Reason::kNotReferred}},
    {"HandOverRecipient", {Reason::kNotAHandler}},
    {"OpenReferralStrand", {Reason::kReferralEnded, Reason::kPolicePending}},
    {"PrepareReferralSection", {Reason::kNotReferred, Reason::kReferralEnded}},
    {"RecordPoliceReport",
     {Reason::kIndecentImageNotSuspected, Reason::kPolicePending, Reason::kTargetDecides}},
    {"RecordProviderOutcome", {Reason::kNoProviderReport}},
    {"RecordReferralAdvice", {Reason::kReferralEnded}},
    {"RecordReferralMeeting", {Reason::kReferralEnded}},
    {"RecordReferralOutcome", {Reason::kNotReferred}},
    {"RecordStrandOutcome",
     {Reason::kReferralEnded, Reason::kPolicePending, Reason::kNoInvestigation,
      Reason::kAdviceFirst, Reason::kThresholdFirst, Reason::kInvestigationBarred}},
    {"RecordThresholdMet", {Reason::kReferralEnded}},
    {"RequestMoreInformation", {Reason::kReferralEnded}},
    {"ResolveDisagreement", {Reason::kNoDisagreement, Reason::kDisagreementResolved}},
    {"StartInvestigation", {Reason::kInvestigationBarred, Reason::kInvestigationStarted}},
    {"SupersedeEvidence", {Reason::kEvidenceSuperseded}},
    {"WithdrawReferral", {Reason::kNotReferred, Reason::kReferralEnded}},
};

bool IsOfWhatIsSaid(const std::string& method, const CaseDecision& decision) {
  const auto gates = kGatesOfWhatIsSaid.find(method);
  return gates != kGatesOfWhatIsSaid.end() &&
         gates->second.contains(std::get<kernel::Rejected>(decision).reason);
}

// What is listed as refused is refused whatever is asked, what is left out is not
// theirs or adds nothing that anybody wants, and nothing of the state stands before what
// is open.
TEST(RandomHistories, DoNoMoreThanIsOffered) {
  constexpr int kHistories = 60;
  constexpr int kCommandsEach = 100;
  const std::set<std::string> moot = {"AcknowledgeReceipt", "AcknowledgeReferral"};
  const uint64_t seed = ::wardbook::testing::TestSeed();
  uint64_t random = seed | 1;
  const auto next = [&random] {
    random = random * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint8_t>(random >> 56);
  };
  std::set<std::string> opened, refused;
  for (int history = 0; history < kHistories && !::testing::Test::HasFailure(); ++history) {
    SCOPED_TRACE(::testing::Message() << "history " << history << " of seed " << seed);
    CaseState state = Open({next(), next(), next(), next(), next()});
    for (int i = 0; i < kCommandsEach && !::testing::Test::HasFailure(); ++i) {
      const AnyCommand command = CommandOf({next(), next(), next()});
      const std::string method = kMethodsOfCommands[command.index()];
      Asker asker = AskerFor(ActorOf(command), state);
      if (const auto* hand_over = std::get_if<HandOverRecipient>(&command)) {
        asker.head_absence = hand_over->head_absence;
      }
      std::map<std::string, std::optional<kernel::Rejected>> listed;
      for (OfferedAction& action : OfferedActions(state, asker)) {
        (action.refused ? refused : opened).insert(WithoutService(action.method));
        listed[WithoutService(action.method)] = std::move(action.refused);
      }
      const std::vector<CaseEvent> decided = EventsOf(DecideAny(state, command));
      const auto found = listed.find(method);
      const bool is_open = found != listed.end() && !found->second;
      EXPECT_TRUE(decided.empty() || is_open || moot.contains(method))
          << method << " is done and not offered";
      if (found != listed.end() && found->second) {
        EXPECT_EQ(kernel::Describe(found->second->reason).kind, ReasonKind::kState) << method;
      }
      if (is_open) {
        EXPECT_FALSE(IsOfTheState(DecideEmpty(state, command)))
            << method << " is offered and refused: " << Describe(DecideEmpty(state, command));
        const CaseDecision whole = DecideAny(state, command);
        EXPECT_TRUE(!IsOfTheState(whole) || IsOfWhatIsSaid(method, whole))
            << method << " is offered and refused: " << Describe(whole);
      }
      for (const CaseEvent& event : decided) Happen(state, event, ActorOf(command));
    }
  }
  // Guards all of it against histories in which little comes about.
  EXPECT_GT(opened.size(), MethodsOfActions().size() * 3 / 4);
  EXPECT_GT(refused.size(), MethodsOfActions().size() / 2);
}

}  // namespace
}  // namespace wardbook::casework
