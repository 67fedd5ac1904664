// Files in evidence: sealed chunk by chunk as they arrive, given back to the
// byte. The store knows uploads and their bytes; that a file is evidence is an
// event of its case.
//
// Stored in a KeyValue of its own:
//   'u' EVIDENCE_ID            key id (16 bytes) and a sealed UploadRecord
//   'c' EVIDENCE_ID OFFSET     one sealed chunk; the associated data is the id
//                              and the offset, so that no chunk can stand in
//                              another's place
//   'e' EVIDENCE_ID            set when an event names the file: never swept

#ifndef STORAGE_EVIDENCE_EVIDENCE_STORE_H_
#define STORAGE_EVIDENCE_EVIDENCE_STORE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/base/ids.h"
#include "storage/key_value.h"
#include "storage/vault/vault.h"
#include "wardbook/log/v1/evidence.pb.h"

namespace wardbook::evidence {

// One chunk travels in one gRPC message and is sealed in one piece of memory.
inline constexpr size_t kChunkBytesMax = 1 << 20;
// Enough for an hour of video from a phone.
inline constexpr uint64_t kFileBytesMax = uint64_t{2} << 30;
// How much of the beginning of a file its type is found by.
inline constexpr size_t kSniffBytes = 4096;

// How far an upload has come.
struct UploadStatus {
  SchoolId school;
  wardbook::log::v1::UploadRecord record;
  uint64_t committed_offset = 0;
};

// A complete upload.
struct CompleteUpload {
  UploadStatus status;
  KeyId key_id;
  Hash sha256;         // Of the original bytes.
  Hash sealed_sha256;  // Of the sealed chunks in order.
  std::string head;    // The first kSniffBytes bytes.
};

// Safe for concurrent use; the chunks of one upload are taken one at a time.
class EvidenceStore {
 public:
  // `vault` outlives the store.
  static absl::StatusOr<std::unique_ptr<EvidenceStore>> Open(
      std::unique_ptr<storage::KeyValue> store, vault::Vault& vault);
  ~EvidenceStore();

  // INVALID_ARGUMENT: the size is 0 or over kFileBytesMax.
  absl::StatusOr<EvidenceId> OpenUpload(const SchoolId& school,
                                        const wardbook::log::v1::UploadRecord& upload);

  // NOT_FOUND: no such upload in this school, or it was swept.
  absl::StatusOr<UploadStatus> GetUpload(const SchoolId& school, const EvidenceId& id) const;

  // Takes the bytes at `offset` and returns the offset committed. Bytes that
  // the store has already are passed over. OUT_OF_RANGE: a gap, or bytes beyond
  // the file's size. INVALID_ARGUMENT: no bytes or more than kChunkBytesMax.
  // NOT_FOUND as GetUpload. FAILED_PRECONDITION: the file is in evidence.
  absl::StatusOr<uint64_t> PutChunk(const SchoolId& school, const EvidenceId& id, uint64_t offset,
                                    absl::string_view data);

  // Syncs the upload's chunks and describes it. FAILED_PRECONDITION: bytes are
  // missing. NOT_FOUND as GetUpload. May be called again.
  absl::StatusOr<CompleteUpload> Complete(const SchoolId& school, const EvidenceId& id);

  // Marks the file as evidence, after the event that names it is recorded, so
  // that it is never swept. Durable on OK.
  absl::Status Keep(const SchoolId& school, const EvidenceId& id);

  // The chunk that begins at `offset`; empty at the file's end. DATA_LOSS: a
  // chunk is missing or not what was sealed. NOT_FOUND: as GetUpload, or the
  // file's key was destroyed.
  absl::StatusOr<std::string> ReadChunk(const SchoolId& school, const EvidenceId& id,
                                        uint64_t offset) const;

  // Removes uploads opened before `before` that are not kept and for which
  // `is_named` says that no event names them; returns how many.
  absl::StatusOr<int> Sweep(
      absl::Time before,
      const std::function<absl::StatusOr<bool>(const UploadStatus&, const EvidenceId&)>& is_named);

 private:
  // To be completed by the implementation.
};

}  // namespace wardbook::evidence

#endif  // STORAGE_EVIDENCE_EVIDENCE_STORE_H_
