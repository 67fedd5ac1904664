// Streams that wait for their client, and are given up when it neither sends nor takes
// anything: each holds a place among the calls under way.

#ifndef SERVICES_RUNTIME_IDLE_STREAMS_H_
#define SERVICES_RUNTIME_IDLE_STREAMS_H_

#include <chrono>
#include <optional>
#include <set>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/server_context.h"
#include "storage/base/moment.h"
#include "storage/base/steady_cond_var.h"

namespace wardbook::runtime {

class WatchedStream;

// Safe for concurrent use.
class IdleStreams {
 public:
  explicit IdleStreams(std::chrono::nanoseconds patience);
  // No stream is watched any more.
  ~IdleStreams();

  IdleStreams(const IdleStreams&) = delete;
  IdleStreams& operator=(const IdleStreams&) = delete;

 private:
  friend class WatchedStream;

  void Run() ABSL_LOCKS_EXCLUDED(mutex_);
  // One that has waited too long; nothing when there is none.
  WatchedStream* FindIdle() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const std::chrono::nanoseconds patience_;

  absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  SteadyCondVar stops_;
  std::set<WatchedStream*> streams_ ABSL_GUARDED_BY(mutex_);
  // The one that is being cancelled, whose context must stay meanwhile.
  const WatchedStream* cancelling_ ABSL_GUARDED_BY(mutex_) = nullptr;

  // Last, so that it starts when all it uses is there.
  std::thread thread_;
};

// A stream that is watched for as long as this lives. `streams` and `context` outlive
// it. Safe for concurrent use.
class WatchedStream {
 public:
  WatchedStream(IdleStreams& streams, grpc::CallbackServerContext& context);
  ~WatchedStream();

  WatchedStream(const WatchedStream&) = delete;
  WatchedStream& operator=(const WatchedStream&) = delete;

  // From now on the stream waits for its client, until it is the server's turn: if that
  // takes too long, the call is cancelled.
  void BeginClientsTurn();
  void EndClientsTurn();

 private:
  friend class IdleStreams;

  IdleStreams& streams_;
  grpc::CallbackServerContext& context_;
  // Unset while it is the server's turn.
  std::optional<Moment> waiting_since_ ABSL_GUARDED_BY(streams_.mutex_);
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_IDLE_STREAMS_H_
