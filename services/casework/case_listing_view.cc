#include "services/casework/case_listing_view.h"

#include <algorithm>
#include <chrono>
#include <limits>
#include <map>
#include <memory>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/casework/case_view.h"
#include "services/casework/case_view_rows.h"
#include "services/kernel/timestamp.h"
#include "services/runtime/refusal.h"
#include "storage/base/big_endian.h"
#include "storage/base/moment.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/aead.h"
#include "storage/crypto/sha256.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using runtime::Call;
using runtime::Refuse;
using wardbook::views::v1::CaseRow;

constexpr int32_t kPageSizeDefault = 50;
constexpr int32_t kPageSizeMax = 200;

// How long a list waits for the view to come as far as its reader has seen. A
// view is milliseconds behind unless something is wrong, and a wait holds one of
// few workers.
constexpr std::chrono::seconds kWaitMax(2);

// How many entries of each index are read at once, besides a page's worth.
constexpr size_t kEntriesAhead = 16;

// Entries of several indexes as one, newest first.
struct Merged {
  std::vector<IndexEntry> entries;
  // Where to go on; nothing at the end.
  std::optional<uint64_t> before;
};

absl::StatusOr<Merged> Merge(const runtime::ViewStore& store,
                             const runtime::ViewGeneration& generation,
                             const std::vector<std::string>& prefixes, uint64_t before,
                             size_t limit) {
  Merged merged;
  for (const std::string& prefix : prefixes) {
    WARDBOOK_ASSIGN_OR_RETURN(std::vector<IndexEntry> entries,
                              ScanIndex(store, generation, prefix, before, limit));
    // Below the last entry of an index that has more, that index is not known.
    if (entries.size() == limit) {
      merged.before = std::max(merged.before.value_or(0), entries.back().position);
    }
    std::move(entries.begin(), entries.end(), std::back_inserter(merged.entries));
  }
  if (merged.before.has_value()) {
    std::erase_if(merged.entries,
                  [&](const IndexEntry& entry) { return entry.position < *merged.before; });
  }
  // A position is that of one case, so that the same one is the same case.
  std::sort(merged.entries.begin(), merged.entries.end(),
            [](const IndexEntry& a, const IndexEntry& b) { return a.position > b.position; });
  merged.entries.erase(std::unique(merged.entries.begin(), merged.entries.end(),
                                   [](const IndexEntry& a, const IndexEntry& b) {
                                     return a.position == b.position;
                                   }),
                       merged.entries.end());
  return merged;
}

crypto::Secret TokenKey(const crypto::Secret& root) {
  const Hash key = crypto::HmacSha256(root.view(), "wardbook page token");
  return *crypto::Secret::FromBytes(key.view());
}

std::string TokenContext(const Call& call, absl::string_view list) {
  return absl::StrCat(list, absl::string_view("\0", 1), call.caller.school.view(),
                      call.caller.actor.person.view());
}

}  // namespace

CaseListingView::CaseListingView(runtime::Projector& projector, const vault::Vault& vault,
                                 runtime::Rpc& rpc)
    : projector_(projector),
      token_key_(TokenKey(vault.fingerprint_key())),
      watch_(projector, rpc) {}

std::string CaseListingView::WriteToken(const Call& call, absl::string_view list,
                                        const Cursor& cursor) const {
  std::string positions;
  AppendBigEndian64(&positions, cursor.before);
  AppendBigEndian64(&positions, cursor.since);
  return absl::WebSafeBase64Escape(crypto::Seal(token_key_, TokenContext(call, list), positions));
}

absl::StatusOr<CaseListingView::Cursor> CaseListingView::ReadToken(const Call& call,
                                                                   absl::string_view list,
                                                                   absl::string_view token) const {
  std::string sealed;
  if (absl::WebSafeBase64Unescape(token, &sealed)) {
    const absl::StatusOr<std::string> positions =
        crypto::Open(token_key_, TokenContext(call, list), sealed);
    if (positions.ok() && positions->size() == 16) {
      return Cursor{ReadBigEndian64(*positions),
                    ReadBigEndian64(absl::string_view(*positions).substr(8))};
    }
  }
  return Refuse(Reason::kFieldInvalid, "page_token");
}

absl::StatusOr<CaseListingView::Page> CaseListingView::Read(const Call& call, const List& list,
                                                            Seen& seen) const {
  if (list.page_size < 0) return Refuse(Reason::kFieldInvalid, "page_size");
  const auto page_size = static_cast<size_t>(
      list.page_size == 0 ? kPageSizeDefault : std::min(list.page_size, kPageSizeMax));
  std::optional<Cursor> token;
  if (!list.page_token.empty()) {
    WARDBOOK_ASSIGN_OR_RETURN(token, ReadToken(call, list.name, list.page_token));
  }
  WARDBOOK_ASSIGN_OR_RETURN(const runtime::ViewReading reading,
                            projector_.WaitFor(call.caller.school, kCaseViewName,
                                               call.seen_position, MomentIn(kWaitMax)));
  const runtime::ViewStore& store = projector_.store();
  const runtime::ViewGeneration& generation = *reading.generation;
  // What changes from now on stands at positions that were not applied before, in lists by
  // change; it may do so already.
  const uint64_t before_all =
      list.order == Order::kByChange ? reading.applied : std::numeric_limits<uint64_t>::max();
  const Cursor begin = token.value_or(Cursor{before_all, reading.applied});
  Page page;
  Cursor end = begin;
  // Whether there is room for it; `after` is where to go on behind it.
  const auto take = [&](const std::string& stream, const Cursor& after) -> absl::StatusOr<bool> {
    if (seen.contains(stream)) return true;
    WARDBOOK_ASSIGN_OR_RETURN(std::optional<CaseRow> row, FindCaseRow(store, generation, stream));
    if (!row.has_value() || !list.shows(*row)) return true;
    // Only a case that is shown on the next page tells that there is one.
    if (page.rows.size() == page_size) {
      page.next_token = WriteToken(call, list.name, end);
      return false;
    }
    seen.insert(stream);
    page.rows.push_back(*std::move(row));
    end = after;
    return true;
  };
  std::optional<uint64_t> before = begin.before;
  while (before.has_value()) {
    WARDBOOK_ASSIGN_OR_RETURN(
        Merged merged, Merge(store, generation, list.prefixes, *before, page_size + kEntriesAhead));
    for (const IndexEntry& entry : merged.entries) {
      WARDBOOK_ASSIGN_OR_RETURN(const bool taken,
                                take(entry.stream, {entry.position, begin.since}));
      if (!taken) return page;
    }
    before = merged.before;
  }
  if (list.order == Order::kByReport) return page;
  for (uint64_t next = begin.since;;) {
    WARDBOOK_ASSIGN_OR_RETURN(const std::vector<IndexEntry> changes,
                              ScanChanges(store, generation, next, page_size + kEntriesAhead));
    if (changes.empty()) return page;
    for (const IndexEntry& change : changes) {
      next = change.position + 1;
      WARDBOOK_ASSIGN_OR_RETURN(const bool listed,
                                StandsIn(store, generation, change.stream, list.prefixes));
      if (!listed) continue;
      WARDBOOK_ASSIGN_OR_RETURN(const bool taken, take(change.stream, {0, next}));
      if (!taken) return page;
    }
  }
}

absl::StatusOr<wardbook::v1::ListInboxResponse> CaseListingView::Inbox(
    const Call& call, const wardbook::v1::ListInboxRequest& request) const {
  const kernel::Actor& viewer = call.caller.actor;
  List list;
  list.name = request.include_closed() ? "inbox with closed" : "inbox";
  list.page_size = request.page_size();
  list.page_token = request.page_token();
  for (const Audience& audience : HandlingAudiencesOf(viewer)) {
    list.prefixes.push_back(IndexPrefix(audience, Openness::kOpen));
    if (request.include_closed()) {
      list.prefixes.push_back(IndexPrefix(audience, Openness::kClosed));
    }
  }
  list.shows = [&](const CaseRow& row) {
    if (!row.open() && !request.include_closed()) return false;
    return SeesWhole(SightOfRow(row, viewer));
  };
  WARDBOOK_ASSIGN_OR_RETURN(Page page, Read(call, list));
  wardbook::v1::ListInboxResponse response;
  for (CaseRow& row : page.rows) *response.add_cases() = std::move(*row.mutable_summary());
  response.set_next_page_token(std::move(page.next_token));
  return response;
}

absl::StatusOr<wardbook::v1::ListMyReportsResponse> CaseListingView::MyReports(
    const Call& call, const wardbook::v1::ListMyReportsRequest& request) const {
  const kernel::Actor& viewer = call.caller.actor;
  List list;
  list.name = "my reports";
  list.page_size = request.page_size();
  list.page_token = request.page_token();
  list.order = Order::kByReport;
  list.prefixes = {IndexPrefix({AudienceKind::kReporter, viewer.person}, Openness::kOpen)};
  list.shows = [&](const CaseRow& row) {
    return row.reporter_id() == viewer.person.view() && SightOfRow(row, viewer) != Sight::kNone;
  };
  WARDBOOK_ASSIGN_OR_RETURN(Page page, Read(call, list));
  wardbook::v1::ListMyReportsResponse response;
  for (CaseRow& row : page.rows) *response.add_reports() = std::move(*row.mutable_report());
  response.set_next_page_token(std::move(page.next_token));
  return response;
}

absl::StatusOr<std::vector<CaseRow>> CaseListingView::LowLevelConcerns(const Call& call) const {
  const kernel::Actor& viewer = call.caller.actor;
  List list;
  list.name = "low-level concerns";
  list.order = Order::kByReport;
  list.page_size = kPageSizeMax;
  for (const Audience& audience : HandlingAudiencesOf(viewer)) {
    list.prefixes.push_back(IndexPrefix(audience, Openness::kLowLevelConcern));
  }
  list.shows = [&](const CaseRow& row) {
    return row.has_low_level_concern() && SeesWhole(SightOfRow(row, viewer));
  };
  std::vector<CaseRow> rows;
  WARDBOOK_RETURN_IF_ERROR(
      ForEach(call, list, [&rows](CaseRow row) { rows.push_back(std::move(row)); }));
  return rows;
}

absl::StatusOr<wardbook::v1::CountCasesResponse> CaseListingView::Counts(
    const Call& call, const ReportedWithin& reported,
    const std::vector<kernel::Actor>& uncounted) const {
  const Audience leadership{AudienceKind::kLeadership, PersonId()};
  List list;
  list.name = "counts";
  list.page_size = kPageSizeMax;
  list.prefixes = {IndexPrefix(leadership, Openness::kOpen),
                   IndexPrefix(leadership, Openness::kClosed)};
  list.shows = [&](const CaseRow& row) {
    const absl::Time time = kernel::TimeOf(row.summary().reported_time());
    return time >= reported.from && time < reported.until &&
           std::none_of(uncounted.begin(), uncounted.end(), [&row](const kernel::Actor& person) {
             return IsKeptFrom(StateOfRow(row), person);
           });
  };
  std::map<wardbook::events::v1::IncidentKind, wardbook::v1::CaseCount> counts;
  WARDBOOK_RETURN_IF_ERROR(ForEach(call, list, [&counts](const CaseRow& row) {
    wardbook::v1::CaseCount& count = counts[row.summary().kind()];
    count.set_kind(row.summary().kind());
    if (row.open()) {
      count.set_open(count.open() + 1);
    } else {
      count.set_closed(count.closed() + 1);
    }
    if (row.summary().referred()) count.set_referred(count.referred() + 1);
  }));
  wardbook::v1::CountCasesResponse response;
  for (auto& [kind, count] : counts) *response.add_counts() = std::move(count);
  return response;
}

absl::Status CaseListingView::ForEach(const Call& call, List list,
                                      absl::FunctionRef<void(CaseRow)> visit) const {
  std::string token;
  Seen seen;
  do {
    list.page_token = token;
    WARDBOOK_ASSIGN_OR_RETURN(Page page, Read(call, list, seen));
    for (CaseRow& row : page.rows) visit(std::move(row));
    token = std::move(page.next_token);
  } while (!token.empty());
  return absl::OkStatus();
}

Sight CaseListingView::LastSightOf(const runtime::Caller& caller,
                                   const kernel::CaseRef& ref) const {
  const absl::StatusOr<runtime::ViewReading> reading =
      projector_.WaitFor(caller.school, kCaseViewName, std::nullopt, Moment::min());
  if (!reading.ok()) return Sight::kNone;
  const absl::StatusOr<std::optional<CaseRow>> row =
      FindCaseRow(projector_.store(), *reading->generation, ref.Stream());
  if (!row.ok() || !row->has_value()) return Sight::kNone;
  return SightOfRow(**row, caller.actor);
}

grpc::ServerWriteReactor<wardbook::v1::WatchCasesResponse>* CaseListingView::Watch(
    grpc::CallbackServerContext* context, const wardbook::v1::WatchCasesRequest& request) {
  return watch_.Start(context, request);
}

}  // namespace wardbook::casework
