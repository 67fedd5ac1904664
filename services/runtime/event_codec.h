// Between the wrapper message that the domain dispatches on (a oneof named
// `body`) and the concrete event that the log stores: its full name and bytes.
// Pure; safe for concurrent use.

#ifndef SERVICES_RUNTIME_EVENT_CODEC_H_
#define SERVICES_RUNTIME_EVENT_CODEC_H_

#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"

namespace wardbook::runtime {

struct EncodedEvent {
  std::string type;
  std::string bytes;
};

// `wrapper` has its body set. Fields that this version does not know are left
// out, at every depth: what a client sent in them was checked by no rule, and a
// later version would read it as true.
EncodedEvent EncodeEvent(const google::protobuf::Message& wrapper);

// Fills `wrapper` with the event. DATA_LOSS: the wrapper has no such event, or
// the bytes are not one.
absl::Status DecodeEvent(absl::string_view type, absl::string_view bytes,
                         google::protobuf::Message* wrapper);

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_EVENT_CODEC_H_
