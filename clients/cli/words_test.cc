#include "clients/cli/words.h"

#include "clients/cli/screen.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::cli {
namespace {

using ::testing::ElementsAre;
using ::wardbook::testing::StatusIs;

TEST(Words, EnumeratorsAreWrittenAndReadWithoutTheirPrefix) {
  EXPECT_EQ(Word(events::v1::EVIDENCE_KIND_SCREEN_PRINT), "screen-print");
  EXPECT_THAT(Words(*events::v1::PoliceChoice_descriptor()),
              ElementsAre("report", "do-not-report", "not-yet"));
  EXPECT_EQ(NumberOfWord(*events::v1::Role_descriptor(), "headteacher"),
            events::v1::ROLE_HEADTEACHER);
  EXPECT_EQ(NumberOfWord(*events::v1::Role_descriptor(), "unspecified"), std::nullopt);
}

TEST(Words, EnumeratorOfANewerServerIsUnknown) {
  EXPECT_EQ(Word(static_cast<events::v1::Role>(99)), "unknown");
}

TEST(Times, AreThoseOfTheClockOnTheWall) {
  EXPECT_EQ(
      TimeInWords(absl::FromCivil(absl::CivilSecond(2026, 5, 4, 13, 30), absl::UTCTimeZone())),
      "4 May 2026, 14:30");
  EXPECT_EQ(
      TimeInWords(absl::FromCivil(absl::CivilSecond(2026, 12, 24, 9, 5), absl::UTCTimeZone())),
      "24 December 2026, 09:05");
}

TEST(Times, OffsetFollowsSummerTime) {
  EXPECT_EQ(ParseLocalDateTime("2026-05-14", "14:30")->utc_offset_minutes(), 60);
  EXPECT_EQ(ParseLocalDateTime("14/12/2026", "")->utc_offset_minutes(), 0);
  // Twice that night; the first is in summer time.
  EXPECT_EQ(ParseLocalDateTime("2026-10-25", "01:30")->utc_offset_minutes(), 60);
}

TEST(Times, WhatIsNoDateOrTimeIsRefused) {
  for (const auto& [date, time] :
       {std::pair("2026-02-30", ""), std::pair("14 May", ""), std::pair("2026-5-1", ""),
        std::pair("2026-05-14", "25:00"), std::pair("2026-05-14", "9:30"),
        std::pair("2026-03-29", "01:30")}) {
    EXPECT_THAT(ParseLocalDateTime(date, time), StatusIs(absl::StatusCode::kInvalidArgument))
        << date << " " << time;
  }
}

TEST(Times, InstantIsReadInTheSchoolsClock) {
  EXPECT_EQ(ParseInstant("2026-05-14 14:30")->seconds(), 1778765400);
  EXPECT_THAT(ParseInstant("soon"), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(Harmless, TakesAwayWhatATerminalObeys) {
  EXPECT_EQ(Harmless("a\x1b[2Jb\rc\x7f"), "a?[2Jb?c?");
  EXPECT_EQ(Harmless("\xc2\x9b"
                     "31m \xe2\x80\xae|back \xe2\x81\xa6x"),
            "?31m ?|back ?x");
  EXPECT_EQ(Harmless("na\xc3\xafve\n\t\xe2\x82\xac 5 \xc2"), "na\xc3\xafve\n\t\xe2\x82\xac 5 \xc2");
}

}  // namespace
}  // namespace wardbook::cli
