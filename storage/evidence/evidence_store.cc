#include "storage/evidence/evidence_store.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "storage/base/big_endian.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/aead.h"
#include "storage/crypto/random.h"
#include "storage/crypto/sha256.h"
#include "storage/evidence/evidence_rows.h"
#include "storage/evidence/live_upload.h"

namespace wardbook::evidence {
namespace {

// How many uploads keep their running hashes in memory: more than are ever
// filled at once, at about 6 KiB each. One that comes back later is hashed
// again from its stored chunks.
constexpr size_t kLiveUploadsMax = 1024;

// A chunk is hashed as it came while it is sealed, and as it was sealed while it is written.
// Two threads keep up with a fast disk; where more uploads are under way each hashes for
// itself.
constexpr int kHashers = 2;

absl::Status NoSuchUpload(const EvidenceId& id) {
  return absl::NotFoundError(absl::StrCat("no upload ", id.Hex()));
}

}  // namespace

absl::Status EvidenceStore::Live::Load(const EvidenceStore& evidence) {
  if (loaded) return evidence.vault_.Find(key_id).status();
  WARDBOOK_ASSIGN_OR_RETURN(Opened upload, evidence.ReadUpload(school, id));
  key_id = upload.key_id;
  record = std::move(upload.record);
  committed_offset = 0;
  sha256 = crypto::Sha256Stream();
  sealed_sha256 = crypto::Sha256Stream();
  head.clear();
  WARDBOOK_ASSIGN_OR_RETURN(kept, evidence.IsKept(school, id));

  const std::string chunks = Row(kChunkKind, school, id);
  absl::Status failure;
  WARDBOOK_RETURN_IF_ERROR(evidence.store_->Scan(
      chunks, storage::PrefixEnd(chunks),
      [&](absl::string_view row, absl::string_view sealed) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex) {
        absl::StatusOr<std::string> chunk = crypto::Open(upload.key, row, sealed);
        if (!chunk.ok() || row != ChunkRow(school, id, committed_offset)) {
          failure = Corrupt(id, absl::StrCat("the chunk at ", committed_offset,
                                             " is missing or not what was sealed"));
          return false;
        }
        Add(*chunk, sealed);
        return true;
      }));
  WARDBOOK_RETURN_IF_ERROR(failure);
  WARDBOOK_ASSIGN_OR_RETURN(const uint64_t recorded_offset, evidence.CommittedOffset(school, id));
  if (committed_offset != recorded_offset || committed_offset > record.size()) {
    return Corrupt(id, "the chunks do not reach the committed offset");
  }
  loaded = true;
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<EvidenceStore>> EvidenceStore::Open(
    std::unique_ptr<storage::KeyValue> store, vault::Vault& vault) {
  return std::unique_ptr<EvidenceStore>(new EvidenceStore(std::move(store), vault));
}

EvidenceStore::EvidenceStore(std::unique_ptr<storage::KeyValue> store, vault::Vault& vault)
    : store_(std::move(store)), vault_(vault), hashers_(kHashers) {}

EvidenceStore::~EvidenceStore() = default;

absl::StatusOr<EvidenceId> EvidenceStore::OpenUpload(
    const SchoolId& school, const wardbook::log::v1::UploadRecord& upload) {
  if (upload.size() == 0) return absl::InvalidArgumentError("the file is empty");
  if (upload.size() > kFileBytesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("the file is larger than ", kFileBytesMax, " bytes"));
  }
  WARDBOOK_ASSIGN_OR_RETURN(const vault::VaultKey key, vault_.NewKey());
  const EvidenceId id = crypto::RandomId<EvidenceId>();
  std::string row = Row(kUploadKind, school, id);
  const std::string sealed = crypto::Seal(key.key, row, upload.SerializeAsString());
  storage::WriteSet writes;
  writes.Put(std::move(row), absl::StrCat(key.id.view(), sealed));
  // An upload that power loss takes is opened again by the client; only what an
  // event names must survive, and Complete syncs.
  WARDBOOK_RETURN_IF_ERROR(store_->Write(writes, storage::Durability::kBuffered));
  return id;
}

absl::StatusOr<UploadStatus> EvidenceStore::GetUpload(const SchoolId& school,
                                                      const EvidenceId& id) const {
  WARDBOOK_ASSIGN_OR_RETURN(Opened upload, ReadUpload(school, id));
  WARDBOOK_ASSIGN_OR_RETURN(const uint64_t committed_offset, CommittedOffset(school, id));
  return UploadStatus{school, std::move(upload.record), committed_offset};
}

absl::StatusOr<uint64_t> EvidenceStore::PutChunk(const SchoolId& school, const EvidenceId& id,
                                                 uint64_t offset, absl::string_view data) {
  if (data.empty()) return absl::InvalidArgumentError("the chunk is empty");
  if (data.size() > kChunkBytesMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("the chunk is larger than ", kChunkBytesMax, " bytes"));
  }
  WARDBOOK_ASSIGN_OR_RETURN(const std::shared_ptr<Live> live, Hold(school, id));
  absl::MutexLock lock(&live->mutex);
  WARDBOOK_RETURN_IF_ERROR(live->Load(*this));
  if (live->kept) return absl::FailedPreconditionError("the file is in evidence");
  if (offset > live->committed_offset) {
    return absl::OutOfRangeError(absl::StrCat("the chunk begins at ", offset, " and ",
                                              live->committed_offset, " bytes are here"));
  }
  if (data.size() > live->record.size() - offset) {
    return absl::OutOfRangeError("the chunk goes beyond the size of the file");
  }
  const uint64_t known = live->committed_offset - offset;
  if (known >= data.size()) return live->committed_offset;
  const absl::string_view chunk = data.substr(known);

  WARDBOOK_ASSIGN_OR_RETURN(const crypto::Secret key, vault_.Find(live->key_id));
  std::string row = ChunkRow(school, id, live->committed_offset);
  // Of this upload until both are joined, under the lock that is held here.
  crypto::Sha256Stream* const sha256 = &live->sha256;
  crypto::Sha256Stream* const sealed_sha256 = &live->sealed_sha256;
  Hashers::Work hash(hashers_, [sha256, chunk] { sha256->Update(chunk); });
  std::string sealed = crypto::Seal(key, row, chunk);
  live->Extend(chunk);
  storage::WriteSet writes;
  writes.Put(std::move(row), std::move(sealed));
  writes.Put(Row(kOffsetKind, school, id), OffsetValue(live->committed_offset));
  const absl::string_view stored = *writes.operations().front().value;
  Hashers::Work sealed_hash(hashers_, [sealed_sha256, stored] { sealed_sha256->Update(stored); });
  absl::Status written = store_->Write(writes, storage::Durability::kBuffered);
  hash.Join();
  sealed_hash.Join();
  if (!written.ok()) {
    // The hashes have taken in what the store has not.
    live->loaded = false;
    return written;
  }
  return live->committed_offset;
}

absl::StatusOr<CompleteUpload> EvidenceStore::Complete(const SchoolId& school,
                                                       const EvidenceId& id) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::shared_ptr<Live> live, Hold(school, id));
  absl::MutexLock lock(&live->mutex);
  WARDBOOK_RETURN_IF_ERROR(live->Load(*this));
  if (live->committed_offset < live->record.size()) {
    return absl::FailedPreconditionError(
        absl::StrCat(live->committed_offset, " of ", live->record.size(), " bytes are here"));
  }
  // Power loss takes buffered writes newest first, so one synced write after the
  // chunks makes all of them durable.
  storage::WriteSet writes;
  writes.Put(Row(kOffsetKind, school, id), OffsetValue(live->committed_offset));
  WARDBOOK_RETURN_IF_ERROR(store_->Write(writes, storage::Durability::kSynced));
  return CompleteUpload{.status = {school, live->record, live->committed_offset},
                        .key_id = live->key_id,
                        .sha256 = live->sha256.Digest(),
                        .sealed_sha256 = live->sealed_sha256.Digest(),
                        .head = live->head,
                        .hold = live};
}

absl::Status EvidenceStore::Keep(const SchoolId& school, const EvidenceId& id) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::shared_ptr<Live> live, Hold(school, id));
  absl::MutexLock lock(&live->mutex);
  // A sweep that was faster has removed the rows.
  WARDBOOK_RETURN_IF_ERROR(ReadUpload(school, id).status());
  storage::WriteSet writes;
  writes.Put(Row(kKeptKind, school, id), "");
  WARDBOOK_RETURN_IF_ERROR(store_->Write(writes, storage::Durability::kSynced));
  live->kept = true;
  return absl::OkStatus();
}

absl::StatusOr<std::string> EvidenceStore::ReadChunk(const SchoolId& school, const EvidenceId& id,
                                                     uint64_t offset) const {
  WARDBOOK_ASSIGN_OR_RETURN(const Opened upload, ReadUpload(school, id));
  if (offset == upload.record.size()) return std::string();
  if (offset > upload.record.size()) {
    return absl::OutOfRangeError("the chunk is beyond the end of the file");
  }
  const std::string row = ChunkRow(school, id, offset);
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> sealed, store_->Get(row));
  if (!sealed.has_value()) {
    return Corrupt(id, absl::StrCat("the chunk at ", offset, " is missing"));
  }
  absl::StatusOr<std::string> chunk = crypto::Open(upload.key, row, *sealed);
  if (!chunk.ok() || chunk->empty() || chunk->size() > upload.record.size() - offset) {
    return Corrupt(id, absl::StrCat("the chunk at ", offset, " is not what was sealed"));
  }
  return chunk;
}

absl::StatusOr<EvidenceStore::Opened> EvidenceStore::ReadUpload(const SchoolId& school,
                                                                const EvidenceId& id) const {
  const std::string row = Row(kUploadKind, school, id);
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> value, store_->Get(row));
  if (!value.has_value()) return NoSuchUpload(id);
  const std::optional<KeyId> key_id =
      KeyId::FromBytes(absl::string_view(*value).substr(0, KeyId::kSize));
  if (!key_id.has_value()) return Corrupt(id, "the upload's row has a wrong size");
  Opened upload;
  upload.key_id = *key_id;
  WARDBOOK_ASSIGN_OR_RETURN(upload.key, vault_.Find(*key_id));
  absl::StatusOr<std::string> record =
      crypto::Open(upload.key, row, absl::string_view(*value).substr(KeyId::kSize));
  if (!record.ok() || !upload.record.ParseFromString(*record)) {
    return Corrupt(id, "the upload's row is not what was sealed");
  }
  return upload;
}

absl::StatusOr<KeyId> EvidenceStore::KeyOf(const SchoolId& school, const EvidenceId& id) const {
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> value,
                            store_->Get(Row(kUploadKind, school, id)));
  if (!value.has_value()) return NoSuchUpload(id);
  const std::optional<KeyId> key_id =
      KeyId::FromBytes(absl::string_view(*value).substr(0, KeyId::kSize));
  if (!key_id.has_value()) return Corrupt(id, "the upload's row has a wrong size");
  return *key_id;
}

absl::StatusOr<uint64_t> EvidenceStore::CommittedOffset(const SchoolId& school,
                                                        const EvidenceId& id) const {
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> value,
                            store_->Get(Row(kOffsetKind, school, id)));
  if (!value.has_value()) return 0;
  if (value->size() != sizeof(uint64_t)) {
    return Corrupt(id, "the committed offset has a wrong size");
  }
  return ReadBigEndian64(*value);
}

absl::StatusOr<bool> EvidenceStore::IsKept(const SchoolId& school, const EvidenceId& id) const {
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> kept,
                            store_->Get(Row(kKeptKind, school, id)));
  return kept.has_value();
}

absl::StatusOr<std::shared_ptr<EvidenceStore::Live>> EvidenceStore::Hold(const SchoolId& school,
                                                                         const EvidenceId& id) {
  const LiveId live_id(school, id);
  {
    absl::MutexLock lock(&mutex_);
    auto it = live_.find(live_id);
    if (it != live_.end()) {
      uses_.splice(uses_.begin(), uses_, it->second.use);
      return it->second.live;
    }
  }
  // Made-up ids must not drive real uploads out of memory.
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> upload,
                            store_->Get(Row(kUploadKind, school, id)));
  if (!upload.has_value()) return NoSuchUpload(id);

  absl::MutexLock lock(&mutex_);
  auto [it, inserted] = live_.try_emplace(live_id);
  if (inserted) {
    uses_.push_front(live_id);
    it->second = {std::make_shared<Live>(school, id), uses_.begin()};
    const std::shared_ptr<Live> live = it->second.live;
    EvictUnused();
    return live;
  }
  return it->second.live;
}

bool EvidenceStore::HeldByOthers(const std::shared_ptr<Live>& live) {
  absl::MutexLock lock(&mutex_);
  // New holders come under this lock only, through the entry in `live_`. That
  // entry and the caller are two; without the entry nobody else has a way to it.
  return live.use_count() > 2;
}

void EvidenceStore::EvictUnused() {
  auto oldest = uses_.end();
  while (live_.size() > kLiveUploadsMax && oldest != uses_.begin()) {
    --oldest;
    auto it = live_.find(*oldest);
    if (it->second.live.use_count() > 1) continue;
    live_.erase(it);
    oldest = uses_.erase(oldest);
  }
}

}  // namespace wardbook::evidence
