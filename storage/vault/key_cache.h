// The keys used last, unwrapped and ready in memory.

#ifndef STORAGE_VAULT_KEY_CACHE_H_
#define STORAGE_VAULT_KEY_CACHE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/synchronization/mutex.h"
#include "storage/base/ids.h"
#include "storage/crypto/secret.h"

namespace wardbook::vault {

// Holds a bounded number of keys and forgets the one that was unused for
// longest. Safe for concurrent use.
class KeyCache {
 public:
  // What a reader of the disk must have taken beforehand in order to insert what
  // it read: a key that is erased meanwhile is not brought back.
  using Ticket = uint64_t;

  explicit KeyCache(size_t keys_max);

  // The key, which counts as used now.
  std::optional<crypto::Secret> Find(const KeyId& id);

  Ticket TicketFor(const KeyId& id) const;

  // Does nothing when a key of the same shard was erased since `ticket`.
  void Insert(const KeyId& id, const crypto::Secret& key, Ticket ticket);

  void Erase(const KeyId& id);

 private:
  struct Entry {
    KeyId id;
    crypto::Secret key;
  };

  struct Shard {
    mutable absl::Mutex mutex;
    uint64_t erasures ABSL_GUARDED_BY(mutex) = 0;
    // Last used first.
    std::list<Entry> entries ABSL_GUARDED_BY(mutex);
    absl::flat_hash_map<KeyId, std::list<Entry>::iterator> by_id ABSL_GUARDED_BY(mutex);
  };

  // Views that are rebuilt on every core look up a key for each event. With four
  // shards a core of a large server they rarely wait for each other.
  static constexpr size_t kShards = 64;

  // Ids are random, so any byte of one spreads them evenly.
  Shard& ShardOf(const KeyId& id) { return shards_[id.data()[0] % kShards]; }
  const Shard& ShardOf(const KeyId& id) const { return shards_[id.data()[0] % kShards]; }

  const size_t keys_per_shard_;
  std::array<Shard, kShards> shards_;
};

}  // namespace wardbook::vault

#endif  // STORAGE_VAULT_KEY_CACHE_H_
