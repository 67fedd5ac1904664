// One list of what is due, made of what all slices say.

#ifndef SERVICES_NOTIFY_DUE_LIST_H_
#define SERVICES_NOTIFY_DUE_LIST_H_

#include <cstddef>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/runtime/due.h"
#include "services/runtime/rpc.h"
#include "storage/base/moment.h"
#include "wardbook/v1/due.pb.h"
#include "wardbook/v1/due_service.pb.h"

namespace wardbook::notify {

// What a page has if the request does not say, and at the most; a list that is
// watched has the latter.
inline constexpr size_t kPageSizeDefault = 50;
inline constexpr size_t kPageSizeMax = 200;

// Everything that one person has to see to at a moment.
struct DueNow {
  // What is for the police first (P37), then by when it is due, the earliest first,
  // so that the longest overdue comes before all others; `overdue` is set.
  std::vector<wardbook::v1::DueItem> items;
  wardbook::v1::DueCount count;
};

// Asks every source. What is due at this very moment is overdue. Fails as the
// first source that does: a list that lacks what one slice knows would say that
// there is nothing to do.
absl::StatusOr<DueNow> GatherDues(const std::vector<const runtime::DueSource*>& sources,
                                  const runtime::Call& call, Moment deadline);

// Leaves what is overdue.
void LeaveOverdue(DueNow& now);

// The page that the request asks for. A token is what the last item shown is
// sorted by, which the caller has seen; the next page begins after it, whatever
// has been done meanwhile. A refusal for kFieldInvalid: the size is negative, or
// the token is none.
absl::Status TakePage(const wardbook::v1::ListDueRequest& request, DueNow now,
                      wardbook::v1::ListDueResponse* response);

}  // namespace wardbook::notify

#endif  // SERVICES_NOTIFY_DUE_LIST_H_
