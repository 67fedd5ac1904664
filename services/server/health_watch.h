// Watches over what works in the background: whether the log takes records, and
// whether views and registers follow it. gRPC's health service (grpc.health.v1)
// says NOT_SERVING while something stands still; what it is and why stands in the
// server's log, once when it begins, changes or ends.

#ifndef SERVICES_SERVER_HEALTH_WATCH_H_
#define SERVICES_SERVER_HEALTH_WATCH_H_

#include <functional>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/health_check_service_interface.h"
#include "storage/base/steady_notification.h"

namespace wardbook::server {

// Something that does not go on, and why. Neither has personal data in it.
struct Standstill {
  // Stays the same while it lasts, such as "view cases of school 0f3a...".
  std::string what;
  absl::Status why;
};

// Safe for concurrent use.
class HealthWatch {
 public:
  // Called on any thread, one call at a time.
  using Look = std::function<std::vector<Standstill>()>;

  // Looks at once, and from then on every second. `health` and what `look` uses
  // outlive the watch.
  HealthWatch(Look look, grpc::HealthCheckServiceInterface& health);
  ~HealthWatch();

  HealthWatch(const HealthWatch&) = delete;
  HealthWatch& operator=(const HealthWatch&) = delete;

  // Looks now, and tells what has changed.
  void LookNow() ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  void Run();

  const Look look_;
  grpc::HealthCheckServiceInterface& health_;
  SteadyNotification stopping_;

  absl::Mutex mutex_;
  // What stood still when it was looked at last.
  std::map<std::string, absl::Status> known_ ABSL_GUARDED_BY(mutex_);

  // Last, so that it starts when all it uses is there.
  std::thread thread_;
};

}  // namespace wardbook::server

#endif  // SERVICES_SERVER_HEALTH_WATCH_H_
