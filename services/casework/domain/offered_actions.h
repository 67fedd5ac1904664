// What somebody may do to a case, and what the policy keeps them from for now.

#ifndef SERVICES_CASEWORK_DOMAIN_OFFERED_ACTIONS_H_
#define SERVICES_CASEWORK_DOMAIN_OFFERED_ACTIONS_H_

#include <optional>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/casework/domain/case_state.h"
#include "services/casework/domain/commands.h"
#include "services/casework/domain/response_commands.h"
#include "services/kernel/decision.h"

namespace wardbook::casework {

// Who asks, with what the commands take from the register and the rules.
struct Asker {
  By by;
  // Whether a name of the report keeps the case from somebody who came later.
  bool a_name_is_open = false;
  // From the register, for who hands material over in its recipient's place.
  std::vector<RegisteredPerson> school = {};
  std::optional<AbsenceOfHead> head_absence = std::nullopt;
  // For the stage that comes after that of a disagreement.
  DisagreementRules rules = {};
};

struct OfferedAction {
  // As it stands in the path of a call, such as "wardbook.v1.CaseService/CloseCase".
  absl::string_view method;
  // Why it is refused now, whatever the request says; nothing where a request can
  // succeed.
  std::optional<kernel::Rejected> refused;
};

// In the order in which a case mostly goes. What is not theirs to do is left out, and
// what has nothing to be done to, such as acknowledging what is acknowledged. It is
// found out by deciding each command with an empty request, so that what is listed and
// what is then refused cannot disagree.
std::vector<OfferedAction> OfferedActions(const CaseState& state, const Asker& asker);

// Every method that can be listed, in that order.
std::vector<absl::string_view> MethodsOfActions();

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_OFFERED_ACTIONS_H_
