// What leadership says the incident is (P42).

#include <utility>
#include <vector>

#include "services/casework/domain/decide.h"
#include "services/casework/domain/decision_record.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/sight.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseClassified;
using wardbook::events::v1::CaseEvent;

// P42: the definition has four parts, and leadership answers each.
Refusal CheckDefinition(const ClassifyCase& command) {
  if (command.cyber_bullying != wardbook::events::v1::CYBER_BULLYING_ANSWER_YES) {
    return FirstOf({
        AllowText(command.target, "target", kShortCharactersMax),
        AllowText(command.power_and_control, "power_and_control", kTextCharactersMax),
    });
  }
  if (command.technologies.empty()) return Rejected{Reason::kFieldMissing, "technologies"};
  if (command.conduct.empty()) return Rejected{Reason::kFieldMissing, "conduct"};
  return FirstOf({
      RequireText(command.target, "target", kShortCharactersMax),
      RequireText(command.power_and_control, "power_and_control", kTextCharactersMax),
  });
}

}  // namespace

CaseDecision Decide(const CaseState& state, const ClassifyCase& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RefuseBeforePolice(state),
          RefuseClosed(state),
          // To say what it is, is to evaluate it (P38, P41).
          RefuseInvestigation(state),
          RequireChoice(command.cyber_bullying, "cyber_bullying"),
          CheckEnums(command.technologies, "technologies"),
          CheckEnums(command.conduct, "conduct"),
          CheckDefinition(command),
          CheckEnums(command.breached_clauses, "breached_clauses"),
          RequireText(command.reasons, "reasons", kTextCharactersMax),
      })) {
    return *refusal;
  }

  CaseEvent event;
  CaseClassified& classified = *event.mutable_case_classified();
  classified.set_cyber_bullying(command.cyber_bullying);
  for (const auto technology : Ascending(command.technologies)) {
    classified.add_technologies(technology);
  }
  for (const auto conduct : Ascending(command.conduct)) classified.add_conduct(conduct);
  classified.set_target(command.target);
  classified.set_power_and_control(command.power_and_control);
  for (const auto clause : Ascending(command.breached_clauses)) {
    classified.add_breached_clauses(clause);
  }
  classified.set_reasons(command.reasons);
  classified.set_wishes_version(state.wishes_version);
  *classified.mutable_decided_under() = command.by.decided_under;
  return UnlessDecided(state.decided.classification, classified, event);
}

}  // namespace wardbook::casework
