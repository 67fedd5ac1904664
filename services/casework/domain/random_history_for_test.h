// Random histories of a case: commands of everybody, whole or spoilt, from a random
// report on.

#ifndef SERVICES_CASEWORK_DOMAIN_RANDOM_HISTORY_FOR_TEST_H_
#define SERVICES_CASEWORK_DOMAIN_RANDOM_HISTORY_FOR_TEST_H_

#include <cstdint>
#include <tuple>
#include <variant>
#include <vector>

#include "services/casework/domain/case_for_test.h"
#include "services/casework/domain/case_state.h"
#include "services/casework/domain/decide.h"
#include "services/kernel/actor.h"

namespace wardbook::casework {

using AnyCommand = std::variant<
    AcknowledgeReceipt, EscalateCase, SeekAdvice, RecordAdvice, ReferCase, AcknowledgeReferral,
    RecordReferralOutcome, RecordPoliceDecision, AddNote, CorrectEntry, CloseCase, ReopenCase,
    SuspectIndecentImage, RecordPoliceInformed, RecordPreservationStep, RecordPoliceRelease,
    RecordPoliceReport, RecordDutyNotification, RecordProviderReport, RecordProviderOutcome,
    RecordContentRemoved, OfferSupport, RecordExternalBodyInformed, LogContact, RaiseDisagreement,
    EscalateDisagreement, ResolveDisagreement, PrepareReferralSection, RecordReferralSubmitted,
    RecordReferralAdvice, RequestMoreInformation, GiveMoreInformation, RecordThresholdMet,
    RecordReferralMeeting, OpenReferralStrand, RecordStrandOutcome, RecordClosingAction,
    CloseReferral, WithdrawReferral, UpdateWishes, ClassifyCase, RaiseSuitabilityQuestion,
    DecideHarmThreshold, StartInvestigation, RecordInvestigationStep, RecordFinding,
    BarInvestigation, RecordDisciplinaryDecision, RecordDisciplinaryReference, InformGoverningBody,
    RecordGoverningBodyAction, AssessDataBreach, HandOverRecipient, DeclareConflict, SettleName,
    AnnotateEvidence, SupersedeEvidence, AttestOriginal, RecordBarringOutcome, FileEvidence>;

// Which command, whose, and how it is varied.
using Step = std::tuple<uint8_t, uint8_t, uint8_t>;
// Kind, route, answer, and a bit for each of the people who is a subject.
using Opening = std::tuple<uint8_t, uint8_t, uint8_t, uint8_t, uint8_t>;

// The people of the tests, and one who came later.
std::vector<kernel::Actor> EverybodySince();

// Everybody in turn.
const kernel::Actor& Person(uint8_t choice);

AnyCommand CommandOf(const Step& step);

CaseDecision DecideAny(const CaseState& state, const AnyCommand& command);

const kernel::Actor& ActorOf(const AnyCommand& command);

// The events of a decision; none for a refusal.
std::vector<events::CaseEvent> EventsOf(const CaseDecision& decision);

CaseState Open(const Opening& opening);

// Carries the case on; what a command is refused leaves it as it is.
CaseState After(const Opening& opening, const std::vector<Step>& steps);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_RANDOM_HISTORY_FOR_TEST_H_
