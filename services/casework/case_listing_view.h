// CaseListing and CaseSights over the view of cases.

#ifndef SERVICES_CASEWORK_CASE_LISTING_VIEW_H_
#define SERVICES_CASEWORK_CASE_LISTING_VIEW_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
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
  // By what the indexes of a list are ordered.
  enum class Order { kByChange, kByReport };
  struct List {
    // Tells the tokens of one list from those of another.
    absl::string_view name;
    // The indexes it is read from.
    std::vector<std::string> prefixes;
    int32_t page_size = 0;
    absl::string_view page_token;
    // Which of the rows the caller gets.
    std::function<bool(const wardbook::views::v1::CaseRow& row)> shows;
    Order order = Order::kByChange;
  };
  // Where a list goes on. A case that changes while a list by changes is read moves above
  // what is still to be read, so what has changed since the list was begun is read last,
  // in the order of the changes: there a case that changes moves ahead of the reader.
  struct Cursor {
    // What stands below this position is to be read, newest first; nothing at 0.
    uint64_t before = 0;
    // Then what changed at this position or later.
    uint64_t since = 0;
  };
  // The cases that a list was seen to show.
  using Seen = absl::flat_hash_set<std::string>;
  struct Page {
    std::vector<wardbook::views::v1::CaseRow> rows;
    std::string next_token;
  };

  // Leaves out what `seen` has, and adds what it shows.
  absl::StatusOr<Page> Read(const runtime::Call& call, const List& list, Seen& seen) const;
  absl::StatusOr<Page> Read(const runtime::Call& call, const List& list) const {
    Seen seen;
    return Read(call, list, seen);
  }
  // All pages, each case once.
  absl::Status ForEach(const runtime::Call& call, List list,
                       absl::FunctionRef<void(wardbook::views::v1::CaseRow)> visit) const;

  // Tokens are sealed, so that nobody learns from one how much has happened in
  // between that they may not see, and bound to list, school and person.
  std::string WriteToken(const runtime::Call& call, absl::string_view list,
                         const Cursor& cursor) const;
  absl::StatusOr<Cursor> ReadToken(const runtime::Call& call, absl::string_view list,
                                   absl::string_view token) const;

  runtime::Projector& projector_;
  const crypto::Secret token_key_;
  CaseWatch watch_;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CASE_LISTING_VIEW_H_
