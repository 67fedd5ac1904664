#include "services/audit/case_history.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/runtime/refusal.h"
#include "storage/base/status_macros.h"

namespace wardbook::audit {
namespace {

// Most gRPC clients take no message over 4 MiB. There is always room for one
// record, the largest of which has 1 MiB.
constexpr size_t kPageBytesMax = 3 << 20;

// Read at once, so that a page of large records takes little memory.
constexpr size_t kRecordsAtOnce = 8;

}  // namespace

absl::StatusOr<wardbook::v1::GetHistoryResponse> ReadHistory(const storage::EventLog& log,
                                                             const SchoolId& school,
                                                             const runtime::VisibleCase& visible,
                                                             const Page& page) {
  if (page.from > visible.revision) {
    return runtime::Refuse(kernel::Reason::kFieldInvalid, "page_token");
  }
  const std::string stream = visible.ref.Stream();
  const uint64_t end = page.from + std::min<uint64_t>(page.limit, visible.revision + 1 - page.from);
  wardbook::v1::GetHistoryResponse response;
  uint64_t next = page.from;
  size_t bytes = 0;
  bool full = false;
  while (next < end && !full) {
    WARDBOOK_ASSIGN_OR_RETURN(
        std::vector<storage::StoredRecord> records,
        log.ReadStream(school, stream, next, std::min<uint64_t>(kRecordsAtOnce, end - next)));
    if (records.empty()) {
      return absl::DataLossError(absl::StrCat("revision ", next, " of a case is missing"));
    }
    for (storage::StoredRecord& record : records) {
      full = next > page.from && bytes + record.bytes.size() > kPageBytesMax;
      if (full) break;
      bytes += record.bytes.size();
      wardbook::v1::HistoryEntry* const entry = response.add_entries();
      entry->set_position(record.position);
      entry->set_revision(next++);
      entry->set_record(std::move(record.bytes));
    }
  }
  if (next <= visible.revision) response.set_next_page_token(absl::StrCat(next));
  return response;
}

}  // namespace wardbook::audit
