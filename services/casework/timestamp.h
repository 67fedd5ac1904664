// Times on the wire.

#ifndef SERVICES_CASEWORK_TIMESTAMP_H_
#define SERVICES_CASEWORK_TIMESTAMP_H_

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace wardbook::casework {

google::protobuf::Timestamp TimestampOf(absl::Time time);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_TIMESTAMP_H_
