// Comparing a file in evidence with what was filed.

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/aead.h"
#include "storage/crypto/sha256.h"
#include "storage/evidence/evidence_rows.h"
#include "storage/evidence/evidence_store.h"
#include "wardbook/log/v1/evidence.pb.h"

namespace wardbook::evidence {
namespace {

// A row of the file. DATA_LOSS, naming the file and `what` of it: the row is missing or
// cannot be read.
absl::StatusOr<std::string> ReadRow(const storage::KeyValue& store, const std::string& row,
                                    const EvidenceId& id, absl::string_view what) {
  absl::StatusOr<std::optional<std::string>> value = store.Get(row);
  if (absl::IsDataLoss(value.status())) {
    return Corrupt(id, absl::StrCat(what, " cannot be read: ", value.status().message()));
  }
  WARDBOOK_RETURN_IF_ERROR(value.status());
  if (!value->has_value()) return Corrupt(id, absl::StrCat(what, " is missing"));
  return **std::move(value);
}

}  // namespace

absl::Status EvidenceStore::CheckFile(const SchoolId& school, const FiledFile& file,
                                      const GoOn& go_on) const {
  WARDBOOK_RETURN_IF_ERROR(CheckFiledUpload(school, file));
  return CheckFiledChunks(school, file, go_on);
}

absl::Status EvidenceStore::CheckFiledUpload(const SchoolId& school, const FiledFile& file) const {
  const EvidenceId& id = file.id;
  const absl::StatusOr<crypto::Secret> key = vault_.Find(file.key_id);
  if (absl::IsNotFound(key.status())) return Corrupt(id, "its key is missing: restore the vault");
  if (absl::IsDataLoss(key.status())) {
    return Corrupt(
        id, absl::StrCat("its key is damaged (", key.status().message(), "): restore the vault"));
  }
  WARDBOOK_RETURN_IF_ERROR(key.status());

  const std::string row = Row(kUploadKind, school, id);
  WARDBOOK_ASSIGN_OR_RETURN(const std::string value, ReadRow(*store_, row, id, "its upload"));
  const absl::string_view stored = value;
  if (stored.substr(0, KeyId::kSize) != file.key_id.view()) {
    return Corrupt(id, "its upload names another key than its event");
  }
  const absl::StatusOr<std::string> opened = crypto::Open(*key, row, stored.substr(KeyId::kSize));
  wardbook::log::v1::UploadRecord record;
  if (!opened.ok() || !record.ParseFromString(*opened)) {
    return Corrupt(id, "its upload is not what was sealed");
  }
  if (record.size() != file.size) return Corrupt(id, "its upload has another size than its event");
  WARDBOOK_ASSIGN_OR_RETURN(const std::string offset, ReadRow(*store_, Row(kOffsetKind, school, id),
                                                              id, "its committed offset"));
  if (offset != OffsetValue(file.size)) return Corrupt(id, "its committed offset is not its end");
  return absl::OkStatus();
}

absl::Status EvidenceStore::CheckFiledChunks(const SchoolId& school, const FiledFile& file,
                                             const GoOn& go_on) const {
  crypto::Sha256Stream sealed_sha256;
  for (uint64_t offset = 0; offset < file.size;) {
    if (!go_on()) return absl::CancelledError("the check of a file was stopped");
    const std::string chunk = absl::StrCat("the chunk at ", offset);
    WARDBOOK_ASSIGN_OR_RETURN(const std::string sealed,
                              ReadRow(*store_, ChunkRow(school, file.id, offset), file.id, chunk));
    if (sealed.size() <= crypto::kSealOverhead ||
        sealed.size() - crypto::kSealOverhead > file.size - offset) {
      return Corrupt(file.id, absl::StrCat(chunk, " has another size than was sealed"));
    }
    sealed_sha256.Update(sealed);
    offset += sealed.size() - crypto::kSealOverhead;
  }
  if (sealed_sha256.Digest() != file.sealed_sha256) {
    return Corrupt(file.id, "its sealed chunks are not those that were filed");
  }
  return absl::OkStatus();
}

}  // namespace wardbook::evidence
