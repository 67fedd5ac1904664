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

// Bounds what a sweep holds in memory; a page of 1024 ids is 32 KiB.
constexpr size_t kSweepPage = 1024;

// Deletes go to the disk in sets of this many, because a file that was sent in
// tiny chunks has more rows than should be in one write.
constexpr size_t kDeletesPerWrite = 1024;

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

}  // namespace

absl::StatusOr<int> EvidenceStore::Sweep(absl::Time before, const IsNamed& is_named) {
  const std::string end = storage::PrefixEnd(absl::string_view(&kUploadKind, 1));
  std::string start(1, kUploadKind);
  int swept = 0;
  absl::Status first_failure;
  while (true) {
    std::vector<std::string> rows;
    WARDBOOK_RETURN_IF_ERROR(
        store_->Scan(start, end, [&](absl::string_view row, absl::string_view) {
          rows.emplace_back(row);
          return rows.size() < kSweepPage;
        }));
    for (const std::string& row : rows) {
      if (row.size() != kRowSize) {
        first_failure.Update(absl::DataLossError("an upload's key has a wrong size"));
        continue;
      }
      const absl::string_view ids = absl::string_view(row).substr(1);
      const SchoolId school = *SchoolId::FromBytes(ids.substr(0, SchoolId::kSize));
      const EvidenceId id = *EvidenceId::FromBytes(ids.substr(SchoolId::kSize));
      absl::StatusOr<bool> removed = SweepUpload(school, id, before, is_named);
      first_failure.Update(removed.status());
      if (removed.ok() && *removed) ++swept;
    }
    if (rows.size() < kSweepPage) break;
    start = absl::StrCat(rows.back(), absl::string_view("\0", 1));
  }
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
  live->loaded = false;
  WARDBOOK_RETURN_IF_ERROR(Remove(school, id));
  return true;
}

absl::StatusOr<bool> EvidenceStore::IsStale(const SchoolId& school, const EvidenceId& id,
                                            absl::Time before, const IsNamed& is_named) const {
  WARDBOOK_ASSIGN_OR_RETURN(const bool kept, IsKept(school, id));
  if (kept) return false;
  absl::StatusOr<UploadStatus> status = GetUpload(school, id);
  // Without its key nobody can ever read the file.
  if (absl::IsNotFound(status.status())) return true;
  WARDBOOK_RETURN_IF_ERROR(status.status());
  if (TimeOf(status->record.opened_time()) >= before) return false;
  WARDBOOK_ASSIGN_OR_RETURN(const bool named, is_named(*status, id));
  return !named;
}

absl::Status EvidenceStore::Remove(const SchoolId& school, const EvidenceId& id) {
  const std::string upload_row = Row(kUploadKind, school, id);
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> upload, store_->Get(upload_row));
  if (!upload.has_value()) return absl::OkStatus();
  const std::optional<KeyId> key_id =
      KeyId::FromBytes(absl::string_view(*upload).substr(0, KeyId::kSize));
  if (!key_id.has_value()) return Corrupt(id, "the upload's row has a wrong size");
  // First the key: then the bytes are gone even where the disk still has them,
  // and a sweep that is cut short leaves an upload that the next one removes.
  WARDBOOK_RETURN_IF_ERROR(vault_.Destroy(*key_id));

  const std::string chunks = Row(kChunkKind, school, id);
  while (true) {
    storage::WriteSet deletes;
    WARDBOOK_RETURN_IF_ERROR(store_->Scan(chunks, storage::PrefixEnd(chunks),
                                          [&](absl::string_view row, absl::string_view) {
                                            deletes.Delete(std::string(row));
                                            return deletes.operations().size() < kDeletesPerWrite;
                                          }));
    if (deletes.empty()) break;
    WARDBOOK_RETURN_IF_ERROR(store_->Write(deletes, storage::Durability::kBuffered));
  }
  storage::WriteSet last;
  last.Delete(Row(kOffsetKind, school, id));
  last.Delete(upload_row);
  return store_->Write(last, storage::Durability::kSynced);
}

}  // namespace wardbook::evidence
