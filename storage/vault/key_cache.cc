#include "storage/vault/key_cache.h"

#include <algorithm>

namespace wardbook::vault {

KeyCache::KeyCache(size_t keys_max) : keys_per_shard_(std::max<size_t>(1, keys_max / kShards)) {}

std::optional<crypto::Secret> KeyCache::Find(const KeyId& id) {
  Shard& shard = ShardOf(id);
  absl::MutexLock lock(&shard.mutex);
  auto it = shard.by_id.find(id);
  if (it == shard.by_id.end()) return std::nullopt;
  shard.entries.splice(shard.entries.begin(), shard.entries, it->second);
  return it->second->key;
}

KeyCache::Ticket KeyCache::TicketFor(const KeyId& id) const {
  const Shard& shard = ShardOf(id);
  absl::MutexLock lock(&shard.mutex);
  return shard.erasures;
}

void KeyCache::Insert(const KeyId& id, const crypto::Secret& key, Ticket ticket) {
  Shard& shard = ShardOf(id);
  absl::MutexLock lock(&shard.mutex);
  if (shard.erasures != ticket || shard.by_id.contains(id)) return;
  if (shard.entries.size() == keys_per_shard_) {
    shard.by_id.erase(shard.entries.back().id);
    shard.entries.pop_back();
  }
  shard.entries.push_front({id, key});
  shard.by_id.emplace(id, shard.entries.begin());
}

void KeyCache::Erase(const KeyId& id) {
  Shard& shard = ShardOf(id);
  absl::MutexLock lock(&shard.mutex);
  ++shard.erasures;
  auto it = shard.by_id.find(id);
  if (it == shard.by_id.end()) return;
  shard.entries.erase(it->second);
  shard.by_id.erase(it);
}

}  // namespace wardbook::vault
