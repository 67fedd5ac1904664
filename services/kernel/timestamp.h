// Between the times that programs count with and those of events and of the wire.

#ifndef SERVICES_KERNEL_TIMESTAMP_H_
#define SERVICES_KERNEL_TIMESTAMP_H_

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace wardbook::kernel {

// `time` is one of the years 1 to 9999, as timestamps are; what is finer than a
// nanosecond is cut off.
google::protobuf::Timestamp TimestampOf(absl::Time time);

absl::Time TimeOf(const google::protobuf::Timestamp& timestamp);

}  // namespace wardbook::kernel

#endif  // SERVICES_KERNEL_TIMESTAMP_H_
