// Unary calls whose work may wait, taken on a worker from beginning to end.

#ifndef SERVICES_CASEWORK_ON_WORKER_H_
#define SERVICES_CASEWORK_ON_WORKER_H_

#include <source_location>
#include <utility>

#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/runtime/rpc.h"

namespace wardbook::casework {

// Takes a unary call of somebody signed in: `work` runs on a worker and may
// finish the call there or later.
inline grpc::ServerUnaryReactor* TakeOnWorker(
    runtime::Rpc& rpc, grpc::CallbackServerContext* context,
    absl::AnyInvocable<void(const runtime::Call&, runtime::Finish) &&> work,
    std::source_location handler = std::source_location::current()) {
  return rpc.Unary(
      context,
      [&rpc, work = std::move(work)](const runtime::Call& call, runtime::Finish finish) mutable {
        rpc.workers().Schedule(
            [call, work = std::move(work), finish = std::move(finish)]() mutable {
              std::move(work)(call, std::move(finish));
            });
      },
      handler);
}

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_ON_WORKER_H_
