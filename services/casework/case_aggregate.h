// The case as the transactor runs it.

#ifndef SERVICES_CASEWORK_CASE_AGGREGATE_H_
#define SERVICES_CASEWORK_CASE_AGGREGATE_H_

#include "services/casework/case_card.h"
#include "services/runtime/stream_reader.h"
#include "services/runtime/transactor.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::casework {

struct CaseAggregate {
  using State = CaseCard;
  using Event = wardbook::events::v1::CaseEvent;

  static void Evolve(State& card, const runtime::Recorded<Event>& recorded) {
    casework::Evolve(card, recorded);
  }
};

using CaseTransactor = runtime::Transactor<CaseAggregate>;
using CaseSnapshot = runtime::Snapshot<CaseCard>;
using CaseOutcome = runtime::Outcome<wardbook::events::v1::CaseEvent>;

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CASE_AGGREGATE_H_
