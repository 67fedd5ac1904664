#include "storage/checkpoint/utf8.h"

#include <string>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::checkpoint {
namespace {

using ::testing::Eq;
using ::testing::Optional;

TEST(ReadCodePoint, ReadsEveryLength) {
  absl::string_view text = "a\xc3\xa9\xe2\x80\x94\xf0\x9f\x98\x80z";
  EXPECT_THAT(ReadCodePoint(&text), Optional(Eq(U'a')));
  EXPECT_THAT(ReadCodePoint(&text), Optional(Eq(char32_t{0xe9})));
  EXPECT_THAT(ReadCodePoint(&text), Optional(Eq(char32_t{0x2014})));
  EXPECT_THAT(ReadCodePoint(&text), Optional(Eq(char32_t{0x1f600})));
  EXPECT_THAT(text, Eq("z"));
}

TEST(ReadCodePoint, ReadsTheBordersOfEveryLength) {
  const struct {
    const char* hex;
    char32_t code_point;
  } kBorders[] = {{"00", 0},
                  {"7f", 0x7f},
                  {"c280", 0x80},
                  {"dfbf", 0x7ff},
                  {"e0a080", 0x800},
                  {"ed9fbf", 0xd7ff},
                  {"ee8080", 0xe000},
                  {"efbfbf", 0xffff},
                  {"f0908080", 0x10000},
                  {"f48fbfbf", 0x10ffff}};
  for (const auto& border : kBorders) {
    const std::string bytes = absl::HexStringToBytes(border.hex);
    absl::string_view text = bytes;
    EXPECT_THAT(ReadCodePoint(&text), Optional(Eq(border.code_point))) << border.hex;
    EXPECT_TRUE(text.empty()) << border.hex;
  }
}

TEST(ReadCodePoint, RefusesWhatIsNotUtf8) {
  for (const char* hex : {"80", "bf", "c3", "c320", "e280", "e28020", "f09f98", "f8808080", "ff",
                          // Longer than need be.
                          "c080", "c1bf", "e09fbf", "f08fbfbf",
                          // A surrogate, and beyond the last code point.
                          "eda080", "edbfbf", "f4908080", "f7bfbfbf"}) {
    const std::string bytes = absl::HexStringToBytes(hex);
    absl::string_view text = bytes;
    EXPECT_THAT(ReadCodePoint(&text), Eq(std::nullopt)) << hex;
  }
}

}  // namespace
}  // namespace wardbook::checkpoint
