#include "services/gateway/service_channels.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <numeric>

#include "grpc/impl/codegen/grpc_types.h"
#include "grpcpp/create_channel_posix.h"
#include "grpcpp/server_posix.h"
#include "grpcpp/support/channel_arguments.h"
#include "storage/base/status_macros.h"

namespace wardbook::gateway {
namespace {

// What gRPC reads ahead of each stream whose browser is slow. Without this limit it takes
// several megabytes a stream.
constexpr int kLookaheadBytes = 64 * 1024;

bool IsOpen(int probe) {
  pollfd one{probe, POLLRDHUP, 0};
  return poll(&one, 1, 0) == 0;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ServiceChannels>> ServiceChannels::Open(grpc::Server& server,
                                                                       const Limits& limits) {
  auto channels = std::unique_ptr<ServiceChannels>(new ServiceChannels(server, limits));
  absl::MutexLock lock(&channels->mutex_);
  for (Lane& lane : channels->lanes_) WARDBOOK_RETURN_IF_ERROR(channels->Connect(lane));
  return channels;
}

ServiceChannels::~ServiceChannels() {
  queue_.Shutdown();
  drain_.join();
  absl::MutexLock lock(&mutex_);
  for (Lane& lane : lanes_) {
    if (lane.probe >= 0) close(lane.probe);
  }
}

absl::Status ServiceChannels::Connect(Lane& lane) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0) {
    return absl::UnavailableError("no descriptor left for a channel to the services");
  }
  const int probe = fcntl(ends[1], F_DUPFD_CLOEXEC, 0);
  if (probe < 0) {
    close(ends[0]);
    close(ends[1]);
    return absl::UnavailableError("no descriptor left for a channel to the services");
  }
  if (lane.probe >= 0) close(lane.probe);
  lane.probe = probe;
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, kLookaheadBytes);
  // Channels with the same arguments would otherwise be one.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  grpc::AddInsecureChannelFromFd(&server_, ends[0]);
  lane.stub = std::make_shared<grpc::GenericStub>(
      grpc::CreateCustomInsecureChannelFromFd("gateway", ends[1], arguments));
  return absl::OkStatus();
}

std::optional<ServiceChannels::Place> ServiceChannels::Enter(const std::string& network) {
  Quota::Share call(calls_, network);
  if (!call.Take(1)) return std::nullopt;
  absl::MutexLock lock(&mutex_);
  std::array<size_t, kLanes> by_calls;
  std::iota(by_calls.begin(), by_calls.end(), size_t{0});
  std::sort(by_calls.begin(), by_calls.end(), [this](size_t a, size_t b) {
    mutex_.AssertHeld();
    return lanes_[a].calls < lanes_[b].calls;
  });
  for (const size_t index : by_calls) {
    Lane& lane = lanes_[index];
    if (lane.calls >= kCallsPerLaneMax) return std::nullopt;
    if (!IsOpen(lane.probe) && !Connect(lane).ok()) continue;
    ++lane.calls;
    return Place(*this, index, lane.stub, std::move(call));
  }
  return std::nullopt;
}

void ServiceChannels::Leave(size_t lane) {
  absl::MutexLock lock(&mutex_);
  --lanes_[lane].calls;
}

void ServiceChannels::Drain() {
  void* tag = nullptr;
  bool completed = false;
  while (queue_.Next(&tag, &completed)) {
    static_cast<Operation*>(tag)->End(completed ? Operation::Outcome::kDone
                                                : Operation::Outcome::kFailed);
  }
}

}  // namespace wardbook::gateway
