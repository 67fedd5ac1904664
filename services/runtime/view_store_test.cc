#include "services/runtime/view_store.h"

#include <memory>
#include <utility>

#include "tests/testing/appends.h"
#include "tests/testing/borrowed_key_value.h"
#include "tests/testing/memory_key_value.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::runtime {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using testing::IdOf;
using testing::IsOkAndHolds;
using ::testing::Not;
using ::testing::Optional;
using testing::StatusIs;

const SchoolId kSchool = IdOf<SchoolId>(1);

class ViewStoreTest : public ::testing::Test {
 protected:
  ViewStoreTest()
      : vault_(vault::Vault::Open(std::make_unique<testing::MemoryKeyValue>(),
                                  crypto::Secret::Random())
                   .value()),
        store_(std::make_unique<testing::BorrowedKeyValue>(rows_, control_), *vault_) {}

  ViewGeneration Generation(uint64_t number) const { return {kSchool, "cases", number}; }

  // All stored bytes, keys and values.
  std::string StoredBytes() const {
    std::string bytes;
    EXPECT_OK(rows_.Scan("", "", [&](absl::string_view key, absl::string_view value) {
      bytes.append(key.data(), key.size()).append(value.data(), value.size());
      return true;
    }));
    return bytes;
  }

  testing::MemoryKeyValue rows_;
  testing::KeyValueControl control_;
  const std::unique_ptr<vault::Vault> vault_;
  ViewStore store_;
};

TEST_F(ViewStoreTest, ABatchReadsThroughItsOwnChanges) {
  ViewBatch first(store_, Generation(1));
  first.PutClear("a", "1");
  first.PutClear("b", "2");
  ASSERT_OK(store_.Commit(first, {1, 2}));
  ViewBatch second(store_, Generation(1));
  second.Delete("a");
  second.PutClear("c", "3");
  EXPECT_THAT(second.Get("a"), IsOkAndHolds(Eq(std::nullopt)));
  EXPECT_THAT(second.Get("b"), IsOkAndHolds(Optional(Eq("2"))));
  EXPECT_THAT(second.Get("c"), IsOkAndHolds(Optional(Eq("3"))));
  EXPECT_THAT(store_.Get(Generation(1), "c"), IsOkAndHolds(Eq(std::nullopt)));
}

TEST_F(ViewStoreTest, RowsAndProgressAreWrittenTogether) {
  ViewBatch batch(store_, Generation(1));
  batch.PutClear("a", "1");
  control_.FailWrites();
  EXPECT_THAT(store_.Commit(batch, {1, 7}), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(store_.FindProgress(Generation(1)), IsOkAndHolds(Eq(std::nullopt)));
  control_.HealWrites();
  ASSERT_OK(store_.Commit(batch, {1, 7}));
  ASSERT_OK_AND_ASSIGN(const std::optional<ViewProgress> progress,
                       store_.FindProgress(Generation(1)));
  ASSERT_TRUE(progress.has_value());
  EXPECT_EQ(progress->applied, 7);
  EXPECT_EQ(progress->version, 1);
}

TEST_F(ViewStoreTest, SealedRowsAreNowhereInClearAndGoWithTheirKey) {
  ASSERT_OK_AND_ASSIGN(const vault::VaultKey key, vault_->NewKey());
  ViewBatch batch(store_, Generation(1));
  batch.PutSealed("a", key.id, "what a child said");
  ASSERT_OK(store_.Commit(batch, {1, 1}));
  EXPECT_THAT(StoredBytes(), Not(HasSubstr("child")));
  EXPECT_THAT(store_.Get(Generation(1), "a"), IsOkAndHolds(Optional(Eq("what a child said"))));
  ASSERT_OK(vault_->Destroy(key.id));
  EXPECT_THAT(store_.Get(Generation(1), "a"), IsOkAndHolds(Eq(std::nullopt)));
}

TEST_F(ViewStoreTest, ASealedRowThatWasMovedIsDataLoss) {
  ASSERT_OK_AND_ASSIGN(const vault::VaultKey key, vault_->NewKey());
  ViewBatch batch(store_, Generation(1));
  batch.PutSealed("a", key.id, "text");
  ASSERT_OK(store_.Commit(batch, {1, 1}));
  storage::WriteSet moved;
  ASSERT_OK(rows_.Scan("", "", [&](absl::string_view stored_key, absl::string_view value) {
    if (stored_key.back() == 'a') {
      moved.Put(std::string(stored_key.substr(0, stored_key.size() - 1)) + 'b', std::string(value));
    }
    return true;
  }));
  ASSERT_OK(rows_.Write(moved, storage::Durability::kBuffered));
  EXPECT_THAT(store_.Get(Generation(1), "b"), StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(ViewStoreTest, AScanStaysInItsGenerationAndLimit) {
  for (const uint64_t number : {uint64_t{1}, uint64_t{2}}) {
    ViewBatch batch(store_, Generation(number));
    for (const char* key : {"a", "b", "c"}) batch.PutClear(key, std::to_string(number));
    ASSERT_OK(store_.Commit(batch, {1, 1}));
  }
  const auto keys = [&](absl::string_view start, absl::string_view end, size_t limit) {
    std::vector<std::string> found;
    const absl::StatusOr<std::vector<ViewRow>> rows = store_.Scan(Generation(1), start, end, limit);
    EXPECT_OK(rows);
    for (const ViewRow& row : *rows) found.push_back(row.key + row.value);
    return found;
  };
  EXPECT_THAT(keys("", "", 10), ElementsAre("a1", "b1", "c1"));
  EXPECT_THAT(keys("b", "", 10), ElementsAre("b1", "c1"));
  EXPECT_THAT(keys("", "b", 10), ElementsAre("a1"));
  EXPECT_THAT(keys("", "", 2), ElementsAre("a1", "b1"));
  EXPECT_THAT(keys("", "", 0), ElementsAre());
}

TEST_F(ViewStoreTest, TheHashIsOfWhatRowsSayAndNotOfHowTheyAreSealed) {
  ASSERT_OK_AND_ASSIGN(const vault::VaultKey key, vault_->NewKey());
  for (const uint64_t number : {uint64_t{1}, uint64_t{2}, uint64_t{3}}) {
    ViewBatch batch(store_, Generation(number));
    batch.PutSealed("a", key.id, number == 3 ? "other" : "text");
    ASSERT_OK(store_.Commit(batch, {1, 5}));
  }
  ASSERT_OK_AND_ASSIGN(const ViewHash first, store_.HashRows(Generation(1)));
  ASSERT_OK_AND_ASSIGN(const ViewHash same, store_.HashRows(Generation(2)));
  ASSERT_OK_AND_ASSIGN(const ViewHash other, store_.HashRows(Generation(3)));
  EXPECT_EQ(first.applied, 5);
  EXPECT_EQ(first.hash, same.hash);
  EXPECT_NE(first.hash, other.hash);
  EXPECT_THAT(store_.HashRows(Generation(4)), StatusIs(absl::StatusCode::kNotFound));
}

TEST_F(ViewStoreTest, ARemovedGenerationLeavesTheOthers) {
  for (const uint64_t number : {uint64_t{1}, uint64_t{2}}) {
    ViewBatch batch(store_, Generation(number));
    batch.PutClear("a", "1");
    ASSERT_OK(store_.Commit(batch, {1, 1}));
  }
  ASSERT_OK(store_.Activate(Generation(2)));
  ASSERT_OK(store_.Remove(Generation(1)));
  EXPECT_THAT(store_.ListGenerations(kSchool, "cases"), IsOkAndHolds(ElementsAre(2)));
  EXPECT_THAT(store_.FindActive(kSchool, "cases"), IsOkAndHolds(Optional(Eq(2))));
  EXPECT_THAT(store_.FindActive(IdOf<SchoolId>(2), "cases"), IsOkAndHolds(Eq(std::nullopt)));
  EXPECT_THAT(store_.Get(Generation(1), "a"), IsOkAndHolds(Eq(std::nullopt)));
  EXPECT_THAT(store_.Get(Generation(2), "a"), IsOkAndHolds(Optional(Eq("1"))));
}

}  // namespace
}  // namespace wardbook::runtime
