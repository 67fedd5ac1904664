#include "services/casework/domain/offered_actions.h"

#include <algorithm>
#include <type_traits>
#include <utility>
#include <variant>

#include "services/casework/domain/decide.h"
#include "services/casework/domain/referral_commands.h"
#include "services/kernel/reason.h"

namespace wardbook::casework {
namespace {

using kernel::ReasonKind;
using kernel::Refusal;
using kernel::Rejected;

// The files that a request of theirs can name, first those that `is_best` says.
template <class IsBest>
std::vector<EvidenceId> FilesToName(const CaseState& state, const kernel::Actor& actor,
                                    IsBest is_best) {
  const bool sees_all = SeesWhole(SightOf(state, actor));
  std::vector<EvidenceId> best, others;
  for (const FiledEvidence& file : state.evidence) {
    if (!sees_all && file.filed_by != actor.person) continue;
    (is_best(file) ? best : others).push_back(file.id);
  }
  best.insert(best.end(), others.begin(), others.end());
  return best;
}

// More is said of a file by who filed it than by others.
template <class Command>
void NameFiles(const CaseState& state, Command& command) {
  const kernel::Actor& actor = command.by.actor;
  const std::vector<EvidenceId> files = FilesToName(
      state, actor, [&actor](const FiledEvidence& file) { return file.filed_by == actor.person; });
  if (!files.empty()) command.evidence_id = files[0];
}

void NameFiles(const CaseState& state, SupersedeEvidence& command) {
  const std::vector<EvidenceId> files =
      FilesToName(state, command.by.actor,
                  [](const FiledEvidence& file) { return !file.superseded.has_value(); });
  if (files.size() < 2) return;
  command.superseded = files[0];
  command.evidence_id = files[1];
}

// The command as it comes of a request in which nothing is filled in but what it is about.
template <class Command>
Command Empty(const CaseState& state, const Asker& asker) {
  Command command;
  command.by = asker.by;
  // Who stands in for the Headteacher; other commands ask the register about whom they
  // name.
  if constexpr (std::is_same_v<Command, HandOverRecipient>) {
    command.school = asker.school;
    command.head_absence = asker.head_absence;
  }
  if constexpr (requires { command.rules; }) command.rules = asker.rules;
  // One's own unless the request names somebody.
  if constexpr (std::is_same_v<Command, DeclareConflict>) command.person = asker.by.actor.person;
  if constexpr (requires { command.evidence_id; }) NameFiles(state, command);
  return command;
}

template <class Command>
Refusal RefusalOf(const CaseState& state, const Asker& asker) {
  const CaseDecision decision = Decide(state, Empty<Command>(state, asker));
  const auto* const rejected = std::get_if<Rejected>(&decision);
  return rejected == nullptr ? std::nullopt : Refusal(*rejected);
}

template <class Question>
Refusal AnswerTo(const CaseState& state, const Asker& asker) {
  return Refuses(state, Empty<Question>(state, asker));
}

bool IsAcknowledged(const CaseState& state, const Asker&) { return state.acknowledged; }

bool IsHandedOn(const CaseState& state, const Asker&) { return state.escalated; }

bool NoNameIsOpen(const CaseState&, const Asker& asker) { return !asker.a_name_is_open; }

bool ReferralsAreAcknowledged(const CaseState& state, const Asker&) {
  return !state.referrals.empty() &&
         std::all_of(state.referrals.begin(), state.referrals.end(), [](const Referral& referral) {
           return referral.acknowledged || HasEnded(referral);
         });
}

struct Action {
  absl::string_view method;
  Refusal (*refusal_of)(const CaseState&, const Asker&);
  // Whether it is done, or there is nothing to do it to, so that nobody looks for it; null
  // for what can always be done once more.
  bool (*is_moot)(const CaseState&, const Asker&) = nullptr;
};

constexpr Action kActions[] = {
    // Taking it up.
    {"wardbook.v1.IncidentService/AcknowledgeReceipt", RefusalOf<AcknowledgeReceipt>,
     IsAcknowledged},
    {"wardbook.v1.CaseService/AddNote", RefusalOf<AddNote>},
    {"wardbook.v1.EvidenceService/FileEvidence", AnswerTo<TakeFile>},
    {"wardbook.v1.EvidenceService/AnnotateEvidence", RefusalOf<AnnotateEvidence>},
    {"wardbook.v1.EvidenceService/SupersedeEvidence", RefusalOf<SupersedeEvidence>},
    {"wardbook.v1.EvidenceService/AttestOriginal", RefusalOf<AttestOriginal>},
    {"wardbook.v1.IncidentService/UpdateWishes", RefusalOf<UpdateWishes>},
    {"wardbook.v1.CaseService/CorrectEntry", RefusalOf<CorrectEntry>},
    {"wardbook.v1.EscalationService/EscalateCase", RefusalOf<EscalateCase>, IsHandedOn},
    {"wardbook.v1.EscalationService/DeclareConflict", RefusalOf<DeclareConflict>},
    {"wardbook.v1.EscalationService/SettleName", RefusalOf<SettleName>, NoNameIsOpen},
    {"wardbook.v1.CaseService/CheckRegisters", AnswerTo<CheckRegisters>},
    // An indecent image comes before all else that is done outside.
    {"wardbook.v1.CaseService/SuspectIndecentImage", RefusalOf<SuspectIndecentImage>},
    {"wardbook.v1.CaseService/RecordPoliceInformed", RefusalOf<RecordPoliceInformed>},
    {"wardbook.v1.CaseService/RecordPreservationStep", RefusalOf<RecordPreservationStep>},
    {"wardbook.v1.CaseService/RecordPoliceRelease", RefusalOf<RecordPoliceRelease>},
    // Advice.
    {"wardbook.v1.EscalationService/SeekAdvice", RefusalOf<SeekAdvice>},
    {"wardbook.v1.EscalationService/RecordAdvice", RefusalOf<RecordAdvice>},
    {"wardbook.v1.EscalationService/HandOverRecipient", RefusalOf<HandOverRecipient>},
    // A referral.
    {"wardbook.v1.ReferralService/ReferCase", RefusalOf<ReferCase>},
    {"wardbook.v1.ReferralService/PrepareReferralSection", RefusalOf<PrepareReferralSection>},
    {"wardbook.v1.ReferralService/ShowReferralForm", AnswerTo<ShowReferralForm>},
    {"wardbook.v1.ReferralService/RecordReferralSubmitted", RefusalOf<RecordReferralSubmitted>},
    {"wardbook.v1.ReferralService/AcknowledgeReferral", RefusalOf<AcknowledgeReferral>,
     ReferralsAreAcknowledged},
    {"wardbook.v1.ReferralService/RecordReferralAdvice", RefusalOf<RecordReferralAdvice>},
    {"wardbook.v1.ReferralService/RequestMoreInformation", RefusalOf<RequestMoreInformation>},
    {"wardbook.v1.ReferralService/GiveMoreInformation", RefusalOf<GiveMoreInformation>},
    {"wardbook.v1.ReferralService/RecordThresholdMet", RefusalOf<RecordThresholdMet>},
    {"wardbook.v1.ReferralService/RecordReferralMeeting", RefusalOf<RecordReferralMeeting>},
    {"wardbook.v1.ReferralService/OpenReferralStrand", RefusalOf<OpenReferralStrand>},
    {"wardbook.v1.ReferralService/RecordStrandOutcome", RefusalOf<RecordStrandOutcome>},
    {"wardbook.v1.ReferralService/RecordReferralOutcome", RefusalOf<RecordReferralOutcome>},
    {"wardbook.v1.ReferralService/RecordClosingAction", RefusalOf<RecordClosingAction>},
    {"wardbook.v1.ReferralService/CloseReferral", RefusalOf<CloseReferral>},
    {"wardbook.v1.ReferralService/WithdrawReferral", RefusalOf<WithdrawReferral>},
    // The police on other grounds.
    {"wardbook.v1.CaseService/RecordPoliceDecision", RefusalOf<RecordPoliceDecision>},
    {"wardbook.v1.ResponseService/RecordPoliceReport", RefusalOf<RecordPoliceReport>},
    {"wardbook.v1.ResponseService/RecordDutyNotification", RefusalOf<RecordDutyNotification>},
    // Decisions.
    {"wardbook.v1.InvestigationService/ClassifyCase", RefusalOf<ClassifyCase>},
    {"wardbook.v1.InvestigationService/RaiseSuitabilityQuestion",
     RefusalOf<RaiseSuitabilityQuestion>},
    {"wardbook.v1.InvestigationService/DecideHarmThreshold", RefusalOf<DecideHarmThreshold>},
    {"wardbook.v1.InvestigationService/StartInvestigation", RefusalOf<StartInvestigation>},
    {"wardbook.v1.InvestigationService/RecordInvestigationStep",
     RefusalOf<RecordInvestigationStep>},
    {"wardbook.v1.InvestigationService/BarInvestigation", RefusalOf<BarInvestigation>},
    {"wardbook.v1.InvestigationService/RecordFinding", RefusalOf<RecordFinding>},
    {"wardbook.v1.InvestigationService/RecordDisciplinaryDecision",
     RefusalOf<RecordDisciplinaryDecision>},
    {"wardbook.v1.InvestigationService/RecordDisciplinaryReference",
     RefusalOf<RecordDisciplinaryReference>},
    {"wardbook.v1.InvestigationService/AssessDataBreach", RefusalOf<AssessDataBreach>},
    {"wardbook.v1.InvestigationService/RecordBarringOutcome", RefusalOf<RecordBarringOutcome>},
    {"wardbook.v1.InvestigationService/InformGoverningBody", RefusalOf<InformGoverningBody>},
    {"wardbook.v1.InvestigationService/RecordGoverningBodyAction",
     RefusalOf<RecordGoverningBodyAction>},
    // People outside the case.
    {"wardbook.v1.ResponseService/OfferSupport", RefusalOf<OfferSupport>},
    {"wardbook.v1.ResponseService/LogContact", RefusalOf<LogContact>},
    {"wardbook.v1.ResponseService/RecordProviderReport", RefusalOf<RecordProviderReport>},
    {"wardbook.v1.ResponseService/RecordProviderOutcome", RefusalOf<RecordProviderOutcome>},
    {"wardbook.v1.ResponseService/RecordContentRemoved", RefusalOf<RecordContentRemoved>},
    {"wardbook.v1.ResponseService/RecordExternalBodyInformed",
     RefusalOf<RecordExternalBodyInformed>},
    {"wardbook.v1.DisagreementService/RaiseDisagreement", RefusalOf<RaiseDisagreement>},
    {"wardbook.v1.DisagreementService/EscalateDisagreement", RefusalOf<EscalateDisagreement>},
    {"wardbook.v1.DisagreementService/ResolveDisagreement", RefusalOf<ResolveDisagreement>},
    // The end.
    {"wardbook.v1.AuditService/ExportBundle", AnswerTo<ExportCase>},
    {"wardbook.v1.CaseService/CloseCase", RefusalOf<CloseCase>},
    {"wardbook.v1.CaseService/ReopenCase", RefusalOf<ReopenCase>},
};

}  // namespace

std::vector<OfferedAction> OfferedActions(const CaseState& state, const Asker& asker) {
  std::vector<OfferedAction> offered;
  for (const Action& action : kActions) {
    if (action.is_moot != nullptr && action.is_moot(state, asker)) continue;
    Refusal refusal = action.refusal_of(state, asker);
    const std::optional<ReasonKind> kind =
        refusal ? std::optional(kernel::Describe(refusal->reason).kind) : std::nullopt;
    if (!kind || kind == ReasonKind::kBadRequest) {
      offered.push_back({action.method, std::nullopt});
    } else if (kind == ReasonKind::kState) {
      offered.push_back({action.method, std::move(refusal)});
    }
  }
  return offered;
}

std::vector<absl::string_view> MethodsOfActions() {
  std::vector<absl::string_view> methods;
  for (const Action& action : kActions) methods.push_back(action.method);
  return methods;
}

}  // namespace wardbook::casework
