// Hands connections of programs that speak gRPC on to gRPC's server, and counts those
// that have not ended.

#ifndef SERVICES_GATEWAY_GRPC_DOOR_H_
#define SERVICES_GATEWAY_GRPC_DOOR_H_

#include <memory>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_set.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/server_builder.h"

namespace wardbook::gateway {

// Safe for concurrent use.
class GrpcDoor {
 public:
  GrpcDoor(std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor,
           int connections_max);
  ~GrpcDoor();

  GrpcDoor(const GrpcDoor&) = delete;
  GrpcDoor& operator=(const GrpcDoor&) = delete;

  // Takes over a connected socket; closes it when there are too many.
  void HandOver(int socket) ABSL_LOCKS_EXCLUDED(mutex_);

  // Connections that were handed over and have not ended.
  int CountOpen() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // Forgets those that have ended.
  void Reap() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor_;
  const int connections_max_;
  // Knows which of the probes have hung up.
  const int epoll_;

  absl::Mutex mutex_;
  // A second descriptor of each. gRPC shuts a socket down before it closes its own, so
  // the connection ends all the same, and shows here that it has.
  absl::flat_hash_set<int> probes_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_GRPC_DOOR_H_
