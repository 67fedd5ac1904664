// What lists, summaries and decisions need of a case: the state that the rules
// read, and beside it what only people read.

#ifndef SERVICES_CASEWORK_CASE_CARD_H_
#define SERVICES_CASEWORK_CASE_CARD_H_

#include <string>
#include <vector>

#include "services/casework/domain/case_state.h"
#include "services/runtime/stream_reader.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::casework {

// A value: a fold over the events of a case, starting from CaseCard().
struct CaseCard {
  CaseState state;
  std::vector<std::string> target_names;
  // Those whom it is about, as the report names them.
  std::vector<wardbook::events::v1::Party> subjects;
  std::string platform;
};

// Applies one event. Total, as Evolve of the state is.
void Evolve(CaseCard& card, const runtime::Recorded<wardbook::events::v1::CaseEvent>& recorded);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CASE_CARD_H_
