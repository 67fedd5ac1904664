// Reporting an incident, and telling the reporter that it was seen.

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/casework/domain/decide.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/recipient.h"
#include "services/casework/domain/routing.h"
#include "services/casework/domain/sight.h"
#include "services/casework/domain/web_address.h"
#include "services/casework/domain/wishes.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using kernel::Role;
using wardbook::events::v1::BreachClause;
using wardbook::events::v1::CaseEvent;
using wardbook::events::v1::IncidentReported;
using wardbook::events::v1::Party;

Refusal CheckParty(const Party& party, int index) {
  const std::string field = absl::StrCat("parties[", index, "]");
  if (party.capacity() == wardbook::events::v1::CAPACITY_UNSPECIFIED) {
    return Rejected{Reason::kFieldMissing, absl::StrCat(field, ".capacity")};
  }
  if (!wardbook::events::v1::Capacity_IsValid(party.capacity())) {
    return Rejected{Reason::kFieldInvalid, absl::StrCat(field, ".capacity")};
  }
  if (!wardbook::events::v1::PersonCategory_IsValid(party.category())) {
    return Rejected{Reason::kFieldInvalid, absl::StrCat(field, ".category")};
  }
  if (!party.person_id().empty() && !PersonId::FromBytes(party.person_id())) {
    return Rejected{Reason::kFieldInvalid, absl::StrCat(field, ".person_id")};
  }
  if (party.person_id().empty() && IsBlank(party.name())) {
    return Rejected{Reason::kFieldMissing, absl::StrCat(field, ".name")};
  }
  return FirstOf({
      AllowText(party.name(), absl::StrCat(field, ".name"), kShortCharactersMax),
      AllowText(party.account(), absl::StrCat(field, ".account"), kLineCharactersMax),
  });
}

Refusal CheckParties(const std::vector<Party>& parties) {
  if (parties.size() > static_cast<size_t>(kPartiesMax)) {
    return Rejected{Reason::kFieldTooLong, "parties"};
  }
  int index = 0;
  for (const Party& party : parties) {
    if (Refusal refusal = CheckParty(party, index++)) return refusal;
  }
  return std::nullopt;
}

Refusal CheckFields(const ReportIncident& command) {
  if (command.kind == wardbook::events::v1::INCIDENT_KIND_UNSPECIFIED) {
    return Rejected{Reason::kFieldMissing, "kind"};
  }
  if (!wardbook::events::v1::IncidentKind_IsValid(command.kind)) {
    return Rejected{Reason::kFieldInvalid, "kind"};
  }
  // P36: asked before any file can be chosen.
  if (command.indecent_image_answer == wardbook::events::v1::INDECENT_IMAGE_ANSWER_UNSPECIFIED) {
    return Rejected{Reason::kIndecentImageNotAsked, "indecent_image_answer"};
  }
  if (!wardbook::events::v1::IndecentImageAnswer_IsValid(command.indecent_image_answer)) {
    return Rejected{Reason::kFieldInvalid, "indecent_image_answer"};
  }
  return FirstOf({
      RequireText(command.what_happened, "what_happened", kTextCharactersMax),
      RequirePast(command.happened_at, "happened_at", command.by.now),
      command.place ? AllowPlace(*command.place, "place") : std::nullopt,
      CheckParties(command.parties),
      CheckWishes(command),
      CheckEnums(command.breached_clauses, "breached_clauses"),
      CheckHeadteacherQuestion(command),
  });
}

}  // namespace

CaseDecision Decide(const CaseState& state, const ReportIncident& command) {
  if (!command.by.actor.HasAny({Role::kStaff, Role::kLineManager, Role::kHeadteacher,
                                Role::kSeniorLeadership, Role::kSafeguardingLead,
                                Role::kChairOfGovernors})) {
    return Rejected{Reason::kRoleRequired, ""};
  }
  if (Refusal refusal = CheckFields(command)) return *refusal;
  // A report opens a case; it is never added to one.
  if (state.revision != 0) return Rejected{Reason::kFieldInvalid, "case_ref"};
  const Telling telling = WhomToTell(command);
  if (Refusal refusal = CheckReceiver(command, telling)) return *refusal;

  CaseEvent event;
  IncidentReported& reported = *event.mutable_incident_reported();
  reported.set_kind(command.kind);
  reported.set_what_happened(command.what_happened);
  *reported.mutable_happened_at() = command.happened_at;
  if (command.place) *reported.mutable_place() = *command.place;
  for (const Party& party : command.parties) *reported.add_parties() = party;
  reported.set_wishes(command.wishes);
  reported.set_wishes_not_given(command.wishes_not_given);
  reported.set_indecent_image_answer(command.indecent_image_answer);
  if (command.indecent_image_answer != wardbook::events::v1::INDECENT_IMAGE_ANSWER_NO) {
    LeaveOutAddresses(event);
    // What is given as the address is one, even where it does not look it (P36).
    if (!reported.place().address().empty()) {
      reported.mutable_place()->set_address(std::string(kAddressLeftOut));
    }
  }
  std::vector<BreachClause> clauses = command.breached_clauses;
  if (command.kind == wardbook::events::v1::INCIDENT_KIND_CREDENTIAL_SHARING) {
    clauses.push_back(wardbook::events::v1::BREACH_CLAUSE_P15_CREDENTIAL_SHARING);
  }
  for (const BreachClause clause : Ascending(std::move(clauses))) {
    reported.add_breached_clauses(clause);
  }
  *reported.mutable_in_force_when_happened() = command.in_force_when_happened;
  reported.set_about_headteacher(command.about_headteacher);
  for (const PersonId& person : telling.presumed_subjects) {
    reported.add_presumed_subject_ids(person.Bytes());
  }
  reported.set_route(telling.route);
  for (const PersonId& person : telling.told) reported.add_told_ids(person.Bytes());
  if (telling.route == wardbook::events::v1::ROUTE_LINE_MANAGER) {
    reported.set_line_manager_id(command.line_manager->Bytes());
  }
  if (telling.recipient) {
    reported.set_recipient_id(telling.recipient->Bytes());
    reported.set_recipient_name(NameOf(command.school, *telling.recipient));
  }
  if (telling.head_absence) reported.set_head_absence_id(telling.head_absence->Bytes());
  return std::vector<CaseEvent>{std::move(event)};
}

CaseDecision Decide(const CaseState& state, const AcknowledgeReceipt& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler, Sight::kLineManager}),
          RefuseUnlessReceiver(state, command.by.actor),
          RefuseBeforePolice(state),
          RefuseClosed(state),
          RequireText(command.message_to_reporter, "message_to_reporter", kLineCharactersMax),
      })) {
    return *refusal;
  }
  if (state.acknowledged && state.acknowledgement == command.message_to_reporter) {
    return std::vector<CaseEvent>{};
  }

  CaseEvent event;
  event.mutable_receipt_acknowledged()->set_message_to_reporter(command.message_to_reporter);
  return std::vector<CaseEvent>{std::move(event)};
}

}  // namespace wardbook::casework
