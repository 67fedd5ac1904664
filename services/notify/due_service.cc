#include "services/notify/due_service.h"

#include <chrono>

#include "absl/status/statusor.h"
#include "services/notify/due_list.h"
#include "storage/base/moment.h"

namespace wardbook::notify {
namespace {

using runtime::Call;
using runtime::Finish;

// How long a list waits for the views to come as far as its reader has seen. A
// view is milliseconds behind unless something is wrong, and a wait holds one of
// few workers.
constexpr std::chrono::seconds kWaitMax(2);

}  // namespace

grpc::ServerUnaryReactor* DueService::ListDue(grpc::CallbackServerContext* context,
                                              const wardbook::v1::ListDueRequest* request,
                                              wardbook::v1::ListDueResponse* response) {
  return rpc_.UnaryOnWorker(context, [this, request, response](const Call& call, Finish finish) {
    absl::StatusOr<DueNow> now = GatherDues(sources_, call, MomentIn(kWaitMax));
    finish(now.ok() ? TakePage(*request, *std::move(now), response) : now.status());
  });
}

grpc::ServerUnaryReactor* DueService::CountDue(grpc::CallbackServerContext* context,
                                               const wardbook::v1::CountDueRequest*,
                                               wardbook::v1::CountDueResponse* response) {
  return rpc_.UnaryOnWorker(context, [this, response](const Call& call, Finish finish) {
    absl::StatusOr<DueNow> now = GatherDues(sources_, call, MomentIn(kWaitMax));
    if (now.ok()) *response->mutable_count() = std::move(now->count);
    finish(now.status());
  });
}

grpc::ServerWriteReactor<wardbook::v1::WatchDueResponse>* DueService::WatchDue(
    grpc::CallbackServerContext* context, const wardbook::v1::WatchDueRequest* request) {
  return watch_.Start(context, *request);
}

}  // namespace wardbook::notify
