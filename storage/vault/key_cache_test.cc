#include "storage/vault/key_cache.h"

#include <optional>

#include "gtest/gtest.h"

namespace wardbook::vault {
namespace {

// Ids that differ in their last byte alone are all in one shard.
KeyId IdInOneShard(uint8_t n) {
  KeyId id;
  id.data()[KeyId::kSize - 1] = n;
  return id;
}

TEST(KeyCache, ForgetsTheKeyUnusedForLongest) {
  constexpr size_t kOneShardOfThree = 3 * 64;
  KeyCache cache(kOneShardOfThree);
  for (uint8_t n = 1; n <= 3; ++n) {
    cache.Insert(IdInOneShard(n), crypto::Secret::Random(), cache.TicketFor(IdInOneShard(n)));
  }
  ASSERT_TRUE(cache.Find(IdInOneShard(1)).has_value());

  cache.Insert(IdInOneShard(4), crypto::Secret::Random(), cache.TicketFor(IdInOneShard(4)));

  EXPECT_FALSE(cache.Find(IdInOneShard(2)).has_value());
  EXPECT_TRUE(cache.Find(IdInOneShard(1)).has_value());
  EXPECT_TRUE(cache.Find(IdInOneShard(3)).has_value());
  EXPECT_TRUE(cache.Find(IdInOneShard(4)).has_value());
}

TEST(KeyCache, GivesBackTheKeyOfTheId) {
  KeyCache cache(1000);
  const crypto::Secret a = crypto::Secret::Random();
  const crypto::Secret b = crypto::Secret::Random();
  cache.Insert(IdInOneShard(1), a, cache.TicketFor(IdInOneShard(1)));
  cache.Insert(IdInOneShard(2), b, cache.TicketFor(IdInOneShard(2)));
  EXPECT_EQ(cache.Find(IdInOneShard(1))->view(), a.view());
  EXPECT_EQ(cache.Find(IdInOneShard(2))->view(), b.view());
}

TEST(KeyCache, KeyReadBeforeAnEraseIsNotInserted) {
  KeyCache cache(1000);
  const KeyId id = IdInOneShard(1);
  const KeyCache::Ticket ticket = cache.TicketFor(id);
  cache.Erase(id);
  cache.Insert(id, crypto::Secret::Random(), ticket);
  EXPECT_FALSE(cache.Find(id).has_value());
}

}  // namespace
}  // namespace wardbook::vault
