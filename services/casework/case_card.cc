#include "services/casework/case_card.h"

namespace wardbook::casework {

using wardbook::events::v1::CaseEvent;

void Evolve(CaseCard& card, const runtime::Recorded<CaseEvent>& recorded) {
  const CaseEvent& event = recorded.event;
  Evolve(card.state, event,
         Fact{.actor = recorded.header.actor,
              .recorded_time = recorded.header.recorded_time,
              .revision = recorded.revision,
              .position = recorded.position});
  if (!event.has_incident_reported()) return;
  const auto& reported = event.incident_reported();
  card.platform = reported.place().platform();
  for (const auto& party : reported.parties()) {
    if (party.capacity() == wardbook::events::v1::CAPACITY_TARGET) {
      card.target_names.push_back(party.name());
    } else if (party.capacity() == wardbook::events::v1::CAPACITY_SUBJECT) {
      card.subjects.push_back(party);
    }
  }
}

}  // namespace wardbook::casework
