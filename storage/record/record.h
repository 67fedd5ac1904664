// The record: what one event is as bytes. Stored bytes are hashed bytes, so a
// record is written once, by EncodeRecord, and from then on only read.
//
// A record is made in two steps. SealEvent does the costly part (commitment,
// encryption) on any thread, before anybody knows where the record will stand;
// EncodeRecord adds position and revision inside the commit. Sources: RFC 6962
// section 2.1 for the commitment's tree; proto/wardbook/log/v1/record.proto.

#ifndef STORAGE_RECORD_RECORD_H_
#define STORAGE_RECORD_RECORD_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/base/ids.h"
#include "storage/crypto/secret.h"

namespace wardbook::record {

// The longest stream name, in bytes.
inline constexpr size_t kStreamNameMax = 96;

// The longest event type, in bytes: room for any message name of
// wardbook.events.
inline constexpr size_t kEventTypeMax = 128;

// What a record says in clear; record.proto has the meaning of each field.
struct Header {
  SchoolId school;
  std::string stream;
  EventId event_id;
  std::string event_type;
  absl::Time recorded_time;
  PersonId actor;
  SessionId session;
  RequestId request_id;
  KeyId key_id;

  friend bool operator==(const Header&, const Header&) = default;
};

// A record but for its position and revision.
struct SealedEvent {
  // The stream, which the log needs in order to place the record.
  std::string stream;
  // The fields of the encoded Record from `header` on.
  std::string tail;
};

// A record, taken apart. Views into the stored bytes; valid as long as those.
struct RecordView {
  uint64_t position = 0;
  uint64_t revision = 0;
  Header header;
  absl::string_view header_bytes;
  Hash payload_commitment;
  absl::string_view sealed_payload;
};

// An opened payload.
struct OpenedEvent {
  // From which the salts of the fields are derived.
  crypto::Secret salt;
  // The serialised event message.
  std::string event;
};

// A record larger than this is refused: it would delay everybody in its batch.
inline constexpr size_t kRecordBytesMax = 1 << 20;

// Commits to `event` (a serialised protobuf message) under a fresh salt and
// seals it under `key`. The recorded time is kept to the nanosecond.
// INVALID_ARGUMENT: `event` is not a protobuf message or has more than
// kEventFieldsMax fields, the header's stream or
// event type is not 1 to kStreamNameMax or kEventTypeMax bytes of printable
// ASCII, or its time is not of the years 1 to 9999. Safe for concurrent use.
absl::StatusOr<SealedEvent> SealEvent(const Header& header, absl::string_view event,
                                      const crypto::Secret& key);

// The bytes to store: protobuf fields in order of their numbers, each once,
// and as in all of proto3 a position of 0 is not written. `revision` is not 0.
std::string EncodeRecord(uint64_t position, uint64_t revision, const SealedEvent& sealed);

// Takes stored bytes apart. Only bytes that EncodeRecord could have written are
// a record: there is one encoding of every content. DATA_LOSS: they are not a
// record, or carry a field that this version does not know.
absl::StatusOr<RecordView> ParseRecord(absl::string_view stored);
// The same, into a record whose memory is used again: for those who read a whole log.
// After a failure it means nothing.
absl::Status ParseRecordInto(absl::string_view stored, RecordView* record);

// Opens the payload and checks it against the commitment. DATA_LOSS: wrong key,
// or header, commitment or payload are not what was sealed.
absl::StatusOr<OpenedEvent> OpenRecord(const RecordView& record, const crypto::Secret& key);

// Opens the payload and takes it on the seal's word that it is what the
// commitment commits to. That saves a third of the time for an event of one
// field and four fifths for one of ten; it is for those who read the whole log
// again, such as the rebuild of a view. DATA_LOSS: wrong key, or header,
// commitment or payload are not what was sealed.
absl::StatusOr<OpenedEvent> UnsealRecord(const RecordView& record, const crypto::Secret& key);

}  // namespace wardbook::record

#endif  // STORAGE_RECORD_RECORD_H_
