#include "storage/rocksdb/log_keys.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/appends.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::storage {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::wardbook::testing::IdOf;
using ::wardbook::testing::IsOkAndHolds;
using ::wardbook::testing::StatusIs;

constexpr auto kDataLoss = absl::StatusCode::kDataLoss;
const SchoolId kSchool = IdOf<SchoolId>(1);
constexpr uint64_t kLarge = 0x0102030405060708;

TEST(LogKeys, ARecordRowIsReadAsItWasWritten) {
  const Hash leaf = IdOf<Hash>(7);
  const std::string value = leaf.Bytes() + "record";
  ASSERT_OK_AND_ASSIGN(const RecordRow row, ParseRecordRow(RecordKey(kSchool, kLarge), value));
  EXPECT_EQ(row.position, kLarge);
  EXPECT_EQ(row.leaf_hash, leaf);
  EXPECT_EQ(row.bytes, "record");
}

TEST(LogKeys, AStreamRowIsReadAsItWasWritten) {
  const std::string prefix = StreamPrefix(kSchool, "case-1");
  EXPECT_THAT(ParseStreamRow(StreamKey(prefix, kLarge), PositionValue(kLarge + 1)),
              IsOkAndHolds(StreamRow{"case-1", kLarge, kLarge + 1}));
}

TEST(LogKeys, ARequestRowIsReadAsItWasWritten) {
  const RequestRow row{.request_id = IdOf<RequestId>(9),
                       .fingerprint = IdOf<Hash>(8),
                       .stream = "case-1",
                       .first_position = kLarge,
                       .first_revision = kLarge + 1,
                       .event_count = 256};
  EXPECT_THAT(ParseRequestRow(RequestKey(kSchool, row.request_id), RequestValue(row)),
              IsOkAndHolds(row));
}

TEST(LogKeys, ANodeRowIsReadAsItWasWritten) {
  ASSERT_OK_AND_ASSIGN(const merkle::Node node,
                       ParseNodeRow(NodeKey(kSchool, {63, kLarge}), IdOf<Hash>(5).Bytes()));
  EXPECT_EQ(node.id, (merkle::NodeId{63, kLarge}));
  EXPECT_EQ(node.hash, IdOf<Hash>(5));
}

// The bytes of the example in storage/rocksdb/README.md.
TEST(LogKeys, KeysAreTheBytesOfTheFormat) {
  EXPECT_EQ(RecordKey(kSchool, 258), kSchool.Bytes() + std::string("\0\0\0\0\0\0\1\2", 8));
  EXPECT_EQ(StreamKey(StreamPrefix(kSchool, "case-1"), 2),
            kSchool.Bytes() + "case-1" + std::string("\0\0\0\0\0\0\0\0\2", 9));
  EXPECT_EQ(NodeKey(kSchool, {1, 0}), kSchool.Bytes() + std::string("\1\0\0\0\0\0\0\0\0", 9));
}

TEST(LogKeys, KeysSortByNumberAndStreamsByNameBeforeTheirContinuations) {
  const auto key = [](absl::string_view stream, uint64_t revision) {
    return StreamKey(StreamPrefix(kSchool, stream), revision);
  };
  const std::vector<std::string> sorted = {
      key("case", kLarge), key("case-1", 1),  key("case-1", 255), key("case-1", 256),
      key("case-1 ", 1),   key("case-10", 1), key("case-2", 1)};
  EXPECT_TRUE(std::is_sorted(sorted.begin(), sorted.end()));
  EXPECT_LT(RecordKey(kSchool, 255), RecordKey(kSchool, 256));
}

TEST(LogKeys, MalformedRowsAreDamageAndAreNamed) {
  const std::string record_key = RecordKey(kSchool, 17);
  EXPECT_THAT(ParseRecordRow(record_key, std::string(Hash::kSize, 'h')),
              StatusIs(kDataLoss, HasSubstr("record 17")));
  EXPECT_THAT(ParseRecordRow(record_key + "x", std::string(100, 'h')), StatusIs(kDataLoss));
  const std::string stream_key = StreamKey(StreamPrefix(kSchool, "case-1"), 2);
  EXPECT_THAT(ParseStreamRow(stream_key, "short"),
              StatusIs(kDataLoss, AllOf(HasSubstr("revision 2"), Not(HasSubstr("case-1")))));
  EXPECT_THAT(ParseStreamRow(stream_key.substr(0, stream_key.size() - 1), PositionValue(1)),
              StatusIs(kDataLoss));
  EXPECT_THAT(ParseRequestRow(RequestKey(kSchool, IdOf<RequestId>(1)), "short"),
              StatusIs(kDataLoss, HasSubstr(IdOf<RequestId>(1).Hex())));
  EXPECT_THAT(ParseNodeRow(NodeKey(kSchool, {2, 3}), "short"),
              StatusIs(kDataLoss, HasSubstr("node 2/3")));
}

}  // namespace
}  // namespace wardbook::storage
