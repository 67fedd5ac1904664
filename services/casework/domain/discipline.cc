// What follows a breach that was found: the disciplinary procedure (P21, P48), of
// which no more than a reference is kept, because who hears it later must not
// find it decided here.

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "services/casework/domain/decide.h"
#include "services/casework/domain/decision_record.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/sight.h"
#include "services/casework/domain/wishes.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseEvent;

Refusal RefuseUnlessBreachFound(const CaseState& state) {
  const auto& finding = state.decided.finding;
  if (finding && finding->finding() == wardbook::events::v1::FINDING_BREACH) return std::nullopt;
  return Rejected{Reason::kNoBreachFound, ""};
}

Refusal RefuseUnlessReferredToDiscipline(const CaseState& state) {
  if (Refusal refusal = RefuseUnlessBreachFound(state)) return refusal;
  const auto& decision = state.decided.disciplinary_decision;
  if (!decision) return Rejected{Reason::kDisciplinaryDecisionMissing, ""};
  if (decision->decision() != wardbook::events::v1::DISCIPLINARY_DECISION_REFER) {
    return Rejected{Reason::kNotReferredToDiscipline, ""};
  }
  return std::nullopt;
}

// What a register of references holds, and no more.
Refusal RequireReference(const std::string& text, absl::string_view field) {
  const Refusal refusal = RequireText(text, field, kDisciplinaryCharactersMax);
  const bool too_long = refusal && refusal->reason == Reason::kFieldTooLong;
  if (too_long || absl::StrContains(text, '\n')) {
    return Rejected{Reason::kReferenceOnly, std::string(field)};
  }
  return refusal;
}

}  // namespace

CaseDecision Decide(const CaseState& state, const RecordDisciplinaryDecision& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RefuseBeforePolice(state),
          RefuseClosed(state),
          RefuseInvestigation(state),
          RefuseUnlessWishesAsked(state),
          RefuseUnlessBreachFound(state),
          RequireChoice(command.decision, "decision"),
          RequireText(command.reasons, "reasons", kTextCharactersMax),
          CheckConsidered(command.considered),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::DisciplinaryDecisionRecorded& recorded =
      *event.mutable_disciplinary_decision_recorded();
  recorded.set_decision(command.decision);
  recorded.set_reasons(command.reasons);
  *recorded.mutable_wishes_considered() = ConsideredNow(state, command.considered);
  *recorded.mutable_decided_under() = command.by.decided_under;
  return UnlessDecided(state.decided.disciplinary_decision, recorded, event);
}

CaseDecision Decide(const CaseState& state, const RecordDisciplinaryReference& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RefuseBeforePolice(state),
          RefuseUnlessReferredToDiscipline(state),
          RequireReference(command.procedure, "procedure"),
          RequireReference(command.stage, "stage"),
          RequireReference(command.reference, "reference"),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::DisciplinaryReferenceRecorded& recorded =
      *event.mutable_disciplinary_reference_recorded();
  recorded.set_procedure(command.procedure);
  recorded.set_stage(command.stage);
  recorded.set_reference(command.reference);
  return UnlessDecided(state.decided.disciplinary_reference, recorded, event);
}

}  // namespace wardbook::casework
