#include "tests/testing/appends.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "storage/crypto/sha256.h"
#include "storage/record/record.h"

namespace wardbook::testing {

crypto::Secret TestKey() { return *crypto::Secret::FromBytes(std::string(32, 'k')); }

std::string EventOf(absl::string_view text) {
  std::string event = "\x0a";  // Field 1, bytes.
  for (size_t size = text.size();; size >>= 7) {
    if (size < 0x80) {
      event.push_back(static_cast<char>(size));
      break;
    }
    event.push_back(static_cast<char>((size & 0x7f) | 0x80));
  }
  return absl::StrCat(event, text);
}

storage::AppendRequest MakeAppend(const AppendSpec& spec) {
  storage::AppendRequest request;
  request.school = spec.school;
  request.stream = spec.stream;
  request.expected = spec.expected;
  request.request_id = spec.request_id;
  request.fingerprint = crypto::Sha256(absl::StrJoin(spec.texts, "\n"));
  uint64_t number = 0;
  for (const std::string& text : spec.texts) {
    const record::Header header{.school = spec.school,
                                .stream = spec.stream,
                                .event_id = IdOf<EventId>(++number),
                                .event_type = "wardbook.events.v1.NoteAdded",
                                .recorded_time = absl::FromUnixSeconds(1'700'000'000),
                                .actor = IdOf<PersonId>(1),
                                .session = IdOf<SessionId>(1),
                                .request_id = spec.request_id,
                                .key_id = spec.key_id};
    request.events.push_back(record::SealEvent(header, EventOf(text), TestKey()).value());
  }
  return request;
}

absl::StatusOr<storage::Appended> AppendTo(storage::EventLog& log, storage::AppendRequest request) {
  std::optional<absl::StatusOr<storage::Appended>> result;
  absl::Notification answered;
  log.Append(std::move(request), [&](absl::StatusOr<storage::Appended> appended) {
    result = std::move(appended);
    answered.Notify();
  });
  answered.WaitForNotification();
  return *std::move(result);
}

}  // namespace wardbook::testing
