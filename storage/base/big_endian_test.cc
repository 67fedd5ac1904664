#include "storage/base/big_endian.h"

#include <cstdint>
#include <limits>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook {
namespace {

using ::testing::Eq;
using ::testing::Lt;

std::string Bytes64(uint64_t value) {
  std::string bytes;
  AppendBigEndian64(&bytes, value);
  return bytes;
}

std::string Bytes32(uint32_t value) {
  std::string bytes;
  AppendBigEndian32(&bytes, value);
  return bytes;
}

TEST(BigEndian, WritesTheHighestByteFirst) {
  EXPECT_THAT(Bytes64(0x0102030405060708), Eq("\x01\x02\x03\x04\x05\x06\x07\x08"));
  EXPECT_THAT(Bytes32(0x01020304), Eq("\x01\x02\x03\x04"));
}

TEST(BigEndian, AppendsToWhatIsThere) {
  std::string bytes = "key";
  AppendBigEndian32(&bytes, 0x01020304);
  EXPECT_THAT(bytes, Eq("key\x01\x02\x03\x04"));
}

TEST(BigEndian, ReadsWhatItWrites) {
  for (int bit = 0; bit < 64; ++bit) {
    const uint64_t value = std::numeric_limits<uint64_t>::max() >> bit;
    EXPECT_THAT(ReadBigEndian64(Bytes64(value)), Eq(value));
    const auto half = static_cast<uint32_t>(value >> 32);
    EXPECT_THAT(ReadBigEndian32(Bytes32(half)), Eq(half));
  }
}

TEST(BigEndian, ReadsOnlyItsOwnBytes) {
  EXPECT_THAT(ReadBigEndian64(Bytes64(7) + "more"), Eq(7));
  EXPECT_THAT(ReadBigEndian32(Bytes32(7) + "more"), Eq(7));
}

TEST(BigEndian, SortsLikeNumbers) {
  for (int bit = 0; bit < 64; ++bit) {
    const uint64_t value = uint64_t{1} << bit;
    EXPECT_THAT(Bytes64(value - 1), Lt(Bytes64(value)));
  }
}

}  // namespace
}  // namespace wardbook
