#include "services/kernel/text.h"

#include <cstddef>
#include <optional>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::kernel {
namespace {

using ::testing::Eq;
using ::testing::Optional;

TEST(CountCharacters, CountsCodePointsOfEveryLength) {
  EXPECT_THAT(CountCharacters(""), Optional(Eq(0u)));
  EXPECT_THAT(CountCharacters("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), Optional(Eq(4u)));
  EXPECT_THAT(CountCharacters("\xEF\xBF\xBD\xED\x9F\xBF\xF4\x8F\xBF\xBF"), Optional(Eq(3u)));
}

// Where the eight bytes that are looked at together begin and end.
TEST(CountCharacters, FindsWhatIsNotAsciiAtEveryPlace) {
  for (size_t size = 0; size < 33; ++size) {
    for (size_t place = 0; place <= size; ++place) {
      std::string text(size, 'a');
      EXPECT_THAT(CountCharacters(text), Optional(Eq(size)));
      text.insert(place, "\xE2\x82\xAC");
      EXPECT_THAT(CountCharacters(text), Optional(Eq(size + 1)));
      text.erase(place + 2, 1);
      EXPECT_THAT(CountCharacters(text), Eq(std::nullopt));
    }
  }
}

TEST(CountCharacters, KnowsWhatIsNotUtf8) {
  for (absl::string_view text :
       {"\x80", "\xC3", "\xC0\xAF", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\xE2(\xA1", "\xF0\x9F\x98(", "\xFF"}) {
    EXPECT_THAT(CountCharacters(text), Eq(std::nullopt));
  }
}

TEST(IsBlank, IsSaidOfBlanksAlone) {
  EXPECT_TRUE(IsBlank(" \t\n"));
  EXPECT_FALSE(IsBlank(" a "));
}

TEST(ReplaceInvalidUtf8, ReplacesEachWrongByteAndKeepsTheRest) {
  EXPECT_THAT(ReplaceInvalidUtf8("a\xC3\xA9z"), Eq("a\xC3\xA9z"));
  EXPECT_THAT(ReplaceInvalidUtf8("a\xE2\x82z\xFF"), Eq("a\xEF\xBF\xBD\xEF\xBF\xBDz\xEF\xBF\xBD"));
}

TEST(RequireText, CountsCharactersAndNotBytes) {
  EXPECT_THAT(RequireText("\xC3\xA9\xC3\xA9", "text", 2), Eq(std::nullopt));
  EXPECT_THAT(RequireText("\xC3\xA9\xC3\xA9", "text", 1),
              Optional(Rejected{Reason::kFieldTooLong, "text"}));
  EXPECT_THAT(RequireText(" \t\n", "text", 9), Optional(Rejected{Reason::kFieldMissing, "text"}));
  EXPECT_THAT(RequireText("\xFF", "text", 9), Optional(Rejected{Reason::kFieldInvalid, "text"}));
}

TEST(AllowText, TakesAnEmptyText) {
  EXPECT_THAT(AllowText("", "text", 1), Eq(std::nullopt));
  EXPECT_THAT(AllowText("ab", "text", 1), Optional(Rejected{Reason::kFieldTooLong, "text"}));
}

}  // namespace
}  // namespace wardbook::kernel
