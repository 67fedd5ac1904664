#include "services/runtime/event_sealing.h"

#include <utility>

#include "services/runtime/event_codec.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/random.h"

namespace wardbook::runtime {

absl::StatusOr<SealedForLog> SealForLog(const Recording& recording, const vault::VaultKey& key,
                                        const google::protobuf::Message& wrapper) {
  const EncodedEvent encoded = EncodeEvent(wrapper);
  const record::Header header{.school = recording.caller.school,
                              .stream = recording.stream,
                              .event_id = crypto::NewEventId(recording.now),
                              .event_type = encoded.type,
                              .recorded_time = recording.now,
                              .actor = recording.caller.actor.person,
                              .session = recording.caller.session,
                              .request_id = recording.request_id,
                              .key_id = key.id};
  WARDBOOK_ASSIGN_OR_RETURN(record::SealedEvent sealed,
                            record::SealEvent(header, encoded.bytes, key.key));
  return SealedForLog{header, std::move(sealed)};
}

}  // namespace wardbook::runtime
