// How many connections a process can have with the descriptors that the system gives it.

#ifndef SERVICES_GATEWAY_DESCRIPTORS_H_
#define SERVICES_GATEWAY_DESCRIPTORS_H_

#include <cstdint>

#include "absl/status/statusor.h"
#include "services/gateway/limits.h"

namespace wardbook::gateway {

// What is kept for all but connections: 768 files of RocksDB (256 of the log, 128 of each
// of four stores), their write-ahead logs, the channels and gRPC's own; a database that
// cannot open a file records nothing.
inline constexpr int64_t kDescriptorsReserved = 896;

// With fewer connections no school can be served.
inline constexpr int64_t kConnectionsMin = 64;

// `limits`, with no more connections than fit. RESOURCE_EXHAUSTED: hardly any do.
absl::StatusOr<Limits> WithinDescriptors(Limits limits, int64_t descriptors);

// What this process may have.
int64_t DescriptorsOfProcess();

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_DESCRIPTORS_H_
