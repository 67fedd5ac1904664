// The advice of Lancashire Safeguarding: the question and the answer (P39-P41).

#include <utility>
#include <vector>

#include "services/casework/domain/breach.h"
#include "services/casework/domain/decide.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/recipient.h"
#include "services/casework/domain/sight.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseEvent;

// P40: advice answers a question, and who asked it when is on record. A referral
// asks as well.
Refusal RefuseUnlessAsked(const CaseState& state) {
  if (state.advice_sought || IsAllegationReferred(state)) return std::nullopt;
  return Rejected{Reason::kAdviceNotSought, ""};
}

}  // namespace

CaseDecision Decide(const CaseState& state, const SeekAdvice& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RefuseUnlessRecipient(state, command.by.actor),
          RefuseBeforePolice(state),
          RefuseClosed(state),
          RequireText(command.asked_of, "asked_of", kLineCharactersMax),
          RequireText(command.channel, "channel", kLineCharactersMax),
          RequireText(command.question, "question", kTextCharactersMax),
          AllowText(command.reference, "reference", kShortCharactersMax),
          AllowPastTime(command.sought_at, "sought_at", command.by.now),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::AdviceSought& sought = *event.mutable_advice_sought();
  sought.set_asked_of(command.asked_of);
  sought.set_channel(command.channel);
  sought.set_question(command.question);
  sought.set_reference(command.reference);
  if (command.sought_at) *sought.mutable_sought_at() = *command.sought_at;
  return std::vector<CaseEvent>{std::move(event)};
}

CaseDecision Decide(const CaseState& state, const RecordAdvice& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler, Sight::kOfficer}),
          RefuseSchoolBeforePolice(state, command.by.actor),
          RefuseClosed(state),
          RefuseUnlessAsked(state),
          RequireText(command.adviser_name, "adviser_name", kLineCharactersMax),
          RequireText(command.adviser_role, "adviser_role", kLineCharactersMax),
          RequireText(command.advice, "advice", kTextCharactersMax),
          RequireChoice(command.may_proceed, "may_proceed"),
          AllowText(command.reference, "reference", kShortCharactersMax),
          AllowPastTime(command.received_at, "received_at", command.by.now),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::AdviceReceived& received = *event.mutable_advice_received();
  received.set_adviser_name(command.adviser_name);
  received.set_adviser_role(command.adviser_role);
  received.set_advice(command.advice);
  received.set_may_proceed(command.may_proceed);
  received.set_reference(command.reference);
  if (command.received_at) *received.mutable_received_at() = *command.received_at;
  return std::vector<CaseEvent>{std::move(event)};
}

}  // namespace wardbook::casework
