// The vault: one random key for every stream and every file, wrapped under the
// master key. A key that is destroyed takes with it what it sealed, for ever.
//
// Keys are made ahead of need, in batches that are synced before any is handed
// out, so that taking one never waits for the disk. A crash leaves keys that
// nothing uses: harmless.
//
// Stored in a KeyValue of its own, backed up apart from the log, each value
// sealed under a key derived from the master key (derived_key.h):
//   'k' KEY_ID           the key; associated data is "wardbook key" and the id
//   'f'                  the fingerprint key; associated data is
//                        "wardbook fingerprint key"

#ifndef STORAGE_VAULT_VAULT_H_
#define STORAGE_VAULT_VAULT_H_

#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "storage/base/ids.h"
#include "storage/crypto/secret.h"
#include "storage/key_value.h"
#include "storage/vault/key_cache.h"

namespace wardbook::vault {

struct VaultKey {
  KeyId id;
  crypto::Secret key;
};

// Safe for concurrent use.
class Vault {
 public:
  // Takes the store's only use. PERMISSION_DENIED: the master key is not the
  // one that the vault was made with. DATA_LOSS: the fingerprint key is missing
  // from a vault that has other keys.
  static absl::StatusOr<std::unique_ptr<Vault>> Open(std::unique_ptr<storage::KeyValue> store,
                                                     const crypto::Secret& master_key);
  ~Vault();

  Vault(const Vault&) = delete;
  Vault& operator=(const Vault&) = delete;

  // A key that nothing else uses, durable already. UNAVAILABLE: the disk failed.
  absl::StatusOr<VaultKey> NewKey();

  // NOT_FOUND: there is no such key, or it was destroyed. DATA_LOSS: what is
  // stored is not what was sealed.
  absl::StatusOr<crypto::Secret> Find(const KeyId& id) const;

  // Removes the keys from memory and from the disk itself, all of them at the
  // cost of one. OK also for a key that is gone already. On a failure any may
  // still be on the disk: call again.
  absl::Status Destroy(absl::Span<const KeyId> ids);
  absl::Status Destroy(const KeyId& id) { return Destroy(absl::MakeConstSpan(&id, 1)); }

  // As storage::KeyValue does.
  absl::Status CheckBlocks() const { return store_->CheckBlocks(); }

  // The key of request fingerprints: random, the same for the life of the vault.
  const crypto::Secret& fingerprint_key() const { return fingerprint_key_; }

 private:
  Vault(std::unique_ptr<storage::KeyValue> store, const crypto::Secret& wrapping_key,
        const crypto::Secret& fingerprint_key);

  // The body of `refiller_`.
  void Refill();
  // A batch of new keys, durable.
  absl::StatusOr<std::vector<VaultKey>> MakeKeys();

  const std::unique_ptr<storage::KeyValue> store_;
  const crypto::Secret wrapping_key_;
  const crypto::Secret fingerprint_key_;
  mutable KeyCache cache_;

  absl::Mutex mutex_;
  std::vector<VaultKey> pool_ ABSL_GUARDED_BY(mutex_);
  // Somebody has taken a key and left fewer than the pool should hold. Cleared
  // when a batch is begun, so that a broken disk is tried once a caller and not
  // in a loop.
  bool refill_wanted_ ABSL_GUARDED_BY(mutex_) = true;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  uint64_t failures_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::Status last_failure_ ABSL_GUARDED_BY(mutex_);

  // Last, so that it starts when all it uses is there.
  std::thread refiller_;
};

}  // namespace wardbook::vault

#endif  // STORAGE_VAULT_VAULT_H_
