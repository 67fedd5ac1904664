#include "storage/rocksdb/checkpoint_pinner.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "storage/base/status_macros.h"
#include "storage/event_log.h"

namespace wardbook::storage {

absl::StatusOr<std::optional<checkpoint::Checkpoint>> CheckpointPinner::Pinned(
    const SchoolId& school) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> note, pins_.Read(school));
  if (!note.has_value()) return std::nullopt;
  absl::StatusOr<checkpoint::Checkpoint> pinned =
      checkpoint::OpenCheckpoint(signer_.verifier(), *note);
  if (!pinned.ok()) {
    return absl::DataLossError(absl::StrCat("the pinned checkpoint of school ", school.Hex(),
                                            " cannot be trusted: ", pinned.status().message()));
  }
  if (pinned->origin != checkpoint::Origin(signer_.name(), school)) {
    return absl::DataLossError(
        absl::StrCat("the pinned checkpoint of school ", school.Hex(), " is of another log"));
  }
  absl::MutexLock lock(&mutex_);
  sizes_[school] = pinned->size;
  return *std::move(pinned);
}

absl::Status CheckpointPinner::PinChanged(const DurableHeads& durable) {
  absl::MutexLock lock(&mutex_);
  absl::Status first_failure;
  std::vector<std::pair<SchoolId, uint64_t>> replaced;
  for (const SchoolId& school : durable.Schools()) {
    if (!durable.WriteStatus(school).ok()) continue;
    const absl::StatusOr<TreeHead> head = durable.Head(school);
    if (!head.ok() || sizes_[school] == head->size) continue;
    const absl::StatusOr<std::string> note =
        checkpoint::SignCheckpoint(signer_, school, head->size, head->root);
    const absl::Status status = note.ok() ? pins_.Replace(school, *note) : note.status();
    first_failure.Update(status);
    if (status.ok()) replaced.emplace_back(school, head->size);
  }
  if (replaced.empty()) return first_failure;
  const absl::Status synced = pins_.Sync();
  first_failure.Update(synced);
  if (!synced.ok()) return first_failure;
  for (const auto& [school, size] : replaced) sizes_[school] = size;
  return first_failure;
}

}  // namespace wardbook::storage
