#include "services/gateway/descriptors.h"

#include <sys/resource.h>

#include <algorithm>
#include <limits>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace wardbook::gateway {

absl::StatusOr<Limits> WithinDescriptors(Limits limits, int64_t descriptors) {
  const int64_t left = descriptors - kDescriptorsReserved;
  // A program has two.
  const int64_t wanted = int64_t{limits.connections_max} + limits.grpc_connections_max;
  if (wanted <= left) return limits;
  const int64_t connections = left * limits.connections_max / wanted;
  if (connections < kConnectionsMin) {
    return absl::ResourceExhaustedError(absl::StrCat(
        "a process may have ", descriptors, " descriptors here, which leave none for connections: ",
        "let it have ", kDescriptorsReserved + wanted));
  }
  limits.connections_max = static_cast<int>(connections);
  limits.grpc_connections_max = static_cast<int>(left - connections);
  // No address keeps the others out.
  limits.connections_per_address_max =
      std::min(limits.connections_per_address_max, limits.connections_max / 2);
  limits.grpc_connections_per_address_max =
      std::min(limits.grpc_connections_per_address_max, (limits.grpc_connections_max + 1) / 2);
  return limits;
}

int64_t DescriptorsOfProcess() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) {
    return std::numeric_limits<int64_t>::max();
  }
  return static_cast<int64_t>(limit.rlim_cur);
}

}  // namespace wardbook::gateway
