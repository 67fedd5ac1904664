// The generations of a view of a school: the one that answers, the one that is being
// built beside it, and those that nobody needs any more.

#ifndef SERVICES_RUNTIME_VIEW_SLOT_H_
#define SERVICES_RUNTIME_VIEW_SLOT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/runtime/view.h"
#include "services/runtime/view_store.h"
#include "storage/base/ids.h"
#include "storage/base/moment.h"

namespace wardbook::runtime {

// How the last try has ended. Thread-compatible.
struct Trouble {
  void Take(const absl::Status& outcome, Moment now);
  // Whether there is none, or another try is worth while at `now`.
  bool MayGoOn(Moment now) const;

  absl::Status failure;
  // In a row.
  int failures = 0;
  Moment retry_next = Moment::min();
};

// A generation that is being applied to. Thread-compatible.
struct ViewTrack {
  const View* view = nullptr;
  ViewGeneration generation;
  FoldUse use = FoldUse::kAnswering;
  // Records applied, which is the position of the next one.
  uint64_t applied = 0;
  std::optional<uint64_t> key_missing;
  Trouble trouble;
  // A thread works on it; until it is done only that thread touches `fold`.
  bool busy = false;
  std::unique_ptr<ViewFold> fold;
  // When the fold was used last, in turns of the projector.
  uint64_t fold_used = 0;
};

// Thread-compatible.
struct ViewSlot {
  // Opens what is stored of the view. A log of `log_size` records is what it may be
  // made of; what was folded from more is of a log that is no more. Begins a new
  // generation where what is stored is damaged: the log has it all. Fails as the
  // store does. `view` outlives the slot.
  static absl::StatusOr<std::unique_ptr<ViewSlot>> Open(const ViewStore& store,
                                                        const SchoolId& school, const View& view,
                                                        uint64_t log_size);

  // Begins to build a generation from the first record on.
  void Build(const SchoolId& school);

  const View* view = nullptr;
  std::shared_ptr<const ViewGeneration> answering;
  uint32_t answering_version = 0;
  uint64_t answering_applied = 0;
  // The generation that answers, unless it is of another version.
  std::unique_ptr<ViewTrack> live;
  std::unique_ptr<ViewTrack> building;
  // Generations to be removed when nobody reads them any more.
  std::vector<std::shared_ptr<const ViewGeneration>> retired;
  uint64_t next_number = 1;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_VIEW_SLOT_H_
