// Referrals to Lancashire Safeguarding, and what it says to them.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/casework/domain/decide.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/referral_state.h"
#include "services/casework/domain/sight.h"
#include "services/casework/domain/web_address.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseEvent;
using wardbook::events::v1::ChildReferral;

// What an event can hold of the reasons for a referral.
struct Reasons {
  std::string text;
  bool cut = false;
};

// What somebody wrote, in UTF-8 and without what must not be kept (P36).
std::string Kept(const CaseState& state, const std::string& text) {
  return AsMayBeKept(state, kernel::ReplaceInvalidUtf8(text));
}

// Events hold so many bytes, which is no reason to turn a referral away.
Reasons ReasonsOf(const CaseState& state, const ReferCase& command) {
  Reasons reasons{Kept(state, command.reasons)};
  if (reasons.text.size() <= kReferralReasonsBytesMax) return reasons;
  size_t end = kReferralReasonsBytesMax;
  // No character is cut in two.
  while ((static_cast<unsigned char>(reasons.text[end]) & 0xC0) == 0x80) --end;
  reasons.text.resize(end);
  reasons.cut = true;
  return reasons;
}

// Level 3 asks for the parents' informed consent, level 4 goes ahead without it.
void AddMissingOfChild(const ChildReferral& child, std::vector<std::string>& missing) {
  using wardbook::events::v1::ParentalConsent;
  if (child.level() == wardbook::events::v1::NEED_LEVEL_UNSPECIFIED) {
    missing.push_back("The level of need is not given.");
  }
  const ParentalConsent consent = child.consent();
  if (consent == wardbook::events::v1::PARENTAL_CONSENT_UNSPECIFIED) {
    missing.push_back("Whether the parents consent is not given.");
  } else if (consent != wardbook::events::v1::PARENTAL_CONSENT_GIVEN) {
    if (child.level() == wardbook::events::v1::NEED_LEVEL_3) {
      missing.push_back("At level 3 the council asks for the parents' informed consent.");
    }
    if (IsBlank(child.consent_reasons())) {
      missing.push_back("Why there is no consent is not given.");
    }
  }
}

void AddMissingOfCase(const CaseState& state, std::vector<std::string>& missing) {
  if (!state.acknowledged) missing.push_back("The receipt of the report was not acknowledged.");
  if (!state.wishes_asked) missing.push_back("The reporter was not asked for their wishes.");
  if (!state.advice_sought) missing.push_back("No advice was asked for before.");
  // Where an indecent image is suspected there must be no file (P38).
  if (state.evidence.empty() && !state.indecent_image_suspected) {
    missing.push_back("No file is in evidence.");
  }
  if (RefuseBeforePolice(state)) missing.push_back("The police have not been informed.");
}

// What the officers will miss, in words for the person who refers.
std::vector<std::string> MissingItems(const CaseState& state, const ReferCase& command,
                                      const Reasons& reasons) {
  std::vector<std::string> missing;
  if (IsBlank(command.reasons)) missing.push_back("No reasons are given.");
  if (reasons.cut) {
    missing.push_back("The reasons were longer than an entry can hold; their end was cut off.");
  }
  if (command.child_referral) AddMissingOfChild(*command.child_referral, missing);
  // How the case stands is not told to those who do not see it.
  if (SeesWhole(SightOf(state, command.by.actor))) AddMissingOfCase(state, missing);
  return missing;
}

// As much of it as an event can hold, and of its choices those that are known.
ChildReferral ChildReferralOf(const CaseState& state, const ChildReferral& asked) {
  const auto kept = [&state](const std::string& text, size_t characters_max) {
    return FirstCharacters(Kept(state, text), characters_max);
  };
  ChildReferral child;
  if (wardbook::events::v1::NeedLevel_IsValid(asked.level())) child.set_level(asked.level());
  if (wardbook::events::v1::ParentalConsent_IsValid(asked.consent())) {
    child.set_consent(asked.consent());
  }
  child.set_consent_reasons(kept(asked.consent_reasons(), kTextCharactersMax));
  child.set_request_reference(kept(asked.request_reference(), kShortCharactersMax));
  return child;
}

}  // namespace

CaseDecision Decide(const CaseState& state, const ReferCase& command) {
  if (Refusal refusal = RefuseUnlessKnown(state, command.by.actor)) return *refusal;
  if (FindReferral(state, command.referral_id) != nullptr) return std::vector<CaseEvent>{};

  CaseEvent event;
  wardbook::events::v1::CaseReferred& referred = *event.mutable_case_referred();
  referred.set_referral_id(command.referral_id.Bytes());
  referred.set_intent(command.intent == wardbook::events::v1::REFERRAL_INTENT_CONSULTATION
                          ? wardbook::events::v1::REFERRAL_INTENT_CONSULTATION
                          : wardbook::events::v1::REFERRAL_INTENT_REFERRAL);
  Reasons reasons = ReasonsOf(state, command);
  for (const std::string& item : MissingItems(state, command, reasons)) {
    referred.add_missing_items(item);
  }
  referred.set_reasons(std::move(reasons.text));
  if (command.child_referral) {
    *referred.mutable_child_referral() = ChildReferralOf(state, *command.child_referral);
  }
  return std::vector<CaseEvent>{std::move(event)};
}

// The words of the officers are taken on a closed case too: a case may be
// referred after it was closed, and its handlers do not decide whether the
// officers may answer.
CaseDecision Decide(const CaseState& state, const AcknowledgeReferral& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessCouncils(state, command.by.actor),
          RefuseUnlessReferred(state),
          RequireConveyedBy(state, command.by.actor, command.conveyed_by),
          AllowText(command.reference, "reference", kShortCharactersMax),
          AllowText(command.message, "message", kLineCharactersMax),
          AllowText(command.conveyed_by, "conveyed_by", kLineCharactersMax),
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
  acknowledged.set_conveyed_by(command.conveyed_by);
  return std::vector<CaseEvent>{std::move(event)};
}

// An outcome may be followed by another one when new evidence comes.
CaseDecision Decide(const CaseState& state, const RecordReferralOutcome& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessCouncils(state, command.by.actor),
          RefuseUnlessReferred(state),
          RequireConveyedBy(state, command.by.actor, command.conveyed_by),
          RequireChoice(command.outcome, "outcome"),
          RequireText(command.reasons, "reasons", kTextCharactersMax),
          AllowText(command.conveyed_by, "conveyed_by", kLineCharactersMax),
      })) {
    return *refusal;
  }
  const Referral* referral = FindReferral(state, command.referral_id);
  if (referral == nullptr) return Rejected{Reason::kNotReferred, "referral_id"};
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
  recorded.set_conveyed_by(command.conveyed_by);
  return std::vector<CaseEvent>{std::move(event)};
}

}  // namespace wardbook::casework
