// Hands connections of programs that speak gRPC on to gRPC's server, and counts those
// that have not ended.

#ifndef SERVICES_GATEWAY_GRPC_DOOR_H_
#define SERVICES_GATEWAY_GRPC_DOOR_H_

#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/server_builder.h"
#include "services/gateway/limits.h"
#include "services/gateway/quota.h"

namespace wardbook::gateway {

// Safe for concurrent use.
class GrpcDoor {
 public:
  GrpcDoor(std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor,
           const Limits& limits);
  ~GrpcDoor();

  GrpcDoor(const GrpcDoor&) = delete;
  GrpcDoor& operator=(const GrpcDoor&) = delete;

  // Takes over a connected socket with its place among the connections; closes it when
  // there are too many. `network` is what its address is counted under.
  void HandOver(int socket, const std::string& network, Quota::Share place)
      ABSL_LOCKS_EXCLUDED(mutex_);

  // Gives back the places of those that have ended.
  void Reap() ABSL_LOCKS_EXCLUDED(mutex_);

  // Connections that were handed over and have not ended.
  int CountOpen() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  // What a program has taken until its connection ends.
  struct Program {
    Quota::Share connection;
    Quota::Share program;
  };

  const std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor_;
  Quota programs_;
  // Knows which of the probes have hung up.
  const int epoll_;

  absl::Mutex mutex_;
  // A second descriptor of each. gRPC shuts a socket down before it closes its own, so
  // the connection ends all the same, and shows here that it has.
  absl::flat_hash_map<int, Program> probes_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_GRPC_DOOR_H_
