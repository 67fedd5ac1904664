#include "services/casework/timeline.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "services/casework/domain/web_address.h"
#include "services/kernel/timestamp.h"
#include "services/runtime/transactor.h"
#include "storage/base/status_macros.h"

namespace wardbook::casework {
namespace {

using wardbook::events::v1::CaseEvent;
using wardbook::v1::TimelineEntry;

// With one more entry of a record's size, and a summary, within the 4 MiB that
// gRPC takes by default.
constexpr size_t kPageBytesMax = 2 << 20;

// How many records are read at once: a page as a rule, of which each may have
// 1 MiB.
constexpr uint64_t kReadAtOnce = 64;

bool IsShown(const SeenCase& seen, const runtime::Caller& caller,
             const runtime::Recorded<CaseEvent>& recorded) {
  return seen.IsWhole() || recorded.header.actor == caller.actor.person ||
         recorded.event.has_receipt_acknowledged();
}

// From whom the case is kept, learns from it nothing that they have not said.
bool LeavesOutAddresses(const SeenCase& seen) {
  const CaseState& state = seen.card().state;
  return seen.sight == Sight::kOwnEntries ? state.suspected_in_report
                                          : state.indecent_image_suspected;
}

TimelineEntry EntryOf(const runtime::Directory& directory, runtime::Recorded<CaseEvent> recorded,
                      absl::Time now) {
  TimelineEntry entry;
  entry.set_revision(recorded.revision);
  entry.set_position(recorded.position);
  *entry.mutable_recorded_time() = kernel::TimestampOf(recorded.header.recorded_time);
  entry.set_actor_id(recorded.header.actor.Hex());
  const std::optional<runtime::PersonEntry> actor =
      directory.Find(recorded.header.school, recorded.header.actor, now);
  if (actor.has_value()) entry.set_actor_name(actor->name);
  *entry.mutable_event() = std::move(recorded.event);
  return entry;
}

}  // namespace

absl::StatusOr<TimelinePage> ReadTimeline(const CaseworkParts& parts, const runtime::Caller& caller,
                                          const SeenCase& seen, const TimelineRange& range,
                                          absl::Time now) {
  TimelinePage page;
  size_t bytes = 0;
  uint64_t revision = range.after_revision;
  while (revision < seen.revision()) {
    const size_t batch =
        static_cast<size_t>(std::min<uint64_t>(seen.revision() - revision, kReadAtOnce));
    WARDBOOK_ASSIGN_OR_RETURN(
        std::vector<runtime::Recorded<CaseEvent>> events,
        runtime::ReadEvents<CaseEvent>(parts.log, parts.vault, caller.school, seen.ref.Stream(),
                                       revision + 1, batch));
    if (events.size() != batch) return absl::DataLossError("a case has lost some of its records");
    revision += batch;
    for (runtime::Recorded<CaseEvent>& event : events) {
      if (!IsShown(seen, caller, event)) continue;
      TimelineEntry entry = EntryOf(parts.directory, std::move(event), now);
      // An address may have been written down before the image was suspected.
      if (LeavesOutAddresses(seen)) LeaveOutAddresses(*entry.mutable_event());
      const size_t size = entry.ByteSizeLong();
      if (page.entries.size() == range.entries_max ||
          (!page.entries.empty() && bytes + size > kPageBytesMax)) {
        page.more = true;
        return page;
      }
      bytes += size;
      page.entries.push_back(std::move(entry));
    }
  }
  return page;
}

}  // namespace wardbook::casework
