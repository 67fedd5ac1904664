#include "services/runtime/call_count.h"

#include "services/runtime/refusal.h"

namespace wardbook::runtime {

absl::StatusOr<CallPlace> CallCount::Enter() {
  if (calls_.fetch_add(1) >= calls_max_) {
    calls_.fetch_sub(1);
    return Refuse(kernel::Reason::kServerBusy);
  }
  return CallPlace(*this);
}

}  // namespace wardbook::runtime
