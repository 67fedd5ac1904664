// Files in evidence: sealed chunk by chunk as they arrive, given back to the
// byte. The store knows uploads and their bytes; that a file is evidence is an
// event of its case.
//
// Stored in a KeyValue of its own. Every key names the school first after its
// kind, so an id of another school is simply not there. What is sealed has the
// row's own key as associated data, so that no row can stand in another's place.
//   'u' SCHOOL_ID EVIDENCE_ID          key id (16 bytes), a sealed UploadRecord
//   'o' SCHOOL_ID EVIDENCE_ID          the committed offset (8 bytes), from the
//                                      first chunk on
//   'c' SCHOOL_ID EVIDENCE_ID OFFSET   one sealed chunk
//   'e' SCHOOL_ID EVIDENCE_ID          set when an event names the file: never
//                                      swept
//   'r' SCHOOL_ID EVIDENCE_ID          key id: a sweep has taken the 'u' row and
//                                      is about to take the rest
//   'g'                                set while the room of what was swept is not
//                                      given back

#ifndef STORAGE_EVIDENCE_EVIDENCE_STORE_H_
#define STORAGE_EVIDENCE_EVIDENCE_STORE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "storage/base/ids.h"
#include "storage/crypto/secret.h"
#include "storage/evidence/hashers.h"
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
  // While this lives the file is not swept: the caller holds it until the event
  // that names the file is recorded.
  std::shared_ptr<const void> hold;
};

// What the event that put a file in evidence says of it.
struct FiledFile {
  EvidenceId id;
  uint64_t size = 0;
  KeyId key_id;
  Hash sealed_sha256;
};

// Whether an event names the file.
using IsNamed = std::function<absl::StatusOr<bool>(const UploadStatus&, const EvidenceId&)>;
// Whether to go on; asked before every upload or chunk.
using GoOn = std::function<bool()>;

// Safe for concurrent use; the chunks of one upload are taken one at a time.
class EvidenceStore {
 public:
  // `vault` outlives the store.
  static absl::StatusOr<std::unique_ptr<EvidenceStore>> Open(
      std::unique_ptr<storage::KeyValue> store, vault::Vault& vault);
  ~EvidenceStore();

  EvidenceStore(const EvidenceStore&) = delete;
  EvidenceStore& operator=(const EvidenceStore&) = delete;

  // INVALID_ARGUMENT: the size is 0 or over kFileBytesMax.
  absl::StatusOr<EvidenceId> OpenUpload(const SchoolId& school,
                                        const wardbook::log::v1::UploadRecord& upload);

  // NOT_FOUND: no such upload in this school, or it was swept, or its key was
  // destroyed.
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

  // The chunk that begins at `offset`; empty at the file's end. Chunks are those
  // that PutChunk stored, so a reader begins at 0 and goes on where the last one
  // ended. DATA_LOSS: a chunk is missing or not what was sealed. OUT_OF_RANGE:
  // beyond the file's end. NOT_FOUND: as GetUpload, or the file's key was
  // destroyed.
  absl::StatusOr<std::string> ReadChunk(const SchoolId& school, const EvidenceId& id,
                                        uint64_t offset) const;

  // Reads the whole file, sealed as it is, and compares it with what was filed: that its
  // key is there, that its chunks reach from 0 to its size without a gap, and that they are
  // those that were hashed then. Opens none of them. DATA_LOSS: it is damaged; the message
  // names the file, and where. CANCELLED: `go_on` has said no.
  absl::Status CheckFile(const SchoolId& school, const FiledFile& file, const GoOn& go_on) const;

  // As storage::KeyValue does; CheckFile reads the chunks.
  absl::Status CheckBlocks() const { return store_->CheckBlocks(); }

  // Removes uploads opened before `before` that are not kept nor held and for
  // which `is_named` says that no event names them, and destroys their keys;
  // returns how many. An upload that cannot be judged stays and does not keep
  // the others; the first such failure is returned then. DATA_LOSS: the key of
  // one is missing, so that nobody knows its age or its case. CANCELLED: `go_on`
  // has said no; the next sweep goes on. One sweep at a time.
  absl::StatusOr<int> Sweep(absl::Time before, const IsNamed& is_named, const GoOn& go_on);

 private:
  // An upload that is being filled.
  struct Live;
  // An 'u' row, opened.
  struct Opened {
    KeyId key_id;
    crypto::Secret key;
    wardbook::log::v1::UploadRecord record;
  };
  using LiveId = std::pair<SchoolId, EvidenceId>;
  struct LiveEntry {
    std::shared_ptr<Live> live;
    std::list<LiveId>::iterator use;
  };

  EvidenceStore(std::unique_ptr<storage::KeyValue> store, vault::Vault& vault);

  // The parts of CheckFile that look at the upload and at its chunks.
  absl::Status CheckFiledUpload(const SchoolId& school, const FiledFile& file) const;
  absl::Status CheckFiledChunks(const SchoolId& school, const FiledFile& file,
                                const GoOn& go_on) const;

  absl::StatusOr<Opened> ReadUpload(const SchoolId& school, const EvidenceId& id) const;
  // The key that the upload's row names; found or not.
  absl::StatusOr<KeyId> KeyOf(const SchoolId& school, const EvidenceId& id) const;
  absl::StatusOr<uint64_t> CommittedOffset(const SchoolId& school, const EvidenceId& id) const;
  absl::StatusOr<bool> IsKept(const SchoolId& school, const EvidenceId& id) const;

  // The one Live of an upload, not yet loaded. It stays the only one as long as
  // somebody holds it.
  absl::StatusOr<std::shared_ptr<Live>> Hold(const SchoolId& school, const EvidenceId& id);
  // Whether somebody beside the caller holds `live`.
  bool HeldByOthers(const std::shared_ptr<Live>& live);
  void EvictUnused() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  // Takes the upload's 'u' row if it may go: then nobody finds it any more.
  absl::StatusOr<bool> SweepUpload(const SchoolId& school, const EvidenceId& id, absl::Time before,
                                   const IsNamed& is_named);
  // Whether the upload may go.
  absl::StatusOr<bool> IsStale(const SchoolId& school, const EvidenceId& id, absl::Time before,
                               const IsNamed& is_named) const;
  // Takes the rest of what was swept, also by a sweep that was cut short.
  absl::Status RemoveSwept(const GoOn& go_on);
  // Gives back the room of what was swept, also by a sweep that was cut short.
  absl::Status ReclaimSwept();
  absl::Status RemoveChunks(const SchoolId& school, const EvidenceId& id);

  const std::unique_ptr<storage::KeyValue> store_;
  vault::Vault& vault_;
  Hashers hashers_;

  // Held for looking up only, never across the disk.
  absl::Mutex mutex_;
  absl::flat_hash_map<LiveId, LiveEntry> live_ ABSL_GUARDED_BY(mutex_);
  // Last used first.
  std::list<LiveId> uses_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace wardbook::evidence

#endif  // STORAGE_EVIDENCE_EVIDENCE_STORE_H_
