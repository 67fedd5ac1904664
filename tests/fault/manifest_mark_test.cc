// The manifest of a database is damaged, or torn, where RocksDB cannot tell which.

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rocksdb/db.h"
#include "rocksdb/file_system.h"
#include "storage/rocksdb/database.h"
#include "storage/rocksdb/key_value_settings.h"
#include "storage/rocksdb/manifest_mark.h"
#include "storage/rocksdb/rocksdb_key_value.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::testing {
namespace {

namespace fs = std::filesystem;
using storage::Durability;
using storage::KeyValue;
using storage::Profile;
using storage::RocksdbKeyValue;
using storage::WriteSet;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Optional;
using ::testing::SizeIs;

constexpr auto kDataLoss = absl::StatusCode::kDataLoss;

std::string Content(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void SetContent(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

// A store that was killed after its rows had gone from the write-ahead log into a
// table, of which nothing but the end of the manifest knows.
class ManifestMark : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string runs = directory_.At("runs");
    const auto store = RocksdbKeyValue::Open(runs, Profile::kSmallRows).value();
    WriteSet writes;
    writes.Put("key", "value");
    ASSERT_OK(store->Write(writes, Durability::kSynced));
    ASSERT_OK(store->Purge("x", "y"));
    CopyAsKilled(runs);
  }

  // The store that runs deletes old files meanwhile.
  void CopyAsKilled(const std::string& runs) {
    fs::remove_all(killed_);
    fs::create_directory(killed_);
    for (const fs::directory_entry& file : fs::directory_iterator(runs)) {
      std::error_code error;
      fs::copy_file(file.path(), fs::path(killed_) / file.path().filename(), error);
      if (error) {
        ASSERT_EQ(error, std::errc::no_such_file_or_directory);
      }
    }
  }

  auto Open() const { return RocksdbKeyValue::Open(killed_, Profile::kSmallRows); }

  std::string In(absl::string_view name) const { return absl::StrCat(killed_, "/", name); }
  std::string Manifest() const {
    const std::string current = Content(In("CURRENT"));
    return In(absl::StripSuffix(current, "\n"));
  }

  void ExpectEveryFlipFound(const std::string& path) {
    const std::string whole = Content(path);
    ASSERT_FALSE(whole.empty());
    for (size_t bit = 0; bit < 8 * whole.size() && !HasFailure(); ++bit) {
      std::string flipped = whole;
      flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
      SetContent(path, flipped);
      EXPECT_THAT(Open(), StatusIs(kDataLoss)) << "bit " << bit << " of " << path;
    }
    SetContent(path, whole);
  }

  void ExpectWhole() const {
    ASSERT_OK_AND_ASSIGN(const auto store, Open());
    EXPECT_THAT(store->Get("key"), IsOkAndHolds(Optional(Eq("value"))));
  }

  const ScratchDirectory directory_;
  const std::string killed_ = directory_.At("killed");
};

TEST_F(ManifestMark, EveryFlippedBitOfAManifestIsFound) {
  ExpectEveryFlipFound(Manifest());
  ExpectWhole();
  // Also of one whose last entries nothing was deleted for.
  ExpectEveryFlipFound(Manifest());
  ExpectWhole();
}

TEST_F(ManifestMark, EveryFlippedBitOfTheMarkIsFound) {
  ExpectEveryFlipFound(In("manifest.mark"));
  ExpectWhole();
}

TEST_F(ManifestMark, AManifestThatIsCutShortIsFound) {
  const std::string whole = Content(Manifest());
  for (size_t size = 0; size < whole.size(); ++size) {
    SetContent(Manifest(), whole.substr(0, size));
    EXPECT_THAT(Open(), StatusIs(kDataLoss)) << size << " bytes";
  }
  SetContent(Manifest(), whole);
  ExpectWhole();
}

TEST_F(ManifestMark, AStoreWithoutCurrentIsNotTakenForANewOne) {
  fs::remove(In("CURRENT"));
  EXPECT_THAT(Open(), StatusIs(kDataLoss));
}

// The older manifest is whole, and what it says is long deleted, or only missing.
TEST_F(ManifestMark, ACurrentThatNamesAnOlderManifestIsFound) {
  const std::string older = Manifest();
  const std::string older_content = Content(older);
  const std::string current = Content(In("CURRENT"));
  ExpectWhole();
  ASSERT_NE(Manifest(), older);
  SetContent(older, older_content);
  SetContent(In("CURRENT"), current);
  EXPECT_THAT(Open(), StatusIs(kDataLoss, HasSubstr("though it has named")));
  EXPECT_THAT(Open(), StatusIs(kDataLoss)) << "also the second time";
}

TEST_F(ManifestMark, ACurrentThatIsNewerThanTheMarkIsNoDamage) {
  const std::string mark = Content(In("manifest.mark"));
  ExpectWhole();
  SetContent(In("manifest.mark"), mark);
  ExpectWhole();
}

TEST_F(ManifestMark, FollowsAManifestThatRollsOverWhileTheStoreRuns) {
  const std::string runs = directory_.At("rolls over");
  storage::Database::Settings settings = storage::KeyValueSettings(runs, Profile::kSmallRows);
  settings.options.max_manifest_file_size = 1;  // A new one for each entry.
  ASSERT_OK_AND_ASSIGN(auto database, storage::Database::Open(std::move(settings)));
  auto store = std::make_unique<RocksdbKeyValue>(std::move(database));
  std::set<std::string> manifests;
  std::set<std::string> marked;
  for (int i = 0; i < 4; ++i) {
    WriteSet writes;
    writes.Put(i == 0 ? "key" : absl::StrCat("key", i), "value");
    ASSERT_OK(store->Write(writes, Durability::kSynced));
    ASSERT_OK(store->Purge("x", "y"));
    CopyAsKilled(runs);
    manifests.insert(Manifest());
    const std::string mark = Content(In("manifest.mark"));
    marked.insert(mark.substr(0, mark.find(' ')));
    ExpectWhole();
  }
  EXPECT_THAT(manifests, SizeIs(4));
  EXPECT_THAT(marked, SizeIs(4));

  store.reset();
  CopyAsKilled(runs);
  ExpectEveryFlipFound(Manifest());
  ExpectWhole();
}

// A file system that tells in which order names and directories become durable.
class OrderOfNames : public rocksdb::FileSystemWrapper {
 public:
  using FileSystemWrapper::FileSystemWrapper;
  const char* Name() const override { return "OrderOfNames"; }
  rocksdb::IOStatus NewDirectory(const std::string& path, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* result,
                                 rocksdb::IODebugContext* debug) override {
    // Opened to be synced.
    steps.push_back("directory");
    return target()->NewDirectory(path, options, result, debug);
  }
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override {
    steps.push_back(fs::path(to).filename());
    return target()->RenameFile(from, to, options, debug);
  }

  std::vector<std::string> steps;
};

TEST_F(ManifestMark, NoManifestIsMarkedBeforeItsNameIsDurable) {
  const auto order = std::make_shared<OrderOfNames>(rocksdb::FileSystem::Default());
  fs::create_directory(directory_.At("names"));
  storage::ManifestMarkFileSystem files(order, directory_.At("names"));
  const rocksdb::IOOptions io;
  for (const char* const name : {"MANIFEST-000005", "MANIFEST-000009"}) {
    const std::string path = absl::StrCat(directory_.At("names"), "/", name);
    std::unique_ptr<rocksdb::FSWritableFile> manifest;
    ASSERT_TRUE(files.NewWritableFile(path, {}, &manifest, nullptr).ok());
    ASSERT_TRUE(manifest->Append("an entry", io, nullptr).ok());
    ASSERT_TRUE(manifest->Sync(io, nullptr).ok());
    SetContent(path + ".dbtmp", name);
    ASSERT_TRUE(
        files.RenameFile(path + ".dbtmp", directory_.At("names") + "/CURRENT", io, nullptr).ok());
    order->steps.clear();
    ASSERT_TRUE(files.Mark().ok());
    EXPECT_THAT(order->steps, ElementsAre("directory", "manifest.mark", "directory")) << name;
    ASSERT_TRUE(manifest->Append("another", io, nullptr).ok());
    ASSERT_TRUE(manifest->Sync(io, nullptr).ok());
    order->steps.clear();
    ASSERT_TRUE(files.Mark().ok());
    EXPECT_THAT(order->steps, ElementsAre("manifest.mark", "directory")) << name;
  }
}

TEST_F(ManifestMark, WhatAPowerLossTearsBehindTheMarkIsNoDamage) {
  for (const char* torn : {"\x01", "torn", "\x8c\x1f\x02\x55\x20\x00\x01half of an entry"}) {
    SetContent(Manifest(), Content(Manifest()) + torn);
    ExpectWhole();
  }
}

TEST_F(ManifestMark, ATableThatIsGoneIsFound) {
  for (const fs::directory_entry& file : fs::directory_iterator(killed_)) {
    if (file.path().extension() == ".sst") fs::remove(file.path());
  }
  EXPECT_THAT(Open(), StatusIs(kDataLoss));
}

// A disk that has no room for a mark.
class NoRoomForMarks : public rocksdb::FileSystemWrapper {
 public:
  using FileSystemWrapper::FileSystemWrapper;
  const char* Name() const override { return "NoRoomForMarks"; }
  rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug) override {
    if (absl::StrContains(path, "manifest.mark")) {
      ++refused_;
      return rocksdb::IOStatus::NoSpace();
    }
    return target()->NewWritableFile(path, options, result, debug);
  }
  int refused() const { return refused_; }

 private:
  std::atomic<int> refused_ = 0;
};

// Tables are what fills a disk: they go without a mark, and logs stay for one.
TEST_F(ManifestMark, AFullDiskIsRidOfItsOldTables) {
  const auto disk = std::make_shared<NoRoomForMarks>(rocksdb::FileSystem::Default());
  storage::Database::Settings settings =
      storage::KeyValueSettings(directory_.At("full"), Profile::kSmallRows);
  settings.file_system = disk;
  ASSERT_OK_AND_ASSIGN(const auto database, storage::Database::Open(std::move(settings)));
  ASSERT_OK_AND_ASSIGN(const auto lease, database->Acquire());
  for (const char* const value : {"first", "second"}) {
    ASSERT_TRUE(lease.db().Put({}, lease.family(0), "key", value).ok());
    ASSERT_TRUE(lease.db().Flush({}, lease.family(0)).ok());
  }
  rocksdb::CompactRangeOptions all;
  all.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  ASSERT_TRUE(lease.db().CompactRange(all, lease.family(0), nullptr, nullptr).ok());
  EXPECT_GT(disk->refused(), 0);
  int tables = 0;
  int logs = 0;
  for (const fs::directory_entry& file : fs::directory_iterator(directory_.At("full"))) {
    if (file.path().extension() == ".sst") ++tables;
    if (file.path().extension() == ".log") ++logs;
  }
  EXPECT_EQ(tables, 1);
  EXPECT_GT(logs, 1);
}

TEST_F(ManifestMark, AStoreOfAVersionWithoutMarksIsOpenedAndMarked) {
  fs::remove(In("manifest.mark"));
  ExpectWhole();
  EXPECT_TRUE(fs::exists(In("manifest.mark")));
}

}  // namespace
}  // namespace wardbook::testing
