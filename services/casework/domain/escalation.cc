// Handing a case on (P45).

#include <utility>
#include <vector>

#include "services/casework/domain/decide.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/sight.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseEvent;

}  // namespace

CaseDecision Decide(const CaseState& state, const EscalateCase& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler, Sight::kLineManager}),
          RefuseClosed(state),
      })) {
    return *refusal;
  }
  if (state.escalated) {
    if (state.escalation_reasons == command.reasons) return std::vector<CaseEvent>{};
    return Rejected{Reason::kEscalatedAlready, "reasons"};
  }
  if (Refusal refusal = RequireText(command.reasons, "reasons", kTextCharactersMax)) {
    return *refusal;
  }

  CaseEvent event;
  event.mutable_case_escalated()->set_reasons(command.reasons);
  // From the line manager to the Headteacher; any other case is where it belongs.
  event.mutable_case_escalated()->set_route(state.route == wardbook::events::v1::ROUTE_LINE_MANAGER
                                                ? wardbook::events::v1::ROUTE_HEADTEACHER
                                                : state.route);
  return std::vector<CaseEvent>{std::move(event)};
}

}  // namespace wardbook::casework
