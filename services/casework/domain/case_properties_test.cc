// What holds in every history of a case: random commands of random people, from
// a random report on.

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"
#include "services/casework/domain/breach.h"
#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/closure.h"
#include "services/casework/domain/decide.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/random_history_for_test.h"
#include "services/casework/domain/web_address.h"
#include "tests/testing/seed.h"

namespace wardbook::casework {
namespace {

using CaseEvent = events::CaseEvent;

// Read before the first property, so that a run can be repeated.
[[maybe_unused]] const uint64_t kSeed = ::wardbook::testing::TestSeed();

// To the letter what is said of a case that was never opened.
bool SaysNoSuchCase(const CaseDecision& decision) {
  const auto* rejected = std::get_if<kernel::Rejected>(&decision);
  return rejected != nullptr && *rejected == kernel::Rejected{kernel::Reason::kNoSuchCase, ""};
}

void AssertSane(const CaseState& state) {
  RC_ASSERT((state.stage == Stage::kClosed) == state.closed);
  RC_ASSERT(state.stage_before_closing != Stage::kClosed);
  RC_ASSERT(state.closed || state.stage == state.stage_before_closing);
  RC_ASSERT(state.recorded_by.size() == state.revision);
  const bool referred = state.stage_before_closing == Stage::kReferred ||
                        state.stage_before_closing == Stage::kOutcomeRecorded;
  RC_ASSERT(referred == std::any_of(state.referrals.begin(), state.referrals.end(),
                                    [](const Referral& one) { return !one.withdrawn; }));
}

RC_GTEST_PROP(EveryHistory, LeavesASaneState,
              (const Opening& opening, const std::vector<Step>& steps)) {
  CaseState state = Open(opening);
  for (const Step& step : steps) {
    const uint64_t revision_before = state.revision;
    const AnyCommand command = CommandOf(step);
    const std::vector<CaseEvent> decided = EventsOf(DecideAny(state, command));
    for (const CaseEvent& event : decided) {
      RC_ASSERT(event.body_case() != CaseEvent::BODY_NOT_SET);
      CaseEvent stored;
      RC_ASSERT(stored.ParseFromString(event.SerializeAsString()));
      Happen(state, stored, ActorOf(command));
      AssertSane(state);
    }
    RC_ASSERT(state.revision == revision_before + decided.size());
  }
}

// Notes, corrections, what is added to a file, questions, advice, steps of an investigation, all
// about the police and what was done with people outside the case are told from a repetition by
// their request id.
bool MayBeRepeated(const AnyCommand& command) {
  return std::holds_alternative<AddNote>(command) ||
         std::holds_alternative<CorrectEntry>(command) ||
         std::holds_alternative<AnnotateEvidence>(command) ||
         std::holds_alternative<SeekAdvice>(command) ||
         std::holds_alternative<RecordAdvice>(command) ||
         std::holds_alternative<RecordInvestigationStep>(command) ||
         std::holds_alternative<RecordPoliceDecision>(command) ||
         std::holds_alternative<RecordPoliceInformed>(command) ||
         std::holds_alternative<RecordPreservationStep>(command) ||
         std::holds_alternative<RecordPoliceRelease>(command) ||
         std::holds_alternative<RecordPoliceReport>(command) ||
         std::holds_alternative<RecordDutyNotification>(command) ||
         std::holds_alternative<RecordProviderReport>(command) ||
         std::holds_alternative<RecordProviderOutcome>(command) ||
         std::holds_alternative<RecordContentRemoved>(command) ||
         std::holds_alternative<OfferSupport>(command) ||
         std::holds_alternative<RecordExternalBodyInformed>(command) ||
         std::holds_alternative<LogContact>(command) ||
         std::holds_alternative<RequestMoreInformation>(command) ||
         std::holds_alternative<GiveMoreInformation>(command) ||
         std::holds_alternative<RecordReferralMeeting>(command) ||
         std::holds_alternative<RecordClosingAction>(command);
}

RC_GTEST_PROP(EveryHistory, TakesADecisionOnce,
              (const Opening& opening, const std::vector<Step>& steps)) {
  CaseState state = Open(opening);
  for (const Step& step : steps) {
    const AnyCommand command = CommandOf(step);
    for (const CaseEvent& event : EventsOf(DecideAny(state, command))) {
      Happen(state, event, ActorOf(command));
    }
    if (!MayBeRepeated(command)) RC_ASSERT(EventsOf(DecideAny(state, command)).empty());
  }
}

RC_GTEST_PROP(EveryHistory, RefusesNoReferralToAnybodyWhoSeesTheCase,
              (const Opening& opening, const std::vector<Step>& steps, const std::string& reasons,
               int intent)) {
  const CaseState state = After(opening, steps);
  for (const kernel::Actor& actor : EverybodySince()) {
    ReferCase command = WholeReferral(actor, /*number=*/99);
    command.reasons = reasons;
    command.intent = static_cast<events::ReferralIntent>(intent);
    const CaseDecision decision = Decide(state, command);
    if (SightOf(state, actor) == Sight::kNone) {
      RC_ASSERT(SaysNoSuchCase(decision));
    } else {
      RC_ASSERT(EventsOf(decision).size() == 1u);
      // Nor is that it was submitted on the council's form.
      RecordReferralSubmitted submission = WholeSubmission(actor, /*number=*/98);
      submission.form_reference = reasons;
      submission.submitted_at.set_date(reasons);
      RC_ASSERT(std::holds_alternative<std::vector<CaseEvent>>(Decide(state, submission)));
    }
  }
}

// From the suspicion on, whatever was decided and whatever races.
RC_GTEST_PROP(EveryHistory, StoresNoFileWhereAnIndecentImageIsSuspected,
              (const Opening& opening, const std::vector<Step>& steps,
               const std::vector<Step>& later)) {
  CaseState state = After(opening, steps);
  if (!state.indecent_image_suspected) return;
  const size_t files = state.evidence.size();
  for (const Step& step : later) {
    const AnyCommand command = CommandOf(step);
    for (const CaseEvent& event : EventsOf(DecideAny(state, command))) {
      Happen(state, event, ActorOf(command));
    }
  }
  RC_ASSERT(state.evidence.size() == files);
  for (const kernel::Actor& actor : Everybody()) {
    RC_ASSERT(EventsOf(Decide(state, WholeScreenPrint(actor, 99))).empty());
    RC_ASSERT(Refuses(state, WholeTakeFile(actor)).has_value());
    for (const FiledEvidence& file : state.evidence) {
      RC_ASSERT(Refuses(state, RevealFile{{actor, kNow}, file.id}).has_value());
    }
  }
}

// What two people decide on the same state is appended one after the other, the
// second decided anew: in either order no file follows the suspicion.
RC_GTEST_PROP(RacingDecisions, StoreNoFileAfterTheSuspicion,
              (const Opening& opening, const std::vector<Step>& steps, uint8_t whose,
               bool file_first)) {
  const CaseState before = After(opening, steps);
  const FileEvidence file = WholeScreenPrint(Person(whose), 99);
  const SuspectIndecentImage suspicion = WholeSuspicion(kTeacher);
  CaseState state = before;
  std::vector<CaseEvent> history;
  const auto append = [&](const CaseDecision& decision, const kernel::Actor& actor) {
    for (const CaseEvent& event : EventsOf(decision)) {
      Happen(state, event, actor);
      history.push_back(event);
    }
  };
  // Decided on `before`, and lost: it counts for nothing.
  (void)Decide(before, file);
  if (file_first) append(Decide(state, file), file.by.actor);
  append(Decide(state, suspicion), suspicion.by.actor);
  const bool suspected = state.indecent_image_suspected;
  if (!file_first) append(Decide(state, file), file.by.actor);
  bool seen = before.indecent_image_suspected;
  for (const CaseEvent& event : history) {
    RC_ASSERT(!(seen && event.has_evidence_filed()));
    seen = seen || event.has_indecent_image_suspected();
  }
  RC_ASSERT(seen == suspected);
}

// Nothing but what the policy names is done before the police are informed.
RC_GTEST_PROP(EveryHistory, WaitsForThePolice,
              (const Opening& opening, const std::vector<Step>& steps,
               const std::vector<Step>& attempts)) {
  const CaseState state = After(opening, steps);
  if (!state.indecent_image_suspected || state.police_informed) return;
  for (const Step& step : attempts) {
    const AnyCommand command = CommandOf(step);
    const Sight sight = SightOf(state, ActorOf(command));
    for (const CaseEvent& event : EventsOf(DecideAny(state, command))) {
      switch (event.body_case()) {
        case CaseEvent::kIndecentImageSuspected:
        case CaseEvent::kPoliceInformed:
        case CaseEvent::kPreservationStepRecorded:
        case CaseEvent::kCaseEscalated:
        case CaseEvent::kConflictDeclared:
        case CaseEvent::kNameSettled:
        case CaseEvent::kCaseReferred:
        case CaseEvent::kReferralAcknowledged:
        case CaseEvent::kReferralOutcomeRecorded:
        case CaseEvent::kNoteAdded:
        case CaseEvent::kPoliceReported:
        case CaseEvent::kDutyToReportNotified:
        case CaseEvent::kReferralSectionPrepared:
        case CaseEvent::kReferralSubmitted:
        case CaseEvent::kReferralAdviceGiven:
        case CaseEvent::kMoreInformationRequested:
        case CaseEvent::kMoreInformationGiven:
        case CaseEvent::kReferralThresholdMet:
        case CaseEvent::kReferralClosed:
        case CaseEvent::kReferralWithdrawn:
          break;
        // The council's to record, and the school's once the police know.
        case CaseEvent::kReferralMeetingRecorded:
        case CaseEvent::kReferralClosingActionRecorded:
        case CaseEvent::kAdviceReceived:
        case CaseEvent::kInvestigationBarred:
        case CaseEvent::kDisagreementRaised:
        case CaseEvent::kDisagreementEscalated:
        case CaseEvent::kDisagreementResolved:
          RC_ASSERT(sight == Sight::kOfficer);
          break;
        // Whom a refusal would tell how the case stands.
        case CaseEvent::kPoliceDecisionRecorded:
          RC_ASSERT(sight == Sight::kOwnEntries);
          break;
        case CaseEvent::kReferralStrandOpened:
          RC_ASSERT(sight == Sight::kOfficer ||
                    event.referral_strand_opened().strand() != events::REFERRAL_STRAND_EMPLOYER);
          break;
        case CaseEvent::kReferralStrandOutcomeRecorded:
          RC_ASSERT(sight == Sight::kOfficer || event.referral_strand_outcome_recorded().strand() !=
                                                    events::REFERRAL_STRAND_EMPLOYER);
          break;
        default:
          RC_FAIL("done before the police were informed");
      }
    }
  }
}

// P43: of every file one stands in its place, which is in evidence too.
RC_GTEST_PROP(EveryHistory, KeepsEveryFileAndLeavesOneOfEachChainStanding,
              (const Opening& opening, const std::vector<Step>& steps)) {
  const CaseState state = After(opening, steps);
  const auto find = [&state](const std::string& id) {
    return std::find_if(state.evidence.begin(), state.evidence.end(),
                        [&id](const FiledEvidence& file) { return file.id.view() == id; });
  };
  for (const FiledEvidence& file : state.evidence) {
    auto standing = find(file.id.Bytes());
    for (size_t steps_taken = 0; standing->superseded; ++steps_taken) {
      RC_ASSERT(steps_taken < state.evidence.size());
      standing = find(standing->superseded->evidence_id());
      RC_ASSERT(standing != state.evidence.end());
    }
  }
}

// P47: whoever asks and whatever has happened.
RC_GTEST_PROP(EveryHistory, ReportsCyberBullyingToThePoliceOnlyAsTheTargetDecided,
              (const Opening& opening, const std::vector<Step>& steps)) {
  const CaseState state = After(opening, steps);
  for (const kernel::Actor& actor : Everybody()) {
    const CaseDecision decision =
        Decide(state, WholePoliceReport(actor, events::POLICE_GROUND_CYBER_BULLYING));
    const auto decided_to_report = [](const Target& target) {
      return target.police_choice == events::POLICE_CHOICE_REPORT;
    };
    RC_ASSERT(EventsOf(decision).empty() ||
              (!state.bullied.empty() &&
               std::all_of(state.bullied.begin(), state.bullied.end(), decided_to_report)));
    for (const Target& target : state.bullied) {
      RecordPoliceReport concerning =
          WholePoliceReport(actor, events::POLICE_GROUND_CYBER_BULLYING);
      concerning.target = target.name;
      RC_ASSERT(EventsOf(Decide(state, concerning)).empty() || target.name.empty() ||
                decided_to_report(target));
    }
    if (SightOf(state, actor) == Sight::kNone) continue;
    for (events::PoliceGround ground :
         {events::POLICE_GROUND_CHILD_AT_RISK_OF_HARM,
          events::POLICE_GROUND_STATUTORY_DUTY_TO_REPORT, events::POLICE_GROUND_IMMEDIATE_DANGER}) {
      RC_ASSERT(EventsOf(Decide(state, WholePoliceReport(actor, ground))).size() == 1u);
    }
  }
}

// What a closed case has, whatever led to its closing.
RC_GTEST_PROP(EveryHistory, IsClosedWithAllThatThePolicyAsksFor,
              (const Opening& opening, const std::vector<Step>& steps)) {
  CaseState state = Open(opening);
  for (const Step& step : steps) {
    const AnyCommand command = CommandOf(step);
    for (const CaseEvent& event : EventsOf(DecideAny(state, command))) {
      if (event.has_case_closed()) {
        RC_ASSERT(state.wishes_asked);
        RC_ASSERT(event.case_closed().wishes_version() == state.wishes_version);
        RC_ASSERT(!NeedsFinding(state) || state.decided.finding || state.decided.bar);
        RC_ASSERT(!NeedsThresholdDecision(state) || state.decided.threshold);
        RC_ASSERT(!state.allegation_time || state.about_pupils_alone || state.decided.threshold ||
                  !state.referrals.empty());
        RC_ASSERT(!IsUnsuitableMaterial(state) || state.advice_received);
        RC_ASSERT(!IsUnsuitableMaterial(state) || state.decided.finding || state.decided.bar);
        RC_ASSERT(RemainingSteps(state).empty());
      }
      Happen(state, event, ActorOf(command));
    }
  }
}

// Nothing is investigated or found behind a gate.
RC_GTEST_PROP(EveryHistory, InvestigatesNothingBehindAGate,
              (const Opening& opening, const std::vector<Step>& steps)) {
  CaseState state = Open(opening);
  for (const Step& step : steps) {
    const AnyCommand command = CommandOf(step);
    for (const CaseEvent& event : EventsOf(DecideAny(state, command))) {
      const bool employers_finding =
          event.referral_strand_outcome_recorded().strand() == events::REFERRAL_STRAND_EMPLOYER &&
          SightOf(state, ActorOf(command)) == Sight::kHandler;
      const bool found = event.has_finding_recorded() || employers_finding;
      if (event.has_investigation_started() || event.has_investigation_step_recorded() ||
          event.has_case_classified() || found) {
        RC_ASSERT(!RefuseInvestigation(state).has_value());
        // Said here in other words than in the gate.
        RC_ASSERT(!state.named_clauses.contains(events::BREACH_CLAUSE_P18_UNSUITABLE_MATERIAL) ||
                  (state.advice_received && state.may_proceed != events::MAY_PROCEED_NO));
      }
      if (event.has_investigation_step_recorded() || found) {
        RC_ASSERT(!state.decided.bar.has_value());
        RC_ASSERT(!state.named_clauses.contains(events::BREACH_CLAUSE_P06_CONTACT_WITH_CHILDREN) ||
                  state.about_pupils_alone || state.decided.threshold.has_value());
        RC_ASSERT(!state.subjects.contains(ActorOf(command).person));
        RC_ASSERT(!state.targets.contains(ActorOf(command).person));
        RC_ASSERT(!state.witnesses.contains(ActorOf(command).person));
      }
      Happen(state, event, ActorOf(command));
    }
  }
}

// Whom it is about or who has a conflict, and who came under a name that it gives.
bool IsNotFor(const CaseState& state, const kernel::Actor& actor) {
  const bool is_newcomer = actor.person == kNewcomer.person && actor.person != state.reporter;
  return state.subjects.contains(actor.person) || state.conflicted.contains(actor.person) ||
         (is_newcomer && !state.open_names.empty());
}

RC_GTEST_PROP(EveryHistory, IsHiddenFromItsSubjectsAndFromThoseInConflict,
              (const Opening& opening, const std::vector<Step>& steps,
               const std::vector<Step>& attempts)) {
  const CaseState state = After(opening, steps);
  for (const kernel::Actor& actor : EverybodySince()) {
    if (!IsNotFor(state, actor)) continue;
    const Sight sight = SightOf(state, actor);
    RC_ASSERT(sight == (actor.person == state.reporter ? Sight::kOwnEntries : Sight::kNone));
  }
  for (const Step& step : attempts) {
    const AnyCommand command = CommandOf(step);
    if (SightOf(state, ActorOf(command)) != Sight::kNone) continue;
    RC_ASSERT(SaysNoSuchCase(DecideAny(state, command)));
    RC_ASSERT(SaysNoSuchCase(DecideAny(CaseState(), command)));
  }
}

// P40: whatever was handed over and declared, at most one person may ask.
RC_GTEST_PROP(EveryHistory, LetsOnePersonAskForAdviceOnUnsuitableMaterial,
              (const Opening& opening, const std::vector<Step>& steps)) {
  const CaseState state = After(opening, steps);
  if (state.recipient.IsZero()) return;
  for (const kernel::Actor& actor : Everybody()) {
    RC_ASSERT(actor.person == state.recipient ||
              EventsOf(Decide(state, WholeQuestion(actor))).empty());
  }
  RC_ASSERT(!state.conflicted.contains(state.recipient));
}

RC_GTEST_PROP(EveryHistory, AboutTheHeadteacherIsHandledByTheChairAlone,
              (Opening opening, const std::vector<Step>& steps)) {
  std::get<1>(opening) = 2;  // ROUTE_CHAIR_OF_GOVERNORS.
  const CaseState state = After(opening, steps);
  for (const kernel::Actor& actor : Everybody()) {
    RC_ASSERT(SightOf(state, actor) != Sight::kHandler ||
              actor.Has(kernel::Role::kChairOfGovernors));
  }
}

// An event of any kind with anything in its fields, such as Decide never makes.
CaseEvent AnyEvent(uint8_t kind, const std::string& bytes, uint8_t number) {
  using google::protobuf::FieldDescriptor;
  CaseEvent event;
  const google::protobuf::Descriptor& descriptor = *CaseEvent::descriptor();
  const int chosen = kind % (descriptor.field_count() + 1);
  if (chosen == descriptor.field_count()) return event;
  google::protobuf::Message& body =
      *event.GetReflection()->MutableMessage(&event, descriptor.field(chosen));
  const google::protobuf::Reflection& reflection = *body.GetReflection();
  // Now an id that there may be, now bytes of any length.
  const std::string text = number % 2 == 0 ? IdOf<PersonId>(number % 12).Bytes() : bytes;
  for (int i = 0; i < body.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = body.GetDescriptor()->field(i);
    if (field->is_repeated()) continue;
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      reflection.SetString(&body, field, text);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      reflection.SetEnumValue(&body, field, number % 8);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL) {
      reflection.SetBool(&body, field, number % 3 == 0);
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_UINT64) {
      reflection.SetUInt64(&body, field, number);
    }
  }
  if (event.has_incident_reported()) {
    events::Party& party = *event.mutable_incident_reported()->add_parties();
    party.set_capacity(static_cast<events::Capacity>(number % 5));
    party.set_person_id(text);
  }
  return event;
}

RC_GTEST_PROP(Evolve, TakesEveryEventInEveryState,
              (const Opening& opening, const std::vector<Step>& steps,
               const std::vector<std::tuple<uint8_t, std::string, uint8_t>>& surprises,
               bool exists)) {
  CaseState state = exists ? After(opening, steps) : CaseState();
  for (const auto& [kind, bytes, number] : surprises) {
    const bool suspected = state.indecent_image_suspected;
    const std::set<PersonId> subjects = state.subjects;
    const std::set<PersonId> conflicted = state.conflicted;
    Happen(state, AnyEvent(kind, bytes, number), Person(number));
    AssertSane(state);
    // What protects people is never taken back.
    RC_ASSERT(state.indecent_image_suspected || !suspected);
    RC_ASSERT(std::includes(state.subjects.begin(), state.subjects.end(), subjects.begin(),
                            subjects.end()));
    RC_ASSERT(std::includes(state.conflicted.begin(), state.conflicted.end(), conflicted.begin(),
                            conflicted.end()));
  }
}

// Guards the properties above against histories in which nothing comes about.
TEST(RandomHistories, ReachEveryStage) {
  constexpr size_t kStages = 8;
  // All events but the report itself.
  const auto kinds = static_cast<size_t>(CaseEvent::descriptor()->oneof_decl(0)->field_count()) - 1;
  // A seed that needs more has not been met.
  constexpr int kHistoriesMax = 60000;
  std::set<Stage> reached;
  std::set<CaseEvent::BodyCase> recorded;
  uint64_t random = kSeed | 1;
  const auto next = [&random] {
    random = random * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint8_t>(random >> 56);
  };
  const auto complete = [&] { return reached.size() == kStages && recorded.size() == kinds; };
  for (int history = 0; history < kHistoriesMax && !complete(); ++history) {
    CaseState state = Open({next(), next(), next(), next(), next()});
    for (int i = 0; i < 100; ++i) {
      const AnyCommand command = CommandOf({next(), next(), next()});
      for (const CaseEvent& event : EventsOf(DecideAny(state, command))) {
        Happen(state, event, ActorOf(command));
        recorded.insert(event.body_case());
      }
      reached.insert(state.stage);
    }
  }
  EXPECT_EQ(reached.size(), kStages);
  EXPECT_EQ(recorded.size(), kinds);
}

// What no history may come to, whatever was asked in whatever order.
void ExpectPromisesKept(const CaseState& state) {
  for (const kernel::Actor& actor : EverybodySince()) {
    const Sight sight = SightOf(state, actor);
    if (IsNotFor(state, actor)) {
      EXPECT_EQ(sight, actor.person == state.reporter ? Sight::kOwnEntries : Sight::kNone);
    }
    const CaseDecision referral = Decide(state, WholeReferral(actor, /*number=*/99));
    if (sight == Sight::kNone) {
      EXPECT_TRUE(SaysNoSuchCase(referral));
    } else {
      EXPECT_EQ(EventsOf(referral).size(), 1u) << "a referral was refused";
    }
    if (!state.indecent_image_suspected) continue;
    EXPECT_TRUE(EventsOf(Decide(state, WholeScreenPrint(actor, 99))).empty());
    EXPECT_TRUE(Refuses(state, WholeTakeFile(actor)).has_value());
  }
}

// The properties above draw short histories; these are long ones, of many
// thousands of commands together.
TEST(RandomHistories, KeepTheirPromisesForTenThousandCommands) {
  constexpr int kHistories = 100;
  constexpr int kCommandsEach = 150;
  uint64_t random = kSeed | 1;
  const auto next = [&random] {
    random = random * 6364136223846793005u + 1442695040888963407u;
    return static_cast<uint8_t>(random >> 56);
  };
  for (int history = 0; history < kHistories && !::testing::Test::HasFailure(); ++history) {
    SCOPED_TRACE(::testing::Message() << "history " << history << " of seed " << kSeed);
    CaseState state = Open({next(), next(), next(), next(), next()});
    for (int i = 0; i < kCommandsEach; ++i) {
      const AnyCommand command = CommandOf({next(), next(), next()});
      const bool was_suspected = state.indecent_image_suspected;
      const size_t files = state.evidence.size();
      for (const CaseEvent& event : EventsOf(DecideAny(state, command))) {
        CaseEvent stored;
        ASSERT_TRUE(stored.ParseFromString(event.SerializeAsString()));
        const uint64_t revision = state.revision;
        Happen(state, stored, ActorOf(command));
        ASSERT_EQ(state.revision, revision + 1);
      }
      EXPECT_TRUE(!was_suspected || state.evidence.size() == files);
      EXPECT_TRUE(MayBeRepeated(command) || EventsOf(DecideAny(state, command)).empty())
          << "command " << command.index() << " adds something when it is decided again";
      ExpectPromisesKept(state);
      if (::testing::Test::HasFailure()) break;
    }
  }
}

}  // namespace
}  // namespace wardbook::casework
