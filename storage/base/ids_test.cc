#include "storage/base/ids.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook {
namespace {

using ::testing::Eq;
using ::testing::Optional;

TEST(FixedBytes, HexRoundTrips) {
  const SchoolId id = *SchoolId::FromBytes("0123456789abcdef");
  EXPECT_THAT(SchoolId::FromHex(id.Hex()), Optional(Eq(id)));
}

TEST(FixedBytes, WrongSizesAndDigitsAreNoId) {
  EXPECT_THAT(SchoolId::FromBytes("short"), Eq(std::nullopt));
  EXPECT_THAT(SchoolId::FromHex("00"), Eq(std::nullopt));
  EXPECT_THAT(SchoolId::FromHex("zz112233445566778899aabbccddeeff"), Eq(std::nullopt));
}

TEST(RequestIdFromUuid, ReadsWhatUuidTextWrites) {
  const std::string text = "018f4d3c-7a1b-7c2d-9e3f-0123456789ab";
  const std::optional<RequestId> id = RequestIdFromUuid(text);
  ASSERT_TRUE(id.has_value());
  EXPECT_THAT(UuidText(*id), Eq(text));
}

TEST(RequestIdFromUuid, RefusesWhatIsNoUuid) {
  EXPECT_THAT(RequestIdFromUuid(""), Eq(std::nullopt));
  EXPECT_THAT(RequestIdFromUuid("018f4d3c7a1b7c2d9e3f0123456789ab"), Eq(std::nullopt));
  EXPECT_THAT(RequestIdFromUuid("018f4d3c-7a1b-7c2d-9e3f-0123456789-b"), Eq(std::nullopt));
}

}  // namespace
}  // namespace wardbook
