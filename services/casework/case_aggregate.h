// The case as the transactor runs it.

#ifndef SERVICES_CASEWORK_CASE_AGGREGATE_H_
#define SERVICES_CASEWORK_CASE_AGGREGATE_H_

#include "services/casework/case_card.h"
#include "services/casework/case_sights.h"
#include "services/kernel/case_ref.h"
#include "services/runtime/caller.h"
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

// Safe for concurrent use.
class CaseTransactor : public runtime::Transactor<CaseAggregate> {
 public:
  using Transactor::Transactor;

  // From now on those who saw a case are told when it cannot be read. Called before
  // the first call; `sights` outlives the transactor's use. Without it nobody is:
  // a case that cannot be read is none then.
  void AskWhenUnreadable(const CaseSights& sights) { sights_ = &sights; }

  // What the caller saw of the case before it could not be read any more.
  Sight LastSightOf(const runtime::Caller& caller, const kernel::CaseRef& ref) const {
    return sights_ == nullptr ? Sight::kNone : sights_->LastSightOf(caller, ref);
  }

 private:
  const CaseSights* sights_ = nullptr;
};

using CaseSnapshot = runtime::Snapshot<CaseCard>;
using CaseOutcome = runtime::Outcome<wardbook::events::v1::CaseEvent>;

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CASE_AGGREGATE_H_
