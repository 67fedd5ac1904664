#include "services/schoolpolicy/domain/decide.h"

#include <algorithm>
#include <initializer_list>
#include <set>
#include <utility>
#include <variant>

#include "absl/strings/string_view.h"
#include "services/kernel/text.h"
#include "services/rulepack/day.h"

namespace wardbook::schoolpolicy {
namespace {

using kernel::AllowText;
using kernel::Reason;
using kernel::Refusal;
using kernel::Rejected;
using kernel::RequireText;
using kernel::Role;
using wardbook::events::v1::PolicyEvent;
using wardbook::events::v1::PolicyOffice;
using wardbook::events::v1::SaferOnlinePoint;

// Everybody of the school, at work or as a governor. Officers of the authority
// and auditors have no part in its policy.
constexpr std::initializer_list<Role> kOfTheSchool = {Role::kStaff,
                                                      Role::kLineManager,
                                                      Role::kHeadteacher,
                                                      Role::kSeniorLeadership,
                                                      Role::kSafeguardingLead,
                                                      Role::kChairOfGovernors,
                                                      Role::kAdministrator};
// Those who see that the policy is kept.
constexpr std::initializer_list<Role> kOverseers = {Role::kHeadteacher, Role::kSeniorLeadership,
                                                    Role::kSafeguardingLead,
                                                    Role::kChairOfGovernors, Role::kAdministrator};
// Those who answer for the policy.
constexpr std::initializer_list<Role> kSignatories = {Role::kHeadteacher, Role::kChairOfGovernors};
constexpr std::initializer_list<Role> kLeadership = {Role::kHeadteacher, Role::kSeniorLeadership,
                                                     Role::kSafeguardingLead};

Refusal RequireAny(const By& by, std::initializer_list<Role> roles) {
  if (by.actor.HasAny(roles)) return std::nullopt;
  return Rejected{Reason::kRoleRequired, ""};
}

Refusal RequireWords(absl::string_view title, absl::string_view content) {
  if (Refusal refusal = RequireText(title, "title", kTitleCharactersMax)) return refusal;
  return RequireText(content, "content", kContentCharactersMax);
}

// The version that a request names; null when there is none.
const PolicyVersion* Named(const PolicyState& state, const std::optional<PolicyVersionId>& id) {
  return id ? state.Find(*id) : nullptr;
}

Rejected NoSuchVersion(absl::string_view field) {
  return {Reason::kNoSuchPolicyVersion, std::string(field)};
}

// A day that has come; nothing when `text` is none.
std::variant<absl::CivilDay, Rejected> PastDay(const By& by, absl::string_view text,
                                               absl::string_view field) {
  if (text.empty()) return Rejected{Reason::kFieldMissing, std::string(field)};
  const std::optional<absl::CivilDay> day = rulepack::ParseDay(text);
  if (!day) return Rejected{Reason::kFieldInvalid, std::string(field)};
  if (*day > by.today) return Rejected{Reason::kFutureTime, std::string(field)};
  return *day;
}

// Whether a review of `since` may next be due on `text`.
Refusal RequireReviewDate(const By& by, absl::CivilDay since, absl::string_view text,
                          absl::string_view field) {
  if (text.empty()) return Rejected{Reason::kReviewDateMissing, std::string(field)};
  const std::optional<absl::CivilDay> day = rulepack::ParseDay(text);
  if (!day || *day <= since) return Rejected{Reason::kFieldInvalid, std::string(field)};
  if (*day > rulepack::AddMonths(since, static_cast<int>(by.review_months_max))) {
    return Rejected{Reason::kReviewDateTooLate, std::string(field)};
  }
  return std::nullopt;
}

std::optional<Role> RoleOf(PolicyOffice office) {
  if (office == wardbook::events::v1::POLICY_OFFICE_HEADTEACHER) return Role::kHeadteacher;
  if (office == wardbook::events::v1::POLICY_OFFICE_CHAIR_OF_GOVERNORS) {
    return Role::kChairOfGovernors;
  }
  return std::nullopt;
}

bool IsSignedByBoth(const PolicyVersion& version) {
  return version.SignatureOf(wardbook::events::v1::POLICY_OFFICE_HEADTEACHER) != nullptr &&
         version.SignatureOf(wardbook::events::v1::POLICY_OFFICE_CHAIR_OF_GOVERNORS) != nullptr;
}

// The version whose place this one took; null for the first.
const PolicyVersion* Before(const PolicyState& state, const PolicyVersion& version) {
  const PolicyVersion* before = nullptr;
  for (const size_t index : state.approvals) {
    if (state.versions[index].id == version.id) return before;
    before = &state.versions[index];
  }
  return nullptr;
}

PolicyDecision Record(PolicyEvent event) {
  std::vector<PolicyEvent> events;
  events.push_back(std::move(event));
  return events;
}

PolicyDecision Nothing() { return std::vector<PolicyEvent>(); }

}  // namespace

bool MayOversee(const kernel::Actor& actor) { return actor.HasAny(kOverseers); }

bool IsBound(const kernel::Actor& actor) { return actor.HasAny(kOfTheSchool); }

bool IsBound(wardbook::events::v1::PersonCategory category) {
  return category == wardbook::events::v1::PERSON_CATEGORY_EMPLOYEE ||
         category == wardbook::events::v1::PERSON_CATEGORY_SUPPLY ||
         category == wardbook::events::v1::PERSON_CATEGORY_GOVERNOR ||
         category == wardbook::events::v1::PERSON_CATEGORY_FRIEND ||
         category == wardbook::events::v1::PERSON_CATEGORY_VOLUNTEER;
}

PolicyDecision Decide(const PolicyState& state, const DraftPolicyVersion& command) {
  if (Refusal refusal = RequireAny(command.by, kOverseers)) return *std::move(refusal);
  if (Refusal refusal = RequireWords(command.title, command.content)) return *std::move(refusal);
  if (state.Find(command.version) != nullptr) return Nothing();
  PolicyEvent event;
  auto& drafted = *event.mutable_policy_version_drafted();
  drafted.set_version_id(command.version.Bytes());
  drafted.set_title(command.title);
  drafted.set_content(command.content);
  drafted.set_content_sha256(command.content_sha256.Bytes());
  return Record(std::move(event));
}

PolicyDecision Decide(const PolicyState& state, const RevisePolicyDraft& command) {
  if (Refusal refusal = RequireAny(command.by, kOverseers)) return *std::move(refusal);
  const PolicyVersion* version = Named(state, command.version);
  if (version == nullptr) return NoSuchVersion("version_id");
  if (version->approved_on) return Rejected{Reason::kPolicyApproved, "version_id"};
  if (Refusal refusal = RequireWords(command.title, command.content)) return *std::move(refusal);
  if (version->title == command.title && version->content == command.content) return Nothing();
  PolicyEvent event;
  auto& revised = *event.mutable_policy_draft_revised();
  revised.set_version_id(version->id.Bytes());
  revised.set_title(command.title);
  revised.set_content(command.content);
  revised.set_content_sha256(command.content_sha256.Bytes());
  return Record(std::move(event));
}

PolicyDecision Decide(const PolicyState& state, const SignPolicyVersion& command) {
  if (Refusal refusal = RequireAny(command.by, kOfTheSchool)) return *std::move(refusal);
  const PolicyVersion* version = Named(state, command.version);
  if (version == nullptr) return NoSuchVersion("version_id");
  const std::optional<Role> role = RoleOf(command.office);
  if (!role) return Rejected{Reason::kFieldMissing, "office"};
  const PersonId& person = command.by.actor.person;
  if (!command.by.actor.Has(*role)) return Rejected{Reason::kPolicySignatory, "office"};
  if (version->approved_on) return Rejected{Reason::kPolicyApproved, "version_id"};
  if (!command.content_sha256) return Rejected{Reason::kFieldMissing, "content_sha256"};
  if (*command.content_sha256 != version->content_sha256) {
    return Rejected{Reason::kPolicyTextChanged, "content_sha256"};
  }
  // A holder of the office has signed: the version needs no second one.
  if (version->SignatureOf(command.office) != nullptr) return Nothing();
  const bool signed_otherwise =
      std::any_of(version->signatures.begin(), version->signatures.end(),
                  [&person](const Signature& one) { return one.person == person; });
  if (signed_otherwise) return Rejected{Reason::kPolicySameSignatory, "office"};
  PolicyEvent event;
  auto& signature = *event.mutable_policy_signed();
  signature.set_version_id(version->id.Bytes());
  signature.set_person_id(person.Bytes());
  signature.set_office(command.office);
  signature.set_content_sha256(version->content_sha256.Bytes());
  return Record(std::move(event));
}

PolicyDecision Decide(const PolicyState& state, const ApprovePolicyVersion& command) {
  if (Refusal refusal = RequireAny(command.by, kSignatories)) return *std::move(refusal);
  const PolicyVersion* version = Named(state, command.version);
  if (version == nullptr) return NoSuchVersion("version_id");
  if (version->approved_on) {
    const bool same = rulepack::DayText(*version->approved_on) == command.approved_on &&
                      rulepack::DayText(version->review_on) == command.review_on;
    if (same) return Nothing();
    return Rejected{Reason::kPolicyApproved, "version_id"};
  }
  if (!IsSignedByBoth(*version)) return Rejected{Reason::kPolicySignatureMissing, "version_id"};
  const auto approved_on = PastDay(command.by, command.approved_on, "approved_on");
  if (const auto* rejected = std::get_if<Rejected>(&approved_on)) return *rejected;
  const auto day = std::get<absl::CivilDay>(approved_on);
  if (!state.approvals.empty() && day < *state.versions[state.approvals.back()].approved_on) {
    return Rejected{Reason::kPolicyApprovalOrder, "approved_on"};
  }
  if (Refusal refusal = RequireReviewDate(command.by, day, command.review_on, "review_on")) {
    return *std::move(refusal);
  }
  PolicyEvent event;
  auto& approved = *event.mutable_policy_version_approved();
  approved.set_version_id(version->id.Bytes());
  approved.set_approved_on(command.approved_on);
  approved.set_review_on(command.review_on);
  return Record(std::move(event));
}

PolicyDecision Decide(const PolicyState& state, const RecordPolicyReview& command) {
  if (Refusal refusal = RequireAny(command.by, kSignatories)) return *std::move(refusal);
  const PolicyVersion* version = state.InForceOn(command.by.today);
  if (version == nullptr) return Rejected{Reason::kNoPolicyInForce, ""};
  const auto reviewed_on = PastDay(command.by, command.reviewed_on, "reviewed_on");
  if (const auto* rejected = std::get_if<Rejected>(&reviewed_on)) return *rejected;
  const auto day = std::get<absl::CivilDay>(reviewed_on);
  // The governors review, then a version is approved, and then somebody writes it down.
  const bool is_in_place =
      command.outcome == wardbook::events::v1::POLICY_REVIEW_OUTCOME_NEW_VERSION &&
      command.new_version == version->id;
  const PolicyVersion* reviewed_version = is_in_place ? Before(state, *version) : version;
  if (reviewed_version == nullptr) return Rejected{Reason::kPolicyApproved, "new_version_id"};
  if (day < *reviewed_version->approved_on || (is_in_place && day > *version->approved_on)) {
    return Rejected{Reason::kFieldInvalid, "reviewed_on"};
  }
  if (Refusal refusal = AllowText(command.notes, "notes", kNotesCharactersMax))
    return *std::move(refusal);

  PolicyEvent event;
  auto& reviewed = *event.mutable_policy_reviewed();
  reviewed.set_version_id(reviewed_version->id.Bytes());
  reviewed.set_outcome(command.outcome);
  reviewed.set_reviewed_on(command.reviewed_on);
  reviewed.set_notes(command.notes);
  if (command.outcome == wardbook::events::v1::POLICY_REVIEW_OUTCOME_NO_CHANGE) {
    if (Refusal refusal =
            RequireReviewDate(command.by, day, command.next_review_on, "next_review_on")) {
      return *std::move(refusal);
    }
    reviewed.set_next_review_on(command.next_review_on);
  } else if (command.outcome == wardbook::events::v1::POLICY_REVIEW_OUTCOME_NEW_VERSION) {
    const PolicyVersion* next = Named(state, command.new_version);
    if (next == nullptr) return NoSuchVersion("new_version_id");
    if (next->approved_on && !is_in_place) {
      return Rejected{Reason::kPolicyApproved, "new_version_id"};
    }
    reviewed.set_new_version_id(next->id.Bytes());
  } else {
    return Rejected{Reason::kFieldMissing, "outcome"};
  }
  if (!state.reviews.empty() && ReviewOf(reviewed) == state.reviews.back()) return Nothing();
  return Record(std::move(event));
}

PolicyDecision Decide(const PolicyState& state, const AcknowledgePolicy& command) {
  if (Refusal refusal = RequireAny(command.by, kOfTheSchool)) return *std::move(refusal);
  if (command.person != command.by.actor.person) {
    return Rejected{Reason::kAcknowledgeOwn, "person_id"};
  }
  const PolicyVersion* version = Named(state, command.version);
  if (version == nullptr) return NoSuchVersion("version_id");
  if (version != state.InForceOn(command.by.today)) {
    return Rejected{Reason::kPolicyNotInForce, "version_id"};
  }
  std::set<SaferOnlinePoint> ticks;
  for (const SaferOnlinePoint point : command.ticks) {
    if (point == wardbook::events::v1::SAFER_ONLINE_POINT_UNSPECIFIED ||
        !wardbook::events::v1::SaferOnlinePoint_IsValid(point)) {
      return Rejected{Reason::kFieldInvalid, "ticks"};
    }
    ticks.insert(point);
  }
  const auto given = version->acknowledgements.find(command.person);
  if (given != version->acknowledgements.end()) {
    for (const SaferOnlinePoint point : given->second.ticks) ticks.erase(point);
    if (ticks.empty()) return Nothing();
  }
  PolicyEvent event;
  auto& acknowledged = *event.mutable_policy_acknowledged();
  acknowledged.set_version_id(version->id.Bytes());
  acknowledged.set_person_id(command.person.Bytes());
  for (const SaferOnlinePoint point : ticks) acknowledged.add_ticks()->set_point(point);
  return Record(std::move(event));
}

PolicyDecision Decide(const PolicyState& state, const IssuePreventionReminder& command) {
  if (Refusal refusal = RequireAny(command.by, kLeadership)) return *std::move(refusal);
  if (Refusal refusal = RequireText(command.message, "message", kNotesCharactersMax))
    return *std::move(refusal);
  if (state.FindReminder(command.reminder) != nullptr) return Nothing();
  PolicyEvent event;
  auto& issued = *event.mutable_prevention_reminder_issued();
  issued.set_reminder_id(command.reminder.Bytes());
  // A school without a policy protects its staff all the same.
  if (const PolicyVersion* version = state.InForceOn(command.by.today)) {
    issued.set_version_id(version->id.Bytes());
  }
  issued.set_message(command.message);
  return Record(std::move(event));
}

PolicyDecision Decide(const PolicyState& state, const AcknowledgePreventionReminder& command) {
  if (Refusal refusal = RequireAny(command.by, kOfTheSchool)) return *std::move(refusal);
  const Reminder* reminder = command.reminder ? state.FindReminder(*command.reminder) : nullptr;
  if (reminder == nullptr) return Rejected{Reason::kNoSuchReminder, "reminder_id"};
  const PersonId& person = command.by.actor.person;
  if (reminder->acknowledgements.contains(person)) return Nothing();
  PolicyEvent event;
  event.mutable_prevention_reminder_acknowledged()->set_reminder_id(reminder->id.Bytes());
  event.mutable_prevention_reminder_acknowledged()->set_person_id(person.Bytes());
  return Record(std::move(event));
}

}  // namespace wardbook::schoolpolicy
