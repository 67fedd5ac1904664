// Reading a stream of the log as events.

#ifndef SERVICES_RUNTIME_STREAM_READER_H_
#define SERVICES_RUNTIME_STREAM_READER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/runtime/event_codec.h"
#include "services/runtime/record_key.h"
#include "storage/base/status_macros.h"
#include "storage/event_log.h"
#include "storage/record/record.h"
#include "storage/vault/vault.h"

namespace wardbook::runtime {

// An event with what its record says in clear.
template <class Event>
struct Recorded {
  record::Header header;
  uint64_t position = 0;
  uint64_t revision = 0;
  Event event;
};

// Opens one stored record. DATA_LOSS: it is not what was recorded, or its key is missing
// (IsKeyMissing).
template <class Event>
absl::StatusOr<Recorded<Event>> OpenRecorded(const vault::Vault& vault,
                                             const storage::StoredRecord& stored) {
  WARDBOOK_ASSIGN_OR_RETURN(const record::RecordView view, record::ParseRecord(stored.bytes));
  WARDBOOK_ASSIGN_OR_RETURN(const crypto::Secret key, FindRecordKey(vault, view.header.key_id));
  WARDBOOK_ASSIGN_OR_RETURN(const record::OpenedEvent opened, record::UnsealRecord(view, key));
  Recorded<Event> recorded{view.header, view.position, view.revision, Event()};
  WARDBOOK_RETURN_IF_ERROR(DecodeEvent(view.header.event_type, opened.event, &recorded.event));
  return recorded;
}

// Whether what ReadEvents failed with is damage of the school concerned, which keeps
// no other from being served, and not a disk that does not answer. A key that is missing
// is damage too.
inline bool IsDamage(const absl::Status& status) { return absl::IsDataLoss(status); }

// At most `limit` events of a stream from `from_revision` on. Fails as
// EventLog::ReadStream and OpenRecorded do.
template <class Event>
absl::StatusOr<std::vector<Recorded<Event>>> ReadEvents(const storage::EventLog& log,
                                                        const vault::Vault& vault,
                                                        const SchoolId& school,
                                                        absl::string_view stream,
                                                        uint64_t from_revision, size_t limit) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<storage::StoredRecord> stored,
                            log.ReadStream(school, stream, from_revision, limit));
  std::vector<Recorded<Event>> events;
  events.reserve(stored.size());
  for (const storage::StoredRecord& one : stored) {
    WARDBOOK_ASSIGN_OR_RETURN(Recorded<Event> recorded, OpenRecorded<Event>(vault, one));
    events.push_back(std::move(recorded));
  }
  return events;
}

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_STREAM_READER_H_
