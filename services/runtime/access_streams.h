// The streams of access events: one beside each case, and the school's. Nothing is
// decided about them, so nothing of them is loaded but the key of the first
// record, and those who write to one never lose a race to each other.

#ifndef SERVICES_RUNTIME_ACCESS_STREAMS_H_
#define SERVICES_RUNTIME_ACCESS_STREAMS_H_

#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/runtime/caller.h"
#include "storage/base/ids.h"
#include "storage/event_log.h"
#include "storage/vault/vault.h"
#include "wardbook/events/v1/access_event.pb.h"

namespace wardbook::runtime {

// What is recorded where, for whom.
struct AccessRecord {
  Caller caller;
  absl::Time now;
  std::string stream;
  // The same with the same fingerprint is recorded once.
  RequestId request_id;
  Hash fingerprint;
  wardbook::events::v1::AccessEvent event;
};

// Safe for concurrent use.
class AccessStreams {
 public:
  // Both outlive it.
  AccessStreams(storage::EventLog& log, vault::Vault& vault) : log_(log), vault_(vault) {}

  using Done = absl::AnyInvocable<void(absl::StatusOr<storage::Appended>)>;

  // Calls `done` once, on the caller's thread or on one of the log's; when it is
  // given no failure, the record is durable. May read the log and wait for the
  // disk. Fails as EventLog::Append does.
  void Append(AccessRecord record, Done done);

 private:
  absl::StatusOr<storage::AppendRequest> Seal(const AccessRecord& record) const;
  void Attempt(AccessRecord record, Done done, int attempts_left);

  storage::EventLog& log_;
  vault::Vault& vault_;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_ACCESS_STREAMS_H_
