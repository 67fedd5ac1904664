#include "services/casework/domain/bullied.h"

#include <algorithm>
#include <optional>

#include "absl/functional/function_ref.h"
#include "services/casework/domain/person_name.h"

namespace wardbook::casework {

namespace {

const Target* OnlyOne(const CaseState& state, absl::FunctionRef<bool(const Target&)> is_it) {
  const Target* found = nullptr;
  for (const Target& target : state.bullied) {
    if (!is_it(target)) continue;
    if (found != nullptr) return nullptr;
    found = &target;
  }
  return found;
}

}  // namespace

const Target* FindTarget(const CaseState& state, absl::string_view given) {
  if (const std::optional<PersonId> id = PersonId::FromHex(given)) {
    const auto found = std::find_if(state.bullied.begin(), state.bullied.end(),
                                    [&id](const Target& target) { return target.id == *id; });
    return found == state.bullied.end() ? nullptr : &*found;
  }
  const auto is_named = [given](const Target& target) { return IsSameName(given, target.name); };
  if (std::any_of(state.bullied.begin(), state.bullied.end(), is_named)) {
    return OnlyOne(state, is_named);
  }
  return OnlyOne(state, [given](const Target& target) { return MayMean(given, target.name); });
}

bool AllDecidedToReport(const CaseState& state) {
  return !state.bullied.empty() &&
         std::all_of(state.bullied.begin(), state.bullied.end(), [](const Target& target) {
           return target.police_choice == wardbook::events::v1::POLICE_CHOICE_REPORT;
         });
}

}  // namespace wardbook::casework
