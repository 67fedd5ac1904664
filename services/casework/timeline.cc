#include "services/casework/timeline.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "services/casework/timestamp.h"
#include "services/runtime/transactor.h"
#include "storage/base/status_macros.h"

namespace wardbook::casework {
namespace {

using wardbook::events::v1::CaseEvent;
using wardbook::v1::TimelineEntry;

bool IsShown(const SeenCase& seen, const runtime::Caller& caller,
             const runtime::Recorded<CaseEvent>& recorded) {
  return seen.IsWhole() || recorded.header.actor == caller.actor.person ||
         recorded.event.has_receipt_acknowledged();
}

TimelineEntry EntryOf(const runtime::Directory& directory, runtime::Recorded<CaseEvent> recorded,
                      absl::Time now) {
  TimelineEntry entry;
  entry.set_revision(recorded.revision);
  entry.set_position(recorded.position);
  *entry.mutable_recorded_time() = TimestampOf(recorded.header.recorded_time);
  entry.set_actor_id(recorded.header.actor.Hex());
  const std::optional<runtime::PersonEntry> actor =
      directory.Find(recorded.header.school, recorded.header.actor, now);
  if (actor.has_value()) entry.set_actor_name(actor->name);
  *entry.mutable_event() = std::move(recorded.event);
  return entry;
}

}  // namespace

absl::StatusOr<std::vector<TimelineEntry>> ReadTimeline(const CaseworkParts& parts,
                                                        const runtime::Caller& caller,
                                                        const SeenCase& seen,
                                                        const TimelineRange& range,
                                                        absl::Time now) {
  std::vector<TimelineEntry> entries;
  uint64_t revision = range.after_revision;
  while (revision < seen.revision() && entries.size() < range.entries_max) {
    const size_t batch =
        static_cast<size_t>(std::min<uint64_t>(seen.revision() - revision, runtime::kLoadBatch));
    WARDBOOK_ASSIGN_OR_RETURN(
        std::vector<runtime::Recorded<CaseEvent>> events,
        runtime::ReadEvents<CaseEvent>(parts.log, parts.vault, caller.school, seen.ref.Stream(),
                                       revision + 1, batch));
    if (events.size() != batch) return absl::DataLossError("a case has lost some of its records");
    revision += batch;
    for (runtime::Recorded<CaseEvent>& event : events) {
      if (entries.size() == range.entries_max) break;
      if (!IsShown(seen, caller, event)) continue;
      entries.push_back(EntryOf(parts.directory, std::move(event), now));
    }
  }
  return entries;
}

}  // namespace wardbook::casework
