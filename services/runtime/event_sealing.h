// From an event to what is appended to the log.

#ifndef SERVICES_RUNTIME_EVENT_SEALING_H_
#define SERVICES_RUNTIME_EVENT_SEALING_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "google/protobuf/message.h"
#include "services/runtime/caller.h"
#include "storage/base/ids.h"
#include "storage/record/record.h"
#include "storage/vault/vault.h"

namespace wardbook::runtime {

// Who records something, where, when and for which request.
struct Recording {
  const Caller& caller;
  const std::string& stream;
  const RequestId& request_id;
  absl::Time now;
};

// An event with the header that it was sealed under.
struct SealedForLog {
  record::Header header;
  record::SealedEvent event;
};

// Seals the event that `wrapper`, a message with its body set, has. Fails as
// record::SealEvent does. Safe for concurrent use.
absl::StatusOr<SealedForLog> SealForLog(const Recording& recording, const vault::VaultKey& key,
                                        const google::protobuf::Message& wrapper);

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_EVENT_SEALING_H_
