// Lists of cases, and the stream of their changes: what the view of cases
// answers to a caller. Rows of cases that the caller may not see are left out
// before they are counted, so that neither a page's length nor a token tells of
// them.

#ifndef SERVICES_CASEWORK_CASE_LISTING_H_
#define SERVICES_CASEWORK_CASE_LISTING_H_

#include <set>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/runtime/rpc.h"
#include "storage/base/ids.h"
#include "wardbook/v1/case_service.pb.h"
#include "wardbook/views/v1/case_row.pb.h"

namespace wardbook::casework {

// When a case was reported.
struct ReportedWithin {
  absl::Time from = absl::InfinitePast();
  absl::Time until = absl::InfiniteFuture();
};

// Safe for concurrent use. All but Watch may wait for the view to reach the
// position that the caller has seen, so they are called on a worker.
class CaseListing {
 public:
  virtual ~CaseListing() = default;

  // A refusal for kFieldInvalid: the page token or size. UNAVAILABLE: the view
  // is too far behind.
  virtual absl::StatusOr<wardbook::v1::ListInboxResponse> Inbox(
      const runtime::Call& call, const wardbook::v1::ListInboxRequest& request) const = 0;
  virtual absl::StatusOr<wardbook::v1::ListMyReportsResponse> MyReports(
      const runtime::Call& call, const wardbook::v1::ListMyReportsRequest& request) const = 0;

  // The rows of the cases that were decided to be low-level concerns and that the
  // caller handles.
  virtual absl::StatusOr<std::vector<wardbook::views::v1::CaseRow>> LowLevelConcerns(
      const runtime::Call& call) const = 0;

  // Counts the cases of the leadership but for those that are kept from one of
  // `uncounted`.
  virtual absl::StatusOr<wardbook::v1::CountCasesResponse> Counts(
      const runtime::Call& call, const ReportedWithin& reported,
      const std::vector<kernel::Actor>& uncounted) const = 0;

  // Takes a WatchCases call.
  virtual grpc::ServerWriteReactor<wardbook::v1::WatchCasesResponse>* Watch(
      grpc::CallbackServerContext* context, const wardbook::v1::WatchCasesRequest& request) = 0;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CASE_LISTING_H_
