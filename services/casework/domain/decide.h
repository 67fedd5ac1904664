// The decisions of a case: pure, one overload a command. Each first asks who
// acts (the subject of a case never does; a case that the actor may not see
// does not exist for them), then whether the police come first, then what stands
// before the command whatever it says, then whether the request is whole, then the
// gates that depend on what it says.
//
// The answer to somebody who may not see the case is the same, to the letter, as
// for a case that was never opened.
//
// Deciding twice adds nothing: what is so already gives no events, or is refused
// because the case has moved on. Some kinds of entry may be made in the same
// words again and are told from a repetition by the request id alone: notes,
// corrections and what is added to a file, questions and advice, steps of an investigation, all
// about the police, and what was done with providers, other bodies and people outside the case. An
// acknowledgement, an outcome or a decision in other words is another one and is recorded as well.
//
// Where an indecent image is suspected nearly everything is refused until the
// police are informed (P37): all but that, preserving, handing on, referring,
// what the law demands that the police are told, notes of how it was found, and
// that somebody has a conflict of interest. What the officers of the council say is
// not the school's act and is taken as well.
//
// A closed case still takes notes, corrections, the reporter's wishes, decisions
// about the police and referrals, what is said of files in evidence, what the
// safeguarding officers say to a referral, disagreements, and what was done with
// people outside the case: records
// must stay correctable, wishes and the police decision are somebody's own at any
// time (P46, P47), nothing stands in the way of a referral, and a provider answers
// when it likes. So it does what goes on elsewhere after the school has closed it:
// the disciplinary procedure, the Governing Body and a breach of personal data.
//
// Sources: the clauses of the policy are named beside each rule.

#ifndef SERVICES_CASEWORK_DOMAIN_DECIDE_H_
#define SERVICES_CASEWORK_DOMAIN_DECIDE_H_

#include <optional>

#include "services/casework/domain/case_state.h"
#include "services/casework/domain/commands.h"
#include "services/casework/domain/referral_commands.h"
#include "services/casework/domain/response_commands.h"
#include "services/kernel/decision.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::casework {

using CaseDecision = kernel::Decision<wardbook::events::v1::CaseEvent>;

CaseDecision Decide(const CaseState& state, const ReportIncident& command);
CaseDecision Decide(const CaseState& state, const AcknowledgeReceipt& command);
CaseDecision Decide(const CaseState& state, const EscalateCase& command);
// In a case of unsuitable material the recipient's alone (P40).
CaseDecision Decide(const CaseState& state, const SeekAdvice& command);
CaseDecision Decide(const CaseState& state, const RecordAdvice& command);
// No events when they are the recipient already.
CaseDecision Decide(const CaseState& state, const HandOverRecipient& command);
// Taken on a closed case too, because who may read it still matters. No events
// when the conflict is declared already.
CaseDecision Decide(const CaseState& state, const DeclareConflict& command);
// On a closed case too; by the reporter as well, who knows whom they meant. No events
// when the name is settled already.
CaseDecision Decide(const CaseState& state, const SettleName& command);
// Never refused to anybody who may see the case: what is missing becomes an item
// of the event, texts are kept at any length, and what is not UTF-8 in them is
// replaced.
CaseDecision Decide(const CaseState& state, const ReferCase& command);
CaseDecision Decide(const CaseState& state, const AcknowledgeReferral& command);
CaseDecision Decide(const CaseState& state, const RecordReferralOutcome& command);
CaseDecision Decide(const CaseState& state, const PrepareReferralSection& command);
// Never refused to anybody who may see the case: a case without a referral is
// referred by it, and what is missing becomes an item of the event.
CaseDecision Decide(const CaseState& state, const RecordReferralSubmitted& command);
CaseDecision Decide(const CaseState& state, const RecordReferralAdvice& command);
CaseDecision Decide(const CaseState& state, const RequestMoreInformation& command);
CaseDecision Decide(const CaseState& state, const GiveMoreInformation& command);
CaseDecision Decide(const CaseState& state, const RecordThresholdMet& command);
CaseDecision Decide(const CaseState& state, const RecordReferralMeeting& command);
CaseDecision Decide(const CaseState& state, const OpenReferralStrand& command);
CaseDecision Decide(const CaseState& state, const RecordStrandOutcome& command);
CaseDecision Decide(const CaseState& state, const RecordClosingAction& command);
CaseDecision Decide(const CaseState& state, const CloseReferral& command);
CaseDecision Decide(const CaseState& state, const WithdrawReferral& command);
CaseDecision Decide(const CaseState& state, const RecordPoliceDecision& command);
// Never refused for what is said of the place: what is too long is cut, and
// addresses are left out. No events while the police have not released what was
// suspected before.
CaseDecision Decide(const CaseState& state, const SuspectIndecentImage& command);
CaseDecision Decide(const CaseState& state, const RecordPoliceInformed& command);
CaseDecision Decide(const CaseState& state, const RecordPreservationStep& command);
CaseDecision Decide(const CaseState& state, const RecordPoliceRelease& command);
CaseDecision Decide(const CaseState& state, const AddNote& command);
CaseDecision Decide(const CaseState& state, const CorrectEntry& command);
CaseDecision Decide(const CaseState& state, const CloseCase& command);
CaseDecision Decide(const CaseState& state, const ReopenCase& command);
// On the ground of cyber-bullying as the target decided (P47); on any other never
// for lack of a decision.
CaseDecision Decide(const CaseState& state, const RecordPoliceReport& command);
// A person's own notice: no gate stands in front of it.
CaseDecision Decide(const CaseState& state, const RecordDutyNotification& command);
CaseDecision Decide(const CaseState& state, const RecordProviderReport& command);
CaseDecision Decide(const CaseState& state, const RecordProviderOutcome& command);
CaseDecision Decide(const CaseState& state, const RecordContentRemoved& command);
CaseDecision Decide(const CaseState& state, const OfferSupport& command);
CaseDecision Decide(const CaseState& state, const RecordExternalBodyInformed& command);
CaseDecision Decide(const CaseState& state, const LogContact& command);
CaseDecision Decide(const CaseState& state, const RaiseDisagreement& command);
CaseDecision Decide(const CaseState& state, const EscalateDisagreement& command);
CaseDecision Decide(const CaseState& state, const ResolveDisagreement& command);
CaseDecision Decide(const CaseState& state, const UpdateWishes& command);
CaseDecision Decide(const CaseState& state, const ClassifyCase& command);
CaseDecision Decide(const CaseState& state, const RaiseSuitabilityQuestion& command);
CaseDecision Decide(const CaseState& state, const DecideHarmThreshold& command);
CaseDecision Decide(const CaseState& state, const StartInvestigation& command);
CaseDecision Decide(const CaseState& state, const RecordInvestigationStep& command);
CaseDecision Decide(const CaseState& state, const RecordFinding& command);
CaseDecision Decide(const CaseState& state, const BarInvestigation& command);
CaseDecision Decide(const CaseState& state, const RecordDisciplinaryDecision& command);
CaseDecision Decide(const CaseState& state, const RecordDisciplinaryReference& command);
CaseDecision Decide(const CaseState& state, const InformGoverningBody& command);
CaseDecision Decide(const CaseState& state, const RecordGoverningBodyAction& command);
CaseDecision Decide(const CaseState& state, const AssessDataBreach& command);
CaseDecision Decide(const CaseState& state, const RecordBarringOutcome& command);
// No events for a file that is in evidence already and described alike.
CaseDecision Decide(const CaseState& state, const FileEvidence& command);
CaseDecision Decide(const CaseState& state, const AnnotateEvidence& command);
// No events when it was said already.
CaseDecision Decide(const CaseState& state, const SupersedeEvidence& command);
// No events when it was said already.
CaseDecision Decide(const CaseState& state, const AttestOriginal& command);

// Nothing when the case takes a file from this person now.
std::optional<kernel::Rejected> Refuses(const CaseState& state, const TakeFile& command);
// Nothing when the file may be shown to this person now. To a reporter only the
// files that they filed are there.
std::optional<kernel::Rejected> Refuses(const CaseState& state, const RevealFile& command);
// Nothing when this person may copy the case into the council's form.
std::optional<kernel::Rejected> Refuses(const CaseState& state, const ShowReferralForm& command);
// Nothing when this person may take the case away as a bundle now.
std::optional<kernel::Rejected> Refuses(const CaseState& state, const ExportCase& command);
// Nothing when this person may ask the registers about the people of the case.
std::optional<kernel::Rejected> Refuses(const CaseState& state, const CheckRegisters& command);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_DECIDE_H_
