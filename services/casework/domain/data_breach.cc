// Whether a disclosure is a breach of personal data (P09).

#include "services/casework/domain/decide.h"
#include "services/casework/domain/decision_record.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/sight.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseEvent;

}  // namespace

CaseDecision Decide(const CaseState& state, const AssessDataBreach& command) {
  const bool reportable =
      command.assessment == wardbook::events::v1::DATA_BREACH_ASSESSMENT_REPORTABLE;
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RefuseBeforePolice(state),
          RequireChoice(command.assessment, "assessment"),
          RequireText(command.reasons, "reasons", kTextCharactersMax),
          AllowText(command.commissioner_reference, "commissioner_reference", kShortCharactersMax),
      })) {
    return *refusal;
  }
  if (!reportable && !IsBlank(command.commissioner_reference)) {
    return Rejected{Reason::kFieldInvalid, "commissioner_reference"};
  }

  CaseEvent event;
  wardbook::events::v1::DataBreachAssessed& assessed = *event.mutable_data_breach_assessed();
  assessed.set_assessment(command.assessment);
  assessed.set_reasons(command.reasons);
  assessed.set_commissioner_reference(command.commissioner_reference);
  *assessed.mutable_decided_under() = command.by.decided_under;
  return UnlessDecided(state.decided.data_breach, assessed, event);
}

}  // namespace wardbook::casework
