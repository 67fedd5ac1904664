#include "services/gateway/grpc_door.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "storage/base/assert.h"

namespace wardbook::gateway {

GrpcDoor::GrpcDoor(std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor,
                   const Limits& limits)
    : acceptor_(std::move(acceptor)),
      programs_(limits.grpc_connections_max, limits.grpc_connections_per_address_max),
      epoll_(epoll_create1(EPOLL_CLOEXEC)) {
  WARDBOOK_ASSERT(epoll_ >= 0);
}

GrpcDoor::~GrpcDoor() {
  absl::MutexLock lock(&mutex_);
  for (const auto& [probe, program] : probes_) close(probe);
  close(epoll_);
}

void GrpcDoor::HandOver(int socket, const std::string& network, Quota::Share place) {
  Reap();
  Program program{std::move(place), Quota::Share(programs_, network)};
  const int probe = program.program.Take(1) ? fcntl(socket, F_DUPFD_CLOEXEC, 0) : -1;
  if (probe < 0) {
    close(socket);
    return;
  }
  {
    absl::MutexLock lock(&mutex_);
    // Asks for nothing but to be told of the end, which is told always: data that arrive
    // wake nobody here.
    epoll_event event{};
    event.data.fd = probe;
    WARDBOOK_ASSERT(epoll_ctl(epoll_, EPOLL_CTL_ADD, probe, &event) == 0);
    probes_.emplace(probe, std::move(program));
  }
  grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters connection;
  connection.fd = socket;
  acceptor_->HandleNewConnection(&connection);
}

int GrpcDoor::CountOpen() {
  Reap();
  return static_cast<int>(programs_.taken());
}

void GrpcDoor::Reap() {
  absl::MutexLock lock(&mutex_);
  std::array<epoll_event, 64> ended;
  int count = 0;
  do {
    count = epoll_wait(epoll_, ended.data(), static_cast<int>(ended.size()), 0);
    for (int i = 0; i < count; ++i) {
      const int probe = ended[static_cast<size_t>(i)].data.fd;
      // Closing alone does not take it out while gRPC holds its own descriptor.
      epoll_ctl(epoll_, EPOLL_CTL_DEL, probe, nullptr);
      close(probe);
      probes_.erase(probe);
    }
  } while (count == static_cast<int>(ended.size()));
}

}  // namespace wardbook::gateway
