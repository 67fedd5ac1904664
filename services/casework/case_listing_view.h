// CaseListing and CaseSights over the view of cases.

#ifndef SERVICES_CASEWORK_CASE_LISTING_VIEW_H_
#define SERVICES_CASEWORK_CASE_LISTING_VIEW_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/casework/case_listing.h"
#include "services/casework/case_listing_watch.h"
#include "services/casework/case_sights.h"
#include "services/runtime/projector.h"
#include "services/runtime/rpc.h"
#include "storage/crypto/secret.h"
#include "storage/vault/vault.h"
#include "wardbook/views/v1/case_row.pb.h"

namespace wardbook::casework {

// Safe for concurrent use. It outlives the gRPC server that it serves.
class CaseListingView : public CaseListing, public CaseSights {
 public:
  // All outlive it; `projector` has the view of cases.
  CaseListingView(runtime::Projector& projector, const vault::Vault& vault, runtime::Rpc& rpc);

  absl::StatusOr<wardbook::v1::ListInboxResponse> Inbox(
      const runtime::Call& call, const wardbook::v1::ListInboxRequest& request) const override;
  absl::StatusOr<wardbook::v1::ListMyReportsResponse> MyReports(
      const runtime::Call& call, const wardbook::v1::ListMyReportsRequest& request) const override;
  absl::StatusOr<std::vector<wardbook::views::v1::CaseRow>> LowLevelConcerns(
      const runtime::Call& call) const override;
  absl::StatusOr<wardbook::v1::CountCasesResponse> Counts(
      const runtime::Call& call, const ReportedWithin& reported,
      const std::vector<kernel::Actor>& uncounted) const override;
  grpc::ServerWriteReactor<wardbook::v1::WatchCasesResponse>* Watch(
      grpc::CallbackServerContext* context,
      const wardbook::v1::WatchCasesRequest& request) override;

  // Of the row that answers, without waiting for a later one.
  Sight LastSightOf(const runtime::Caller& caller, const kernel::CaseRef& ref) const override;

  // Ends all watches with UNAVAILABLE, and every later one at once: what a
  // server does before it shuts down, because a watch ends on its own never.
  void EndWatches() { watch_.End(); }

 private:
  struct List {
    // Tells the tokens of one list from those of another.
    absl::string_view name;
    // The indexes it is read from.
    std::vector<std::string> prefixes;
    int32_t page_size = 0;
    absl::string_view page_token;
    // Which of the rows the caller gets.
    std::function<bool(const wardbook::views::v1::CaseRow& row)> shows;
  };
  struct Page {
    std::vector<wardbook::views::v1::CaseRow> rows;
    std::string next_token;
  };

  absl::StatusOr<Page> Read(const runtime::Call& call, const List& list) const;
  // All pages.
  absl::Status ForEach(const runtime::Call& call, List list,
                       absl::FunctionRef<void(wardbook::views::v1::CaseRow)> visit) const;

  // Tokens are sealed, so that nobody learns from one how much has happened in
  // between that they may not see, and bound to list, school and person.
  std::string WriteToken(const runtime::Call& call, absl::string_view list, uint64_t before) const;
  absl::StatusOr<uint64_t> ReadToken(const runtime::Call& call, absl::string_view list,
                                     absl::string_view token) const;

  runtime::Projector& projector_;
  const crypto::Secret token_key_;
  CaseWatch watch_;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CASE_LISTING_VIEW_H_
