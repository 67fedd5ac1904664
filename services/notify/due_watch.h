// The list of what is due, for all who watch it: shown again whenever it has
// changed, because something was recorded or because time has passed.

#ifndef SERVICES_NOTIFY_DUE_WATCH_H_
#define SERVICES_NOTIFY_DUE_WATCH_H_

#include <memory>
#include <vector>

#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/runtime/due.h"
#include "services/runtime/projector.h"
#include "services/runtime/rpc.h"
#include "services/runtime/watches.h"
#include "wardbook/v1/due_service.pb.h"

namespace wardbook::notify {

// Safe for concurrent use. It outlives the gRPC server that it serves.
class DueWatch {
 public:
  // All outlive it.
  DueWatch(runtime::Projector& projector, runtime::Rpc& rpc,
           std::vector<const runtime::DueSource*> sources);

  // Takes a WatchDue call. Ends and refuses as Watches::Start does.
  grpc::ServerWriteReactor<wardbook::v1::WatchDueResponse>* Start(
      grpc::CallbackServerContext* context, const wardbook::v1::WatchDueRequest& request);

  // Ends all watches with UNAVAILABLE, and every later one at once.
  void End() { watches_.End(); }

  // How often something was recorded in each school; the projector's listener
  // keeps it, as it may outlive this.
  class Changes;

 private:
  const std::vector<const runtime::DueSource*> sources_;
  const std::shared_ptr<Changes> changes_;
  runtime::Watches<wardbook::v1::WatchDueResponse> watches_;
};

}  // namespace wardbook::notify

#endif  // SERVICES_NOTIFY_DUE_WATCH_H_
