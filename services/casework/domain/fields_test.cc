#include "services/casework/domain/fields.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_testing.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using ::testing::Eq;
using ::testing::Optional;

TEST(CountCharacters, CountsCodePointsOfEveryLength) {
  EXPECT_THAT(CountCharacters(""), Optional(Eq(0u)));
  EXPECT_THAT(CountCharacters("a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), Optional(Eq(4u)));
  EXPECT_THAT(CountCharacters("\xEF\xBF\xBD\xED\x9F\xBF\xF4\x8F\xBF\xBF"), Optional(Eq(3u)));
}

TEST(CountCharacters, KnowsWhatIsNotUtf8) {
  for (absl::string_view text :
       {"\x80", "\xC3", "\xC0\xAF", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82", "\xE2(\xA1", "\xF0\x9F\x98(", "\xFF"}) {
    EXPECT_THAT(CountCharacters(text), Eq(std::nullopt));
  }
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

TEST(AllowPast, TakesOnlyDatesThatExist) {
  for (absl::string_view date : {"2024-02-29", "2025-05-14", "1999-12-31"}) {
    EXPECT_THAT(AllowPast({date, "", 0}, "at", kNow), Eq(std::nullopt));
  }
  for (absl::string_view date : {"2025-02-29", "2025-13-01", "2025-00-10", "2025-01-00",
                                 "2025-1-01", "20250101", "2025-01-0a", "+025-01-01"}) {
    EXPECT_THAT(AllowPast({date, "", 0}, "at", kNow),
                Optional(Rejected{Reason::kFieldInvalid, "at.date"}));
  }
}

TEST(AllowPast, TakesOnlyTimesThatExist) {
  for (absl::string_view time : {"00:00", "23:59"}) {
    EXPECT_THAT(AllowPast({"2025-05-13", time, 0}, "at", kNow), Eq(std::nullopt));
  }
  for (absl::string_view time : {"24:00", "12:60", "9:30", "0930", "09:3x"}) {
    EXPECT_THAT(AllowPast({"2025-05-13", time, 0}, "at", kNow),
                Optional(Rejected{Reason::kFieldInvalid, "at.time"}));
  }
}

TEST(AllowPast, ComparesInTheClockOfThePlace) {
  const absl::Time just_past_midnight_in_summer =
      absl::FromCivil(absl::CivilMinute(2025, 5, 13, 23, 5), absl::UTCTimeZone());
  EXPECT_THAT(AllowPast({"2025-05-14", "00:05", 60}, "at", just_past_midnight_in_summer),
              Eq(std::nullopt));
  EXPECT_THAT(AllowPast({"2025-05-14", "00:06", 60}, "at", just_past_midnight_in_summer),
              Optional(Rejected{Reason::kFutureTime, "at.time"}));
  EXPECT_THAT(AllowPast({"2025-05-14", "00:05", 0}, "at", just_past_midnight_in_summer),
              Optional(Rejected{Reason::kFutureTime, "at.date"}));
}

TEST(AllowPast, TakesOffsetsOfUpToFourteenHours) {
  EXPECT_THAT(AllowPast({"2025-05-13", "", 840}, "at", kNow), Eq(std::nullopt));
  EXPECT_THAT(AllowPast({"2025-05-13", "", -840}, "at", kNow), Eq(std::nullopt));
  for (int minutes : {841, -841}) {
    EXPECT_THAT(AllowPast({"2025-05-13", "", minutes}, "at", kNow),
                Optional(Rejected{Reason::kFieldInvalid, "at.utc_offset_minutes"}));
  }
}

}  // namespace
}  // namespace wardbook::casework
