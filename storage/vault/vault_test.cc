#include "storage/vault/vault.h"

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/crypto/random.h"
#include "tests/testing/borrowed_key_value.h"
#include "tests/testing/memory_key_value.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::vault {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using ::wardbook::testing::BorrowedKeyValue;
using ::wardbook::testing::KeyValueControl;
using ::wardbook::testing::MemoryKeyValue;
using ::wardbook::testing::StatusIs;

std::string RowOf(const KeyId& id) { return absl::StrCat("k", id.view()); }

class VaultTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<Vault>> Open() { return Open(master_key_); }
  absl::StatusOr<std::unique_ptr<Vault>> Open(const crypto::Secret& master_key) {
    return Vault::Open(std::make_unique<BorrowedKeyValue>(store_, control_), master_key);
  }

  // Everything the store holds, keys and values.
  std::string Dump() {
    std::string all;
    EXPECT_OK(store_.Scan("", "", [&](absl::string_view key, absl::string_view value) {
      absl::StrAppend(&all, key, value);
      return true;
    }));
    return all;
  }

  void Change(const std::string& row, std::optional<std::string> value) {
    storage::WriteSet writes;
    if (value.has_value()) {
      writes.Put(row, *value);
    } else {
      writes.Delete(row);
    }
    ASSERT_OK(store_.Write(writes, storage::Durability::kSynced));
  }

  const crypto::Secret master_key_ = crypto::Secret::Random();
  MemoryKeyValue store_;
  KeyValueControl control_;
};

TEST_F(VaultTest, ManyThreadsNeverGetTheSameKey) {
  constexpr int kThreads = 8;
  constexpr int kKeysPerThread = 400;
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Vault> vault, Open());

  std::vector<std::vector<VaultKey>> taken(kThreads);
  std::vector<std::thread> threads;
  for (std::vector<VaultKey>& mine : taken) {
    threads.emplace_back([&mine, &vault] {
      for (int i = 0; i < kKeysPerThread; ++i) {
        absl::StatusOr<VaultKey> key = vault->NewKey();
        ASSERT_OK(key);
        mine.push_back(*key);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();

  absl::flat_hash_set<KeyId> ids;
  absl::flat_hash_set<std::string> keys;
  for (const std::vector<VaultKey>& mine : taken) {
    for (const VaultKey& key : mine) {
      ids.insert(key.id);
      keys.insert(std::string(key.key.view()));
    }
  }
  EXPECT_EQ(ids.size(), kThreads * kKeysPerThread);
  EXPECT_EQ(keys.size(), kThreads * kKeysPerThread);
}

TEST_F(VaultTest, EveryKeyHandedOutWasSyncedBefore) {
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Vault> vault, Open());
  for (int i = 0; i < 2000; ++i) {
    ASSERT_OK_AND_ASSIGN(const VaultKey key, vault->NewKey());
    ASSERT_OK_AND_ASSIGN(const std::optional<std::string> row, store_.Get(RowOf(key.id)));
    ASSERT_TRUE(row.has_value());
  }
  // The fingerprint key and at least four batches of 512.
  EXPECT_GE(control_.synced_writes(), 5);
}

TEST_F(VaultTest, ReopenedVaultFindsItsKeys) {
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Vault> vault, Open());
  ASSERT_OK_AND_ASSIGN(const VaultKey key, vault->NewKey());
  vault.reset();

  ASSERT_OK_AND_ASSIGN(vault, Open());
  ASSERT_OK_AND_ASSIGN(const crypto::Secret found, vault->Find(key.id));
  EXPECT_EQ(found.view(), key.key.view());
}

TEST_F(VaultTest, UnknownKeyIsNotFound) {
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Vault> vault, Open());
  EXPECT_THAT(vault->Find(crypto::RandomId<KeyId>()), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(VaultTest, WrongMasterKeyIsFoundOutAtOpen) {
  ASSERT_OK(Open());
  EXPECT_THAT(Open(crypto::Secret::Random()), StatusIs(absl::StatusCode::kPermissionDenied));
}

TEST_F(VaultTest, FingerprintKeyLastsAsLongAsTheVault) {
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Vault> vault, Open());
  const crypto::Secret first = vault->fingerprint_key();
  vault.reset();
  ASSERT_OK_AND_ASSIGN(vault, Open());
  EXPECT_EQ(vault->fingerprint_key().view(), first.view());

  MemoryKeyValue other_store;
  ASSERT_OK_AND_ASSIGN(
      std::unique_ptr<Vault> other,
      Vault::Open(std::make_unique<BorrowedKeyValue>(other_store, control_), master_key_));
  EXPECT_NE(other->fingerprint_key().view(), first.view());
}

TEST_F(VaultTest, LostFingerprintKeyIsNotMadeAnew) {
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Vault> vault, Open());
  ASSERT_OK(vault->NewKey());
  vault.reset();
  Change("f", std::nullopt);
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(VaultTest, StoreHoldsNoKeyInClear) {
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Vault> vault, Open());
  ASSERT_OK_AND_ASSIGN(const VaultKey key, vault->NewKey());
  const std::string dump = Dump();
  EXPECT_THAT(dump, Not(HasSubstr(std::string(key.key.view()))));
  EXPECT_THAT(dump, Not(HasSubstr(std::string(vault->fingerprint_key().view()))));
  EXPECT_THAT(dump, Not(HasSubstr(std::string(master_key_.view()))));
}

TEST_F(VaultTest, DestroyedKeyIsGoneFromMemoryAndDisk) {
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Vault> vault, Open());
  ASSERT_OK_AND_ASSIGN(const VaultKey key, vault->NewKey());
  ASSERT_OK_AND_ASSIGN(const VaultKey other, vault->NewKey());

  ASSERT_OK(vault->Destroy(key.id));

  EXPECT_THAT(vault->Find(key.id), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_OK(vault->Find(other.id));
  ASSERT_OK_AND_ASSIGN(const std::optional<std::string> row, store_.Get(RowOf(key.id)));
  EXPECT_FALSE(row.has_value());
  EXPECT_THAT(control_.purged(), ElementsAre(Pair(RowOf(key.id), RowOf(key.id) + '\0')));
  vault.reset();
  ASSERT_OK_AND_ASSIGN(vault, Open());
  EXPECT_THAT(vault->Find(key.id), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_OK(vault->Find(other.id));
}

TEST_F(VaultTest, DestroyMayBeCalledAgainAndPurgesAgain) {
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Vault> vault, Open());
  ASSERT_OK_AND_ASSIGN(const VaultKey key, vault->NewKey());
  ASSERT_OK(vault->Destroy(key.id));
  EXPECT_OK(vault->Destroy(key.id));
  EXPECT_EQ(control_.purged().size(), 2u);
}

TEST_F(VaultTest, SeveralKeysAreDestroyedByOnePurge) {
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Vault> vault, Open());
  std::vector<KeyId> ids;
  for (int i = 0; i < 5; ++i) {
    ASSERT_OK_AND_ASSIGN(const VaultKey key, vault->NewKey());
    ids.push_back(key.id);
  }
  const KeyId kept = ids.back();
  ids.pop_back();
  ASSERT_OK(vault->Destroy(ids));
  for (const KeyId& id : ids) {
    EXPECT_THAT(vault->Find(id), StatusIs(absl::StatusCode::kNotFound));
  }
  EXPECT_OK(vault->Find(kept));
  const auto [first, last] = std::minmax_element(ids.begin(), ids.end());
  EXPECT_THAT(control_.purged(), ElementsAre(Pair(RowOf(*first), RowOf(*last) + '\0')));
  EXPECT_OK(vault->Destroy(absl::Span<const KeyId>()));
  EXPECT_EQ(control_.purged().size(), 1u);
}

TEST_F(VaultTest, DestroyThatFailsLeavesTheKey) {
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Vault> vault, Open());
  ASSERT_OK_AND_ASSIGN(const VaultKey key, vault->NewKey());
  control_.FailWrites();
  EXPECT_THAT(vault->Destroy(key.id), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_OK(vault->Find(key.id));
}

TEST_F(VaultTest, ReadersThatRaceADestroyDoNotBringTheKeyBack) {
  for (int round = 0; round < 20; ++round) {
    ASSERT_OK_AND_ASSIGN(std::unique_ptr<Vault> vault, Open());
    ASSERT_OK_AND_ASSIGN(const VaultKey key, vault->NewKey());
    vault.reset();
    ASSERT_OK_AND_ASSIGN(vault, Open());  // With an empty cache.

    std::atomic<bool> destroyed = false;
    std::vector<std::thread> readers;
    for (int i = 0; i < 4; ++i) {
      readers.emplace_back([&] {
        while (!destroyed) {
          absl::StatusOr<crypto::Secret> found = vault->Find(key.id);
          if (found.ok()) {
            EXPECT_EQ(found->view(), key.key.view());
          }
        }
      });
    }
    EXPECT_OK(vault->Destroy(key.id));
    EXPECT_THAT(vault->Find(key.id), StatusIs(absl::StatusCode::kNotFound));
    destroyed = true;
    for (std::thread& reader : readers) reader.join();
    EXPECT_THAT(vault->Find(key.id), StatusIs(absl::StatusCode::kNotFound));
  }
}

TEST_F(VaultTest, NothingIsHandedOutThatTheDiskDidNotTake) {
  // The vault exists, so that opening it writes nothing.
  ASSERT_OK(Open());
  control_.FailWrites();
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Vault> vault, Open());
  for (int i = 0; i < 100; ++i) {
    EXPECT_THAT(vault->NewKey(), StatusIs(absl::StatusCode::kUnavailable));
  }

  control_.HealWrites();
  // A batch that was begun before the disk healed may fail once more.
  absl::StatusOr<VaultKey> key = vault->NewKey();
  if (!key.ok()) key = vault->NewKey();
  ASSERT_OK(key);
  ASSERT_OK_AND_ASSIGN(const std::optional<std::string> row, store_.Get(RowOf(key->id)));
  EXPECT_TRUE(row.has_value());
}

TEST_F(VaultTest, FailedDiskIsTriedOnceACallAndNotInALoop) {
  ASSERT_OK(Open());
  control_.FailWrites();
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Vault> vault, Open());
  constexpr int kCalls = 20;
  for (int i = 0; i < kCalls; ++i) {
    EXPECT_THAT(vault->NewKey(), StatusIs(absl::StatusCode::kUnavailable));
  }
  // As much time as another vault needs for ten batches.
  MemoryKeyValue other_store;
  KeyValueControl other_control;
  ASSERT_OK_AND_ASSIGN(
      std::unique_ptr<Vault> other,
      Vault::Open(std::make_unique<BorrowedKeyValue>(other_store, other_control), master_key_));
  for (int i = 0; i < 5120; ++i) ASSERT_OK(other->NewKey());
  // The vault fills its pool once by itself, when it is opened.
  EXPECT_LE(control_.failed_writes(), kCalls + 1);
}

TEST_F(VaultTest, ManyThreadsOnAFailedDiskAllGetAnAnswer) {
  ASSERT_OK(Open());
  control_.FailWrites();
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Vault> vault, Open());
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&vault] {
      for (int j = 0; j < 50; ++j) {
        EXPECT_THAT(vault->NewKey(), StatusIs(absl::StatusCode::kUnavailable));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_F(VaultTest, FirstOpenOnAFailedDiskMakesNoVault) {
  control_.FailWrites();
  EXPECT_THAT(Open(), StatusIs(absl::StatusCode::kUnavailable));
  control_.HealWrites();
  EXPECT_OK(Open());
}

TEST_F(VaultTest, ChangedOrSwappedKeysAreDataLoss) {
  ASSERT_OK_AND_ASSIGN(std::unique_ptr<Vault> vault, Open());
  ASSERT_OK_AND_ASSIGN(const VaultKey a, vault->NewKey());
  ASSERT_OK_AND_ASSIGN(const VaultKey b, vault->NewKey());
  vault.reset();
  ASSERT_OK_AND_ASSIGN(const std::optional<std::string> row, store_.Get(RowOf(a.id)));
  ASSERT_TRUE(row.has_value());
  Change(RowOf(b.id), *row);
  std::string changed = *row;
  changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
  Change(RowOf(a.id), changed);

  ASSERT_OK_AND_ASSIGN(vault, Open());
  EXPECT_THAT(vault->Find(a.id), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(a.id.Hex())));
  EXPECT_THAT(vault->Find(b.id), StatusIs(absl::StatusCode::kDataLoss, HasSubstr(b.id.Hex())));
}

}  // namespace
}  // namespace wardbook::vault
