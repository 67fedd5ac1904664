// What storage/key_value.h promises, held by every implementation.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/key_value.h"
#include "storage/rocksdb/rocksdb_key_value.h"
#include "tests/testing/memory_key_value.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::wardbook::testing::IsOkAndHolds;
using ::wardbook::testing::MemoryKeyValue;
using ::wardbook::testing::ScratchDirectory;

// Large enough to be kept in a blob file.
const std::string kLargeValue(100'000, 'v');

class Subject {
 public:
  virtual ~Subject() = default;
  virtual KeyValue& store() = 0;
  virtual void Reopen() = 0;
};

class MemorySubject : public Subject {
 public:
  KeyValue& store() override { return store_; }
  void Reopen() override {}

 private:
  MemoryKeyValue store_;
};

class RocksdbSubject : public Subject {
 public:
  explicit RocksdbSubject(Profile profile) : profile_(profile) { Open(); }
  KeyValue& store() override { return *store_; }
  void Reopen() override {
    store_.reset();
    Open();
  }

 private:
  void Open() { store_ = RocksdbKeyValue::Open(directory_.At("store"), profile_).value(); }

  const Profile profile_;
  ScratchDirectory directory_;
  std::unique_ptr<KeyValue> store_;
};

struct Implementation {
  const char* name;
  std::function<std::unique_ptr<Subject>()> make;
};

class KeyValueContract : public ::testing::TestWithParam<Implementation> {
 protected:
  KeyValue& store() { return subject_->store(); }
  void Reopen() { subject_->Reopen(); }

  void Put(std::string key, std::string value, Durability durability = Durability::kSynced) {
    WriteSet writes;
    writes.Put(std::move(key), std::move(value));
    ASSERT_OK(store().Write(writes, durability));
  }

  void Delete(std::string key) {
    WriteSet writes;
    writes.Delete(std::move(key));
    ASSERT_OK(store().Write(writes, Durability::kSynced));
  }

  std::vector<std::string> KeysOf(absl::string_view start, absl::string_view end) {
    std::vector<std::string> keys;
    EXPECT_OK(store().Scan(start, end, [&](absl::string_view key, absl::string_view) {
      keys.emplace_back(key);
      return true;
    }));
    return keys;
  }

 private:
  std::unique_ptr<Subject> subject_ = GetParam().make();
};

TEST_P(KeyValueContract, WhatWasPutIsThereAndWhatWasDeletedIsNot) {
  EXPECT_THAT(store().Get("a"), IsOkAndHolds(std::nullopt));
  Put("a", "1");
  EXPECT_THAT(store().Get("a"), IsOkAndHolds(Optional(std::string("1"))));
  Put("a", "2");
  EXPECT_THAT(store().Get("a"), IsOkAndHolds(Optional(std::string("2"))));
  Delete("a");
  EXPECT_THAT(store().Get("a"), IsOkAndHolds(std::nullopt));
}

TEST_P(KeyValueContract, AnEmptyValueIsAValue) {
  Put("a", "");
  EXPECT_THAT(store().Get("a"), IsOkAndHolds(Optional(std::string())));
}

TEST_P(KeyValueContract, KeysAndValuesMayHoldAnyBytes) {
  const std::string key("a\0\xff\n", 4);
  const std::string value("\0\0\xfe", 3);
  Put(key, value);
  EXPECT_THAT(store().Get(key), IsOkAndHolds(Optional(value)));
  EXPECT_THAT(store().Get("a"), IsOkAndHolds(std::nullopt));
}

TEST_P(KeyValueContract, ALargeValueComesBackWhole) {
  Put("a", kLargeValue);
  Reopen();
  EXPECT_THAT(store().Get("a"), IsOkAndHolds(Optional(kLargeValue)));
}

TEST_P(KeyValueContract, OperationsOfOneWriteTakeEffectInOrder) {
  WriteSet writes;
  writes.Put("a", "1");
  writes.Delete("a");
  writes.Put("b", "1");
  writes.Put("b", "2");
  writes.Delete("c");
  writes.Put("c", "3");
  ASSERT_OK(store().Write(writes, Durability::kSynced));
  EXPECT_THAT(store().Get("a"), IsOkAndHolds(std::nullopt));
  EXPECT_THAT(store().Get("b"), IsOkAndHolds(Optional(std::string("2"))));
  EXPECT_THAT(store().Get("c"), IsOkAndHolds(Optional(std::string("3"))));
}

TEST_P(KeyValueContract, AnEmptyWriteIsFine) {
  EXPECT_OK(store().Write(WriteSet(), Durability::kSynced));
}

TEST_P(KeyValueContract, WritesOfEitherDurabilitySurviveARestart) {
  Put("a", "1", Durability::kSynced);
  Put("b", "2", Durability::kBuffered);
  Reopen();
  EXPECT_THAT(KeysOf("", ""), ElementsAre("a", "b"));
}

TEST_P(KeyValueContract, AScanVisitsARangeInOrderOfBytes) {
  for (const char* key : {"b", "a", "c", "ab", "\xff"}) Put(key, "");
  EXPECT_THAT(KeysOf("", ""), ElementsAre("a", "ab", "b", "c", "\xff"));
  EXPECT_THAT(KeysOf("ab", "c"), ElementsAre("ab", "b"));
  EXPECT_THAT(KeysOf("aa", "b"), ElementsAre("ab"));
  EXPECT_THAT(KeysOf("c", "b"), IsEmpty());
  EXPECT_THAT(KeysOf("b", "b"), IsEmpty());
  EXPECT_THAT(KeysOf("c", ""), ElementsAre("c", "\xff"));
}

TEST_P(KeyValueContract, AScanEndsWhenTheVisitorSaysSo) {
  for (const char* key : {"a", "b", "c"}) Put(key, key);
  std::vector<std::string> values;
  ASSERT_OK(store().Scan("", "", [&](absl::string_view, absl::string_view value) {
    values.emplace_back(value);
    return values.size() < 2;
  }));
  EXPECT_THAT(values, ElementsAre("a", "b"));
}

TEST_P(KeyValueContract, AScanSeesTheStateItBeganWithAndItsVisitorMayCallTheStore) {
  for (const char* key : {"a", "b", "c"}) Put(key, "old");
  std::vector<std::string> values;
  ASSERT_OK(store().Scan("", "", [&](absl::string_view key, absl::string_view value) {
    values.emplace_back(value);
    Put("c", "new");
    Put(absl::StrCat(key, "-more"), "new");
    EXPECT_THAT(store().Get("c"), IsOkAndHolds(Optional(std::string("new"))));
    return true;
  }));
  EXPECT_THAT(values, ElementsAre("old", "old", "old"));
}

TEST_P(KeyValueContract, APurgeTakesNothingThatIsThere) {
  for (const char* key : {"a", "b", "c"}) Put(key, kLargeValue);
  Delete("b");
  ASSERT_OK(store().Purge("a", "c"));
  EXPECT_THAT(KeysOf("", ""), ElementsAre("a", "c"));
  Delete("a");
  ASSERT_OK(store().Purge("", ""));
  EXPECT_THAT(KeysOf("", ""), ElementsAre("c"));
  EXPECT_THAT(store().Get("c"), IsOkAndHolds(Optional(kLargeValue)));
}

TEST_P(KeyValueContract, ReclaimingRoomTakesNothingThatIsThere) {
  for (const char* key : {"a", "b", "c", "d"}) Put(key, kLargeValue);
  for (const char* key : {"a", "b", "c"}) Delete(key);
  ASSERT_OK(store().Reclaim());
  EXPECT_THAT(KeysOf("", ""), ElementsAre("d"));
  EXPECT_THAT(store().Get("d"), IsOkAndHolds(Optional(kLargeValue)));
}

TEST_P(KeyValueContract, TheBlocksOfWhatIsWholeAreWhole) {
  Put("a", "x");
  EXPECT_OK(store().CheckBlocks());
  Reopen();
  Put("b", kLargeValue);
  EXPECT_OK(store().CheckBlocks());
}

TEST_P(KeyValueContract, WritersOnManyThreadsLoseNothing) {
  constexpr int kThreads = 8;
  constexpr int kWrites = 50;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([this, thread] {
      for (int i = 0; i < kWrites; ++i) Put(absl::StrCat(thread, "-", i), "x");
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(KeysOf("", "").size(), kThreads * kWrites);
}

INSTANTIATE_TEST_SUITE_P(
    Stores, KeyValueContract,
    ::testing::Values(
        Implementation{"Memory", [] { return std::make_unique<MemorySubject>(); }},
        Implementation{"RocksdbSmallRows",
                       [] { return std::make_unique<RocksdbSubject>(Profile::kSmallRows); }},
        Implementation{"RocksdbBlobs",
                       [] { return std::make_unique<RocksdbSubject>(Profile::kBlobs); }}),
    [](const auto& implementation) { return std::string(implementation.param.name); });

TEST(PrefixEnd, IsAfterAllKeysThatBeginWithThePrefix) {
  EXPECT_EQ(PrefixEnd("a"), "b");
  EXPECT_EQ(PrefixEnd("a\xff"), "b");
  EXPECT_EQ(PrefixEnd("\xff\xff"), "");
  EXPECT_EQ(PrefixEnd(""), "");
}

}  // namespace
}  // namespace wardbook::storage
