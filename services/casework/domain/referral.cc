// Referrals to Lancashire Safeguarding, and what it says to them.

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/casework/domain/decide.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/sight.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseEvent;

// Nothing when there is none such; the newest when none is named.
const Referral* FindReferral(const CaseState& state, const std::optional<ReferralId>& id) {
  if (!id) return state.referrals.empty() ? nullptr : &state.referrals.back();
  const auto found = std::find_if(state.referrals.begin(), state.referrals.end(),
                                  [&id](const Referral& referral) { return referral.id == *id; });
  return found == state.referrals.end() ? nullptr : &*found;
}

// What an event can hold of the reasons for a referral.
struct Reasons {
  std::string text;
  bool cut = false;
};

// Events hold UTF-8 and so many bytes; neither is a reason to turn a referral
// away.
Reasons ReasonsOf(const ReferCase& command) {
  Reasons reasons{kernel::ReplaceInvalidUtf8(command.reasons)};
  if (reasons.text.size() <= kReferralReasonsBytesMax) return reasons;
  size_t end = kReferralReasonsBytesMax;
  // No character is cut in two.
  while ((static_cast<unsigned char>(reasons.text[end]) & 0xC0) == 0x80) --end;
  reasons.text.resize(end);
  reasons.cut = true;
  return reasons;
}

// What the officers will miss, in words for the person who refers.
std::vector<std::string> MissingItems(const CaseState& state, const ReferCase& command,
                                      const Reasons& reasons) {
  std::vector<std::string> missing;
  if (IsBlank(command.reasons)) missing.push_back("No reasons are given.");
  if (reasons.cut) {
    missing.push_back("The reasons were longer than an entry can hold; their end was cut off.");
  }
  if (!state.acknowledged) missing.push_back("The receipt of the report was not acknowledged.");
  if (!state.wishes_asked) missing.push_back("The reporter was not asked for their wishes.");
  if (!state.advice_sought) missing.push_back("No advice was asked for before.");
  // Where an indecent image is suspected there must be no file (P38).
  if (state.evidence.empty() && !state.indecent_image_suspected) {
    missing.push_back("No file is in evidence.");
  }
  if (RefuseBeforePolice(state)) missing.push_back("The police have not been informed.");
  return missing;
}

Refusal CheckOutcome(wardbook::events::v1::ReferralOutcome outcome) {
  if (outcome == wardbook::events::v1::REFERRAL_OUTCOME_UNSPECIFIED) {
    return Rejected{Reason::kFieldMissing, "outcome"};
  }
  if (!wardbook::events::v1::ReferralOutcome_IsValid(outcome)) {
    return Rejected{Reason::kFieldInvalid, "outcome"};
  }
  return std::nullopt;
}

}  // namespace

CaseDecision Decide(const CaseState& state, const ReferCase& command) {
  if (Refusal refusal = RefuseUnlessSeen(state, command.by.actor)) return *refusal;
  if (FindReferral(state, command.referral_id) != nullptr) return std::vector<CaseEvent>{};

  CaseEvent event;
  wardbook::events::v1::CaseReferred& referred = *event.mutable_case_referred();
  referred.set_referral_id(command.referral_id.Bytes());
  referred.set_intent(command.intent == wardbook::events::v1::REFERRAL_INTENT_CONSULTATION
                          ? wardbook::events::v1::REFERRAL_INTENT_CONSULTATION
                          : wardbook::events::v1::REFERRAL_INTENT_REFERRAL);
  Reasons reasons = ReasonsOf(command);
  for (const std::string& item : MissingItems(state, command, reasons)) {
    referred.add_missing_items(item);
  }
  referred.set_reasons(std::move(reasons.text));
  return std::vector<CaseEvent>{std::move(event)};
}

// The words of the officers are taken on a closed case too: a case may be
// referred after it was closed, and its handlers do not decide whether the
// officers may answer.
CaseDecision Decide(const CaseState& state, const AcknowledgeReferral& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kOfficer}),
          RequireText(command.reference, "reference", kShortCharactersMax),
          AllowText(command.message, "message", kLineCharactersMax),
      })) {
    return *refusal;
  }
  const Referral* referral = FindReferral(state, command.referral_id);
  if (referral == nullptr) return Rejected{Reason::kNotReferred, "referral_id"};
  if (referral->acknowledged && referral->reference == command.reference &&
      referral->message == command.message) {
    return std::vector<CaseEvent>{};
  }

  CaseEvent event;
  wardbook::events::v1::ReferralAcknowledged& acknowledged = *event.mutable_referral_acknowledged();
  acknowledged.set_referral_id(referral->id.Bytes());
  acknowledged.set_reference(command.reference);
  acknowledged.set_message(command.message);
  return std::vector<CaseEvent>{std::move(event)};
}

// An outcome may be followed by another one when new evidence comes.
CaseDecision Decide(const CaseState& state, const RecordReferralOutcome& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kOfficer}),
          CheckOutcome(command.outcome),
          RequireText(command.reasons, "reasons", kTextCharactersMax),
      })) {
    return *refusal;
  }
  const Referral* referral = FindReferral(state, command.referral_id);
  if (referral == nullptr) return Rejected{Reason::kNotReferred, "referral_id"};
  if (!referral->acknowledged) return Rejected{Reason::kReferralNotAcknowledged, ""};
  if (referral->outcome_recorded && referral->outcome == command.outcome &&
      referral->outcome_reasons == command.reasons) {
    return std::vector<CaseEvent>{};
  }

  CaseEvent event;
  wardbook::events::v1::ReferralOutcomeRecorded& recorded =
      *event.mutable_referral_outcome_recorded();
  recorded.set_referral_id(referral->id.Bytes());
  recorded.set_outcome(command.outcome);
  recorded.set_reasons(command.reasons);
  return std::vector<CaseEvent>{std::move(event)};
}

}  // namespace wardbook::casework
