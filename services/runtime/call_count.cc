#include "services/runtime/call_count.h"

#include "services/runtime/refusal.h"

namespace wardbook::runtime {

absl::StatusOr<CallPlace> CallCount::Enter(const std::optional<Person>& person) {
  absl::MutexLock lock(&mutex_);
  if (calls_ >= calls_max_) return Refuse(kernel::Reason::kServerBusy);
  if (person.has_value()) {
    int& of_person = of_person_[*person];
    if (of_person >= of_person_max_) return Refuse(kernel::Reason::kServerBusy);
    ++of_person;
  }
  ++calls_;
  return CallPlace(*this, person);
}

void CallCount::Leave(const std::optional<Person>& person) {
  absl::MutexLock lock(&mutex_);
  --calls_;
  if (!person.has_value()) return;
  const auto of_person = of_person_.find(*person);
  if (--of_person->second == 0) of_person_.erase(of_person);
}

}  // namespace wardbook::runtime
