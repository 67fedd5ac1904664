#include "clients/cli/wrapping.h"

#include "gtest/gtest.h"

namespace wardbook::cli {
namespace {

TEST(Wrapped, BreaksAtSpacesAndIndentsWhatFollows) {
  EXPECT_EQ(Wrapped("  Next: somebody reads it today.", 16, 4),
            "  Next: somebody\n    reads it\n    today.");
}

TEST(Wrapped, LineThatFitsStaysAsItIs) {
  EXPECT_EQ(Wrapped("  fits  exactly", 15, 4), "  fits  exactly");
  EXPECT_EQ(Wrapped("", 15, 4), "");
  EXPECT_EQ(Wrapped("   ", 2, 4), "   ");
}

TEST(Wrapped, LongWordStaysWhole) {
  EXPECT_EQ(Wrapped("SHA-256 0123456789abcdef end", 10, 2), "SHA-256\n  0123456789abcdef\n  end");
  EXPECT_EQ(Wrapped("    0123456789abcdef", 10, 2), "    0123456789abcdef");
}

TEST(Wrapped, CountsWhatIsSeenAndNotBytes) {
  EXPECT_EQ(Wrapped("Łódź Zoë naïve", 14, 0), "Łódź Zoë naïve");
  EXPECT_EQ(Wrapped("学校 学校", 8, 0), "学校\n学校");
}

TEST(Utf8, IsToldFromBytesThatAreNone) {
  for (const char* text : {"", "naïve", "学校", "👧🏽", "\x7f", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(IsUtf8(text)) << text;
  }
  for (const char* text :
       {"na\xefve", "\x80", "\xc2", "\xe2\x82", "\xe2\x28\xa1", "\xc0\xaf", "\xe0\x80\xaf",
        "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xff"}) {
    EXPECT_FALSE(IsUtf8(text)) << ::testing::PrintToString(text);
  }
}

TEST(ColumnsOf, KnowsWideAndInvisibleCharacters) {
  EXPECT_EQ(ColumnsOf("e\xcc\x81"), 1u);
  EXPECT_EQ(ColumnsOf("学"), 2u);
  EXPECT_EQ(ColumnsOf("👧"), 2u);
  // What is no UTF-8 still ends.
  EXPECT_EQ(ColumnsOf("a\xe2\x82"), 2u);
  EXPECT_EQ(ColumnsOf("\xff"), 1u);
}

}  // namespace
}  // namespace wardbook::cli
