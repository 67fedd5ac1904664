#include "services/notify/due_watch.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <source_location>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/kernel/timestamp.h"
#include "services/notify/due_list.h"
#include "storage/base/ids.h"
#include "storage/base/moment.h"

namespace wardbook::notify {
namespace {

using wardbook::v1::DueItem;
using wardbook::v1::DueList;
using wardbook::v1::WatchDueResponse;

// A list is made anew once for all that is recorded within so long: on a busy
// morning hundreds of records come in, and few of them change one person's list.
constexpr std::chrono::seconds kLookApart(1);

// What comes into a list because time passes, such as a permission that ends in
// two weeks, is shown at most so late. What becomes overdue is shown at once.
constexpr std::chrono::minutes kLookAgain(1);

}  // namespace

class DueWatch::Changes {
 public:
  void Count(const SchoolId& school) {
    absl::MutexLock lock(&mutex_);
    ++counts_[school];
  }
  uint64_t CountOf(const SchoolId& school) const {
    absl::MutexLock lock(&mutex_);
    const auto found = counts_.find(school);
    return found == counts_.end() ? 0 : found->second;
  }

 private:
  mutable absl::Mutex mutex_;
  absl::flat_hash_map<SchoolId, uint64_t> counts_ ABSL_GUARDED_BY(mutex_);
};

namespace {

class DueFeed : public runtime::WatchFeed<WatchDueResponse> {
 public:
  DueFeed(const std::vector<const runtime::DueSource*>& sources,
          std::shared_ptr<const DueWatch::Changes> changes, const SchoolId& school,
          const wardbook::v1::WatchDueRequest& request)
      : sources_(sources),
        changes_(std::move(changes)),
        school_(school),
        only_overdue_(request.only_overdue()) {}

  bool HasNews(Moment now) override {
    asked_ = now;
    return now >= look_again_ || (now >= last_look_ + kLookApart && HasChanged());
  }

  Moment NewsAt() const override {
    return HasChanged() ? std::min(look_again_, last_look_ + kLookApart) : look_again_;
  }

  absl::StatusOr<Found> Next(const runtime::Call& call, WatchDueResponse& response) override {
    last_look_ = asked_;
    look_again_ = asked_ + kLookAgain;
    counted_ = changes_->CountOf(school_);
    runtime::Call now = call;
    // The thread of the watches waits for nothing: what the views have is shown,
    // and what they get rings the bell.
    now.seen_position = std::nullopt;
    absl::StatusOr<DueNow> dues = GatherDues(sources_, now, Moment::min());
    if (!dues.ok()) {
      // A view that is being built answers in a while.
      if (absl::IsUnavailable(dues.status())) return Found::kNothing;
      return dues.status();
    }
    for (const DueItem& item : dues->items) {
      if (item.overdue()) continue;
      const absl::Duration left = kernel::TimeOf(item.due_time()) - call.now;
      if (left < absl::FromChrono(kLookAgain)) {
        look_again_ = asked_ + absl::ToChronoNanoseconds(left);
      }
      break;
    }
    if (only_overdue_) LeaveOverdue(*dues);
    DueList list;
    *list.mutable_count() = std::move(dues->count);
    const size_t shown = std::min(dues->items.size(), kPageSizeMax);
    for (size_t i = 0; i < shown; ++i) *list.add_items() = std::move(dues->items[i]);
    std::string bytes = list.SerializeAsString();
    if (bytes == shown_) return Found::kNothing;
    shown_ = std::move(bytes);
    *response.mutable_list() = std::move(list);
    return Found::kMessage;
  }

  void FillHeartbeat(WatchDueResponse& response) override { response.mutable_heartbeat(); }

 private:
  bool HasChanged() const { return changes_->CountOf(school_) != counted_; }

  const std::vector<const runtime::DueSource*>& sources_;
  const std::shared_ptr<const DueWatch::Changes> changes_;
  const SchoolId school_;
  const bool only_overdue_;
  Moment asked_ = Moment::min();
  Moment last_look_ = Moment::min();
  Moment look_again_ = Moment::min();
  // The changes of the school at the last look.
  uint64_t counted_ = 0;
  // The list that was shown last; nothing before the first, which is shown also
  // when it is empty.
  std::optional<std::string> shown_;
};

}  // namespace

DueWatch::DueWatch(runtime::Projector& projector, runtime::Rpc& rpc,
                   std::vector<const runtime::DueSource*> sources)
    : sources_(std::move(sources)), changes_(std::make_shared<Changes>()), watches_(rpc) {
  projector.Listen([changes = changes_, bell = watches_.bell()](const SchoolId& school,
                                                                absl::string_view, uint64_t) {
    changes->Count(school);
    bell->Ring();
  });
}

grpc::ServerWriteReactor<WatchDueResponse>* DueWatch::Start(
    grpc::CallbackServerContext* context, const wardbook::v1::WatchDueRequest& request) {
  return watches_.Start(
      context,
      [this, &request](const runtime::Call& call) {
        return std::make_unique<DueFeed>(sources_, changes_, call.caller.school, request);
      },
      std::source_location::current());
}

}  // namespace wardbook::notify
