// The contract by which a slice says what somebody has to see to, so that one list
// is made of all slices and none sees another.

#ifndef SERVICES_RUNTIME_DUE_H_
#define SERVICES_RUNTIME_DUE_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/runtime/rpc.h"
#include "storage/base/moment.h"
#include "wardbook/v1/due.pb.h"

namespace wardbook::runtime {

struct Dues {
  // In any order; `overdue` is left to whoever makes the list.
  std::vector<wardbook::v1::DueItem> items;
  // What to tell the caller above everything else, a sentence each.
  std::vector<std::string> banners;
};

// Safe for concurrent use.
class DueSource {
 public:
  virtual ~DueSource() = default;

  // What the caller may see and has to act on at `call.now`. What they may not
  // see leaves no trace: neither an item nor a difference in another. Reads the
  // disk, and waits for a view until `deadline` at the most, so it is called where
  // it may wait. UNAVAILABLE: the view is too far behind. Fails as the store does.
  virtual absl::StatusOr<Dues> DuesFor(const Call& call, Moment deadline) const = 0;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_DUE_H_
