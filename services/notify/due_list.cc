#include "services/notify/due_list.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/kernel/timestamp.h"
#include "services/runtime/refusal.h"
#include "storage/base/big_endian.h"
#include "storage/base/moment.h"
#include "storage/base/status_macros.h"

namespace wardbook::notify {
namespace {

using runtime::Call;
using runtime::Refuse;
using wardbook::v1::DueItem;

// The shortest key: a byte and a time.
constexpr size_t kKeyBytesMin = 9;

// What items are sorted by, a byte string: whether it is for the police, which come
// before all else, when they are due, and then what makes each another one. No item
// is due before 1970.
std::string SortKey(const DueItem& item) {
  std::string key(1, item.kind() == wardbook::v1::DUE_KIND_INFORM_POLICE ? '0' : '1');
  AppendBigEndian64(&key,
                    static_cast<uint64_t>(absl::ToUnixMillis(kernel::TimeOf(item.due_time()))));
  AppendBigEndian64(&key,
                    static_cast<uint64_t>(absl::ToUnixMillis(kernel::TimeOf(item.since_time()))));
  absl::StrAppend(&key, item.kind(), "/", item.case_ref(), "/", item.register_(), "/",
                  item.entry_id(), "/", item.policy_id());
  return key;
}

}  // namespace

absl::StatusOr<DueNow> GatherDues(const std::vector<const runtime::DueSource*>& sources,
                                  const Call& call, Moment deadline) {
  DueNow now;
  for (const runtime::DueSource* source : sources) {
    WARDBOOK_ASSIGN_OR_RETURN(runtime::Dues dues, source->DuesFor(call, deadline));
    std::move(dues.items.begin(), dues.items.end(), std::back_inserter(now.items));
    for (std::string& banner : dues.banners) now.count.add_banners(std::move(banner));
  }
  std::sort(now.items.begin(), now.items.end(),
            [](const DueItem& a, const DueItem& b) { return SortKey(a) < SortKey(b); });
  uint32_t overdue = 0;
  for (DueItem& item : now.items) {
    item.set_overdue(kernel::TimeOf(item.due_time()) <= call.now);
    if (item.overdue()) ++overdue;
  }
  now.count.set_due(static_cast<uint32_t>(now.items.size()));
  now.count.set_overdue(overdue);
  return now;
}

void LeaveOverdue(DueNow& now) {
  std::erase_if(now.items, [](const DueItem& item) { return !item.overdue(); });
}

absl::Status TakePage(const wardbook::v1::ListDueRequest& request, DueNow now,
                      wardbook::v1::ListDueResponse* response) {
  if (request.page_size() < 0) return Refuse(kernel::Reason::kFieldInvalid, "page_size");
  const size_t page_size = request.page_size() == 0
                               ? kPageSizeDefault
                               : std::min(static_cast<size_t>(request.page_size()), kPageSizeMax);
  if (request.only_overdue()) LeaveOverdue(now);
  auto begin = now.items.begin();
  if (!request.page_token().empty()) {
    now.count.clear_banners();
    std::string last;
    if (!absl::WebSafeBase64Unescape(request.page_token(), &last) || last.size() < kKeyBytesMin) {
      return Refuse(kernel::Reason::kFieldInvalid, "page_token");
    }
    begin = std::find_if(begin, now.items.end(),
                         [&last](const DueItem& item) { return SortKey(item) > last; });
  }
  const auto left = static_cast<size_t>(now.items.end() - begin);
  const auto end = begin + static_cast<std::ptrdiff_t>(std::min(left, page_size));
  if (end != now.items.end()) {
    response->set_next_page_token(absl::WebSafeBase64Escape(SortKey(*(end - 1))));
  }
  for (auto item = begin; item != end; ++item) *response->add_items() = std::move(*item);
  *response->mutable_count() = std::move(now.count);
  return absl::OkStatus();
}

}  // namespace wardbook::notify
