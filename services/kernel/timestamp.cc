#include "services/kernel/timestamp.h"

#include <cstdint>

namespace wardbook::kernel {

google::protobuf::Timestamp TimestampOf(absl::Time time) {
  // The seconds are rounded down, so that the nanoseconds are never negative.
  const timespec parts = absl::ToTimespec(time);
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(parts.tv_sec);
  timestamp.set_nanos(static_cast<int32_t>(parts.tv_nsec));
  return timestamp;
}

absl::Time TimeOf(const google::protobuf::Timestamp& timestamp) {
  return absl::FromUnixSeconds(timestamp.seconds()) + absl::Nanoseconds(timestamp.nanos());
}

}  // namespace wardbook::kernel
