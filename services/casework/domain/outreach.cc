// Support for the people of a case, and word to those outside it (P11, P19).

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

// P19: the personal ways are named so that they can be refused by name.
Refusal CheckChannel(wardbook::events::v1::ContactChannel channel) {
  switch (channel) {
    case wardbook::events::v1::CONTACT_CHANNEL_PERSONAL_TELEPHONE:
    case wardbook::events::v1::CONTACT_CHANNEL_PERSONAL_EMAIL:
    case wardbook::events::v1::CONTACT_CHANNEL_PERSONAL_ACCOUNT:
      return Rejected{Reason::kPersonalChannel, "channel"};
    default:
      return RequireChoice(channel, "channel");
  }
}

}  // namespace

CaseDecision Decide(const CaseState& state, const OfferSupport& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler, Sight::kLineManager}),
          RefuseBeforePolice(state),
          RequireText(command.to_whom, "to_whom", kLineCharactersMax),
          RequireText(command.support, "support", kTextCharactersMax),
          RequireChoice(command.answer, "answer"),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::SupportOffered& offered = *event.mutable_support_offered();
  offered.set_to_whom(command.to_whom);
  offered.set_support(command.support);
  offered.set_answer(command.answer);
  return std::vector<CaseEvent>{std::move(event)};
}

// What a body is told is no more than concerns it, so that it fits a line.
CaseDecision Decide(const CaseState& state, const RecordExternalBodyInformed& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RefuseBeforePolice(state),
          RequireChoice(command.body, "body"),
          RequireText(command.name, "name", kLineCharactersMax),
          RequirePast(command.informed_at, "informed_at", command.by.now),
          RequireText(command.how, "how", kLineCharactersMax),
          RequireText(command.summary, "summary", kLineCharactersMax),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::ExternalBodyInformed& informed = *event.mutable_external_body_informed();
  informed.set_body(command.body);
  informed.set_name(command.name);
  *informed.mutable_informed_at() = command.informed_at;
  informed.set_how(command.how);
  informed.set_summary(command.summary);
  return std::vector<CaseEvent>{std::move(event)};
}

CaseDecision Decide(const CaseState& state, const LogContact& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessSeen(state, command.by.actor),
          RefuseBeforePolice(state),
          CheckChannel(command.channel),
          RequireChoice(command.whom, "whom"),
          RequireText(command.name, "name", kLineCharactersMax),
          RequirePast(command.contacted_at, "contacted_at", command.by.now),
          RequireText(command.summary, "summary", kTextCharactersMax),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::ContactLogged& logged = *event.mutable_contact_logged();
  logged.set_whom(command.whom);
  logged.set_name(command.name);
  logged.set_channel(command.channel);
  *logged.mutable_contacted_at() = command.contacted_at;
  logged.set_summary(command.summary);
  return std::vector<CaseEvent>{std::move(event)};
}

}  // namespace wardbook::casework
