#include "services/runtime/idle_streams.h"

namespace wardbook::runtime {
namespace {

// Into so many parts the patience is cut: a stream ends at most one of them late.
constexpr int kLooksPerPatience = 4;

}  // namespace

IdleStreams::IdleStreams(std::chrono::nanoseconds patience)
    : patience_(patience), thread_([this] { Run(); }) {}

IdleStreams::~IdleStreams() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    stops_.SignalAll();
  }
  thread_.join();
}

void IdleStreams::Run() {
  for (;;) {
    grpc::CallbackServerContext* context = nullptr;
    {
      absl::MutexLock lock(&mutex_);
      WatchedStream* idle = nullptr;
      while (!stopping_ && (idle = FindIdle()) == nullptr) {
        stops_.WaitUntil(mutex_, MomentIn(patience_ / kLooksPerPatience));
      }
      if (stopping_) return;
      idle->streams_.mutex_.AssertHeld();
      idle->waiting_since_.reset();
      cancelling_ = idle;
      context = &idle->context_;
    }
    // gRPC may end the stream on this thread before this returns.
    context->TryCancel();
    absl::MutexLock lock(&mutex_);
    cancelling_ = nullptr;
  }
}

WatchedStream* IdleStreams::FindIdle() const {
  const Moment now = std::chrono::steady_clock::now();
  for (WatchedStream* stream : streams_) {
    stream->streams_.mutex_.AssertHeld();
    if (stream->waiting_since_.has_value() && now - *stream->waiting_since_ >= patience_) {
      return stream;
    }
  }
  return nullptr;
}

WatchedStream::WatchedStream(IdleStreams& streams, grpc::CallbackServerContext& context)
    : streams_(streams), context_(context) {
  absl::MutexLock lock(&streams_.mutex_);
  streams_.streams_.insert(this);
}

WatchedStream::~WatchedStream() {
  absl::MutexLock lock(&streams_.mutex_);
  streams_.streams_.erase(this);
  if (std::this_thread::get_id() == streams_.thread_.get_id()) return;
  const auto is_let_go = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(streams_.mutex_) {
    return streams_.cancelling_ != this;
  };
  streams_.mutex_.Await(absl::Condition(&is_let_go));
}

void WatchedStream::BeginClientsTurn() {
  absl::MutexLock lock(&streams_.mutex_);
  waiting_since_ = std::chrono::steady_clock::now();
}

void WatchedStream::EndClientsTurn() {
  absl::MutexLock lock(&streams_.mutex_);
  waiting_since_.reset();
}

}  // namespace wardbook::runtime
