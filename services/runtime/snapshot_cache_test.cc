#include "services/runtime/snapshot_cache.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace wardbook::runtime {
namespace {

const SchoolId kSchool = *SchoolId::FromHex("000102030405060708090a0b0c0d0e0f");
const SchoolId kOther = *SchoolId::FromHex("100102030405060708090a0b0c0d0e0f");

TEST(SnapshotCache, KeepsTheNewestOfAStream) {
  SnapshotCache<int> cache;
  EXPECT_EQ(cache.Find(kSchool, "case"), nullptr);
  cache.Put(kSchool, "case", std::make_shared<const int>(2), 2);
  cache.Put(kSchool, "case", std::make_shared<const int>(1), 1);
  EXPECT_EQ(*cache.Find(kSchool, "case"), 2);
  cache.Put(kSchool, "case", std::make_shared<const int>(3), 3);
  EXPECT_EQ(*cache.Find(kSchool, "case"), 3);
  EXPECT_EQ(cache.Find(kOther, "case"), nullptr);
}

TEST(SnapshotCache, ForgetsTheStreamThatWasUsedLongestAgo) {
  SnapshotCache<int> cache;
  const auto one = std::make_shared<const int>(1);
  for (size_t i = 0; i < kSnapshotsMax; ++i) cache.Put(kSchool, absl::StrCat("case", i), one, 1);
  ASSERT_NE(cache.Find(kSchool, "case0"), nullptr);
  cache.Put(kSchool, "one more", one, 1);
  EXPECT_NE(cache.Find(kSchool, "case0"), nullptr);
  EXPECT_EQ(cache.Find(kSchool, "case1"), nullptr);
  EXPECT_NE(cache.Find(kSchool, "one more"), nullptr);
}

}  // namespace
}  // namespace wardbook::runtime
