// The history of a case as people read it.

#ifndef SERVICES_CASEWORK_TIMELINE_H_
#define SERVICES_CASEWORK_TIMELINE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/casework/casework_parts.h"
#include "services/casework/seen_case.h"
#include "services/runtime/caller.h"
#include "services/runtime/stream_reader.h"
#include "storage/base/ids.h"
#include "wardbook/events/v1/case_event.pb.h"
#include "wardbook/v1/case.pb.h"

namespace wardbook::casework {

// A stretch of a case's history.
struct TimelineRange {
  // Entries after this revision; 0 for all.
  uint64_t after_revision = 0;
  // At most so many that are shown.
  size_t entries_max = 0;
};

struct TimelinePage {
  std::vector<wardbook::v1::TimelineEntry> entries;
  // Whether there are others after them that the caller may see.
  bool more = false;
};

// What `caller` may see of the range, oldest first, up to the revision that
// `seen` was found at. One who sees the case whole sees every entry. A reporter
// sees what they recorded themselves, and that the report was acknowledged. A
// page that holds an entry ends before one with which it would be longer than a
// message of a client that has set nothing. Where an indecent image is suspected,
// addresses of the web are left out, also of entries from before (P36).
absl::StatusOr<TimelinePage> ReadTimeline(const CaseworkParts& parts, const runtime::Caller& caller,
                                          const SeenCase& seen, const TimelineRange& range,
                                          absl::Time now);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_TIMELINE_H_
