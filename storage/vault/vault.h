// The vault: one random key for every stream and every file, wrapped under the
// master key. A key that is destroyed takes with it what it sealed, for ever.
//
// Keys are made ahead of need, in batches that are synced before any is handed
// out, so that taking one never waits for the disk. A crash leaves keys that
// nothing uses: harmless.
//
// Stored in a KeyValue of its own, backed up apart from the log:
//   'k' KEY_ID           the key sealed under the master key; associated data
//                        is "wardbook key" and the id
//   'f'                  the fingerprint key, sealed likewise

#ifndef STORAGE_VAULT_VAULT_H_
#define STORAGE_VAULT_VAULT_H_

#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "storage/base/ids.h"
#include "storage/crypto/secret.h"
#include "storage/key_value.h"

namespace wardbook::vault {

struct VaultKey {
  KeyId id;
  crypto::Secret key;
};

// Safe for concurrent use.
class Vault {
 public:
  // Takes the store's only use. PERMISSION_DENIED: the master key is not the
  // one that the vault was made with.
  static absl::StatusOr<std::unique_ptr<Vault>> Open(std::unique_ptr<storage::KeyValue> store,
                                                     const crypto::Secret& master_key);
  ~Vault();

  // A key that nothing else uses, durable already. UNAVAILABLE: the disk failed.
  absl::StatusOr<VaultKey> NewKey();

  // NOT_FOUND: there is no such key, or it was destroyed.
  absl::StatusOr<crypto::Secret> Find(const KeyId& id) const;

  // Removes the key from memory and from the disk itself. OK also for a key
  // that is gone already.
  absl::Status Destroy(const KeyId& id);

  // The key of request fingerprints: random, the same for the life of the vault.
  const crypto::Secret& fingerprint_key() const { return fingerprint_key_; }

 private:
  Vault(std::unique_ptr<storage::KeyValue> store, const crypto::Secret& master_key,
        const crypto::Secret& fingerprint_key);

  // To be completed by the implementation.
};

}  // namespace wardbook::vault

#endif  // STORAGE_VAULT_VAULT_H_
