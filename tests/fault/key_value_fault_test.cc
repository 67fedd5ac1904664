// What a KeyValue on RocksDB promises of its files and of a failing disk.

#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/rocksdb/database.h"
#include "storage/rocksdb/key_value_settings.h"
#include "storage/rocksdb/rocksdb_key_value.h"
#include "tests/fault/fault_file_system.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::testing {
namespace {

namespace fs = std::filesystem;
using storage::Database;
using storage::Durability;
using storage::KeyValue;
using storage::Profile;
using storage::RocksdbKeyValue;
using storage::WriteSet;
using ::testing::Eq;
using ::testing::Optional;

constexpr auto kUnavailable = absl::StatusCode::kUnavailable;

std::unique_ptr<KeyValue> OpenOn(const std::string& path, Profile profile,
                                 std::shared_ptr<rocksdb::FileSystem> disk) {
  Database::Settings settings = storage::KeyValueSettings(path, profile);
  settings.file_system = std::move(disk);
  return std::make_unique<RocksdbKeyValue>(Database::Open(std::move(settings)).value());
}

absl::Status Put(KeyValue& store, std::string key, std::string value,
                 Durability durability = Durability::kSynced) {
  WriteSet writes;
  writes.Put(std::move(key), std::move(value));
  return store.Write(writes, durability);
}

absl::Status Delete(KeyValue& store, std::string key) {
  WriteSet writes;
  writes.Delete(std::move(key));
  return store.Write(writes, Durability::kSynced);
}

// The blob files of the directory with their sizes.
std::map<std::string, uint64_t> BlobFiles(const std::string& directory) {
  std::map<std::string, uint64_t> files;
  for (const fs::directory_entry& file : fs::directory_iterator(directory)) {
    if (file.path().extension() == ".blob") files[file.path().filename()] = file.file_size();
  }
  return files;
}

uint64_t RoomOfBlobFiles(const std::string& directory) {
  uint64_t bytes = 0;
  for (const auto& [name, size] : BlobFiles(directory)) bytes += size;
  return bytes;
}

// Whether any file of the directory has these bytes.
bool IsOnDisk(const std::string& directory, const std::string& bytes) {
  for (const fs::directory_entry& file : fs::directory_iterator(directory)) {
    std::ostringstream content;
    content << std::ifstream(file.path(), std::ios::binary).rdbuf();
    if (absl::StrContains(content.str(), bytes)) return true;
  }
  return false;
}

// Enough for a store to be opened again.
constexpr uint64_t kOtherBytes = 64 << 20;

class KeyValueFault : public ::testing::TestWithParam<Profile> {
 protected:
  const ScratchDirectory directory_;
};

TEST_P(KeyValueFault, NothingOfAPurgedValueStaysOnTheDisk) {
  const std::string canary = "the canary that nobody may find " + std::string(10'000, 'c');
  const std::string path = directory_.At("store");
  auto store = RocksdbKeyValue::Open(path, GetParam()).value();
  for (int i = 0; i < 50; ++i) {
    // Rows before, behind and in the range, in several tables and blob files.
    ASSERT_OK(Put(*store, absl::StrCat("a", i), std::string(10'000, 'a')));
    ASSERT_OK(Put(*store, absl::StrCat("k", i), absl::StrCat(canary, i)));
    ASSERT_OK(Put(*store, absl::StrCat("z", i), std::string(10'000, 'z')));
    if (i % 20 == 19) {
      store.reset();
      store = RocksdbKeyValue::Open(path, GetParam()).value();
    }
  }
  ASSERT_TRUE(IsOnDisk(path, canary));
  for (int i = 0; i < 50; ++i) ASSERT_OK(Delete(*store, absl::StrCat("k", i)));
  ASSERT_OK(store->Purge("k", "l"));
  EXPECT_FALSE(IsOnDisk(path, canary));
  EXPECT_THAT(store->Get("a7"), IsOkAndHolds(Optional(std::string(10'000, 'a'))));
  EXPECT_THAT(store->Get("z7"), IsOkAndHolds(Optional(std::string(10'000, 'z'))));
}

TEST_P(KeyValueFault, AVisitorMayScanWhileAPurgeWaitsForIt) {
  auto store = RocksdbKeyValue::Open(directory_.At("store"), GetParam()).value();
  ASSERT_OK(Put(*store, "a", "1"));
  const auto count = [&](int& rows) {
    return store->Scan("", "", [&](absl::string_view, absl::string_view) {
      ++rows;
      return true;
    });
  };
  std::thread purge;
  EXPECT_OK(store->Scan("", "", [&](absl::string_view, absl::string_view) {
    purge = std::thread([&] { EXPECT_OK(store->Purge("a", "b")); });
    // Long enough for the purge to come to where it waits.
    for (int i = 0, rows = 0; i < 50'000; ++i) EXPECT_OK(count(rows));
    return true;
  }));
  purge.join();
}

TEST_P(KeyValueFault, AnOverwrittenValueIsPurgedToo) {
  const std::string path = directory_.At("store");
  const std::string canary = "the canary that was replaced " + std::string(10'000, 'c');
  auto store = RocksdbKeyValue::Open(path, GetParam()).value();
  ASSERT_OK(Put(*store, "k", canary));
  ASSERT_OK(Put(*store, "k", "another"));
  ASSERT_OK(store->Purge("", ""));
  EXPECT_FALSE(IsOnDisk(path, canary));
  EXPECT_THAT(store->Get("k"), IsOkAndHolds(Optional(std::string("another"))));
}

TEST_P(KeyValueFault, AFullDiskRefusesWritesAndRecoversWithoutARestart) {
  const auto disk = std::make_shared<FaultFileSystem>();
  auto store = OpenOn(directory_.At("store"), GetParam(), disk);
  ASSERT_OK(Put(*store, "a", "1"));
  for (uint64_t room : {0u, 100u, 5'000u}) {
    disk->SetRoom(room);
    EXPECT_THAT(Put(*store, "b", std::string(10'000, 'b')), StatusIs(kUnavailable));
    EXPECT_GT(disk->faults(), 0u);
    EXPECT_THAT(store->Get("b"), IsOkAndHolds(Eq(std::nullopt)));
    EXPECT_THAT(store->Get("a"), IsOkAndHolds(Optional(std::string("1"))));
    // As room comes on a full disk: somebody deletes something else.
    std::ofstream(directory_.At("other"));
    fs::resize_file(directory_.At("other"), kOtherBytes);
    ASSERT_TRUE(disk->DeleteFile(directory_.At("other"), {}, nullptr).ok());
    while (!Put(*store, "c", "3").ok()) {
    }
    EXPECT_THAT(store->Get("a"), IsOkAndHolds(Optional(std::string("1"))));
    EXPECT_THAT(store->Get("b"), IsOkAndHolds(Eq(std::nullopt)));
  }
}

// The first to find out is a compaction and not a writer: RocksDB would wait for
// somebody to resume it.
TEST_P(KeyValueFault, ACompactionWithoutRoomIsAFullDiskThatIsLeftBehind) {
  const auto disk = std::make_shared<FaultFileSystem>();
  Database::Settings settings = storage::KeyValueSettings(directory_.At("store"), GetParam());
  settings.file_system = disk;
  std::unique_ptr<Database> opened = Database::Open(std::move(settings)).value();
  Database& database = *opened;
  RocksdbKeyValue store(std::move(opened));
  ASSERT_OK(Put(store, "a", "1"));
  disk->RefuseCompactions();
  EXPECT_THAT(store.Purge("", ""), StatusIs(kUnavailable));
  EXPECT_GT(disk->faults(), 0u);
  EXPECT_EQ(database.health(), Database::Health::kFull);
  EXPECT_THAT(store.Get("a"), IsOkAndHolds(Optional(std::string("1"))));
  disk->Heal();
  ASSERT_OK(Put(store, "b", "2"));
  EXPECT_EQ(database.health(), Database::Health::kWritable);
  EXPECT_OK(store.Purge("", ""));
  EXPECT_THAT(store.Get("a"), IsOkAndHolds(Optional(std::string("1"))));
}

TEST_P(KeyValueFault, AFullDiskThatCannotBeOpenedAgainIsNoLongerCalledFull) {
  const auto disk = std::make_shared<FaultFileSystem>();
  const std::string path = directory_.At("store");
  Database::Settings settings = storage::KeyValueSettings(path, GetParam());
  settings.file_system = disk;
  std::unique_ptr<Database> opened = Database::Open(std::move(settings)).value();
  Database& database = *opened;
  RocksdbKeyValue store(std::move(opened));
  disk->SetRoom(0);
  EXPECT_THAT(Put(store, "a", "1"), StatusIs(kUnavailable));
  EXPECT_EQ(database.health(), Database::Health::kFull);
  std::ofstream(path + "/CURRENT") << "no manifest";
  disk->Heal();
  EXPECT_THAT(database.Recover(), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_EQ(database.health(), Database::Health::kFailed);
  EXPECT_THAT(database.WriteStatus(), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_P(KeyValueFault, AVisitorThatWritesOnAFullDiskIsRefusedAndNotHeldUp) {
  const auto disk = std::make_shared<FaultFileSystem>();
  auto store = OpenOn(directory_.At("store"), GetParam(), disk);
  ASSERT_OK(Put(*store, "a", "1"));
  disk->SetRoom(0);
  EXPECT_THAT(Put(*store, "b", "2"), StatusIs(kUnavailable));
  disk->Heal();
  EXPECT_OK(store->Scan("", "", [&](absl::string_view, absl::string_view) {
    EXPECT_THAT(Put(*store, "b", "2"), StatusIs(kUnavailable));
    EXPECT_OK(store->Get("a"));
    return true;
  }));
}

TEST_P(KeyValueFault, ABrokenDiskStopsWritesForGood) {
  const auto disk = std::make_shared<FaultFileSystem>();
  const std::string path = directory_.At("store");
  auto store = OpenOn(path, GetParam(), disk);
  ASSERT_OK(Put(*store, "a", "1"));
  disk->BreakAfter(0);
  EXPECT_THAT(Put(*store, "b", "2"), StatusIs(kUnavailable));
  disk->Heal();
  EXPECT_THAT(Put(*store, "b", "2"), StatusIs(kUnavailable));
  EXPECT_THAT(store->Get("a"), IsOkAndHolds(Optional(std::string("1"))));
  store.reset();
  store = OpenOn(path, GetParam(), disk);
  EXPECT_OK(Put(*store, "b", "2"));
}

// Each round is a blob file of its own, with these many values of 10 kB.
constexpr int kRounds = 8;
constexpr int kValuesOfRound = 8;
// What reclaiming leaves free.
constexpr uint64_t kReserveBytes = 64 << 20;

void WriteBlobFiles(const std::string& path) {
  for (int round = 0; round < kRounds; ++round) {
    const auto store = RocksdbKeyValue::Open(path, Profile::kBlobs).value();
    for (int i = 0; i < kValuesOfRound; ++i) {
      ASSERT_OK(Put(*store, absl::StrCat("k", i, "-", round), std::string(10'000, 'v')));
    }
  }
}

TEST(BlobFiles, StayAsTheyWereWrittenWhenTheKeysAreCompacted) {
  const ScratchDirectory directory;
  const std::string path = directory.At("store");
  WriteBlobFiles(path);
  const std::map<std::string, uint64_t> written = BlobFiles(path);
  ASSERT_EQ(written.size(), kRounds);
  const auto database = Database::Open(storage::KeyValueSettings(path, Profile::kBlobs)).value();
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  ASSERT_TRUE(database->Acquire()->db().CompactRange(options, nullptr, nullptr).ok());
  EXPECT_EQ(BlobFiles(path), written);
}

TEST(BlobFiles, OfWhichMostWasDeletedAreWrittenAnewWhenRoomIsReclaimed) {
  const ScratchDirectory directory;
  const std::string path = directory.At("store");
  WriteBlobFiles(path);
  const uint64_t before = RoomOfBlobFiles(path);
  auto store = RocksdbKeyValue::Open(path, Profile::kBlobs).value();
  const auto delete_of_each_round = [&store](int i) {
    for (int round = 0; round < kRounds; ++round) {
      ASSERT_OK(Delete(*store, absl::StrCat("k", i, "-", round)));
    }
  };
  for (int i = 0; i < 3; ++i) delete_of_each_round(i);
  ASSERT_OK(store->Reclaim());
  EXPECT_EQ(RoomOfBlobFiles(path), before) << "though most of it is there";
  for (int i = 3; i < 7; ++i) delete_of_each_round(i);
  ASSERT_OK(store->Reclaim());
  for (int round = 0; round < kRounds; ++round) {
    EXPECT_THAT(store->Get(absl::StrCat("k7-", round)),
                IsOkAndHolds(Optional(std::string(10'000, 'v'))));
  }
  store.reset();
  EXPECT_LT(RoomOfBlobFiles(path), before / 2);
}

TEST(BlobFiles, AreNotWrittenAnewWhereThatWouldFillTheDisk) {
  const ScratchDirectory directory;
  const std::string path = directory.At("store");
  WriteBlobFiles(path);
  const auto disk = std::make_shared<FaultFileSystem>();
  Database::Settings settings = storage::KeyValueSettings(path, Profile::kBlobs);
  settings.file_system = disk;
  std::unique_ptr<Database> opened = Database::Open(std::move(settings)).value();
  Database& database = *opened;
  RocksdbKeyValue store(std::move(opened));
  for (int round = 0; round < kRounds; ++round) {
    for (int i = 0; i < 5; ++i) ASSERT_OK(Delete(store, absl::StrCat("k", i, "-", round)));
  }
  const std::map<std::string, uint64_t> written = BlobFiles(path);
  // Room for the keys, and not for what is left free when blob files are written.
  disk->SetRoom(kReserveBytes / 2);
  EXPECT_THAT(store.Reclaim(),
              StatusIs(kUnavailable, ::testing::HasSubstr(absl::StrCat("leaves ", kReserveBytes))));
  EXPECT_EQ(disk->faults(), 0u);
  EXPECT_EQ(database.health(), Database::Health::kWritable);
  EXPECT_EQ(BlobFiles(path), written);
  ASSERT_OK(Put(store, "a", "1"));
  disk->Heal();
  ASSERT_OK(store.Reclaim());
  EXPECT_NE(BlobFiles(path), written);
}

// What is in memory is written first, and would fill what room there is.
TEST(BlobFiles, AreNotReclaimedWhereWhatIsInMemoryHasNoRoom) {
  const ScratchDirectory directory;
  const auto disk = std::make_shared<FaultFileSystem>();
  const auto store = OpenOn(directory.At("store"), Profile::kBlobs, disk);
  for (int i = 0; i < 100; ++i) {
    ASSERT_OK(Put(*store, absl::StrCat("k", i), std::string(100'000, 'v')));
  }
  disk->SetRoom(4 << 20);
  EXPECT_THAT(store->Reclaim(),
              StatusIs(kUnavailable, ::testing::HasSubstr("giving room back may write")));
  EXPECT_EQ(disk->faults(), 0u);
  ASSERT_OK(Put(*store, "a", "1"));
}

// What nothing is left of goes where there is hardly room for anything.
TEST(BlobFiles, GoFromANearlyFullDiskWhenNothingIsLeftOfThem) {
  const ScratchDirectory directory;
  const std::string path = directory.At("store");
  WriteBlobFiles(path);
  const auto disk = std::make_shared<FaultFileSystem>();
  const auto store = OpenOn(path, Profile::kBlobs, disk);
  for (int round = 0; round < kRounds; ++round) {
    for (int i = 0; i < 8; ++i) ASSERT_OK(Delete(*store, absl::StrCat("k", i, "-", round)));
  }
  disk->SetRoom(kReserveBytes / 16);
  ASSERT_OK(store->Reclaim());
  EXPECT_EQ(disk->faults(), 0u);
  EXPECT_TRUE(BlobFiles(path).empty());
}

// Each step writes into the room of what the step before has deleted.
TEST(BlobFiles, AreWrittenAnewWithRoomForOneStepAtATime) {
  const ScratchDirectory directory;
  const std::string path = directory.At("store");
  WriteBlobFiles(path);
  const auto disk = std::make_shared<FaultFileSystem>();
  const auto store = OpenOn(path, Profile::kBlobs, disk);
  for (int round = 0; round < kRounds; ++round) {
    for (int i = 0; i < 7; ++i) ASSERT_OK(Delete(*store, absl::StrCat("k", i, "-", round)));
  }
  const uint64_t before = RoomOfBlobFiles(path);
  // A step writes the keys and of three blob files at most the one value that is left.
  disk->SetRoom(kReserveBytes + 50'000);
  ASSERT_OK(store->Reclaim());
  EXPECT_EQ(disk->faults(), 0u);
  EXPECT_LT(RoomOfBlobFiles(path), before / 2);
}

INSTANTIATE_TEST_SUITE_P(Profiles, KeyValueFault,
                         ::testing::Values(Profile::kSmallRows, Profile::kBlobs),
                         [](const auto& profile) {
                           return profile.param == Profile::kBlobs ? "Blobs" : "SmallRows";
                         });

}  // namespace
}  // namespace wardbook::testing
