// The gateway's own way to the services: channels over pairs of sockets that nobody else
// can connect to. They go the same way through gRPC as any client's calls.

#ifndef SERVICES_GATEWAY_SERVICE_CHANNELS_H_
#define SERVICES_GATEWAY_SERVICE_CHANNELS_H_

#include <array>
#include <memory>
#include <optional>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/server.h"
#include "services/gateway/limits.h"
#include "services/gateway/quota.h"

namespace wardbook::gateway {

// What is told when an operation of gRPC has ended. It ends itself there.
class Operation {
 public:
  enum class Outcome { kDone, kFailed };

  virtual ~Operation() = default;
  // On the thread of the queue, which must not wait.
  virtual void End(Outcome outcome) = 0;
};

// Safe for concurrent use.
class ServiceChannels {
 private:
  struct Lane;

 public:
  // A call that is counted for as long as this lives; moves. The channels outlive it.
  class Place {
   public:
    Place(ServiceChannels& channels, size_t lane, std::shared_ptr<grpc::GenericStub> stub,
          Quota::Share call)
        : channels_(&channels), lane_(lane), stub_(std::move(stub)), call_(std::move(call)) {}
    Place(Place&& other) noexcept
        : channels_(std::exchange(other.channels_, nullptr)),
          lane_(other.lane_),
          stub_(std::move(other.stub_)),
          call_(std::move(other.call_)) {}
    Place& operator=(Place&&) = delete;
    ~Place() {
      if (channels_ != nullptr) channels_->Leave(lane_);
    }

    grpc::GenericStub& stub() { return *stub_; }

   private:
    ServiceChannels* channels_;
    size_t lane_;
    std::shared_ptr<grpc::GenericStub> stub_;
    Quota::Share call_;
  };

  // `server` outlives the channels. UNAVAILABLE: there are no descriptors left.
  static absl::StatusOr<std::unique_ptr<ServiceChannels>> Open(grpc::Server& server,
                                                               const Limits& limits);

  // No call is under way.
  ~ServiceChannels();

  ServiceChannels(const ServiceChannels&) = delete;
  ServiceChannels& operator=(const ServiceChannels&) = delete;

  // A place on the channel with the fewest calls, for a call from the address that is
  // counted under `network`; nothing when there are too many. A channel that has broken
  // down, as after a computer slept, is made anew; one that cannot be is passed over.
  std::optional<Place> Enter(const std::string& network) ABSL_LOCKS_EXCLUDED(mutex_);

  // Where tags are Operations.
  grpc::CompletionQueue& queue() { return queue_; }

 private:
  // Each channel has as many calls as the server takes on one connection, with room to
  // spare for those that are ending; six also share the work of their transports.
  static constexpr size_t kLanes = 6;
  static constexpr int kCallsPerLaneMax = 1000;

  // A channel, and one end of its sockets once more to see whether it is still open.
  struct Lane {
    std::shared_ptr<grpc::GenericStub> stub;
    int probe = -1;
    int calls = 0;
  };

  ServiceChannels(grpc::Server& server, const Limits& limits)
      : server_(server), calls_(limits.calls_max, limits.calls_per_address_max) {}

  absl::Status Connect(Lane& lane) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Leave(size_t lane) ABSL_LOCKS_EXCLUDED(mutex_);
  void Drain();

  grpc::Server& server_;
  Quota calls_;
  grpc::CompletionQueue queue_;

  absl::Mutex mutex_;
  std::array<Lane, kLanes> lanes_ ABSL_GUARDED_BY(mutex_);

  // Last, so that it starts when all it uses is there.
  std::thread drain_{[this] { Drain(); }};
};

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_SERVICE_CHANNELS_H_
