// What a pure decision comes to: events, or a refusal.

#ifndef SERVICES_KERNEL_DECISION_H_
#define SERVICES_KERNEL_DECISION_H_

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/kernel/reason.h"

namespace wardbook::kernel {

// The domain says no: an answer, not a failure.
struct Rejected {
  Reason reason;
  // The field of the request that is wrong, such as "sighting.date"; empty when
  // it is not one field.
  std::string field;
  // The clause of the policy that demands the field, such as "P24", where the
  // reason is one of no clause; else empty.
  std::string clause = {};

  friend bool operator==(const Rejected&, const Rejected&) = default;
};

// What a check comes to: the refusal, or nothing when all is well.
using Refusal = std::optional<Rejected>;

// The refusal of a field that `clause` demands. A reason that has clauses of its
// own keeps them.
Refusal DemandedBy(absl::string_view clause, Refusal refusal);

// The events to record, none when everything asked for is so already.
template <class Event>
using Decision = std::variant<std::vector<Event>, Rejected>;

}  // namespace wardbook::kernel

#endif  // SERVICES_KERNEL_DECISION_H_
