#include "storage/rocksdb/stream_heads.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::storage {
namespace {

using ::testing::Eq;
using ::testing::Optional;

TEST(StreamHeads, KnowsTheLastRevisionSet) {
  StreamHeads heads;
  EXPECT_THAT(heads.Find("a"), Eq(std::nullopt));
  heads.Set("a", 1);
  heads.Set("a", 2);
  EXPECT_THAT(heads.Find("a"), Optional(2));
  heads.Clear();
  EXPECT_THAT(heads.Find("a"), Eq(std::nullopt));
}

TEST(StreamHeads, ForgetsStreamsNotAskedForWhenThereAreTooManyButNeverStaleOnes) {
  constexpr uint64_t kStreams = 60'000;
  StreamHeads heads;
  heads.Set("busy", 1);
  heads.Set("quiet", 1);
  for (uint64_t i = 0; i < kStreams; ++i) {
    heads.Set(absl::StrCat("stream-", i), i);
    heads.Set("busy", i + 2);
    heads.Trim();
  }
  EXPECT_THAT(heads.Find("busy"), Optional(kStreams + 1));
  EXPECT_THAT(heads.Find("quiet"), Eq(std::nullopt));
  EXPECT_THAT(heads.Find(absl::StrCat("stream-", kStreams - 1)), Optional(kStreams - 1));
}

TEST(StreamHeads, AStreamThatIsAskedForStays) {
  StreamHeads heads;
  heads.Set("asked for", 7);
  for (uint64_t i = 0; i < 60'000; ++i) {
    heads.Set(absl::StrCat("stream-", i), i);
    heads.Trim();
    ASSERT_THAT(heads.Find("asked for"), Optional(7)) << i;
  }
}

TEST(StreamHeads, KeepsWhatIsSetUntilItIsTrimmed) {
  StreamHeads heads;
  for (uint64_t i = 0; i < 60'000; ++i) heads.Set(absl::StrCat("stream-", i), i);
  for (uint64_t i = 0; i < 60'000; ++i) {
    ASSERT_THAT(heads.Find(absl::StrCat("stream-", i)), Optional(i));
  }
}

}  // namespace
}  // namespace wardbook::storage
