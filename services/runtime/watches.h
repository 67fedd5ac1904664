// Streams of changes that go on for hours, for all who watch, served by one
// thread.
//
// There is no queue: a watcher's feed is asked for what is next whenever the last
// message has left, so that a slow reader costs no memory. A watcher that is shown
// nothing for a while gets a heartbeat.
//
// Watches last for hours and are many, so they are counted apart from the calls.

#ifndef SERVICES_RUNTIME_WATCHES_H_
#define SERVICES_RUNTIME_WATCHES_H_

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <source_location>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/runtime/call_count.h"
#include "services/runtime/idle_streams.h"
#include "services/runtime/refusal.h"
#include "services/runtime/rpc.h"
#include "storage/base/moment.h"
#include "storage/base/steady_cond_var.h"

namespace wardbook::runtime {

// What the API promises of every watch; shorter than the patience of proxies.
inline constexpr std::chrono::seconds kHeartbeat(20);

// A watch takes some ten kilobytes, most of them gRPC's. Everybody on duty in a
// local authority's schools may watch at the same time; those beyond are refused.
inline constexpr int kWatchersMax = 10'000;

// Watches of one person: each of their computers has one or two, and for a while those
// of the lines that it lost. One session that goes wild keeps nobody else out.
inline constexpr int kWatchersOfPersonMax = 64;

// Rung when there may be something to show. Safe for concurrent use.
class WatchBell {
 public:
  void Ring() {
    absl::MutexLock lock(&mutex_);
    rung_ = true;
    rings_.SignalAll();
  }

  // Until it is rung or `deadline`.
  void Wait(Moment deadline) {
    absl::MutexLock lock(&mutex_);
    while (!rung_ && rings_.WaitUntil(mutex_, deadline)) continue;
    rung_ = false;
  }

 private:
  absl::Mutex mutex_;
  bool rung_ ABSL_GUARDED_BY(mutex_) = false;
  SteadyCondVar rings_;
};

// What one watcher is shown. Called by one thread at a time, which must not wait.
template <class Response>
class WatchFeed {
 public:
  enum class Found {
    kMessage,  // The response was filled.
    kNothing,
    kMore,  // It was only another watcher's turn.
  };

  virtual ~WatchFeed() = default;

  // Whether there may be something to show. Asked of every watcher whenever the
  // bell rings, so it is cheap.
  virtual bool HasNews(Moment now) = 0;
  // When that becomes so without a ring.
  virtual Moment NewsAt() const { return Moment::max(); }

  // The next message for `call.caller`, with the roles they hold now. A failure
  // ends the watch.
  virtual absl::StatusOr<Found> Next(const Call& call, Response& response) = 0;
  virtual void FillHeartbeat(Response& response) = 0;
};

// Safe for concurrent use. It outlives the gRPC server that it serves.
template <class Response>
class Watches {
 public:
  using Feed = WatchFeed<Response>;

  // `rpc` outlives it.
  explicit Watches(Rpc& rpc, int watchers_max = kWatchersMax)
      : rpc_(rpc),
        bell_(std::make_shared<WatchBell>()),
        watches_(watchers_max, kWatchersOfPersonMax) {
    thread_ = std::thread([this] { Run(); });
  }
  ~Watches() {
    {
      absl::MutexLock lock(&mutex_);
      ending_ = true;
      stopping_ = true;
    }
    bell_->Ring();
    thread_.join();
  }

  Watches(const Watches&) = delete;
  Watches& operator=(const Watches&) = delete;

  // Takes a call that is answered with a watch: `open` gives its feed. It ends
  // when the client goes or takes nothing any more, when the session ends, or when all
  // watches do. A refusal for kServerBusy.
  grpc::ServerWriteReactor<Response>* Start(
      grpc::CallbackServerContext* context,
      const std::function<std::unique_ptr<Feed>(const Call& call)>& open,
      std::source_location handler = std::source_location::current());

  // Ends all watches with UNAVAILABLE, and every later one at once: what a server
  // does before it shuts down, because a watch ends on its own never.
  void End() {
    {
      absl::MutexLock lock(&mutex_);
      ending_ = true;
    }
    bell_->Ring();
  }

  // For those who know that there may be something to show; it may outlive this.
  std::shared_ptr<WatchBell> bell() const { return bell_; }

 private:
  class Watcher;
  enum class Going { kOn, kEnded };

  void Run();
  // Shows the watcher what is next, if anything; runs on `thread_`.
  Going Serve(Watcher& watcher, Moment now) const;

  Rpc& rpc_;
  const std::shared_ptr<WatchBell> bell_;
  CallCount watches_;
  absl::Mutex mutex_;
  // Started, and not yet taken over by `thread_`. A watcher deletes itself when
  // gRPC is done with it, which is never before `thread_` has finished it.
  std::vector<Watcher*> started_ ABSL_GUARDED_BY(mutex_);
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;

  // Starts when all it uses is there.
  std::thread thread_;
};

// What gRPC tells sets a flag and rings the bell; everything else happens on the
// thread of the watches.
template <class Response>
class Watches<Response>::Watcher : public grpc::ServerWriteReactor<Response> {
 public:
  Watcher(IdleStreams& streams, grpc::CallbackServerContext* context,
          std::shared_ptr<WatchBell> bell, std::source_location started_by)
      : handler(started_by),
        context_(context),
        watched_(streams, *context),
        bell_(std::move(bell)) {}

  void OnWriteDone(bool ok) override {
    watched_.EndClientsTurn();
    if (!ok) gone_ = true;
    writing_ = false;
    bell_->Ring();
  }
  void OnCancel() override {
    gone_ = true;
    bell_->Ring();
  }
  void OnDone() override { delete this; }

  void Show(Moment now) {
    writing_ = true;
    last_shown = now;
    watched_.BeginClientsTurn();
    this->StartWrite(&message);
  }
  void Conclude(const absl::Status& status) { this->Finish(Rpc::Conclude(handler, status)); }

  const grpc::CallbackServerContext& context() const { return *context_; }
  bool gone() const { return gone_; }
  bool writing() const { return writing_; }

  const std::source_location handler;
  CallPlace place;
  std::unique_ptr<Feed> feed;
  Moment last_shown;
  // There was more to look at when its turn was over.
  bool behind = false;
  Response message;

 private:
  grpc::CallbackServerContext* const context_;
  // A client that takes nothing is found out by this: nothing else is looked at while a
  // message is on its way, not even the session.
  WatchedStream watched_;
  const std::shared_ptr<WatchBell> bell_;
  std::atomic<bool> gone_ = false;
  std::atomic<bool> writing_ = false;
};

template <class Response>
grpc::ServerWriteReactor<Response>* Watches<Response>::Start(
    grpc::CallbackServerContext* context,
    const std::function<std::unique_ptr<Feed>(const Call& call)>& open,
    std::source_location handler) {
  auto* watcher = new Watcher(rpc_.idle_streams(), context, bell_, handler);
  const absl::StatusOr<Call> call = rpc_.Authenticate(*context);
  if (!call.ok()) {
    watcher->Conclude(call.status());
    return watcher;
  }
  absl::StatusOr<CallPlace> place =
      watches_.Enter(CallCount::Person(call->caller.school, call->caller.actor.person));
  if (!place.ok()) {
    watcher->Conclude(place.status());
    return watcher;
  }
  watcher->place = *std::move(place);
  watcher->feed = open(*call);
  watcher->last_shown = std::chrono::steady_clock::now();
  // The client learns at once that it is being listened to.
  watcher->StartSendInitialMetadata();
  {
    absl::MutexLock lock(&mutex_);
    started_.push_back(watcher);
  }
  bell_->Ring();
  return watcher;
}

template <class Response>
void Watches<Response>::Run() {
  std::vector<Watcher*> watchers;
  for (;;) {
    bool ending = false;
    bool stopping = false;
    {
      absl::MutexLock lock(&mutex_);
      watchers.insert(watchers.end(), started_.begin(), started_.end());
      started_.clear();
      ending = ending_;
      stopping = stopping_;
    }
    const Moment now = std::chrono::steady_clock::now();
    Moment wake = Moment::max();
    std::erase_if(watchers, [&](Watcher* watcher) {
      if (ending && !watcher->writing()) {
        watcher->Finish(ToGrpc(absl::UnavailableError("the server is shutting down")));
        return true;
      }
      if (Serve(*watcher, now) == Going::kEnded) return true;
      wake = std::min(wake, watcher->behind ? now : watcher->last_shown + kHeartbeat);
      if (!watcher->writing()) wake = std::min(wake, watcher->feed->NewsAt());
      return false;
    });
    if (stopping && watchers.empty()) return;
    bell_->Wait(wake);
  }
}

template <class Response>
typename Watches<Response>::Going Watches<Response>::Serve(Watcher& watcher, Moment now) const {
  const auto end = [&](const absl::Status& status) {
    watcher.Conclude(status);
    return Going::kEnded;
  };
  watcher.behind = false;
  if (watcher.writing()) {
    // A client that has gone or does not read is not due a heartbeat.
    watcher.last_shown = now;
    return Going::kOn;
  }
  if (watcher.gone()) return end(absl::CancelledError("the client has gone"));
  const bool heartbeat_due = now - watcher.last_shown >= kHeartbeat;
  const bool has_news = watcher.feed->HasNews(now);
  if (!has_news && !heartbeat_due) return Going::kOn;
  // Sessions end and roles change while somebody watches, and to be shown something
  // is no sign that anybody is there.
  const absl::StatusOr<Call> call = rpc_.Recheck(watcher.context());
  if (!call.ok()) return end(call.status());
  watcher.message.Clear();
  if (has_news) {
    const absl::StatusOr<typename Feed::Found> found = watcher.feed->Next(*call, watcher.message);
    if (!found.ok()) return end(found.status());
    if (*found == Feed::Found::kMessage) {
      watcher.Show(now);
      return Going::kOn;
    }
    if (*found == Feed::Found::kMore) {
      watcher.behind = true;
      return Going::kOn;
    }
  }
  if (heartbeat_due) {
    watcher.message.Clear();
    watcher.feed->FillHeartbeat(watcher.message);
    watcher.Show(now);
  }
  return Going::kOn;
}

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_WATCHES_H_
