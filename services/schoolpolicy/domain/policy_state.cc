#include "services/schoolpolicy/domain/policy_state.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "services/rulepack/day.h"

namespace wardbook::schoolpolicy {
namespace {

using wardbook::events::v1::PolicyAcknowledged;
using wardbook::events::v1::PolicyDraftRevised;
using wardbook::events::v1::PolicyEvent;
using wardbook::events::v1::PolicyOffice;
using wardbook::events::v1::PolicyReviewed;
using wardbook::events::v1::PolicySigned;
using wardbook::events::v1::PolicyVersionApproved;
using wardbook::events::v1::PolicyVersionDrafted;
using wardbook::events::v1::PreventionReminderAcknowledged;
using wardbook::events::v1::PreventionReminderIssued;

PolicyVersion* FindVersion(PolicyState& state, const std::string& id) {
  const auto found =
      std::find_if(state.versions.begin(), state.versions.end(),
                   [&id](const PolicyVersion& version) { return version.id.view() == id; });
  return found == state.versions.end() ? nullptr : &*found;
}

void OnDrafted(PolicyState& state, const PolicyVersionDrafted& event, absl::Time time) {
  const auto id = PolicyVersionId::FromBytes(event.version_id());
  if (!id || state.Find(*id) != nullptr) return;
  PolicyVersion version;
  version.id = *id;
  version.title = event.title();
  version.content = event.content();
  version.content_sha256 = Hash::FromBytes(event.content_sha256()).value_or(Hash());
  version.drafted_time = time;
  state.versions.push_back(std::move(version));
}

void OnRevised(PolicyState& state, const PolicyDraftRevised& event) {
  PolicyVersion* version = FindVersion(state, event.version_id());
  if (version == nullptr || version->approved_on) return;
  version->title = event.title();
  version->content = event.content();
  version->content_sha256 = Hash::FromBytes(event.content_sha256()).value_or(Hash());
  version->signatures.clear();
}

void OnSigned(PolicyState& state, const PolicySigned& event, absl::Time time) {
  PolicyVersion* version = FindVersion(state, event.version_id());
  const auto person = PersonId::FromBytes(event.person_id());
  if (version == nullptr || !person || version->SignatureOf(event.office()) != nullptr) return;
  version->signatures.push_back({event.office(), *person, time});
}

void OnApproved(PolicyState& state, const PolicyVersionApproved& event, absl::Time time) {
  PolicyVersion* version = FindVersion(state, event.version_id());
  const auto approved_on = rulepack::ParseDay(event.approved_on());
  const auto review_on = rulepack::ParseDay(event.review_on());
  if (version == nullptr || version->approved_on || !approved_on || !review_on) return;
  version->approved_on = approved_on;
  version->approved_time = time;
  version->review_on = *review_on;
  state.approvals.push_back(static_cast<size_t>(version - state.versions.data()));
}

void OnReviewed(PolicyState& state, const PolicyReviewed& event) {
  PolicyVersion* version = FindVersion(state, event.version_id());
  std::optional<Review> review = ReviewOf(event);
  if (version == nullptr || !review) return;
  // An older review that is entered late does not set the date back.
  if (review->next_review_on && review->reviewed_on >= version->reviewed_on) {
    version->review_on = *review->next_review_on;
    version->reviewed_on = review->reviewed_on;
  }
  state.reviews.push_back(*std::move(review));
}

void OnAcknowledged(PolicyState& state, const PolicyAcknowledged& event, absl::Time time) {
  PolicyVersion* version = FindVersion(state, event.version_id());
  const auto person = PersonId::FromBytes(event.person_id());
  if (version == nullptr || !person) return;
  // Adds to what they ticked before and leaves the time as it was.
  Acknowledgement& given =
      version->acknowledgements.try_emplace(*person, Acknowledgement{time, {}}).first->second;
  for (const auto& tick : event.ticks()) given.ticks.insert(tick.point());
}

void OnReminderIssued(PolicyState& state, const PreventionReminderIssued& event, absl::Time time) {
  const auto id = ReminderId::FromBytes(event.reminder_id());
  if (!id || state.FindReminder(*id) != nullptr) return;
  state.reminders.push_back(
      {*id, event.message(), PolicyVersionId::FromBytes(event.version_id()), time, {}});
}

void OnReminderAcknowledged(PolicyState& state, const PreventionReminderAcknowledged& event,
                            absl::Time time) {
  const auto person = PersonId::FromBytes(event.person_id());
  if (!person) return;
  for (Reminder& reminder : state.reminders) {
    if (reminder.id.view() == event.reminder_id()) {
      reminder.acknowledgements.try_emplace(*person, time);
    }
  }
}

}  // namespace

const Signature* PolicyVersion::SignatureOf(PolicyOffice office) const {
  const auto found = std::find_if(signatures.begin(), signatures.end(),
                                  [office](const Signature& one) { return one.office == office; });
  return found == signatures.end() ? nullptr : &*found;
}

const PolicyVersion* PolicyState::Find(const PolicyVersionId& id) const {
  const auto found = std::find_if(versions.begin(), versions.end(),
                                  [&id](const PolicyVersion& version) { return version.id == id; });
  return found == versions.end() ? nullptr : &*found;
}

const Reminder* PolicyState::FindReminder(const ReminderId& id) const {
  const auto found = std::find_if(reminders.begin(), reminders.end(),
                                  [&id](const Reminder& reminder) { return reminder.id == id; });
  return found == reminders.end() ? nullptr : &*found;
}

const PolicyVersion* PolicyState::InForceOn(absl::CivilDay day) const {
  const PolicyVersion* in_force = nullptr;
  for (const size_t index : approvals) {
    const PolicyVersion& version = versions[index];
    if (*version.approved_on > day) continue;
    if (in_force == nullptr || *version.approved_on >= *in_force->approved_on) in_force = &version;
  }
  return in_force;
}

std::optional<Review> ReviewOf(const PolicyReviewed& event) {
  const auto version = PolicyVersionId::FromBytes(event.version_id());
  const auto reviewed_on = rulepack::ParseDay(event.reviewed_on());
  if (!version || !reviewed_on) return std::nullopt;
  return Review{*version,
                event.outcome(),
                *reviewed_on,
                rulepack::ParseDay(event.next_review_on()),
                PolicyVersionId::FromBytes(event.new_version_id()),
                event.notes()};
}

void Evolve(PolicyState& state, const PolicyEvent& event, absl::Time time) {
  switch (event.body_case()) {
    case PolicyEvent::kPolicyVersionDrafted:
      return OnDrafted(state, event.policy_version_drafted(), time);
    case PolicyEvent::kPolicyDraftRevised:
      return OnRevised(state, event.policy_draft_revised());
    case PolicyEvent::kPolicySigned:
      return OnSigned(state, event.policy_signed(), time);
    case PolicyEvent::kPolicyVersionApproved:
      return OnApproved(state, event.policy_version_approved(), time);
    case PolicyEvent::kPolicyReviewed:
      return OnReviewed(state, event.policy_reviewed());
    case PolicyEvent::kPolicyAcknowledged:
      return OnAcknowledged(state, event.policy_acknowledged(), time);
    case PolicyEvent::kPreventionReminderIssued:
      return OnReminderIssued(state, event.prevention_reminder_issued(), time);
    case PolicyEvent::kPreventionReminderAcknowledged:
      return OnReminderAcknowledged(state, event.prevention_reminder_acknowledged(), time);
    case PolicyEvent::BODY_NOT_SET:
      return;
  }
}

}  // namespace wardbook::schoolpolicy
