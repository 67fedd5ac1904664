#include "storage/vault/vault.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/aead.h"
#include "storage/crypto/random.h"
#include "storage/vault/derived_key.h"

namespace wardbook::vault {
namespace {

// As many calls as a busy server has in flight: even if all of them open a case
// at the same moment, none waits for the disk.
constexpr size_t kPoolLow = 256;

// One sync makes this many keys, so a burst of new cases costs a sync for every
// few hundred. Those not handed out, up to a batch and one less than kPoolLow, are
// left behind at every stop: some 70 KiB.
constexpr size_t kKeysPerBatch = 512;

// All cases of a large authority's busiest server stay in memory while views
// are rebuilt from the log, which touches them in no order. About 130 bytes a
// key, so 17 MB when full.
constexpr size_t kCachedKeysMax = 131072;

constexpr absl::string_view kWrappingLabel = "wardbook vault keys";
constexpr absl::string_view kKeyAssociatedData = "wardbook key";
constexpr absl::string_view kFingerprintAssociatedData = "wardbook fingerprint key";

constexpr absl::string_view kKeyPrefix = "k";
constexpr absl::string_view kFingerprintRow = "f";

std::string KeyRow(const KeyId& id) { return absl::StrCat(kKeyPrefix, id.view()); }

std::string KeyAssociatedData(const KeyId& id) {
  return absl::StrCat(kKeyAssociatedData, id.view());
}

absl::StatusOr<crypto::Secret> Unwrap(const crypto::Secret& wrapping_key,
                                      absl::string_view associated_data, absl::string_view sealed) {
  WARDBOOK_ASSIGN_OR_RETURN(std::string bytes, crypto::Open(wrapping_key, associated_data, sealed));
  std::optional<crypto::Secret> key = crypto::Secret::FromBytes(bytes);
  crypto::Wipe(bytes.data(), bytes.size());
  if (!key.has_value()) return absl::DataLossError("a key of the wrong size");
  return *key;
}

absl::StatusOr<bool> HasKeys(const storage::KeyValue& store) {
  bool found = false;
  WARDBOOK_RETURN_IF_ERROR(store.Scan(kKeyPrefix, storage::PrefixEnd(kKeyPrefix),
                                      [&](absl::string_view, absl::string_view) {
                                        found = true;
                                        return false;
                                      }));
  return found;
}

absl::StatusOr<crypto::Secret> OpenFingerprintKey(storage::KeyValue& store,
                                                  const crypto::Secret& wrapping_key) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> sealed, store.Get(kFingerprintRow));
  if (sealed.has_value()) {
    absl::StatusOr<crypto::Secret> key = Unwrap(wrapping_key, kFingerprintAssociatedData, *sealed);
    if (key.ok()) return key;
    return absl::PermissionDeniedError("the vault does not open with this master key");
  }
  WARDBOOK_ASSIGN_OR_RETURN(const bool has_keys, HasKeys(store));
  if (has_keys) return absl::DataLossError("the vault has lost its fingerprint key");

  const crypto::Secret key = crypto::Secret::Random();
  storage::WriteSet writes;
  writes.Put(std::string(kFingerprintRow),
             crypto::Seal(wrapping_key, kFingerprintAssociatedData, key.view()));
  WARDBOOK_RETURN_IF_ERROR(store.Write(writes, storage::Durability::kSynced));
  return key;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Vault>> Vault::Open(std::unique_ptr<storage::KeyValue> store,
                                                   const crypto::Secret& master_key) {
  const crypto::Secret wrapping_key = DerivedKey(master_key, kWrappingLabel);
  WARDBOOK_ASSIGN_OR_RETURN(const crypto::Secret fingerprint_key,
                            OpenFingerprintKey(*store, wrapping_key));
  return std::unique_ptr<Vault>(new Vault(std::move(store), wrapping_key, fingerprint_key));
}

Vault::Vault(std::unique_ptr<storage::KeyValue> store, const crypto::Secret& wrapping_key,
             const crypto::Secret& fingerprint_key)
    : store_(std::move(store)),
      wrapping_key_(wrapping_key),
      fingerprint_key_(fingerprint_key),
      cache_(kCachedKeysMax),
      refiller_([this] { Refill(); }) {}

Vault::~Vault() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  refiller_.join();
}

absl::StatusOr<VaultKey> Vault::NewKey() {
  VaultKey taken;
  {
    absl::MutexLock lock(&mutex_);
    if (pool_.empty()) {
      refill_wanted_ = true;
      const uint64_t failures_before = failures_;
      const auto settled = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
        return !pool_.empty() || failures_ != failures_before;
      };
      mutex_.Await(absl::Condition(&settled));
      if (pool_.empty()) return last_failure_;
    }
    taken = pool_.back();
    pool_.pop_back();
    if (pool_.size() < kPoolLow) refill_wanted_ = true;
  }
  cache_.Insert(taken.id, taken.key, cache_.TicketFor(taken.id));
  return taken;
}

absl::StatusOr<crypto::Secret> Vault::Find(const KeyId& id) const {
  if (std::optional<crypto::Secret> key = cache_.Find(id)) return *key;
  const KeyCache::Ticket ticket = cache_.TicketFor(id);
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> sealed, store_->Get(KeyRow(id)));
  if (!sealed.has_value()) {
    return absl::NotFoundError(absl::StrCat("no key ", id.Hex(), " in the vault"));
  }
  absl::StatusOr<crypto::Secret> key = Unwrap(wrapping_key_, KeyAssociatedData(id), *sealed);
  if (!key.ok()) {
    return absl::DataLossError(absl::StrCat("key ", id.Hex(), " in the vault does not open"));
  }
  cache_.Insert(id, *key, ticket);
  return key;
}

absl::Status Vault::Destroy(absl::Span<const KeyId> ids) {
  if (ids.empty()) return absl::OkStatus();
  storage::WriteSet writes;
  for (const KeyId& id : ids) writes.Delete(KeyRow(id));
  WARDBOOK_RETURN_IF_ERROR(store_->Write(writes, storage::Durability::kSynced));
  for (const KeyId& id : ids) cache_.Erase(id);
  const auto [first, last] = std::minmax_element(ids.begin(), ids.end());
  return store_->Purge(KeyRow(*first), absl::StrCat(KeyRow(*last), absl::string_view("\0", 1)));
}

void Vault::Refill() {
  while (true) {
    {
      absl::MutexLock lock(&mutex_);
      const auto called = [this]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
        return stopping_ || (refill_wanted_ && pool_.size() < kPoolLow);
      };
      mutex_.Await(absl::Condition(&called));
      if (stopping_) return;
      refill_wanted_ = false;
    }
    absl::StatusOr<std::vector<VaultKey>> keys = MakeKeys();
    absl::MutexLock lock(&mutex_);
    if (keys.ok()) {
      pool_.insert(pool_.end(), keys->begin(), keys->end());
    } else {
      ++failures_;
      last_failure_ = keys.status();
    }
  }
}

absl::StatusOr<std::vector<VaultKey>> Vault::MakeKeys() {
  std::vector<VaultKey> keys(kKeysPerBatch);
  storage::WriteSet writes;
  for (VaultKey& made : keys) {
    made.id = crypto::RandomId<KeyId>();
    made.key = crypto::Secret::Random();
    writes.Put(KeyRow(made.id),
               crypto::Seal(wrapping_key_, KeyAssociatedData(made.id), made.key.view()));
  }
  WARDBOOK_RETURN_IF_ERROR(store_->Write(writes, storage::Durability::kSynced));
  return keys;
}

}  // namespace wardbook::vault
