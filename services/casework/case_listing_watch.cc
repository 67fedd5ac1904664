#include "services/casework/case_listing_watch.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <optional>
#include <source_location>
#include <utility>

#include "absl/time/clock.h"
#include "services/casework/case_view.h"
#include "services/casework/case_view_rows.h"
#include "services/runtime/refusal.h"
#include "storage/base/status_macros.h"

namespace wardbook::casework {
namespace {

using wardbook::v1::WatchCasesResponse;
using wardbook::views::v1::CaseRow;

// What WatchCasesResponse promises; shorter than the patience of proxies.
constexpr absl::Duration kHeartbeat = absl::Seconds(20);

// How many changes are looked at for one watcher before it is the next one's
// turn.
constexpr size_t kChangesPerTurn = 64;

}  // namespace

struct CaseWatch::Bell {
  void Ring() {
    absl::MutexLock lock(&mutex);
    rung = true;
  }

  // Until it is rung or `deadline`.
  void Wait(absl::Time deadline) {
    absl::MutexLock lock(&mutex);
    mutex.AwaitWithDeadline(absl::Condition(&rung), deadline);
    rung = false;
  }

  absl::Mutex mutex;
  bool rung ABSL_GUARDED_BY(mutex) = false;
};

// What gRPC tells sets a flag and rings the bell; everything else happens on the
// watch's thread.
class CaseWatch::Watcher : public grpc::ServerWriteReactor<WatchCasesResponse> {
 public:
  Watcher(grpc::CallbackServerContext* context, std::shared_ptr<Bell> bell)
      : context_(context), bell_(std::move(bell)) {}

  void OnWriteDone(bool ok) override {
    if (!ok) gone_ = true;
    writing_ = false;
    bell_->Ring();
  }
  void OnCancel() override {
    gone_ = true;
    bell_->Ring();
  }
  void OnDone() override { delete this; }

  void Show(absl::Time now) {
    writing_ = true;
    last_shown = now;
    StartWrite(&message);
  }

  const grpc::CallbackServerContext& context() const { return *context_; }
  bool gone() const { return gone_; }
  bool writing() const { return writing_; }

  runtime::CallPlace place;
  SchoolId school;
  // The position of the next change to look at; nothing until the view answers
  // for the first time.
  std::optional<uint64_t> next;
  absl::Time last_shown;
  // There was more to look at when its turn was over.
  bool behind = false;
  WatchCasesResponse message;

 private:
  grpc::CallbackServerContext* const context_;
  const std::shared_ptr<Bell> bell_;
  std::atomic<bool> gone_ = false;
  std::atomic<bool> writing_ = false;
};

CaseWatch::CaseWatch(runtime::Projector& projector, const runtime::Rpc& rpc, int watchers_max)
    : projector_(projector), rpc_(rpc), bell_(std::make_shared<Bell>()), watches_(watchers_max) {
  projector_.Listen([bell = bell_](const SchoolId&, absl::string_view view, uint64_t) {
    if (view == kCaseViewName) bell->Ring();
  });
  thread_ = std::thread([this] { Run(); });
}

CaseWatch::~CaseWatch() {
  {
    absl::MutexLock lock(&mutex_);
    ending_ = true;
    stopping_ = true;
  }
  bell_->Ring();
  thread_.join();
}

void CaseWatch::End() {
  {
    absl::MutexLock lock(&mutex_);
    ending_ = true;
  }
  bell_->Ring();
}

grpc::ServerWriteReactor<WatchCasesResponse>* CaseWatch::Start(
    grpc::CallbackServerContext* context, const wardbook::v1::WatchCasesRequest& request) {
  auto* watcher = new Watcher(context, bell_);
  const absl::StatusOr<runtime::Call> call = rpc_.Authenticate(*context);
  if (!call.ok()) {
    watcher->Finish(runtime::Rpc::Conclude(std::source_location::current(), call.status()));
    return watcher;
  }
  absl::StatusOr<runtime::CallPlace> place = watches_.Enter();
  if (!place.ok()) {
    watcher->Finish(runtime::Rpc::Conclude(std::source_location::current(), place.status()));
    return watcher;
  }
  watcher->place = *std::move(place);
  watcher->school = call->caller.school;
  watcher->last_shown = absl::Now();
  if (request.has_after_position()) {
    watcher->next = request.after_position() + 1;
  } else {
    const absl::StatusOr<runtime::ViewReading> reading =
        projector_.WaitFor(watcher->school, kCaseViewName, std::nullopt, absl::InfinitePast());
    if (reading.ok()) watcher->next = reading->applied;
  }
  // The client learns at once that it is being listened to.
  watcher->StartSendInitialMetadata();
  {
    absl::MutexLock lock(&mutex_);
    started_.push_back(watcher);
  }
  bell_->Ring();
  return watcher;
}

void CaseWatch::Run() {
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
    const absl::Time now = absl::Now();
    absl::Time wake = absl::InfiniteFuture();
    std::erase_if(watchers, [&](Watcher* watcher) {
      if (ending && !watcher->writing()) {
        watcher->Finish(runtime::ToGrpc(absl::UnavailableError("the server is shutting down")));
        return true;
      }
      if (Serve(*watcher, now) == Going::kEnded) return true;
      wake = std::min(wake, watcher->behind ? now : watcher->last_shown + kHeartbeat);
      return false;
    });
    if (stopping && watchers.empty()) return;
    bell_->Wait(wake);
  }
}

CaseWatch::Going CaseWatch::Serve(Watcher& watcher, absl::Time now) const {
  const auto end = [&](const absl::Status& status) {
    watcher.Finish(runtime::Rpc::Conclude(std::source_location::current(), status));
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
  const absl::StatusOr<runtime::ViewReading> reading =
      projector_.WaitFor(watcher.school, kCaseViewName, std::nullopt, absl::InfinitePast());
  if (reading.ok() && !watcher.next.has_value()) watcher.next = reading->applied;
  const bool advanced = reading.ok() && reading->applied > *watcher.next;
  if (!advanced && !heartbeat_due) return Going::kOn;
  // Sessions end and roles change while somebody watches, and to be shown something
  // is no sign that anybody is there.
  const absl::StatusOr<runtime::Call> call = rpc_.Recheck(watcher.context());
  if (!call.ok()) return end(call.status());
  if (advanced) {
    const absl::StatusOr<std::vector<IndexEntry>> changes =
        ScanChanges(projector_.store(), *reading->generation, *watcher.next, kChangesPerTurn);
    if (!changes.ok()) return end(changes.status());
    for (const IndexEntry& change : *changes) {
      watcher.next = change.position + 1;
      absl::StatusOr<std::optional<CaseRow>> row =
          FindCaseRow(projector_.store(), *reading->generation, change.stream);
      if (!row.ok()) return end(row.status());
      // One that has changed since the scan comes again under that change.
      if (!row->has_value() || (*row)->changed_position() != change.position) continue;
      const Sight sight = SightOfRow(**row, call->caller.actor);
      if (sight == Sight::kNone) continue;
      watcher.message.Clear();
      watcher.message.set_position(change.position);
      if (sight == Sight::kReporter) {
        *watcher.message.mutable_filed() = std::move(*(*row)->mutable_report());
      } else {
        *watcher.message.mutable_handled() = std::move(*(*row)->mutable_summary());
      }
      watcher.Show(now);
      return Going::kOn;
    }
    if (changes->size() == kChangesPerTurn) {
      watcher.behind = true;
      return Going::kOn;
    }
    watcher.next = std::max(*watcher.next, reading->applied);
  }
  if (heartbeat_due) {
    watcher.message.Clear();
    watcher.message.mutable_heartbeat();
    // Nobody watches before the first record, of which they are part.
    watcher.message.set_position(std::max<uint64_t>(watcher.next.value_or(1), 1) - 1);
    watcher.Show(now);
  }
  return Going::kOn;
}

}  // namespace wardbook::casework
