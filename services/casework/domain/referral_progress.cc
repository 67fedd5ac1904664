// What becomes of a referral between its making and its end: what the school
// prepares and gives, what the council says, who looks into it.

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/casework/domain/decide.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/investigation.h"
#include "services/casework/domain/referral_state.h"
#include "services/casework/domain/sight.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseEvent;

// The employer's part is the school's own to record.
Refusal CheckStrand(const CaseState& state, const By& by,
                    wardbook::events::v1::ReferralStrand strand, const std::string& conveyed_by) {
  if (Refusal refusal = RequireChoice(strand, "strand")) return refusal;
  if (strand == wardbook::events::v1::REFERRAL_STRAND_EMPLOYER) return std::nullopt;
  return RequireConveyedBy(state, by.actor, conveyed_by);
}

// What the employer did is the school's act, what others do the council's word.
Refusal RefuseStrandBeforePolice(const CaseState& state, const OpenReferralStrand& command) {
  if (command.strand != wardbook::events::v1::REFERRAL_STRAND_EMPLOYER) return std::nullopt;
  return RefuseSchoolBeforePolice(state, command.by.actor);
}

// What the employer came to is a finding of the school's.
Refusal RefuseEmployersFinding(const CaseState& state, const RecordStrandOutcome& command) {
  if (command.strand != wardbook::events::v1::REFERRAL_STRAND_EMPLOYER ||
      SightOf(state, command.by.actor) != Sight::kHandler) {
    return std::nullopt;
  }
  return RefuseFinding(state, command.by);
}

// The referral that a command names, of this case and not ended.
struct Found {
  const Referral* referral = nullptr;
  Refusal refusal;
};
Found FindOpen(const CaseState& state, const std::optional<ReferralId>& id) {
  const Referral* referral = FindReferral(state, id);
  if (referral == nullptr) return {nullptr, Rejected{Reason::kNotReferred, "referral_id"}};
  if (HasEnded(*referral)) return {nullptr, Rejected{Reason::kReferralEnded, ""}};
  return {referral, std::nullopt};
}

Refusal RefuseUnlessOneIsSettled(const CaseState& state) {
  const bool one_is = std::any_of(
      state.referrals.begin(), state.referrals.end(),
      [](const Referral& referral) { return !HasEnded(referral) && IsSettled(referral); });
  if (one_is) return std::nullopt;
  return Rejected{Reason::kReferralUnsettled, ""};
}

// Whether somebody may take a referral back: who made it, and for the council those who
// record its words.
bool IsTheirs(const CaseState& state, const kernel::Actor& actor, const Referral& referral) {
  return referral.referred_by == actor.person || !RefuseUnlessCouncils(state, actor);
}

// Who does not see the case whole is told of no referral but their own.
Refusal RefuseUnlessOneIsTheirs(const CaseState& state, const kernel::Actor& actor) {
  if (SeesWhole(SightOf(state, actor))) {
    if (Refusal refusal = RefuseUnlessReferred(state)) return refusal;
  }
  bool one_is = false;
  for (const Referral& referral : state.referrals) {
    if (!IsTheirs(state, actor, referral)) continue;
    if (!HasEnded(referral)) return std::nullopt;
    one_is = true;
  }
  return Rejected{one_is ? Reason::kReferralEnded : Reason::kOthersReferral, ""};
}

// What was not settled when a referral is closed, in words for the people who
// close it.
std::vector<std::string> NotSettled(const Referral& referral) {
  using wardbook::events::v1::ClosingAction;
  const std::pair<ClosingAction, const char*> actions[] = {
      {wardbook::events::v1::CLOSING_ACTION_DBS,
       "Whether the Disclosure and Barring Service is told was not recorded."},
      {wardbook::events::v1::CLOSING_ACTION_TRA,
       "Whether the Teaching Regulation Agency is told was not recorded."},
      {wardbook::events::v1::CLOSING_ACTION_LESSONS, "No lessons were recorded."},
      {wardbook::events::v1::CLOSING_ACTION_COPY_TO_SUBJECT,
       "Whether the person whom it is about has a copy of the record was not recorded."},
  };
  std::vector<std::string> missing;
  for (const auto& [action, words] : actions) {
    if (!referral.closing_actions.contains(action)) missing.push_back(words);
  }
  return missing;
}

}  // namespace

CaseDecision Decide(const CaseState& state, const RecordReferralAdvice& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessCouncils(state, command.by.actor),
          RefuseUnlessReferralOpen(state),
          RequireConveyedBy(state, command.by.actor, command.conveyed_by),
          RequireText(command.advice, "advice", kTextCharactersMax),
          AllowText(command.conveyed_by, "conveyed_by", kLineCharactersMax),
      })) {
    return *refusal;
  }
  const auto [referral, refusal] = FindOpen(state, command.referral_id);
  if (refusal) return *refusal;
  if (referral->advice == command.advice) return std::vector<CaseEvent>{};

  CaseEvent event;
  wardbook::events::v1::ReferralAdviceGiven& given = *event.mutable_referral_advice_given();
  given.set_referral_id(referral->id.Bytes());
  given.set_advice(command.advice);
  given.set_conveyed_by(command.conveyed_by);
  return std::vector<CaseEvent>{std::move(event)};
}

CaseDecision Decide(const CaseState& state, const RequestMoreInformation& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessCouncils(state, command.by.actor),
          RefuseUnlessReferralOpen(state),
          RequireConveyedBy(state, command.by.actor, command.conveyed_by),
          RequireText(command.question, "question", kTextCharactersMax),
          AllowText(command.conveyed_by, "conveyed_by", kLineCharactersMax),
      })) {
    return *refusal;
  }
  const auto [referral, refusal] = FindOpen(state, command.referral_id);
  if (refusal) return *refusal;

  CaseEvent event;
  wardbook::events::v1::MoreInformationRequested& requested =
      *event.mutable_more_information_requested();
  requested.set_referral_id(referral->id.Bytes());
  requested.set_question(command.question);
  requested.set_conveyed_by(command.conveyed_by);
  return std::vector<CaseEvent>{std::move(event)};
}

// Taken whether or not it was asked for, and after the end as well: nobody is kept
// from telling the council what they know.
CaseDecision Decide(const CaseState& state, const GiveMoreInformation& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessParty(state, command.by.actor),
          RefuseUnlessReferred(state),
          RequireText(command.information, "information", kTextCharactersMax),
      })) {
    return *refusal;
  }
  const Referral* referral = FindReferral(state, command.referral_id);
  if (referral == nullptr) return Rejected{Reason::kNotReferred, "referral_id"};

  CaseEvent event;
  wardbook::events::v1::MoreInformationGiven& given = *event.mutable_more_information_given();
  given.set_referral_id(referral->id.Bytes());
  given.set_information(command.information);
  return std::vector<CaseEvent>{std::move(event)};
}

CaseDecision Decide(const CaseState& state, const RecordThresholdMet& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessCouncils(state, command.by.actor),
          RefuseUnlessReferralOpen(state),
          RequireConveyedBy(state, command.by.actor, command.conveyed_by),
          RequireText(command.reasons, "reasons", kTextCharactersMax),
          AllowText(command.conveyed_by, "conveyed_by", kLineCharactersMax),
      })) {
    return *refusal;
  }
  const auto [referral, refusal] = FindOpen(state, command.referral_id);
  if (refusal) return *refusal;
  if (referral->threshold_met && referral->threshold_reasons == command.reasons &&
      !referral->advice_only) {
    return std::vector<CaseEvent>{};
  }

  CaseEvent event;
  wardbook::events::v1::ReferralThresholdMet& met = *event.mutable_referral_threshold_met();
  met.set_referral_id(referral->id.Bytes());
  met.set_reasons(command.reasons);
  met.set_conveyed_by(command.conveyed_by);
  return std::vector<CaseEvent>{std::move(event)};
}

// Whoever handles the case was there.
CaseDecision Decide(const CaseState& state, const RecordReferralMeeting& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler, Sight::kOfficer}),
          RefuseSchoolBeforePolice(state, command.by.actor),
          RefuseUnlessReferralOpen(state),
          RequireChoice(command.meeting, "meeting"),
          RequirePast(command.held_at, "held_at", command.by.now),
          RequireText(command.attendees, "attendees", kLineCharactersMax),
          RequireText(command.actions, "actions", kTextCharactersMax),
      })) {
    return *refusal;
  }
  if (command.number == 0) return Rejected{Reason::kFieldMissing, "number"};
  const auto [referral, refusal] = FindOpen(state, command.referral_id);
  if (refusal) return *refusal;

  CaseEvent event;
  wardbook::events::v1::ReferralMeetingRecorded& recorded =
      *event.mutable_referral_meeting_recorded();
  recorded.set_referral_id(referral->id.Bytes());
  recorded.set_meeting(command.meeting);
  recorded.set_number(command.number);
  *recorded.mutable_held_at() = command.held_at;
  recorded.set_attendees(command.attendees);
  recorded.set_actions(command.actions);
  return std::vector<CaseEvent>{std::move(event)};
}

CaseDecision Decide(const CaseState& state, const OpenReferralStrand& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessCouncils(state, command.by.actor),
          RefuseStrandBeforePolice(state, command),
          RefuseUnlessReferralOpen(state),
          CheckStrand(state, command.by, command.strand, command.conveyed_by),
          AllowText(command.reference, "reference", kShortCharactersMax),
          AllowText(command.details, "details", kTextCharactersMax),
          AllowText(command.conveyed_by, "conveyed_by", kLineCharactersMax),
      })) {
    return *refusal;
  }
  const auto [referral, refusal] = FindOpen(state, command.referral_id);
  if (refusal) return *refusal;
  const auto open = referral->strands.find(command.strand);
  if (open != referral->strands.end() && open->second.reference == command.reference &&
      open->second.details == command.details) {
    return std::vector<CaseEvent>{};
  }

  CaseEvent event;
  wardbook::events::v1::ReferralStrandOpened& opened = *event.mutable_referral_strand_opened();
  opened.set_referral_id(referral->id.Bytes());
  opened.set_strand(command.strand);
  opened.set_reference(command.reference);
  opened.set_details(command.details);
  opened.set_conveyed_by(command.conveyed_by);
  return std::vector<CaseEvent>{std::move(event)};
}

// An outcome may be followed by another one when new evidence comes.
CaseDecision Decide(const CaseState& state, const RecordStrandOutcome& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessCouncils(state, command.by.actor),
          RefuseEmployersFinding(state, command),
          RefuseUnlessReferralOpen(state),
          CheckStrand(state, command.by, command.strand, command.conveyed_by),
          RequireChoice(command.outcome, "outcome"),
          RequireText(command.reasons, "reasons", kTextCharactersMax),
          AllowText(command.conveyed_by, "conveyed_by", kLineCharactersMax),
      })) {
    return *refusal;
  }
  const auto category =
      std::find_if(command.categories.begin(), command.categories.end(),
                   [&](const OutcomeCategory& one) { return one.outcome == command.outcome; });
  // Advice is none: it is the council's about the whole.
  if (category == command.categories.end()) return Rejected{Reason::kFieldInvalid, "outcome"};
  const auto [referral, refusal] = FindOpen(state, command.referral_id);
  if (refusal) return *refusal;
  const auto open = referral->strands.find(command.strand);
  if (open != referral->strands.end() && open->second.outcome == command.outcome &&
      open->second.reasons == command.reasons) {
    return std::vector<CaseEvent>{};
  }

  CaseEvent event;
  wardbook::events::v1::ReferralStrandOutcomeRecorded& recorded =
      *event.mutable_referral_strand_outcome_recorded();
  recorded.set_referral_id(referral->id.Bytes());
  recorded.set_strand(command.strand);
  recorded.set_outcome(command.outcome);
  recorded.set_outcome_words(category->words);
  recorded.set_rule_pack_id(command.rule_pack_id);
  recorded.set_reasons(command.reasons);
  recorded.set_conveyed_by(command.conveyed_by);
  return std::vector<CaseEvent>{std::move(event)};
}

// Taken after the end as well: some of it is done only then.
CaseDecision Decide(const CaseState& state, const RecordClosingAction& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler, Sight::kOfficer}),
          RefuseSchoolBeforePolice(state, command.by.actor),
          RefuseUnlessReferred(state),
          RequireChoice(command.action, "action"),
          RequireChoice(command.decision, "decision"),
          RequireText(command.details, "details", kTextCharactersMax),
      })) {
    return *refusal;
  }
  const Referral* referral = FindReferral(state, command.referral_id);
  if (referral == nullptr) return Rejected{Reason::kNotReferred, "referral_id"};

  CaseEvent event;
  wardbook::events::v1::ReferralClosingActionRecorded& recorded =
      *event.mutable_referral_closing_action_recorded();
  recorded.set_referral_id(referral->id.Bytes());
  recorded.set_action(command.action);
  recorded.set_decision(command.decision);
  recorded.set_details(command.details);
  return std::vector<CaseEvent>{std::move(event)};
}

CaseDecision Decide(const CaseState& state, const CloseReferral& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessCouncils(state, command.by.actor),
          RefuseUnlessReferred(state),
      })) {
    return *refusal;
  }
  const Referral* referral = FindReferral(state, command.referral_id);
  if (referral != nullptr && referral->closed && referral->end_reasons == command.summary) {
    return std::vector<CaseEvent>{};
  }
  if (Refusal refusal = FirstOf({
          RefuseUnlessReferralOpen(state),
          RefuseUnlessOneIsSettled(state),
          RequireConveyedBy(state, command.by.actor, command.conveyed_by),
          RequireText(command.summary, "summary", kTextCharactersMax),
          AllowText(command.conveyed_by, "conveyed_by", kLineCharactersMax),
      })) {
    return *refusal;
  }
  if (referral == nullptr) return Rejected{Reason::kNotReferred, "referral_id"};
  if (HasEnded(*referral)) return Rejected{Reason::kReferralEnded, ""};
  if (!IsSettled(*referral)) return Rejected{Reason::kReferralUnsettled, ""};

  CaseEvent event;
  wardbook::events::v1::ReferralClosed& closed = *event.mutable_referral_closed();
  closed.set_referral_id(referral->id.Bytes());
  closed.set_summary(command.summary);
  for (const std::string& item : NotSettled(*referral)) closed.add_missing_items(item);
  closed.set_conveyed_by(command.conveyed_by);
  return std::vector<CaseEvent>{std::move(event)};
}

// Nobody takes back what somebody else told the council. The officers see the
// case as before.
CaseDecision Decide(const CaseState& state, const WithdrawReferral& command) {
  const kernel::Actor& actor = command.by.actor;
  if (Refusal refusal = RefuseUnlessSeen(state, actor)) return *refusal;
  const Referral* referral = FindReferral(state, command.referral_id);
  const bool is_theirs = referral != nullptr && IsTheirs(state, actor, *referral) &&
                         (referral->referred_by == actor.person ||
                          !RequireConveyedBy(state, actor, command.conveyed_by));
  if (is_theirs && referral->withdrawn && referral->end_reasons == command.reasons) {
    return std::vector<CaseEvent>{};
  }
  if (Refusal refusal = FirstOf({
          RefuseUnlessOneIsTheirs(state, actor),
          RequireText(command.reasons, "reasons", kTextCharactersMax),
          AllowText(command.conveyed_by, "conveyed_by", kLineCharactersMax),
      })) {
    return *refusal;
  }
  // Before what else is wrong: to others than its maker it is not there to be
  // asked about.
  if (referral == nullptr && SeesWhole(SightOf(state, actor))) {
    return Rejected{Reason::kNotReferred, "referral_id"};
  }
  if (!is_theirs) return Rejected{Reason::kOthersReferral, ""};
  if (HasEnded(*referral)) return Rejected{Reason::kReferralEnded, ""};
  if (command.superseded_by_id && (*command.superseded_by_id == referral->id ||
                                   FindReferral(state, command.superseded_by_id) == nullptr)) {
    return Rejected{Reason::kNotReferred, "superseded_by_id"};
  }

  CaseEvent event;
  wardbook::events::v1::ReferralWithdrawn& withdrawn = *event.mutable_referral_withdrawn();
  withdrawn.set_referral_id(referral->id.Bytes());
  withdrawn.set_reasons(command.reasons);
  if (command.superseded_by_id) withdrawn.set_superseded_by_id(command.superseded_by_id->Bytes());
  withdrawn.set_conveyed_by(command.conveyed_by);
  return std::vector<CaseEvent>{std::move(event)};
}

}  // namespace wardbook::casework
