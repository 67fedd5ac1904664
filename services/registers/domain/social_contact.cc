// Social contacts between staff and families, made known to the leadership team
// (P34). A declaration is a duty and no permission, and nothing takes it away.

#include "services/registers/domain/fields.h"
#include "services/registers/domain/rules.h"

namespace wardbook::registers {

void CompleteDeclaration(const Entry&, const By& by, events::RegisterEvent& event) {
  event.mutable_social_contact_declared()->set_decider(by.actor.Has(kernel::Role::kHeadteacher)
                                                           ? events::DECIDER_CHAIR_OF_GOVERNORS
                                                           : events::DECIDER_LEADERSHIP_TEAM);
}

Refusal WholeDeclaration(const Entry&, const Proposal& proposal) {
  const events::SocialContactDeclared& declared = proposal.event.social_contact_declared();
  return FirstOf({declared.child_id().empty() ? std::nullopt : Id(declared.child_id(), "child_id"),
                  Line(declared.family(), "family"), Word(declared.nature(), "nature"),
                  Line(declared.since(), "since")});
}

Refusal WholeAcknowledgement(const Entry&, const Proposal& proposal) {
  return Text(proposal.event.social_contact_acknowledged().message(), "message");
}

Refusal WholeUpdate(const Entry&, const Proposal& proposal) {
  return Text(proposal.event.social_contact_updated().change(), "change");
}

Refusal WholeEnding(const Entry&, const Proposal& proposal) {
  return Text(proposal.event.social_contact_ended().reasons(), "reasons");
}

}  // namespace wardbook::registers
