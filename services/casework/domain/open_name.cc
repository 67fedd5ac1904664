#include "services/casework/domain/open_name.h"

#include <algorithm>
#include <vector>

#include "services/casework/domain/decide.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/person_name.h"
#include "services/casework/domain/sight.h"

namespace wardbook::casework {

using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseEvent;
using wardbook::events::v1::Party;
using wardbook::events::v1::PersonCategory;

bool OpenName::MayMean(absl::string_view registered) const {
  return IsSameName(name, registered) || (in_part && casework::MayMean(name, registered));
}

bool IsPupil(PersonCategory category) {
  return category == wardbook::events::v1::PERSON_CATEGORY_PUPIL ||
         category == wardbook::events::v1::PERSON_CATEGORY_FORMER_PUPIL;
}

bool MayBeAdultOfSchool(PersonCategory category) {
  switch (category) {
    case wardbook::events::v1::PERSON_CATEGORY_PARENT:
    case wardbook::events::v1::PERSON_CATEGORY_VISITOR:
    case wardbook::events::v1::PERSON_CATEGORY_OFFICER:
      return false;
    default:
      return !IsPupil(category);
  }
}

std::optional<OpenName> OpenNameOf(const Party& party) {
  if (party.capacity() != wardbook::events::v1::CAPACITY_SUBJECT || !party.person_id().empty() ||
      party.category() == wardbook::events::v1::PERSON_CATEGORY_PUPIL) {
    return std::nullopt;
  }
  // A title alone, or nothing, names nobody.
  if (!IsSameName(party.name(), party.name())) return std::nullopt;
  return OpenName{party.name(), MayBeAdultOfSchool(party.category())};
}

CaseDecision Decide(const CaseState& state, const SettleName& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor,
                       {Sight::kHandler, Sight::kLineManager, Sight::kOfficer, Sight::kReporter}),
          RequireText(command.name, "open_name", kLineCharactersMax),
          RequireText(command.reasons, "reasons", kTextCharactersMax),
      })) {
    return *refusal;
  }
  const auto& settled = state.settled_names;
  if (std::find(settled.begin(), settled.end(), command.name) != settled.end()) {
    return std::vector<CaseEvent>{};
  }
  if (std::none_of(state.open_names.begin(), state.open_names.end(),
                   [&command](const OpenName& open) { return open.name == command.name; })) {
    return Rejected{Reason::kFieldInvalid, "open_name"};
  }
  CaseEvent event;
  event.mutable_name_settled()->set_name(command.name);
  event.mutable_name_settled()->set_reasons(command.reasons);
  return std::vector<CaseEvent>{std::move(event)};
}

}  // namespace wardbook::casework
