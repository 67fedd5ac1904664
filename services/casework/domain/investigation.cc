#include "services/casework/domain/investigation.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/casework/domain/decide.h"
#include "services/casework/domain/decision_record.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/person_name.h"
#include "services/casework/domain/sight.h"
#include "services/casework/domain/wishes.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseEvent;

Refusal RefuseBarred(const CaseState& state) {
  if (state.decided.bar) return Rejected{Reason::kInvestigationBarred, ""};
  return std::nullopt;
}

Refusal RefuseUnlessInvestigating(const CaseState& state) {
  if (Refusal refusal = FirstOf({RefuseClosed(state), RefuseInvestigation(state),
                                 RefuseBeforeThreshold(state), RefuseBarred(state)})) {
    return refusal;
  }
  if (!state.decided.investigation) return Rejected{Reason::kInvestigationNotStarted, ""};
  return std::nullopt;
}

// An allegation that meets the threshold ends with one of the outcomes of the law.
Refusal CheckAllegationOutcome(const CaseState& state, const RecordFinding& command) {
  const bool is_allegation =
      state.decided.threshold &&
      state.decided.threshold->threshold() == wardbook::events::v1::HARM_THRESHOLD_MET;
  if (!is_allegation &&
      command.allegation_outcome == wardbook::events::v1::ALLEGATION_OUTCOME_UNSPECIFIED) {
    return std::nullopt;
  }
  return RequireChoice(command.allegation_outcome, "allegation_outcome");
}

}  // namespace

Refusal RefuseIfInvolved(const CaseState& state, const kernel::Actor& person,
                         absl::string_view registered_name) {
  const bool named = std::any_of(
      state.involved_names.begin(), state.involved_names.end(),
      [registered_name](const std::string& name) { return MayMean(name, registered_name); });
  if (named || IsKeptFrom(state, person) || state.targets.contains(person.person) ||
      state.witnesses.contains(person.person)) {
    return Rejected{Reason::kInvestigatorInvolved, ""};
  }
  return std::nullopt;
}

Refusal RefuseFinding(const CaseState& state, const By& by) {
  return FirstOf({RefuseIfInvolved(state, by.actor, by.name), RefuseInvestigation(state),
                  RefuseBeforeThreshold(state), RefuseBarred(state)});
}

CaseDecision Decide(const CaseState& state, const StartInvestigation& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RefuseBeforePolice(state),
          RefuseClosed(state),
          RefuseInvestigation(state),
          RefuseBeforeThreshold(state),
          RequireText(command.scope, "scope", kTextCharactersMax),
          AllowText(command.bar_lifted_how, "bar_lifted_how", kLineCharactersMax),
          AllowText(command.replaces_why, "replaces_why", kLineCharactersMax),
          RefuseIfInvolved(state, command.investigator, command.investigator_name),
      })) {
    return *refusal;
  }
  if (state.decided.bar && IsBlank(command.bar_lifted_how)) {
    return Rejected{Reason::kInvestigationBarred, "bar_lifted_how"};
  }

  CaseEvent event;
  wardbook::events::v1::InvestigationStarted& started = *event.mutable_investigation_started();
  started.set_investigator_id(command.investigator.person.Bytes());
  started.set_investigator_name(command.investigator_name);
  started.set_scope(command.scope);
  started.set_bar_lifted_how(command.bar_lifted_how);
  started.set_replaces_why(command.replaces_why);
  started.set_wishes_version(state.wishes_version);
  *started.mutable_decided_under() = command.by.decided_under;
  const auto& latest = state.decided.investigation;
  const std::optional<PersonId> investigator =
      latest ? PersonId::FromBytes(latest->investigator_id()) : std::nullopt;
  // Nobody waits for who is a subject or has a conflict since then.
  const bool is_free = !investigator || !IsKeptFrom(state, *investigator);
  const bool under_way = latest && !state.decided.bar && is_free;
  const bool takes_over =
      !IsBlank(command.replaces_why) && investigator != command.investigator.person;
  if (!under_way || takes_over) return std::vector<CaseEvent>{std::move(event)};
  CaseDecision decision = UnlessDecided(latest, started, event);
  if (std::get<0>(decision).empty()) return decision;
  return Rejected{Reason::kInvestigationStarted, ""};
}

CaseDecision Decide(const CaseState& state, const RecordInvestigationStep& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RefuseIfInvolved(state, command.by.actor, command.by.name),
          RefuseBeforePolice(state),
          RefuseUnlessInvestigating(state),
          RequireChoice(command.kind, "kind"),
          RequireText(command.what, "what", kTextCharactersMax),
          AllowText(command.with_whom, "with_whom", kLineCharactersMax),
          RequirePast(command.done_at, "done_at", command.by.now),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::InvestigationStepRecorded& step =
      *event.mutable_investigation_step_recorded();
  step.set_kind(command.kind);
  step.set_what(command.what);
  step.set_with_whom(command.with_whom);
  *step.mutable_done_at() = command.done_at;
  return std::vector<CaseEvent>{std::move(event)};
}

CaseDecision Decide(const CaseState& state, const RecordFinding& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RefuseIfInvolved(state, command.by.actor, command.by.name),
          RefuseBeforePolice(state),
          RefuseUnlessInvestigating(state),
          RefuseUnlessWishesAsked(state),
          RequireChoice(command.finding, "finding"),
          RequireText(command.reasons, "reasons", kTextCharactersMax),
          CheckAllegationOutcome(state, command),
          CheckConsidered(command.considered),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::FindingRecorded& recorded = *event.mutable_finding_recorded();
  recorded.set_finding(command.finding);
  recorded.set_reasons(command.reasons);
  recorded.set_allegation_outcome(command.allegation_outcome);
  recorded.set_replaces_revision(state.decided.finding_revision);
  *recorded.mutable_wishes_considered() = ConsideredNow(state, command.considered);
  *recorded.mutable_decided_under() = command.by.decided_under;
  return UnlessDecided(state.decided.finding, recorded, event);
}

// Who forbids may say so to the school or record it themselves.
CaseDecision Decide(const CaseState& state, const BarInvestigation& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler, Sight::kOfficer}),
          RefuseSchoolBeforePolice(state, command.by.actor),
          RefuseClosed(state),
          RequireChoice(command.barred_by, "barred_by"),
          RequireText(command.officer, "officer", kLineCharactersMax),
          RequireText(command.reference, "reference", kShortCharactersMax),
          RequireText(command.instruction, "instruction", kTextCharactersMax),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::InvestigationBarred& barred = *event.mutable_investigation_barred();
  barred.set_barred_by(command.barred_by);
  barred.set_officer(command.officer);
  barred.set_reference(command.reference);
  barred.set_instruction(command.instruction);
  return UnlessDecided(state.decided.bar, barred, event);
}

}  // namespace wardbook::casework
