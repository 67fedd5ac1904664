#include "services/gateway/grpc_web.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::gateway {
namespace {

using ::testing::Optional;

TEST(GrpcWeb, ReadsTheHeadOfAPlainMessageOnly) {
  EXPECT_THAT(MessageLength(absl::string_view("\0\0\1\2\3", 5)), Optional(0x010203U));
  EXPECT_THAT(MessageLength(absl::string_view("\0\xff\xff\xff\xff", 5)), Optional(0xffffffffU));
  EXPECT_EQ(MessageLength(absl::string_view("\1\0\0\0\0", 5)), std::nullopt) << "compressed";
  EXPECT_EQ(MessageLength(absl::string_view("\x80\0\0\0\0", 5)), std::nullopt) << "trailers";
  EXPECT_EQ(MessageLength(absl::string_view("\0\0\0\0", 4)), std::nullopt);
}

TEST(GrpcWeb, WritesTheHeadThatItReads) {
  EXPECT_EQ(MessageFrameHead(0x01020304), std::string("\0\1\2\3\4", 5));
  EXPECT_THAT(MessageLength(MessageFrameHead(1310720)), Optional(1310720U));
}

TEST(GrpcWeb, PutsTheStatusAndTheMetadataIntoTheTrailers) {
  const std::string frame = TrailersFrame(
      9, "100 %", {{"grpc-status-details-bin", std::string("\0\xff", 2)}, {"wardbook-a", "b c"}});
  EXPECT_EQ(frame.substr(0, 5), std::string("\x80\0\0\0", 4) + static_cast<char>(frame.size() - 5));
  EXPECT_EQ(frame.substr(5),
            "grpc-status: 9\r\ngrpc-message: 100 %25\r\n"
            "grpc-status-details-bin: AP8=\r\nwardbook-a: b c\r\n");
}

TEST(GrpcWeb, LetsNothingIntoATrailerThatEndsIt) {
  const std::string frame =
      TrailersFrame(0, "", {{"wardbook-a", "b\r\ngrpc-status: 7"}, {"Bad: key", "a"}, {"", "a"}});
  EXPECT_EQ(frame.substr(5), "grpc-status: 0\r\n");
}

TEST(GrpcWeb, EncodesAMessageInAnyScript) {
  EXPECT_EQ(PercentEncoded("plain ~ text"), "plain ~ text");
  EXPECT_EQ(PercentEncoded("é\n%\x7f"), "%C3%A9%0A%25%7F");
}

TEST(GrpcWeb, ReadsTimeoutsOfEveryUnit) {
  EXPECT_THAT(ParseTimeout("2H"), Optional(absl::Hours(2)));
  EXPECT_THAT(ParseTimeout("1500m"), Optional(absl::Milliseconds(1500)));
  EXPECT_THAT(ParseTimeout("99999999u"), Optional(absl::Microseconds(99'999'999)));
  for (const char* none : {"", "m", "5", "5x", "-5S", "+5S", " 5S", "123456789S", "5 S"}) {
    EXPECT_EQ(ParseTimeout(none), std::nullopt) << none;
  }
}

}  // namespace
}  // namespace wardbook::gateway
