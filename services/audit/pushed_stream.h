// A stream of responses from work that pushes them, such as an export or a check
// of the log, to a client that takes them at its own pace.
//
// runtime::Rpc::Stream asks a source for the next message and holds a worker
// until it is there. Work that takes minutes between its first step and its last
// runs here instead, on a thread of its own pool, and keeps nobody else waiting.

#ifndef SERVICES_AUDIT_PUSHED_STREAM_H_
#define SERVICES_AUDIT_PUSHED_STREAM_H_

#include <chrono>
#include <deque>
#include <optional>
#include <source_location>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/functional/any_invocable.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/runtime/rpc.h"
#include "services/runtime/worker_pool.h"
#include "storage/base/moment.h"
#include "storage/base/steady_cond_var.h"

namespace wardbook::audit {

// So many messages are held for a client that is slower than the work.
inline constexpr size_t kMessagesWaitingMax = 4;

// Push and End are for one thread, the work's; gRPC calls the rest. Deletes
// itself when the call is over.
template <class Response>
class PushedStream : public grpc::ServerWriteReactor<Response> {
 public:
  PushedStream(grpc::CallbackServerContext& context, std::chrono::nanoseconds patience,
               std::source_location handler)
      : context_(context), patience_(patience), handler_(handler) {}

  // Keeps the call's place until it is over. Called once, before the rest.
  void Take(runtime::CallPlace place) { place_ = std::move(place); }

  // Sends the message after those before it; waits until fewer than
  // kMessagesWaitingMax are under way. CANCELLED: the client has gone.
  // DEADLINE_EXCEEDED: it took nothing for `patience`.
  absl::Status Push(Response message) ABSL_LOCKS_EXCLUDED(mutex_) {
    const Response* first = nullptr;
    {
      absl::MutexLock lock(&mutex_);
      const Moment deadline = MomentIn(patience_);
      while (!MayPush() && taken_.WaitUntil(mutex_, deadline)) continue;
      if (gone_) return absl::CancelledError("the client has gone");
      if (MayPush()) {
        // References into a deque stay valid when it grows at its end.
        messages_.push_back(std::move(message));
        if (messages_.size() > 1) return absl::OkStatus();
        first = &messages_.front();
      }
    }
    // gRPC may call back before these return, so they hold no lock.
    if (first == nullptr) {
      // Else the message that the client does not take stays under way.
      context_.TryCancel();
      return absl::DeadlineExceededError("the client has stopped reading");
    }
    this->StartWrite(first);
    return absl::OkStatus();
  }

  // Whether the client has gone, so that nothing more need be done for it.
  bool IsGone() const ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    return gone_;
  }

  // Ends the call: with OK after all that was pushed, with anything else as soon
  // as the message under way is gone. Called once, last; the stream may be
  // deleted before it returns.
  void End(const grpc::Status& concluded) ABSL_LOCKS_EXCLUDED(mutex_) {
    {
      absl::MutexLock lock(&mutex_);
      if (!messages_.empty()) {
        end_ = concluded;
        if (!concluded.ok()) messages_.erase(messages_.begin() + 1, messages_.end());
        return;
      }
    }
    this->Finish(concluded);
  }

  void OnWriteDone(bool ok) override ABSL_LOCKS_EXCLUDED(mutex_) {
    const Response* next = nullptr;
    std::optional<grpc::Status> end;
    {
      absl::MutexLock lock(&mutex_);
      if (ok) {
        messages_.pop_front();
      } else {
        gone_ = true;
        messages_.clear();
      }
      taken_.SignalAll();
      if (messages_.empty()) {
        end = end_;
      } else {
        next = &messages_.front();
      }
    }
    if (next != nullptr) this->StartWrite(next);
    if (end.has_value()) this->Finish(*end);
  }

  void OnCancel() override ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    gone_ = true;
    taken_.SignalAll();
  }

  void OnDone() override { delete this; }

 private:
  bool MayPush() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return gone_ || messages_.size() < kMessagesWaitingMax;
  }

  grpc::CallbackServerContext& context_;
  const std::chrono::nanoseconds patience_;
  const std::source_location handler_;
  runtime::CallPlace place_;

  mutable absl::Mutex mutex_;
  // The first is under way.
  std::deque<Response> messages_ ABSL_GUARDED_BY(mutex_);
  bool gone_ ABSL_GUARDED_BY(mutex_) = false;
  // The client has taken a message, or has gone.
  SteadyCondVar taken_;
  // Set when the work has ended and a message is still under way.
  std::optional<grpc::Status> end_ ABSL_GUARDED_BY(mutex_);
};

// What a stream's work is: it pushes, and what it returns ends the call.
template <class Response>
using StreamWork =
    absl::AnyInvocable<absl::Status(const runtime::Call&, PushedStream<Response>&) &&>;

// Takes a call of somebody signed in and does its work on a thread of `threads`.
template <class Response>
grpc::ServerWriteReactor<Response>* StartStream(
    runtime::Rpc& rpc, runtime::WorkerPool& threads, std::chrono::nanoseconds patience,
    grpc::CallbackServerContext* context, StreamWork<Response> work,
    std::source_location handler = std::source_location::current()) {
  auto* stream = new PushedStream<Response>(*context, patience, handler);
  absl::StatusOr<std::pair<runtime::Call, runtime::CallPlace>> admitted = rpc.Admit(*context);
  if (!admitted.ok()) {
    stream->End(runtime::Rpc::Conclude(handler, admitted.status()));
    return stream;
  }
  stream->Take(std::move(admitted->second));
  threads.Schedule(
      [&rpc, stream, handler, call = std::move(admitted->first), work = std::move(work)]() mutable {
        // It may have waited for its turn longer than the client for it.
        const absl::Status status = stream->IsGone() ? absl::CancelledError("the client has gone")
                                                     : std::move(work)(call, *stream);
        rpc.Conclude(call, handler, status,
                     [stream](const grpc::Status& concluded) { stream->End(concluded); });
      });
  return stream;
}

}  // namespace wardbook::audit

#endif  // SERVICES_AUDIT_PUSHED_STREAM_H_
