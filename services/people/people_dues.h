// What somebody has to see to as a person of the school: the review of what can be
// seen of them online, on joining (P13).

#ifndef SERVICES_PEOPLE_PEOPLE_DUES_H_
#define SERVICES_PEOPLE_PEOPLE_DUES_H_

#include "absl/status/statusor.h"
#include "services/people/register.h"
#include "services/runtime/due.h"
#include "services/runtime/rpc.h"
#include "storage/base/moment.h"

namespace wardbook::people {

// Reads the register in memory. Everybody finds their own review; those who see to
// it that the reviews are done find how many are overdue. Safe for concurrent use.
class PeopleDues : public runtime::DueSource {
 public:
  // `people` outlives it.
  explicit PeopleDues(const Register& people) : people_(people) {}

  absl::StatusOr<runtime::Dues> DuesFor(const runtime::Call& call, Moment deadline) const override;

 private:
  const Register& people_;
};

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_PEOPLE_DUES_H_
