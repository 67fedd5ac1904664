// The stream of changes to cases, for all who watch.
//
// There is no queue: a watcher is a position, and what it has not been shown is
// read from the view, where a case stands once, under its last change. So a slow
// reader costs no memory and is shown each case that changed meanwhile once, and
// a replay is the same as what happens live.
//
// Watches last for hours and are many, so they are counted apart from the calls.

#ifndef SERVICES_CASEWORK_CASE_LISTING_WATCH_H_
#define SERVICES_CASEWORK_CASE_LISTING_WATCH_H_

#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/runtime/call_count.h"
#include "services/runtime/projector.h"
#include "services/runtime/rpc.h"
#include "wardbook/v1/case_service.pb.h"

namespace wardbook::casework {

// A watch takes some ten kilobytes, most of them gRPC's. Everybody on duty in a
// local authority's schools may watch at the same time; those beyond are refused.
inline constexpr int kWatchersMax = 10'000;

// One thread serves all watchers. Safe for concurrent use. It outlives the gRPC
// server that it serves.
class CaseWatch {
 public:
  // Both outlive it.
  CaseWatch(runtime::Projector& projector, const runtime::Rpc& rpc,
            int watchers_max = kWatchersMax);
  ~CaseWatch();

  CaseWatch(const CaseWatch&) = delete;
  CaseWatch& operator=(const CaseWatch&) = delete;

  // Takes a WatchCases call. It ends when the client goes, when the session
  // ends, or when all watches do. A refusal for kServerBusy.
  grpc::ServerWriteReactor<wardbook::v1::WatchCasesResponse>* Start(
      grpc::CallbackServerContext* context, const wardbook::v1::WatchCasesRequest& request);

  // Ends all watches with UNAVAILABLE, and every later one at once.
  void End();

 private:
  class Watcher;
  // Rung when there may be something to do. The projector's listener keeps it,
  // as it may outlive this.
  struct Bell;
  enum class Going { kOn, kEnded };

  void Run();
  // Shows the watcher what is next, if anything; runs on `thread_`.
  Going Serve(Watcher& watcher, absl::Time now) const;

  runtime::Projector& projector_;
  const runtime::Rpc& rpc_;
  const std::shared_ptr<Bell> bell_;
  runtime::CallCount watches_;
  absl::Mutex mutex_;
  // Started, and not yet taken over by `thread_`. A watcher deletes itself when
  // gRPC is done with it, which is never before `thread_` has finished it.
  std::vector<Watcher*> started_ ABSL_GUARDED_BY(mutex_);
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;

  // Last, so that it starts when all it uses is there.
  std::thread thread_;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CASE_LISTING_WATCH_H_
