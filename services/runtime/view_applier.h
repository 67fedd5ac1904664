// Applies a school's records to its views: a record is read and opened once for all of
// those that stand at it, and a view that cannot take it stops right there.

#ifndef SERVICES_RUNTIME_VIEW_APPLIER_H_
#define SERVICES_RUNTIME_VIEW_APPLIER_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/runtime/view_slot.h"
#include "services/runtime/view_store.h"
#include "storage/event_log.h"
#include "storage/record/record.h"
#include "storage/vault/vault.h"

namespace wardbook::runtime {

// Safe for concurrent use with different tracks.
class ViewApplier {
 public:
  // What came of a batch.
  struct Applied {
    // The number of records applied in all.
    uint64_t size = 0;
    // The first record that was told without what it says.
    std::optional<uint64_t> key_missing;
  };

  // All that is given outlives the applier.
  ViewApplier(const storage::EventLog& log, const vault::Vault& vault, ViewStore& store)
      : log_(log), vault_(vault), store_(store) {}

  // Applies the records of one school from `first` up to `end` to all tracks that stand
  // there, or the first of them if they are large; an answer for each track. Of a record
  // that cannot be applied the answer names view and position.
  std::vector<absl::StatusOr<Applied>> Apply(const std::vector<ViewTrack*>& tracks, uint64_t first,
                                             uint64_t end) const;

 private:
  // A track on its way through a batch.
  struct Attempt;

  // To those attempts that have not failed. `record` is what stands at `position`, if it
  // could be `parsed`.
  void ApplyRecord(uint64_t position, const absl::Status& parsed, const record::RecordView& record,
                   std::vector<Attempt>& attempts) const;
  // NOT_FOUND: its key is missing.
  absl::StatusOr<record::OpenedEvent> Open(const record::RecordView& view) const;
  // Notes in the attempt when the key is missing.
  absl::Status ApplyOpened(const record::RecordView& view,
                           const absl::StatusOr<record::OpenedEvent>& opened,
                           Attempt& attempt) const;
  absl::StatusOr<Applied> Commit(Attempt& attempt, uint64_t first) const;

  const storage::EventLog& log_;
  const vault::Vault& vault_;
  ViewStore& store_;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_VIEW_APPLIER_H_
