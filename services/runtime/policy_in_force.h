// The contract by which slices learn which version of the school's policy
// applied.

#ifndef SERVICES_RUNTIME_POLICY_IN_FORCE_H_
#define SERVICES_RUNTIME_POLICY_IN_FORCE_H_

#include <string>

#include "absl/time/time.h"
#include "storage/base/ids.h"

namespace wardbook::runtime {

// Safe for concurrent use. Answers from memory.
class PolicyInForce {
 public:
  virtual ~PolicyInForce() = default;

  // The id of the version in force on the day of `time` in the school's clock, 32
  // hexadecimal digits; empty when the school had approved none by then. A
  // version is in force from the first moment of the day of its approval.
  virtual std::string VersionAt(const SchoolId& school, absl::Time time) const = 0;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_POLICY_IN_FORCE_H_
