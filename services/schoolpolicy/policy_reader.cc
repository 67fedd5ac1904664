#include "services/schoolpolicy/policy_reader.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "services/kernel/timestamp.h"
#include "services/rulepack/day.h"
#include "services/runtime/refusal.h"
#include "services/schoolpolicy/domain/decide.h"
#include "services/schoolpolicy/domain/dues.h"
#include "services/schoolpolicy/domain/review_due.h"
#include "services/schoolpolicy/page.h"
#include "services/schoolpolicy/review_banner.h"
#include "storage/base/assert.h"
#include "storage/base/status_macros.h"

namespace wardbook::schoolpolicy {
namespace {

using kernel::Reason;
using runtime::Call;

// The reminders that a status shows: those of some years.
constexpr size_t kRemindersShown = 10;

wardbook::v1::PolicyReviewStage ToWire(ReviewStage stage) {
  switch (stage) {
    case ReviewStage::kLater:
      return wardbook::v1::POLICY_REVIEW_STAGE_LATER;
    case ReviewStage::kReminded:
      return wardbook::v1::POLICY_REVIEW_STAGE_REMINDED;
    case ReviewStage::kOverdue:
      return wardbook::v1::POLICY_REVIEW_STAGE_OVERDUE;
  }
  WARDBOOK_ASSERT(false);
}

wardbook::v1::PolicyAcknowledgement ToWire(const runtime::PersonEntry& person,
                                           const PolicyVersion& version) {
  wardbook::v1::PolicyAcknowledgement wire;
  wire.set_person_id(person.id.Hex());
  wire.set_name(person.name);
  const auto given = version.acknowledgements.find(person.id);
  if (given == version.acknowledgements.end()) {
    wire.set_has_no_account(!person.account_issue.has_value() || person.roles.empty());
    return wire;
  }
  *wire.mutable_acknowledge_time() = kernel::TimestampOf(given->second.time);
  for (const auto tick : given->second.ticks) wire.add_ticks(tick);
  return wire;
}

wardbook::v1::PreventionReminder ToWire(const Reminder& reminder, const PersonId& reader) {
  wardbook::v1::PreventionReminder wire;
  wire.set_reminder_id(reminder.id.Hex());
  wire.set_message(reminder.message);
  *wire.mutable_issue_time() = kernel::TimestampOf(reminder.issued_time);
  const auto own = reminder.acknowledgements.find(reader);
  if (own != reminder.acknowledgements.end()) {
    *wire.mutable_acknowledge_time() = kernel::TimestampOf(own->second);
  }
  wire.set_acknowledgements(static_cast<uint32_t>(reminder.acknowledgements.size()));
  return wire;
}

}  // namespace

absl::Status PolicyReader::ReadStatus(const Call& call,
                                      const wardbook::v1::GetPolicyStatusRequest& request,
                                      wardbook::v1::GetPolicyStatusResponse* response) const {
  const std::shared_ptr<const PolicyEntry> entry = parts_.policies.Find(call.caller.school);
  const PolicyState& state = entry->state;
  const absl::Time at = request.has_at_time() ? kernel::TimeOf(request.at_time()) : call.now;
  const absl::CivilDay day = parts_.rules.calendar().DayOf(at);
  const PolicyVersion* version = state.InForceOn(day);
  const bool oversees = MayOversee(call.caller.actor);

  response->set_revision(entry->revision);
  if (version == nullptr) {
    response->set_banner("The school has no approved policy on record.");
  } else {
    const auto& days = parts_.rules.At(at).policy_reviews().reminder_days();
    const ReviewDue due = ReviewDueOn(day, version->review_on, {days.begin(), days.end()});
    *response->mutable_in_force() = ToWire(call, *version);
    response->mutable_in_force()->set_is_in_force(true);
    response->set_review_stage(schoolpolicy::ToWire(due.stage));
    response->set_review_days_left(static_cast<int32_t>(due.days_left));
    if (due.reminder) response->set_review_reminder_days(*due.reminder);
    response->set_banner(ReviewBanner(*version, due));
    for (auto& one : AcknowledgementsOf(call, *version)) {
      const bool outstanding = !one.has_acknowledge_time();
      if (oversees && outstanding) {
        response->set_outstanding_count(response->outstanding_count() + 1);
      }
      if (one.person_id() != call.caller.actor.person.Hex()) continue;
      response->set_acknowledgement_outstanding(outstanding);
      *response->mutable_own_acknowledgement() = std::move(one);
    }
  }
  for (size_t i = 0; i < std::min(kRemindersShown, state.reminders.size()); ++i) {
    const Reminder& reminder = state.reminders[state.reminders.size() - 1 - i];
    *response->add_reminders() = schoolpolicy::ToWire(reminder, call.caller.actor.person);
  }
  response->set_prevention_reminder_due(oversees && IsPreventionReminderDue(call, state));
  return absl::OkStatus();
}

bool PolicyReader::IsPreventionReminderDue(const Call& call, const PolicyState& state) const {
  if (state.reminders.empty()) return true;
  const std::optional<absl::Time> due = ReminderDueTime(state, parts_.rules, call.now);
  return due.has_value() && *due <= call.now;
}

absl::Status PolicyReader::ReadVersion(const Call& call,
                                       const wardbook::v1::GetPolicyVersionRequest& request,
                                       wardbook::v1::GetPolicyVersionResponse* response) const {
  const std::shared_ptr<const PolicyEntry> entry = parts_.policies.Find(call.caller.school);
  WARDBOOK_ASSIGN_OR_RETURN(const PolicyVersion* version,
                            Choose(call, entry->state, request.version_id()));
  *response->mutable_version() = ToWire(call, *version);
  response->mutable_version()->set_is_in_force(version == InForce(call, entry->state));
  response->mutable_version()->set_content(version->content);
  response->set_revision(entry->revision);
  return absl::OkStatus();
}

absl::Status PolicyReader::ListVersions(const Call& call,
                                        const wardbook::v1::ListPolicyVersionsRequest& request,
                                        wardbook::v1::ListPolicyVersionsResponse* response) const {
  const std::shared_ptr<const PolicyEntry> entry = parts_.policies.Find(call.caller.school);
  std::vector<const PolicyVersion*> versions;
  for (const PolicyVersion& version : entry->state.versions) {
    if (version.approved_on || MayOversee(call.caller.actor)) versions.push_back(&version);
  }
  WARDBOOK_ASSIGN_OR_RETURN(
      const PageRange page,
      TakePage(
          request, versions.size(), [&](size_t i) { return versions[i]->id.Hex(); }, response));
  for (size_t i = page.begin; i < page.end; ++i) {
    wardbook::v1::PolicyVersion& wire = *response->add_versions();
    wire = ToWire(call, *versions[i]);
    wire.set_is_in_force(versions[i] == InForce(call, entry->state));
  }
  return absl::OkStatus();
}

absl::Status PolicyReader::ListAcknowledgements(
    const Call& call, const wardbook::v1::ListPolicyAcknowledgementsRequest& request,
    wardbook::v1::ListPolicyAcknowledgementsResponse* response) const {
  const std::shared_ptr<const PolicyEntry> entry = parts_.policies.Find(call.caller.school);
  WARDBOOK_ASSIGN_OR_RETURN(const PolicyVersion* version,
                            Choose(call, entry->state, request.version_id()));
  if (!version->approved_on) return runtime::Refuse(Reason::kPolicyNotInForce, "version_id");
  std::vector<wardbook::v1::PolicyAcknowledgement> all = AcknowledgementsOf(call, *version);
  std::erase_if(all, [&request](const wardbook::v1::PolicyAcknowledgement& one) {
    return (request.filter() == wardbook::v1::ACKNOWLEDGEMENT_FILTER_OUTSTANDING &&
            one.has_acknowledge_time()) ||
           (request.filter() == wardbook::v1::ACKNOWLEDGEMENT_FILTER_GIVEN &&
            !one.has_acknowledge_time());
  });
  WARDBOOK_ASSIGN_OR_RETURN(
      const PageRange page,
      TakePage(
          request, all.size(), [&all](size_t i) { return all[i].person_id(); }, response));
  response->set_version_id(version->id.Hex());
  for (size_t i = page.begin; i < page.end; ++i) {
    *response->add_acknowledgements() = std::move(all[i]);
  }
  return absl::OkStatus();
}

const PolicyVersion* PolicyReader::InForce(const Call& call, const PolicyState& state) const {
  return state.InForceOn(parts_.rules.calendar().DayOf(call.now));
}

wardbook::v1::PolicyVersion PolicyReader::ToWire(const Call& call,
                                                 const PolicyVersion& version) const {
  wardbook::v1::PolicyVersion wire;
  wire.set_version_id(version.id.Hex());
  wire.set_title(version.title);
  wire.set_content_sha256(version.content_sha256.Hex());
  *wire.mutable_draft_time() = kernel::TimestampOf(version.drafted_time);
  for (const Signature& signature : version.signatures) {
    wardbook::v1::PolicySignature& one = *wire.add_signatures();
    one.set_office(signature.office);
    one.set_person_id(signature.person.Hex());
    const auto person = parts_.directory.Find(call.caller.school, signature.person, call.now);
    if (person) one.set_name(person->name);
    *one.mutable_sign_time() = kernel::TimestampOf(signature.time);
  }
  if (version.approved_on) {
    wire.set_approved_on(rulepack::DayText(*version.approved_on));
    wire.set_review_on(rulepack::DayText(version.review_on));
  }
  return wire;
}

absl::StatusOr<const PolicyVersion*> PolicyReader::Choose(const Call& call,
                                                          const PolicyState& state,
                                                          const std::string& version_id) const {
  if (version_id.empty()) {
    const PolicyVersion* in_force = InForce(call, state);
    if (in_force == nullptr) return runtime::Refuse(Reason::kNoPolicyInForce);
    return in_force;
  }
  const std::optional<PolicyVersionId> id = PolicyVersionId::FromHex(version_id);
  const PolicyVersion* version = id ? state.Find(*id) : nullptr;
  if (version == nullptr || (!version->approved_on && !MayOversee(call.caller.actor))) {
    return runtime::Refuse(Reason::kNoSuchPolicyVersion, "version_id");
  }
  return version;
}

std::vector<wardbook::v1::PolicyAcknowledgement> PolicyReader::AcknowledgementsOf(
    const Call& call, const PolicyVersion& version) const {
  std::vector<wardbook::v1::PolicyAcknowledgement> all;
  const bool oversees = MayOversee(call.caller.actor);
  for (const runtime::PersonEntry& person :
       parts_.directory.PeopleOf(call.caller.school, call.now)) {
    if (!oversees && person.id != call.caller.actor.person) continue;
    const bool is_bound =
        IsBound({person.id, person.roles}) || (IsBound(person.category) && !person.has_left);
    // Whoever has left stays on the list with what they acknowledged.
    if (!is_bound && !version.acknowledgements.contains(person.id)) continue;
    all.push_back(schoolpolicy::ToWire(person, version));
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return std::make_tuple(absl::AsciiStrToLower(a.name()), a.person_id()) <
           std::make_tuple(absl::AsciiStrToLower(b.name()), b.person_id());
  });
  return all;
}

}  // namespace wardbook::schoolpolicy
