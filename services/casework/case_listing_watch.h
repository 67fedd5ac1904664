// The stream of changes to cases, for all who watch.
//
// A watcher is a position, and what it has not been shown is read from the view,
// where a case stands once, under its last change. So a slow reader costs no
// memory and is shown each case that changed meanwhile once, and a replay is the
// same as what happens live.

#ifndef SERVICES_CASEWORK_CASE_LISTING_WATCH_H_
#define SERVICES_CASEWORK_CASE_LISTING_WATCH_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/runtime/projector.h"
#include "services/runtime/rpc.h"
#include "services/runtime/watches.h"
#include "wardbook/v1/case_service.pb.h"

namespace wardbook::casework {

// Safe for concurrent use. It outlives the gRPC server that it serves.
class CaseWatch {
 public:
  // Both outlive it.
  CaseWatch(runtime::Projector& projector, runtime::Rpc& rpc,
            int watchers_max = runtime::kWatchersMax);

  // Takes a WatchCases call. Ends and refuses as Watches::Start does; a refusal for
  // kSeenPositionUnknown also where it is to begin after a record that the log does not have.
  grpc::ServerWriteReactor<wardbook::v1::WatchCasesResponse>* Start(
      grpc::CallbackServerContext* context, const wardbook::v1::WatchCasesRequest& request);

  // Ends all watches with UNAVAILABLE, and every later one at once.
  void End() { watches_.End(); }

 private:
  runtime::Projector& projector_;
  runtime::Watches<wardbook::v1::WatchCasesResponse> watches_;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CASE_LISTING_WATCH_H_
