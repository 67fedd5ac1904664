// The power fails at a random moment, and a KeyValue is opened on what the disk has kept.

#include <cstddef>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/rocksdb/database.h"
#include "storage/rocksdb/key_value_settings.h"
#include "storage/rocksdb/rocksdb_key_value.h"
#include "tests/fault/power_loss_file_system.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/seed.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::testing {
namespace {

using storage::Database;
using storage::Durability;
using storage::KeyValue;
using storage::Profile;
using storage::RocksdbKeyValue;
using storage::WriteSet;
using ::testing::Eq;

constexpr int kRoundsDefault = 20;
// The smallest that RocksDB takes: a round writes tables.
constexpr size_t kMemtableBytes = 64 << 10;

class KeyValuePowerLoss : public ::testing::TestWithParam<Profile> {};

absl::Status Put(KeyValue& store, std::string key, std::string value, Durability durability) {
  WriteSet writes;
  writes.Put(std::move(key), std::move(value));
  return store.Write(writes, durability);
}

int CountRows(const KeyValue& store) {
  int rows = 0;
  EXPECT_OK(store.Scan("", "", [&rows](absl::string_view, absl::string_view) {
    ++rows;
    return true;
  }));
  return rows;
}

// The power fails after the last write of a round or in the middle of one, also while
// tables are written.
TEST_P(KeyValuePowerLoss, ASyncedWriteSurvivesPowerLossAndABufferedOneUpToTheNext) {
  std::mt19937_64 random(TestSeed());
  const ScratchDirectory directory;
  const auto disk = std::make_shared<PowerLossFileSystem>();
  const std::string path = directory.At("store");
  int synced = 0;
  for (int round = 0; round < PowerLossRounds(kRoundsDefault); ++round) {
    Database::Settings settings = storage::KeyValueSettings(path, GetParam());
    settings.file_system = disk;
    settings.LimitMemtables(kMemtableBytes);
    auto store = std::make_unique<RocksdbKeyValue>(Database::Open(std::move(settings)).value());
    int next = 0;
    // What is there has no gap: the newest go first.
    while (store->Get(absl::StrCat("k", next))->has_value()) ++next;
    ASSERT_GE(next, synced);
    ASSERT_EQ(CountRows(*store), next) << "there is a gap";
    const bool fails_in_the_middle = random() % 2 == 0;
    if (fails_in_the_middle) disk->LosePowerAfter(random() % 60);
    const int writes = static_cast<int>(random() % 40);
    for (int i = 0; i < writes; ++i, ++next) {
      const bool sync = random() % 3 == 0;
      const absl::Status put =
          Put(*store, absl::StrCat("k", next), std::string(random() % 9'000, 'v'),
              sync ? Durability::kSynced : Durability::kBuffered);
      if (!put.ok() && fails_in_the_middle) {
        // What is seen of a write that failed is on the disk: it failed at what RocksDB
        // does after it.
        if (store->Get(absl::StrCat("k", next))->has_value()) synced = ++next;
        break;
      }
      ASSERT_OK(put);
      if (sync) synced = next + 1;
    }
    EXPECT_THAT(store->Get(absl::StrCat("k", next)), IsOkAndHolds(Eq(std::nullopt)));
    disk->LosePower();
    store.reset();
    disk->RestorePower(random);
  }
}

INSTANTIATE_TEST_SUITE_P(Profiles, KeyValuePowerLoss,
                         ::testing::Values(Profile::kSmallRows, Profile::kBlobs),
                         [](const auto& profile) {
                           return profile.param == Profile::kBlobs ? "Blobs" : "SmallRows";
                         });

}  // namespace
}  // namespace wardbook::testing
