#include "storage/vault/secret_table.h"

#include <map>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/ids.h"
#include "tests/testing/borrowed_key_value.h"
#include "tests/testing/memory_key_value.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::vault {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Optional;
using ::testing::SizeIs;
using ::wardbook::testing::BorrowedKeyValue;
using ::wardbook::testing::IsOkAndHolds;
using ::wardbook::testing::KeyValueControl;
using ::wardbook::testing::MemoryKeyValue;
using ::wardbook::testing::StatusIs;

std::map<std::string, std::string> Rows(const MemoryKeyValue& store) {
  std::map<std::string, std::string> rows;
  EXPECT_OK(store.Scan("", "", [&](absl::string_view key, absl::string_view value) {
    rows.emplace(std::string(key), std::string(value));
    return true;
  }));
  return rows;
}

std::multiset<std::string> Values(const SecretTable& table) {
  std::multiset<std::string> values;
  EXPECT_OK(table.ForEach([&](absl::string_view value) {
    values.emplace(value);
    return true;
  }));
  return values;
}

TEST(SecretTable, GivesBackWhatWasPut) {
  MemoryKeyValue store;
  SecretTable table(store, crypto::Secret::Random(), "credentials");
  ASSERT_OK(table.Put("j.moss", "first"));
  ASSERT_OK(table.Put("", "of the empty name"));
  ASSERT_OK(table.Put("j.moss", "second"));
  ASSERT_OK(table.Put("empty", ""));
  EXPECT_THAT(table.Get("j.moss"), IsOkAndHolds(Optional(Eq("second"))));
  EXPECT_THAT(table.Get(""), IsOkAndHolds(Optional(Eq("of the empty name"))));
  EXPECT_THAT(table.Get("empty"), IsOkAndHolds(Optional(Eq(""))));
  EXPECT_THAT(table.Get("j.mos"), IsOkAndHolds(Eq(std::nullopt)));
}

TEST(SecretTable, DeletedRowIsGone) {
  MemoryKeyValue store;
  SecretTable table(store, crypto::Secret::Random(), "sessions");
  ASSERT_OK(table.Put("a", "1"));
  ASSERT_OK(table.Put("b", "2"));
  ASSERT_OK(table.Delete("a"));
  EXPECT_OK(table.Delete("never there"));
  EXPECT_THAT(table.Get("a"), IsOkAndHolds(Eq(std::nullopt)));
  EXPECT_THAT(Values(table), ElementsAre("2"));
}

TEST(SecretTable, ManyRowsAreDeletedWithOneSync) {
  MemoryKeyValue store;
  KeyValueControl control;
  BorrowedKeyValue disk(store, control);
  SecretTable table(disk, crypto::Secret::Random(), "sessions");
  for (absl::string_view name : {"a", "b", "c"}) ASSERT_OK(table.Put(name, name));
  const int before = control.synced_writes();
  ASSERT_OK(table.DeleteAll({"a", "c", "never there"}));
  EXPECT_EQ(control.synced_writes(), before + 1);
  EXPECT_THAT(Values(table), ElementsAre("b"));
  ASSERT_OK(table.DeleteAll({}));
  EXPECT_EQ(control.synced_writes(), before + 1) << "nothing to wait for";
}

TEST(SecretTable, RowTakesThePlaceOfOneUnderAnotherNameInOneWrite) {
  MemoryKeyValue store;
  KeyValueControl control;
  BorrowedKeyValue disk(store, control);
  SecretTable table(disk, crypto::Secret::Random(), "accounts");
  ASSERT_OK(table.Put("before", "1"));
  const int before = control.synced_writes();
  ASSERT_OK(table.PutInPlaceOf("before", "after", "2"));
  EXPECT_EQ(control.synced_writes(), before + 1);
  EXPECT_THAT(table.Get("after"), IsOkAndHolds(Optional(Eq("2"))));
  ASSERT_OK(table.PutInPlaceOf("after", "after", "3"));
  EXPECT_THAT(Values(table), ElementsAre("3"));
}

TEST(SecretTable, WriteThatFailsBehindItsEndIsDone) {
  MemoryKeyValue store;
  KeyValueControl control;
  BorrowedKeyValue disk(store, control);
  SecretTable table(disk, crypto::Secret::Random(), "accounts");
  control.FailBehindNextWrite();
  EXPECT_OK(table.Put("a", "1"));
  control.FailNextWrite();
  EXPECT_THAT(table.Put("a", "1"), StatusIs(absl::StatusCode::kUnavailable));
  control.FailNextWrite();
  EXPECT_THAT(table.PutInPlaceOf("a", "b", "2"), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(Values(table), ElementsAre("1"));
  control.FailBehindNextWrite();
  EXPECT_OK(table.PutInPlaceOf("a", "b", "2"));
  EXPECT_THAT(Values(table), ElementsAre("2"));
  EXPECT_EQ(control.failed_writes(), 4);
}

TEST(SecretTable, NeitherNamesNorValuesAreInTheStore) {
  MemoryKeyValue store;
  SecretTable table(store, crypto::Secret::Random(), "credentials");
  ASSERT_OK(table.Put("josephine.moss", "argon2id of a password"));
  for (const auto& [key, value] : Rows(store)) {
    EXPECT_THAT(key, Not(HasSubstr("moss")));
    EXPECT_THAT(value, Not(HasSubstr("argon2id")));
    EXPECT_EQ(key.size(), std::string("credentials").size() + 1 + Hash::kSize);
  }
}

TEST(SecretTable, TablesOfOneStoreDoNotMix) {
  MemoryKeyValue store;
  const crypto::Secret master_key = crypto::Secret::Random();
  SecretTable names(store, master_key, "name");
  SecretTable longer(store, master_key, "names");
  ASSERT_OK(names.Put("a", "1"));
  ASSERT_OK(longer.Put("a", "2"));
  EXPECT_THAT(Values(names), ElementsAre("1"));
  EXPECT_THAT(Values(longer), ElementsAre("2"));
  // The same name has another hash in another table.
  std::set<std::string> hashes;
  for (const auto& [key, value] : Rows(store)) hashes.insert(key.substr(key.size() - 32));
  EXPECT_THAT(hashes, SizeIs(2));
}

TEST(SecretTable, OtherMasterKeyFindsNothingAndOpensNothing) {
  MemoryKeyValue store;
  SecretTable table(store, crypto::Secret::Random(), "schools");
  ASSERT_OK(table.Put("fernhill", "1"));
  SecretTable other(store, crypto::Secret::Random(), "schools");
  EXPECT_THAT(other.Get("fernhill"), IsOkAndHolds(Eq(std::nullopt)));
  EXPECT_THAT(other.ForEach([](absl::string_view) { return true; }),
              StatusIs(absl::StatusCode::kDataLoss));
}

TEST(SecretTable, ChangedOrMovedValueIsDataLoss) {
  MemoryKeyValue store;
  SecretTable table(store, crypto::Secret::Random(), "schools");
  ASSERT_OK(table.Put("a", "1"));
  ASSERT_OK(table.Put("b", "2"));
  const std::map<std::string, std::string> rows = Rows(store);
  ASSERT_THAT(rows, SizeIs(2));
  storage::WriteSet swap;
  swap.Put(rows.begin()->first, rows.rbegin()->second);
  swap.Put(rows.rbegin()->first, rows.begin()->second);
  ASSERT_OK(store.Write(swap, storage::Durability::kSynced));
  EXPECT_THAT(table.Get("a"), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(table.Get("b"), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(table.ForEach([](absl::string_view) { return true; }),
              StatusIs(absl::StatusCode::kDataLoss));
}

TEST(SecretTable, ForEachStopsWhenToldTo) {
  MemoryKeyValue store;
  SecretTable table(store, crypto::Secret::Random(), "schools");
  for (int i = 0; i < 10; ++i) ASSERT_OK(table.Put(absl::StrCat(i), absl::StrCat(i)));
  int visited = 0;
  ASSERT_OK(table.ForEach([&](absl::string_view) { return ++visited < 3; }));
  EXPECT_EQ(visited, 3);
}

}  // namespace
}  // namespace wardbook::vault
