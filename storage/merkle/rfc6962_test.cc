#include "storage/merkle/rfc6962.h"

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::merkle {
namespace {

using ::testing::Eq;
using ::testing::Ne;

TEST(LeafHash, KnownAnswers) {
  EXPECT_THAT(LeafHash("").Hex(),
              Eq("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"));
  EXPECT_THAT(LeafHash(absl::string_view("\x00", 1)).Hex(),
              Eq("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"));
  EXPECT_THAT(LeafHash("L123456").Hex(),
              Eq("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"));
}

TEST(NodeHash, KnownAnswers) {
  EXPECT_THAT(NodeHash(LeafHash(""), LeafHash(absl::string_view("\x00", 1))).Hex(),
              Eq("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"));
}

TEST(NodeHash, IsNeverTheHashOfALeaf) {
  const Hash left = LeafHash("left");
  const Hash right = LeafHash("right");
  EXPECT_THAT(NodeHash(left, right), Ne(LeafHash(absl::StrCat(left.view(), right.view()))));
  EXPECT_THAT(NodeHash(left, right), Ne(NodeHash(right, left)));
}

TEST(EmptyRoot, IsTheHashOfNothing) {
  EXPECT_THAT(EmptyRoot().Hex(),
              Eq("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
}

}  // namespace
}  // namespace wardbook::merkle
