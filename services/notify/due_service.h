// The door to what is due and overdue.

#ifndef SERVICES_NOTIFY_DUE_SERVICE_H_
#define SERVICES_NOTIFY_DUE_SERVICE_H_

#include <utility>
#include <vector>

#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/notify/due_watch.h"
#include "services/runtime/due.h"
#include "services/runtime/rpc.h"
#include "wardbook/v1/due_service.grpc.pb.h"

namespace wardbook::notify {

// Safe for concurrent use.
class DueService final : public wardbook::v1::DueService::CallbackService {
 public:
  // All outlive it.
  DueService(runtime::Rpc& rpc, std::vector<const runtime::DueSource*> sources, DueWatch& watch)
      : rpc_(rpc), sources_(std::move(sources)), watch_(watch) {}

  grpc::ServerUnaryReactor* ListDue(grpc::CallbackServerContext* context,
                                    const wardbook::v1::ListDueRequest* request,
                                    wardbook::v1::ListDueResponse* response) override;
  grpc::ServerUnaryReactor* CountDue(grpc::CallbackServerContext* context,
                                     const wardbook::v1::CountDueRequest* request,
                                     wardbook::v1::CountDueResponse* response) override;
  grpc::ServerWriteReactor<wardbook::v1::WatchDueResponse>* WatchDue(
      grpc::CallbackServerContext* context, const wardbook::v1::WatchDueRequest* request) override;

 private:
  runtime::Rpc& rpc_;
  const std::vector<const runtime::DueSource*> sources_;
  DueWatch& watch_;
};

}  // namespace wardbook::notify

#endif  // SERVICES_NOTIFY_DUE_SERVICE_H_
