// What parents consent to (P31). One entry a child: its parents, and their
// answers, of which the latest counts.

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

}  // namespace

bool IsParent(const Entry& consent, const std::string& person) {
  return std::any_of(consent.history.begin(), consent.history.end(), [&](const Happened& happened) {
    return happened.event.has_parent_linked() &&
           happened.event.parent_linked().parent_id() == person;
  });
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

Refusal WholeConsent(const Entry&, const Proposal& proposal) {
  const Answer answer = AnswerIn(proposal.event);
  return FirstOf({Id(answer.parent_id, "parent_id"), WholeScopes(proposal.event),
                  Line(answer.how, "how"),
                  PastMoment(answer.time, answer.time_field, proposal.by.now)});
}

Refusal MayConsent(const Entry& entry, const Proposal& proposal) {
  if (IsParent(entry, AnswerIn(proposal.event).parent_id)) return std::nullopt;
  return Rejected{Reason::kNotParentOfChild, "parent_id"};
}

}  // namespace wardbook::registers
