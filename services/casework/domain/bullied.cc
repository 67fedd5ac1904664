#include "services/casework/domain/bullied.h"

#include <algorithm>
#include <optional>

#include "services/casework/domain/person_name.h"

namespace wardbook::casework {

const Target* FindTarget(const CaseState& state, absl::string_view given) {
  const std::optional<PersonId> id = PersonId::FromHex(given);
  const auto found = std::find_if(
      state.bullied.begin(), state.bullied.end(),
      [&](const Target& target) { return id ? target.id == *id : MayMean(given, target.name); });
  return found == state.bullied.end() ? nullptr : &*found;
}

bool AllDecidedToReport(const CaseState& state) {
  return !state.bullied.empty() &&
         std::all_of(state.bullied.begin(), state.bullied.end(), [](const Target& target) {
           return target.police_choice == wardbook::events::v1::POLICE_CHOICE_REPORT;
         });
}

}  // namespace wardbook::casework
