// Removing uploads that came to nothing.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "storage/base/status_macros.h"
#include "storage/evidence/evidence_rows.h"
#include "storage/evidence/evidence_store.h"
#include "storage/evidence/live_upload.h"

namespace wardbook::evidence {
namespace {

// Bounds what a sweep holds in memory; a page of 1024 ids is 32 KiB. So many keys
// are destroyed at a time, which rewrites the files of the vault.
constexpr size_t kSweepPage = 1024;

// Deletes go to the disk in sets of this many, because a file that was sent in
// tiny chunks has more rows than should be in one write.
constexpr size_t kDeletesPerWrite = 1024;

// What the key of a row but a chunk's names.
struct RowIds {
  SchoolId school;
  EvidenceId id;
};

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

absl::Status Stopped() { return absl::CancelledError("the sweep was stopped"); }

absl::StatusOr<RowIds> IdsOf(absl::string_view row) {
  if (row.size() != kRowSize) return absl::DataLossError("an upload's key has a wrong size");
  const absl::string_view ids = row.substr(1);
  return RowIds{*SchoolId::FromBytes(ids.substr(0, SchoolId::kSize)),
                *EvidenceId::FromBytes(ids.substr(SchoolId::kSize))};
}

// The next rows of a kind, from `start` on, which it moves behind them.
absl::StatusOr<std::vector<std::string>> NextPage(const storage::KeyValue& store, char kind,
                                                  std::string& start) {
  std::vector<std::string> rows;
  WARDBOOK_RETURN_IF_ERROR(store.Scan(start, storage::PrefixEnd(absl::string_view(&kind, 1)),
                                      [&](absl::string_view row, absl::string_view) {
                                        rows.emplace_back(row);
                                        return rows.size() < kSweepPage;
                                      }));
  if (!rows.empty()) start = absl::StrCat(rows.back(), absl::string_view("\0", 1));
  return rows;
}

}  // namespace

absl::StatusOr<int> EvidenceStore::Sweep(absl::Time before, const IsNamed& is_named,
                                         const GoOn& go_on) {
  std::string start(1, kUploadKind);
  int swept = 0;
  absl::Status first_failure;
  while (true) {
    WARDBOOK_ASSIGN_OR_RETURN(const std::vector<std::string> rows,
                              NextPage(*store_, kUploadKind, start));
    if (rows.empty()) break;
    for (const std::string& row : rows) {
      if (!go_on()) return Stopped();
      const absl::StatusOr<RowIds> ids = IdsOf(row);
      first_failure.Update(ids.status());
      if (!ids.ok()) continue;
      const absl::StatusOr<bool> taken = SweepUpload(ids->school, ids->id, before, is_named);
      first_failure.Update(taken.status());
      if (taken.ok() && *taken) ++swept;
    }
  }
  first_failure.Update(RemoveSwept(go_on));
  // Whoever stops the sweep does not wait for files that are written anew.
  if (go_on()) first_failure.Update(ReclaimSwept());
  if (!first_failure.ok()) return first_failure;
  return swept;
}

absl::StatusOr<bool> EvidenceStore::SweepUpload(const SchoolId& school, const EvidenceId& id,
                                                absl::Time before, const IsNamed& is_named) {
  // Nearly every row is evidence, and need not be brought into memory.
  WARDBOOK_ASSIGN_OR_RETURN(const bool kept, IsKept(school, id));
  if (kept) return false;
  WARDBOOK_ASSIGN_OR_RETURN(const std::shared_ptr<Live> live, Hold(school, id));
  absl::MutexLock lock(&live->mutex);
  // Whoever is about to name the file holds it. From here on nobody can begin
  // to: Complete waits for the lock, and finds nothing afterwards.
  if (HeldByOthers(live)) return false;
  WARDBOOK_ASSIGN_OR_RETURN(const bool stale, IsStale(school, id, before, is_named));
  if (!stale) return false;
  WARDBOOK_ASSIGN_OR_RETURN(const KeyId key_id, KeyOf(school, id));
  live->loaded = false;
  // Synced: without this row a key that is gone would be a loss.
  storage::WriteSet writes;
  writes.Put(Row(kRemovedKind, school, id), key_id.Bytes());
  writes.Delete(Row(kUploadKind, school, id));
  WARDBOOK_RETURN_IF_ERROR(store_->Write(writes, storage::Durability::kSynced));
  return true;
}

absl::StatusOr<bool> EvidenceStore::IsStale(const SchoolId& school, const EvidenceId& id,
                                            absl::Time before, const IsNamed& is_named) const {
  WARDBOOK_ASSIGN_OR_RETURN(const bool kept, IsKept(school, id));
  if (kept) return false;
  const absl::StatusOr<UploadStatus> status = GetUpload(school, id);
  // Its age and its case are sealed. A vault that was lost must not take with it
  // what comes back when the vault does.
  if (absl::IsNotFound(status.status())) {
    return Corrupt(id, "its key is missing: restore the vault");
  }
  WARDBOOK_RETURN_IF_ERROR(status.status());
  if (TimeOf(status->record.opened_time()) >= before) return false;
  WARDBOOK_ASSIGN_OR_RETURN(const bool named, is_named(*status, id));
  return !named;
}

absl::Status EvidenceStore::RemoveSwept(const GoOn& go_on) {
  absl::Status failure;
  std::string start(1, kRemovedKind);
  while (true) {
    if (!go_on()) return Stopped();
    WARDBOOK_ASSIGN_OR_RETURN(const std::vector<std::string> rows,
                              NextPage(*store_, kRemovedKind, start));
    if (rows.empty()) return failure;
    std::vector<RowIds> swept;
    std::vector<KeyId> keys;
    for (const std::string& row : rows) {
      const absl::StatusOr<RowIds> ids = IdsOf(row);
      WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> value, store_->Get(row));
      const std::optional<KeyId> key = KeyId::FromBytes(value.value_or(""));
      // A row that cannot be read keeps none of the others.
      if (!ids.ok() || !key.has_value()) {
        failure.Update(ids.ok() ? Corrupt(ids->id, "the row of its removal has a wrong size")
                                : ids.status());
        continue;
      }
      swept.push_back(*ids);
      keys.push_back(*key);
    }
    // First the keys: then the bytes are gone even where the disk still has them,
    // and a sweep that is cut short leaves rows that the next one removes.
    WARDBOOK_RETURN_IF_ERROR(vault_.Destroy(keys));
    storage::WriteSet last;
    for (const RowIds& ids : swept) {
      if (!go_on()) return Stopped();
      WARDBOOK_RETURN_IF_ERROR(RemoveChunks(ids.school, ids.id));
      last.Delete(Row(kOffsetKind, ids.school, ids.id));
      last.Delete(Row(kRemovedKind, ids.school, ids.id));
    }
    if (last.empty()) continue;
    last.Put(kReclaimRow, "");
    WARDBOOK_RETURN_IF_ERROR(store_->Write(last, storage::Durability::kSynced));
  }
}

absl::Status EvidenceStore::ReclaimSwept() {
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> owed, store_->Get(kReclaimRow));
  if (!owed.has_value()) return absl::OkStatus();
  WARDBOOK_RETURN_IF_ERROR(store_->Reclaim());
  storage::WriteSet done;
  done.Delete(kReclaimRow);
  return store_->Write(done, storage::Durability::kBuffered);
}

absl::Status EvidenceStore::RemoveChunks(const SchoolId& school, const EvidenceId& id) {
  const std::string chunks = Row(kChunkKind, school, id);
  while (true) {
    storage::WriteSet deletes;
    WARDBOOK_RETURN_IF_ERROR(store_->Scan(chunks, storage::PrefixEnd(chunks),
                                          [&](absl::string_view row, absl::string_view) {
                                            deletes.Delete(std::string(row));
                                            return deletes.operations().size() < kDeletesPerWrite;
                                          }));
    if (deletes.empty()) return absl::OkStatus();
    WARDBOOK_RETURN_IF_ERROR(store_->Write(deletes, storage::Durability::kBuffered));
  }
}

}  // namespace wardbook::evidence
