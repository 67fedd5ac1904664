#include "services/runtime/view_store.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/base/big_endian.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/aead.h"
#include "storage/crypto/sha256.h"

namespace wardbook::runtime {
namespace {

constexpr char kActiveTable = 'a';
constexpr char kGenerationTable = 'g';
// After the generation's number.
constexpr char kProgressRow = 0;
constexpr char kViewRow = 1;
// The first byte of a row.
constexpr char kClear = 0;
constexpr char kSealed = 1;

// Rows deleted by one write: a bound on the memory that removing a generation
// takes.
constexpr size_t kRemovedPerWrite = 4096;

std::string TableKey(char table, const SchoolId& school, absl::string_view view) {
  std::string key(1, table);
  key.append(school.view().data(), SchoolId::kSize);
  key.append(view.data(), view.size());
  key.push_back('\0');
  return key;
}

std::string GenerationKey(const ViewGeneration& generation) {
  std::string key = TableKey(kGenerationTable, generation.school, generation.view);
  AppendBigEndian64(&key, generation.number);
  return key;
}

std::string ProgressKey(const ViewGeneration& generation) {
  return GenerationKey(generation) + kProgressRow;
}

std::string RowKey(const ViewGeneration& generation, absl::string_view key) {
  std::string stored = GenerationKey(generation) + kViewRow;
  stored.append(key.data(), key.size());
  return stored;
}

std::string EncodeProgress(const ViewProgress& progress) {
  std::string value;
  AppendBigEndian32(&value, progress.version);
  AppendBigEndian64(&value, progress.applied);
  return value;
}

absl::StatusOr<ViewProgress> DecodeProgress(absl::string_view value) {
  if (value.size() != 12) return absl::DataLossError("a view's progress is not of 12 bytes");
  return ViewProgress{ReadBigEndian32(value), ReadBigEndian64(value.substr(4))};
}

void HashPiece(crypto::Sha256Stream& hash, absl::string_view piece) {
  std::string size;
  AppendBigEndian64(&size, piece.size());
  hash.Update(size);
  hash.Update(piece);
}

}  // namespace

ViewStore::ViewStore(std::unique_ptr<storage::KeyValue> store, const vault::Vault& vault)
    : store_(std::move(store)), vault_(vault) {}

absl::StatusOr<std::optional<std::string>> ViewStore::OpenRow(absl::string_view stored_key,
                                                              absl::string_view stored) const {
  if (!stored.empty() && stored.front() == kClear) return std::string(stored.substr(1));
  if (stored.size() < 1 + KeyId::kSize || stored.front() != kSealed) {
    return absl::DataLossError("a row of a view is neither clear nor sealed");
  }
  const KeyId key_id = *KeyId::FromBytes(stored.substr(1, KeyId::kSize));
  const absl::StatusOr<crypto::Secret> key = vault_.Find(key_id);
  if (absl::IsNotFound(key.status())) return std::nullopt;
  if (!key.ok()) return key.status();
  WARDBOOK_ASSIGN_OR_RETURN(std::string value,
                            crypto::Open(*key, stored_key, stored.substr(1 + KeyId::kSize)));
  return value;
}

absl::StatusOr<std::optional<std::string>> ViewStore::Get(const ViewGeneration& generation,
                                                          absl::string_view key) const {
  const std::string stored_key = RowKey(generation, key);
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> stored, store_->Get(stored_key));
  if (!stored.has_value()) return std::nullopt;
  return OpenRow(stored_key, *stored);
}

absl::StatusOr<std::vector<ViewRow>> ViewStore::Scan(const ViewGeneration& generation,
                                                     absl::string_view start, absl::string_view end,
                                                     size_t limit) const {
  const std::string all = RowKey(generation, "");
  const std::string last = end.empty() ? storage::PrefixEnd(all) : RowKey(generation, end);
  std::vector<ViewRow> rows;
  absl::Status failure;
  if (limit == 0) return rows;
  WARDBOOK_RETURN_IF_ERROR(store_->Scan(
      RowKey(generation, start), last, [&](absl::string_view stored_key, absl::string_view stored) {
        absl::StatusOr<std::optional<std::string>> value = OpenRow(stored_key, stored);
        if (!value.ok()) {
          failure = value.status();
          return false;
        }
        if (value->has_value()) {
          rows.push_back({std::string(stored_key.substr(all.size())), **std::move(value)});
        }
        return rows.size() < limit;
      }));
  WARDBOOK_RETURN_IF_ERROR(failure);
  return rows;
}

absl::Status ViewStore::Commit(const ViewBatch& batch, const ViewProgress& progress) {
  storage::WriteSet writes;
  for (const auto& [key, change] : batch.changes_) {
    std::string stored_key = RowKey(batch.generation_, key);
    if (!change.value.has_value()) {
      writes.Delete(std::move(stored_key));
      continue;
    }
    if (!change.key_id.has_value()) {
      writes.Put(std::move(stored_key), kClear + *change.value);
      continue;
    }
    const absl::StatusOr<crypto::Secret> vault_key = vault_.Find(*change.key_id);
    if (absl::IsNotFound(vault_key.status())) {
      writes.Delete(std::move(stored_key));
      continue;
    }
    if (!vault_key.ok()) return vault_key.status();
    std::string stored(1, kSealed);
    stored += change.key_id->Bytes();
    stored += crypto::Seal(*vault_key, stored_key, *change.value);
    writes.Put(std::move(stored_key), std::move(stored));
  }
  writes.Put(ProgressKey(batch.generation_), EncodeProgress(progress));
  return store_->Write(writes, storage::Durability::kBuffered);
}

absl::StatusOr<std::optional<ViewProgress>> ViewStore::FindProgress(
    const ViewGeneration& generation) const {
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> stored,
                            store_->Get(ProgressKey(generation)));
  if (!stored.has_value()) return std::nullopt;
  return DecodeProgress(*stored);
}

absl::StatusOr<ViewHash> ViewStore::HashRows(const ViewGeneration& generation) const {
  // The progress stands before the rows, so that one scan sees both as of the
  // same moment.
  const std::string prefix = GenerationKey(generation);
  const std::string progress_key = ProgressKey(generation);
  std::optional<ViewProgress> progress;
  crypto::Sha256Stream hash;
  absl::Status failure;
  WARDBOOK_RETURN_IF_ERROR(
      store_->Scan(prefix, storage::PrefixEnd(prefix),
                   [&](absl::string_view stored_key, absl::string_view stored) {
                     if (stored_key == progress_key) {
                       absl::StatusOr<ViewProgress> decoded = DecodeProgress(stored);
                       if (decoded.ok()) progress = *decoded;
                       failure = decoded.status();
                       return failure.ok();
                     }
                     absl::StatusOr<std::optional<std::string>> value = OpenRow(stored_key, stored);
                     failure = value.status();
                     if (!failure.ok()) return false;
                     if (value->has_value()) {
                       HashPiece(hash, stored_key.substr(prefix.size()));
                       HashPiece(hash, **value);
                     }
                     return true;
                   }));
  WARDBOOK_RETURN_IF_ERROR(failure);
  if (!progress.has_value()) return absl::NotFoundError("there is no such view");
  return ViewHash{progress->applied, hash.Digest()};
}

absl::StatusOr<std::vector<uint64_t>> ViewStore::ListGenerations(const SchoolId& school,
                                                                 absl::string_view view) const {
  const std::string prefix = TableKey(kGenerationTable, school, view);
  const std::string end = storage::PrefixEnd(prefix);
  std::vector<uint64_t> numbers;
  std::string next = prefix;
  for (;;) {
    std::optional<uint64_t> found;
    bool malformed = false;
    WARDBOOK_RETURN_IF_ERROR(store_->Scan(next, end, [&](absl::string_view key, absl::string_view) {
      malformed = key.size() <= prefix.size() + 8;
      if (!malformed) found = ReadBigEndian64(key.substr(prefix.size()));
      return false;
    }));
    if (malformed) return absl::DataLossError("a row of the views has no generation");
    if (!found.has_value()) return numbers;
    numbers.push_back(*found);
    next = storage::PrefixEnd(GenerationKey({school, std::string(view), *found}));
  }
}

absl::StatusOr<std::optional<uint64_t>> ViewStore::FindActive(const SchoolId& school,
                                                              absl::string_view view) const {
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> stored,
                            store_->Get(TableKey(kActiveTable, school, view)));
  if (!stored.has_value()) return std::nullopt;
  if (stored->size() != 8) return absl::DataLossError("a view's generation is not of 8 bytes");
  return ReadBigEndian64(*stored);
}

absl::Status ViewStore::Activate(const ViewGeneration& generation) {
  std::string number;
  AppendBigEndian64(&number, generation.number);
  storage::WriteSet writes;
  writes.Put(TableKey(kActiveTable, generation.school, generation.view), std::move(number));
  return store_->Write(writes, storage::Durability::kBuffered);
}

absl::Status ViewStore::Remove(const ViewGeneration& generation) {
  const std::string prefix = GenerationKey(generation);
  const std::string end = storage::PrefixEnd(prefix);
  for (;;) {
    storage::WriteSet writes;
    WARDBOOK_RETURN_IF_ERROR(
        store_->Scan(prefix, end, [&writes](absl::string_view key, absl::string_view) {
          writes.Delete(std::string(key));
          return writes.operations().size() < kRemovedPerWrite;
        }));
    if (writes.empty()) return absl::OkStatus();
    WARDBOOK_RETURN_IF_ERROR(store_->Write(writes, storage::Durability::kBuffered));
  }
}

absl::StatusOr<std::optional<std::string>> ViewBatch::Get(absl::string_view key) const {
  const auto found = changes_.find(key);
  if (found == changes_.end()) return store_.Get(generation_, key);
  return found->second.value;
}

void ViewBatch::PutClear(absl::string_view key, std::string value) {
  changes_.insert_or_assign(std::string(key), Change{std::move(value), std::nullopt});
}

void ViewBatch::PutSealed(absl::string_view key, const KeyId& key_id, std::string value) {
  changes_.insert_or_assign(std::string(key), Change{std::move(value), key_id});
}

void ViewBatch::Delete(absl::string_view key) {
  changes_.insert_or_assign(std::string(key), Change{});
}

}  // namespace wardbook::runtime
