// What parents consent to (P31). One entry a child: its parents, and their
// answers, of which the latest by its own time counts.

#include <algorithm>

#include "services/kernel/timestamp.h"
#include "services/registers/domain/fields.h"
#include "services/registers/domain/rules.h"

namespace wardbook::registers {
namespace {

using events::RegisterEvent;
using google::protobuf::Timestamp;

// What the three answers of a parent have in common.
struct Answer {
  const std::string& parent_id;
  const std::string& how;
  const Timestamp& time;
  absl::string_view time_field;
};

Answer AnswerIn(const RegisterEvent& event) {
  if (event.has_photo_consent_given()) {
    const events::PhotoConsentGiven& given = event.photo_consent_given();
    return {given.parent_id(), given.how(), given.given_time(), "given_time"};
  }
  if (event.has_photo_consent_refused()) {
    const events::PhotoConsentRefused& refused = event.photo_consent_refused();
    return {refused.parent_id(), refused.how(), refused.refused_time(), "refused_time"};
  }
  const events::PhotoConsentWithdrawn& withdrawn = event.photo_consent_withdrawn();
  return {withdrawn.parent_id(), withdrawn.how(), withdrawn.withdrawn_time(), "withdrawn_time"};
}

Refusal WholeScopes(const RegisterEvent& event) {
  if (!event.has_photo_consent_given()) return std::nullopt;
  const events::PhotoConsentGiven& given = event.photo_consent_given();
  if (given.scopes().empty()) return Rejected{Reason::kFieldMissing, "scopes"};
  for (const int scope : given.scopes()) {
    if (Refusal refusal = Word(static_cast<events::PhotoScope>(scope), "scopes")) return refusal;
  }
  return std::nullopt;
}

// What was last said about whether the person is a parent; null when nothing was.
const RegisterEvent* LastLink(const Entry& consent, const std::string& person) {
  const auto found =
      std::find_if(consent.history.rbegin(), consent.history.rend(), [&](const Happened& happened) {
        const RegisterEvent& event = happened.event;
        return (event.has_parent_linked() && event.parent_linked().parent_id() == person) ||
               (event.has_parent_unlinked() && event.parent_unlinked().parent_id() == person);
      });
  return found == consent.history.rend() ? nullptr : &found->event;
}

}  // namespace

bool IsParent(const Entry& consent, const std::string& person) {
  const RegisterEvent* const last = LastLink(consent, person);
  return last != nullptr && last->has_parent_linked();
}

bool WasParent(const Entry& consent, const std::string& person) {
  const RegisterEvent* const last = LastLink(consent, person);
  return last != nullptr && last->has_parent_unlinked();
}

void CompleteConsent(const Entry&, const By& by, RegisterEvent& event) {
  const Timestamp now = kernel::TimestampOf(by.now);
  if (event.has_photo_consent_given()) {
    events::PhotoConsentGiven& given = *event.mutable_photo_consent_given();
    if (!given.has_given_time()) *given.mutable_given_time() = now;
  } else if (event.has_photo_consent_refused()) {
    events::PhotoConsentRefused& refused = *event.mutable_photo_consent_refused();
    if (!refused.has_refused_time()) *refused.mutable_refused_time() = now;
  } else {
    events::PhotoConsentWithdrawn& withdrawn = *event.mutable_photo_consent_withdrawn();
    if (!withdrawn.has_withdrawn_time()) *withdrawn.mutable_withdrawn_time() = now;
  }
}

Refusal WholeLink(const Entry&, const Proposal& proposal) {
  const events::ParentLinked& linked = proposal.event.parent_linked();
  return FirstOf(
      {Id(linked.parent_id(), "parent_id"), Line(linked.relationship(), "relationship")});
}

Refusal WholeUnlink(const Entry&, const Proposal& proposal) {
  const events::ParentUnlinked& unlinked = proposal.event.parent_unlinked();
  return FirstOf({Id(unlinked.parent_id(), "parent_id"), Text(unlinked.reasons(), "reasons")});
}

Refusal WholeConsent(const Entry&, const Proposal& proposal) {
  const Answer answer = AnswerIn(proposal.event);
  return FirstOf({Id(answer.parent_id, "parent_id"), WholeScopes(proposal.event),
                  Line(answer.how, "how"),
                  PastMoment(answer.time, answer.time_field, proposal.by.now)});
}

Refusal MayLink(const Entry&, const Proposal& proposal) {
  // Who is handed images as a parent is not for the parent to say.
  if (proposal.event.parent_linked().parent_id() == proposal.by.actor.person.view()) {
    return Rejected{Reason::kOwnLink, "parent_id"};
  }
  const Link link = proposal.context.link.value_or(Link());
  if (link.child != events::PERSON_CATEGORY_PUPIL) {
    return Rejected{Reason::kParentCategory, "entry_id"};
  }
  if (link.parent != events::PERSON_CATEGORY_PARENT) {
    return Rejected{Reason::kParentCategory, "parent_id"};
  }
  return std::nullopt;
}

Refusal MayUnlink(const Entry& entry, const Proposal& proposal) {
  if (IsParent(entry, proposal.event.parent_unlinked().parent_id())) return std::nullopt;
  return Rejected{Reason::kNotParentOfChild, "parent_id"};
}

Refusal MayConsent(const Entry& entry, const Proposal& proposal) {
  if (IsParent(entry, AnswerIn(proposal.event).parent_id)) return std::nullopt;
  return Rejected{Reason::kNotParentOfChild, "parent_id"};
}

// Of a consent that was in force then, whatever was answered since.
Refusal MayWithdraw(const Entry& entry, const Proposal& proposal) {
  if (Refusal refusal = MayConsent(entry, proposal)) return refusal;
  const absl::Time withdrawn =
      kernel::TimeOf(proposal.event.photo_consent_withdrawn().withdrawn_time());
  if (TermAt(entry, withdrawn).has_value()) return std::nullopt;
  return Rejected{Reason::kRegisterEntryNotInForce, ""};
}

}  // namespace wardbook::registers
