#include "services/people/domain/decide.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/string_view.h"
#include "services/kernel/shared_name.h"
#include "services/kernel/text.h"
#include "services/kernel/timestamp.h"
#include "services/people/domain/checks.h"

namespace wardbook::people {
namespace {

using kernel::AllowText;
using kernel::Reason;
using kernel::Refusal;
using kernel::Rejected;
using kernel::RequireText;
using wardbook::events::v1::PersonEvent;
using wardbook::events::v1::Role;
using wardbook::events::v1::SchoolEvent;

Refusal RequireRole(Role role, absl::string_view field) {
  if (role == wardbook::events::v1::ROLE_UNSPECIFIED) {
    return Rejected{Reason::kFieldMissing, std::string(field)};
  }
  if (!wardbook::events::v1::Role_IsValid(role)) {
    return Rejected{Reason::kFieldInvalid, std::string(field)};
  }
  return std::nullopt;
}

// Whether who holds the role may see a case that they have not reported. A role
// that is added is one until somebody says otherwise.
bool SeesCases(Role role) {
  return role != wardbook::events::v1::ROLE_STAFF &&
         role != wardbook::events::v1::ROLE_ADMINISTRATOR &&
         role != wardbook::events::v1::ROLE_AUDITOR;
}

// Who audits the school is not of it: refusals tell of reports that were attempted,
// and about whom is not said.
bool StandsBesideAuditor(Role role) {
  return role == wardbook::events::v1::ROLE_AUDITOR ||
         role == wardbook::events::v1::ROLE_SAFEGUARDING_OFFICER;
}

bool KeepsAuditorApart(const std::set<Role>& roles) {
  return !roles.contains(wardbook::events::v1::ROLE_AUDITOR) ||
         std::all_of(roles.begin(), roles.end(), StandsBesideAuditor);
}

// Those that a person holds at `from` or at some time after it.
std::set<Role> RolesFrom(const PersonState& state, absl::Time from) {
  std::set<Role> roles;
  for (const RoleSpan& span : state.spans) {
    if (span.from < span.until && span.until > from) roles.insert(span.role);
  }
  return roles;
}

Refusal RequireCategory(wardbook::events::v1::PersonCategory category) {
  if (category == wardbook::events::v1::PERSON_CATEGORY_UNSPECIFIED) {
    return Rejected{Reason::kFieldMissing, "category"};
  }
  if (!wardbook::events::v1::PersonCategory_IsValid(category)) {
    return Rejected{Reason::kFieldInvalid, "category"};
  }
  return std::nullopt;
}

PersonEvent Granted(Role role, absl::Time from) {
  PersonEvent event;
  event.mutable_role_granted()->set_role(role);
  *event.mutable_role_granted()->mutable_from_time() = kernel::TimestampOf(from);
  return event;
}

}  // namespace

PersonDecision Decide(const PersonState& state, const RegisterPerson& command) {
  if (Refusal refusal = RequireAdministrator(command.by)) return *std::move(refusal);
  if (Refusal refusal = RequireText(command.name, "name", kNameCharactersMax))
    return *std::move(refusal);
  if (kernel::IsSharedName(command.name)) return Rejected{Reason::kSharedAccount, "name"};
  if (Refusal refusal = RequireCategory(command.category)) return *std::move(refusal);
  if (Refusal refusal = AllowText(command.job_title, "job_title", kNameCharactersMax))
    return *std::move(refusal);
  for (Role role : command.roles) {
    if (Refusal refusal = RequireRole(role, "roles")) return *std::move(refusal);
  }
  const std::set<Role> roles(command.roles.begin(), command.roles.end());
  if (!KeepsAuditorApart(roles)) return Rejected{Reason::kAuditorApart, "roles"};
  std::vector<PersonEvent> events;
  if (state.name) return events;

  PersonEvent registered;
  registered.mutable_person_registered()->set_name(command.name);
  registered.mutable_person_registered()->set_category(command.category);
  registered.mutable_person_registered()->set_job_title(command.job_title);
  events.push_back(std::move(registered));
  for (Role role : roles) {
    events.push_back(Granted(role, command.by.now));
  }
  return events;
}

PersonDecision Decide(const PersonState& state, const CorrectPerson& command) {
  if (Refusal refusal = RequireKnown(state, command.by)) return *std::move(refusal);
  const bool names_category = command.category != wardbook::events::v1::PERSON_CATEGORY_UNSPECIFIED;
  if (command.name.empty() && !names_category && command.job_title.empty()) {
    return Rejected{Reason::kFieldMissing, "name"};
  }
  if (!command.name.empty()) {
    if (Refusal refusal = RequireText(command.name, "name", kNameCharactersMax))
      return *std::move(refusal);
    if (kernel::IsSharedName(command.name)) return Rejected{Reason::kSharedAccount, "name"};
  }
  if (names_category) {
    if (Refusal refusal = RequireCategory(command.category)) return *std::move(refusal);
  }
  if (Refusal refusal = AllowText(command.job_title, "job_title", kNameCharactersMax))
    return *std::move(refusal);

  PersonEvent event;
  wardbook::events::v1::PersonCorrected& corrected = *event.mutable_person_corrected();
  if (command.name != state.name) corrected.set_name(command.name);
  if (command.category != state.category) corrected.set_category(command.category);
  if (command.job_title != state.job_title) corrected.set_job_title(command.job_title);
  std::vector<PersonEvent> events;
  if (corrected.ByteSizeLong() > 0) events.push_back(std::move(event));
  return events;
}

PersonDecision Decide(const PersonState& state, const GrantRole& command) {
  const absl::Time from = command.from.value_or(command.by.now);
  if (Refusal refusal = RequireKnown(state, command.by)) return *std::move(refusal);
  if (Refusal refusal = RequireRole(command.role, "role")) return *std::move(refusal);
  if (Refusal refusal = RequireTime(from, "from_time")) return *std::move(refusal);
  if (command.person == command.by.actor.person && SeesCases(command.role)) {
    return Rejected{Reason::kOwnSight, "role"};
  }
  std::vector<PersonEvent> events;
  if (state.HoldsAlready(command.role, from)) return events;
  std::set<Role> roles = RolesFrom(state, from);
  roles.insert(command.role);
  if (!KeepsAuditorApart(roles)) return Rejected{Reason::kAuditorApart, "role"};
  events.push_back(Granted(command.role, from));
  return events;
}

PersonDecision Decide(const PersonState& state, const EndRole& command) {
  const absl::Time until = command.until.value_or(command.by.now);
  if (Refusal refusal = RequireKnown(state, command.by)) return *std::move(refusal);
  if (Refusal refusal = RequireRole(command.role, "role")) return *std::move(refusal);
  if (Refusal refusal = RequireTime(until, "until_time")) return *std::move(refusal);
  std::vector<PersonEvent> events;
  const bool holds_later =
      std::any_of(state.spans.begin(), state.spans.end(), [&](const RoleSpan& span) {
        return span.role == command.role && span.from < span.until && span.until > until;
      });
  if (holds_later) {
    if (command.role == wardbook::events::v1::ROLE_ADMINISTRATOR && !command.others_administer) {
      return Rejected{Reason::kLastAdministrator, "role"};
    }
    if (command.role == wardbook::events::v1::ROLE_CHAIR_OF_GOVERNORS && command.is_only_chair) {
      return Rejected{Reason::kLastChair, "role"};
    }
    PersonEvent event;
    event.mutable_role_ended()->set_role(command.role);
    *event.mutable_role_ended()->mutable_until_time() = kernel::TimestampOf(until);
    events.push_back(std::move(event));
  }
  return events;
}

PersonDecision Decide(const PersonState& state, const AssignLineManager& command) {
  if (Refusal refusal = RequireKnown(state, command.by)) return *std::move(refusal);
  if (!command.line_manager) return Rejected{Reason::kNoSuchPerson, "line_manager_id"};
  if (*command.line_manager == command.person) {
    return Rejected{Reason::kOwnLineManager, "line_manager_id"};
  }
  if (*command.line_manager == command.by.actor.person) {
    return Rejected{Reason::kOwnSight, "line_manager_id"};
  }
  std::vector<PersonEvent> events;
  if (state.line_manager != command.line_manager) {
    PersonEvent event;
    event.mutable_line_manager_assigned()->set_line_manager_id(command.line_manager->Bytes());
    events.push_back(std::move(event));
  }
  return events;
}

PersonDecision Decide(const PersonState& state, const IssueAccount& command) {
  if (Refusal refusal = RequireKnown(state, command.by)) return *std::move(refusal);
  if (Refusal refusal = RequireTime(command.code_expire_time, "code_expire_time"))
    return *std::move(refusal);
  // An account that nobody of the school has is one that somebody else may use.
  if (state.IsGoneAt(command.by.now)) return Rejected{Reason::kPersonLeft, "person_id"};
  PersonEvent event;
  *event.mutable_account_issued()->mutable_code_expire_time() =
      kernel::TimestampOf(command.code_expire_time);
  return std::vector<PersonEvent>{std::move(event)};
}

void Evolve(SchoolState& state, const SchoolEvent& event) {
  switch (event.body_case()) {
    case SchoolEvent::kSchoolRegistered:
      state.name = event.school_registered().name();
      return;
    case SchoolEvent::BODY_NOT_SET:
      return;
  }
}

kernel::Decision<SchoolEvent> Decide(const SchoolState& state, const NewSchool& command) {
  if (Refusal refusal = RequireText(command.name, "name", kNameCharactersMax))
    return *std::move(refusal);
  const bool plain = std::all_of(command.short_name.begin(), command.short_name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
  if (!plain || command.short_name.size() < kShortNameMin ||
      command.short_name.size() > kShortNameMax) {
    return Rejected{Reason::kFieldInvalid, "short_name"};
  }
  std::vector<SchoolEvent> events;
  if (state.name) return events;
  SchoolEvent event;
  event.mutable_school_registered()->set_name(command.name);
  event.mutable_school_registered()->set_short_name(command.short_name);
  events.push_back(std::move(event));
  return events;
}

}  // namespace wardbook::people
