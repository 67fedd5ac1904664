#include "services/casework/domain/gates.h"

namespace wardbook::casework {

using kernel::Reason;
using kernel::Rejected;

Refusal RefuseBeforePolice(const CaseState& state) {
  if (state.indecent_image_suspected && !state.police_informed) {
    return Rejected{Reason::kPolicePending, ""};
  }
  return std::nullopt;
}

Refusal RefuseInvestigation(const CaseState& state) {
  if (Refusal refusal = RefuseBeforePolice(state)) return refusal;
  if (state.indecent_image_suspected && !state.police_released) {
    return Rejected{Reason::kNoInvestigation, ""};
  }
  if (state.kind != wardbook::events::v1::INCIDENT_KIND_UNSUITABLE_MATERIAL) return std::nullopt;
  // Advice in answer to an earlier question does not answer the latest one.
  const bool may_proceed =
      state.advice_received && (state.may_proceed == wardbook::events::v1::MAY_PROCEED_YES ||
                                state.may_proceed == wardbook::events::v1::MAY_PROCEED_LIMITED);
  if (!may_proceed) return Rejected{Reason::kAdviceFirst, ""};
  return std::nullopt;
}

}  // namespace wardbook::casework
