#include "services/casework/case_listing_watch.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <source_location>
#include <utility>
#include <vector>

#include "services/casework/case_view.h"
#include "services/casework/case_view_rows.h"
#include "services/runtime/refusal.h"
#include "storage/base/moment.h"
#include "storage/base/status_macros.h"

namespace wardbook::casework {
namespace {

using wardbook::v1::WatchCasesResponse;
using wardbook::views::v1::CaseRow;

// How many changes are looked at for one watcher before it is the next one's
// turn.
constexpr size_t kChangesPerTurn = 64;

class CaseFeed : public runtime::WatchFeed<WatchCasesResponse> {
 public:
  CaseFeed(runtime::Projector& projector, const SchoolId& school, std::optional<uint64_t> after)
      : projector_(projector), school_(school) {
    const absl::StatusOr<runtime::ViewReading> reading = Read(after);
    if (runtime::IsRefusal(reading.status())) {
      // The log ends before that position, and a watch from there would be silent until it
      // has grown past it.
      unknown_ = reading.status();
    } else if (after.has_value()) {
      next_ = *after + 1;
    } else if (reading.ok()) {
      next_ = reading->applied;
    }
  }

  bool HasNews(Moment) override {
    if (!unknown_.ok()) return true;
    const absl::StatusOr<runtime::ViewReading> reading = Read();
    if (!reading.ok()) return false;
    if (!next_.has_value()) next_ = reading->applied;
    return reading->applied > *next_;
  }

  absl::StatusOr<Found> Next(const runtime::Call& call, WatchCasesResponse& response) override {
    WARDBOOK_RETURN_IF_ERROR(unknown_);
    const absl::StatusOr<runtime::ViewReading> reading = Read();
    // It had one a moment ago; while the view stands still nobody is shown anything.
    if (!reading.ok()) return Found::kNothing;
    WARDBOOK_ASSIGN_OR_RETURN(
        const std::vector<IndexEntry> changes,
        ScanChanges(projector_.store(), *reading->generation, *next_, kChangesPerTurn));
    for (const IndexEntry& change : changes) {
      next_ = change.position + 1;
      WARDBOOK_ASSIGN_OR_RETURN(
          std::optional<CaseRow> row,
          FindCaseRow(projector_.store(), *reading->generation, change.stream));
      // One that has changed since the scan comes again under that change.
      if (!row.has_value() || row->changed_position() != change.position) continue;
      const Sight sight = SightOfRow(*row, call.caller.actor);
      const bool is_reporter = row->reporter_id() == call.caller.actor.person.view();
      if (!SeesWhole(sight) && (sight == Sight::kNone || !is_reporter)) continue;
      response.set_position(change.position);
      if (SeesWhole(sight)) {
        *response.mutable_handled() = std::move(*row->mutable_summary());
      } else {
        *response.mutable_filed() = std::move(*row->mutable_report());
      }
      return Found::kMessage;
    }
    if (changes.size() == kChangesPerTurn) return Found::kMore;
    next_ = std::max(*next_, reading->applied);
    return Found::kNothing;
  }

  void FillHeartbeat(WatchCasesResponse& response) override {
    response.mutable_heartbeat();
    // Nobody watches before the first record, of which they are part.
    response.set_position(std::max<uint64_t>(next_.value_or(1), 1) - 1);
  }

 private:
  // What answers now. A refusal for kSeenPositionUnknown: the log has no record at `position`.
  absl::StatusOr<runtime::ViewReading> Read(std::optional<uint64_t> position = std::nullopt) const {
    return projector_.WaitFor(school_, kCaseViewName, position, Moment::min());
  }

  runtime::Projector& projector_;
  const SchoolId school_;
  // The position of the next change to look at; nothing until the view answers
  // for the first time.
  std::optional<uint64_t> next_;
  // The refusal that ends the watch at once.
  absl::Status unknown_;
};

}  // namespace

CaseWatch::CaseWatch(runtime::Projector& projector, runtime::Rpc& rpc, int watchers_max)
    : projector_(projector), watches_(rpc, watchers_max) {
  projector_.Listen([bell = watches_.bell()](const SchoolId&, absl::string_view view, uint64_t) {
    if (view == kCaseViewName) bell->Ring();
  });
}

grpc::ServerWriteReactor<WatchCasesResponse>* CaseWatch::Start(
    grpc::CallbackServerContext* context, const wardbook::v1::WatchCasesRequest& request) {
  std::optional<uint64_t> after;
  if (request.has_after_position()) after = request.after_position();
  return watches_.Start(
      context,
      [this, after](const runtime::Call& call) {
        return std::make_unique<CaseFeed>(projector_, call.caller.school, after);
      },
      std::source_location::current());
}

}  // namespace wardbook::casework
