// The server: all stores, slices and services, wired.

#ifndef SERVICES_SERVER_SERVER_H_
#define SERVICES_SERVER_SERVER_H_

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "grpcpp/impl/service_type.h"
#include "services/server/config.h"

namespace wardbook::server {

// Thread-compatible.
class Server {
 public:
  // Opens the stores, brings the views up to the log, and listens. Fails as the
  // stores and the key files do; UNAVAILABLE: cannot listen. `more_services` are
  // served beside its own and outlive the server.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      const Config& config, const std::vector<grpc::Service*>& more_services = {});

  // Ends calls that are under way after a grace, commits and pins.
  ~Server();

  int port() const;

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace wardbook::server

#endif  // SERVICES_SERVER_SERVER_H_
