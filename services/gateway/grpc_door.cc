#include "services/gateway/grpc_door.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "storage/base/assert.h"

namespace wardbook::gateway {

GrpcDoor::GrpcDoor(std::unique_ptr<grpc::experimental::ExternalConnectionAcceptor> acceptor,
                   int connections_max)
    : acceptor_(std::move(acceptor)),
      connections_max_(connections_max),
      epoll_(epoll_create1(EPOLL_CLOEXEC)) {
  WARDBOOK_ASSERT(epoll_ >= 0);
}

GrpcDoor::~GrpcDoor() {
  absl::MutexLock lock(&mutex_);
  for (int probe : probes_) close(probe);
  close(epoll_);
}

void GrpcDoor::HandOver(int socket) {
  {
    absl::MutexLock lock(&mutex_);
    Reap();
    const int probe = static_cast<int>(probes_.size()) < connections_max_
                          ? fcntl(socket, F_DUPFD_CLOEXEC, 0)
                          : -1;
    if (probe < 0) {
      close(socket);
      return;
    }
    // Asks for nothing but to be told of the end, which is told always: data that arrive
    // wake nobody here.
    epoll_event event{};
    event.data.fd = probe;
    WARDBOOK_ASSERT(epoll_ctl(epoll_, EPOLL_CTL_ADD, probe, &event) == 0);
    probes_.insert(probe);
  }
  grpc::experimental::ExternalConnectionAcceptor::NewConnectionParameters connection;
  connection.fd = socket;
  acceptor_->HandleNewConnection(&connection);
}

int GrpcDoor::CountOpen() {
  absl::MutexLock lock(&mutex_);
  Reap();
  return static_cast<int>(probes_.size());
}

void GrpcDoor::Reap() {
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
