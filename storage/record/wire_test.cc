#include "storage/record/wire.h"

#include <array>
#include <cstdint>
#include <limits>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"
#include "tests/testing/seed.h"

namespace wardbook::record {
namespace {

using ::testing::Eq;
using ::testing::Optional;

// Read before the first property, so that a run can be repeated.
[[maybe_unused]] const uint64_t kSeed = ::wardbook::testing::TestSeed();

std::string Bytes(absl::string_view hex) { return absl::HexStringToBytes(hex); }

std::string VarintOfProtobuf(uint64_t value) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream(&stream).WriteVarint64(value);
  }
  return bytes;
}

void ExpectVarint(uint64_t value) {
  std::string bytes;
  AppendVarint(value, &bytes);
  EXPECT_THAT(bytes, Eq(VarintOfProtobuf(value)));
  WireReader reader(bytes);
  EXPECT_THAT(reader.ReadVarint(), Optional(Eq(value)));
  EXPECT_TRUE(reader.AtEnd());
}

TEST(Varint, IsThatOfProtobufAtEveryLength) {
  ExpectVarint(0);
  for (int bit = 0; bit < 64; ++bit) {
    ExpectVarint((uint64_t{1} << bit) - 1);
    ExpectVarint(uint64_t{1} << bit);
  }
  ExpectVarint(std::numeric_limits<uint64_t>::max());
}

RC_GTEST_PROP(Varint, RoundTrips, (uint64_t value)) {
  std::string bytes;
  AppendVarint(value, &bytes);
  WireReader reader(bytes);
  RC_ASSERT(reader.ReadVarint() == value);
  RC_ASSERT(reader.AtEnd());
}

TEST(Varint, RefusesWhatIsCutShortTooLongOrNotShortest) {
  for (const char* hex : {"", "80", "ffffffffffffffffff", "ffffffffffffffffff02",
                          "ffffffffffffffffffff01", "8000", "8100", "ff808000"}) {
    const std::string bytes = Bytes(hex);
    EXPECT_THAT(WireReader(bytes).ReadVarint(), Eq(std::nullopt)) << hex;
  }
}

TEST(WireReader, ReadsFieldsOfEveryWireTypeWithTheirTags) {
  // A varint, 8 bytes, a string, 4 bytes, and a field whose number is 16.
  const std::string message = Bytes("0896011102030405060708091a0361626325010203048201017a");
  WireReader reader(message);
  EXPECT_THAT(reader.ReadField(), Optional(Eq(Bytes("089601"))));
  EXPECT_THAT(reader.ReadField(), Optional(Eq(Bytes("110203040506070809"))));
  EXPECT_THAT(reader.ReadField(), Optional(Eq(Bytes("1a03616263"))));
  EXPECT_THAT(reader.ReadField(), Optional(Eq(Bytes("2501020304"))));
  EXPECT_THAT(reader.ReadField(), Optional(Eq(Bytes("8201017a"))));
  EXPECT_TRUE(reader.AtEnd());
}

TEST(WireReader, RefusesWhatIsNoField) {
  for (const char* hex : {
           "",                      // nothing
           "08",                    // no value
           "0900000000000000",      // 7 of 8 bytes
           "0a03ffff",              // 2 of 3 bytes
           "0affffffffffffffff7f",  // more bytes than there are
           "0d000000",              // 3 of 4 bytes
           "0b0c",                  // a group
           "0c",                    // the end of a group
           "0e00",                  // wire type 6
           "0f00",                  // wire type 7
           "0001",                  // field number 0
           "880001",                // a tag that is not in its shortest form
           "808080801001",          // a field number of more than 29 bits
       }) {
    const std::string bytes = Bytes(hex);
    EXPECT_THAT(WireReader(bytes).ReadField(), Eq(std::nullopt)) << hex;
  }
}

TEST(WireReader, ConsumesOnlyFixedBytesOfTheTagAndSizeAskedFor) {
  const std::string message = Bytes("0a03010203ff");
  std::array<uint8_t, 4> out{};
  WireReader reader(message);
  EXPECT_FALSE(reader.ConsumeFixed(BytesTag(2), 3, out.data()));
  EXPECT_FALSE(reader.ConsumeFixed(BytesTag(1), 2, out.data()));
  EXPECT_FALSE(reader.ConsumeFixed(BytesTag(1), 4, out.data()));
  EXPECT_TRUE(reader.ConsumeFixed(BytesTag(1), 3, out.data()));
  EXPECT_THAT(out, ::testing::ElementsAre(1, 2, 3, 0));
  EXPECT_THAT(reader.rest(), Eq(Bytes("ff")));
  for (size_t size = 0; size < message.size() - 1; ++size) {
    WireReader cut(absl::string_view(message).substr(0, size));
    EXPECT_FALSE(cut.ConsumeFixed(BytesTag(1), 3, out.data())) << size;
  }
}

TEST(WireReader, ConsumesOnlyTheTagAskedFor) {
  const std::string message = Bytes("0801");
  WireReader reader(message);
  EXPECT_FALSE(reader.Consume(VarintTag(2)));
  EXPECT_FALSE(reader.Consume(BytesTag(1)));
  EXPECT_TRUE(reader.Consume(VarintTag(1)));
  EXPECT_THAT(reader.ReadVarint(), Optional(Eq(1)));
  EXPECT_FALSE(reader.Consume(VarintTag(1)));
}

}  // namespace
}  // namespace wardbook::record
