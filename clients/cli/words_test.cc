#include "clients/cli/words.h"

#include <sstream>

#include "clients/cli/screen.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::wardbook::testing::StatusIs;

TEST(Words, EnumeratorsAreWrittenAndReadWithoutTheirPrefix) {
  EXPECT_EQ(Word(*events::v1::EvidenceKind_descriptor()->FindValueByNumber(
                events::v1::EVIDENCE_KIND_SCREEN_PRINT)),
            "screen-print");
  EXPECT_THAT(Words(*events::v1::PoliceChoice_descriptor()),
              ElementsAre("report", "do-not-report", "not-yet"));
  EXPECT_EQ(NumberOfWord(*events::v1::Role_descriptor(), "headteacher"),
            events::v1::ROLE_HEADTEACHER);
  EXPECT_EQ(NumberOfWord(*events::v1::Role_descriptor(), "unspecified"), std::nullopt);
}

TEST(Phrases, EnumeratorsAreShownAsPeopleSayThem) {
  EXPECT_EQ(Phrase(events::v1::EVIDENCE_KIND_SCREEN_PRINT), "screen print");
  EXPECT_EQ(Phrase(events::v1::ROUTE_LINE_MANAGER), "the line manager");
  EXPECT_THAT(Phrase(static_cast<events::v1::Role>(99)), HasSubstr("99"));
}

absl::Time Utc(absl::CivilSecond second) { return absl::FromCivil(second, absl::UTCTimeZone()); }

TEST(Times, AreThoseOfTheClockOnTheWall) {
  EXPECT_EQ(TimeInWords(Utc(absl::CivilSecond(2026, 5, 4, 13, 30))), "4 May 2026, 2:30 pm");
  EXPECT_EQ(TimeInWords(Utc(absl::CivilSecond(2026, 12, 24, 9, 5))), "24 December 2026, 9:05 am");
}

TEST(Times, InTheHourThatOctoberHasTwiceTheClockIsNamed) {
  EXPECT_EQ(TimeInWords(Utc(absl::CivilSecond(2026, 10, 25, 0, 30))),
            "25 October 2026, 1:30 am BST");
  EXPECT_EQ(TimeInWords(Utc(absl::CivilSecond(2026, 10, 25, 1, 30))),
            "25 October 2026, 1:30 am GMT");
  EXPECT_EQ(TimeInWords(Utc(absl::CivilSecond(2026, 10, 25, 2, 30))), "25 October 2026, 2:30 am");
}

TEST(Times, OffsetFollowsSummerTime) {
  EXPECT_EQ(ParseLocalDateTime("2026-05-14", "14:30")->utc_offset_minutes(), 60);
  EXPECT_EQ(ParseLocalDateTime("14/12/2026", "")->utc_offset_minutes(), 0);
  // Twice that night; the first is in summer time.
  EXPECT_EQ(ParseLocalDateTime("2026-10-25", "01:30")->utc_offset_minutes(), 60);
}

TEST(Times, AreReadAsPeopleInEnglandWriteThem) {
  for (const char* date :
       {"14/05/2026", "14/5/2026", "2026-05-14", "14 May 2026", " 14 May 2026 "}) {
    EXPECT_EQ(ParseLocalDateTime(date, "")->date(), "2026-05-14") << date;
  }
  for (const char* time : {"20:40", "8:40pm", "8.40pm", "8:40 PM", "08:40pm"}) {
    EXPECT_EQ(ParseLocalDateTime("2026-05-14", time)->time(), "20:40") << time;
  }
  EXPECT_EQ(ParseLocalDateTime("2026-05-14", "12am")->time(), "00:00");
  EXPECT_EQ(ParseLocalDateTime("2026-05-14", "12pm")->time(), "12:00");
  EXPECT_EQ(ParseLocalDateTime("2026-05-14", "9am")->time(), "09:00");
}

TEST(Times, WhatIsNoDateOrTimeOrCouldBeTwoIsRefused) {
  for (const auto& [date, time] :
       {std::pair("2026-02-30", ""), std::pair("30/02/2026", ""), std::pair("14 May", ""),
        std::pair("2026-5-1", ""), std::pair("1/5/26", ""), std::pair("", "14:30"),
        std::pair("2026-05-14", "25:00"), std::pair("2026-05-14", "24:00"),
        std::pair("2026-05-14", "9:30"), std::pair("2026-05-14", "13pm"),
        std::pair("2026-05-14", "0:30am"), std::pair("2026-05-14", "9:5am"),
        std::pair("2026-05-14", "pm"), std::pair("2026-05-14", "14"),
        std::pair("2026-05-14", "14:30:00"), std::pair("2026-03-29", "01:30")}) {
    EXPECT_THAT(ParseLocalDateTime(date, time), StatusIs(absl::StatusCode::kInvalidArgument))
        << date << " " << time;
  }
}

TEST(Times, InstantIsReadInTheSchoolsClock) {
  for (const char* text :
       {"2026-05-14 14:30", "2026-05-14T14:30", "14/05/2026 2:30pm", "14 May 2026 2:30 pm"}) {
    ASSERT_OK_AND_ASSIGN(const google::protobuf::Timestamp instant, ParseInstant(text));
    EXPECT_EQ(instant.seconds(), 1778765400) << text;
  }
  EXPECT_EQ(ParseInstant("14/12/2026")->seconds(), 1797206400);
  EXPECT_THAT(ParseInstant("soon"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(ParseInstant("14/05/2026 later"), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(Instants, OfADayAloneTheEndIsTheEndOfTheDay) {
  EXPECT_EQ(ParseEnd("14/12/2026")->seconds(), ParseInstant("15/12/2026")->seconds());
  EXPECT_EQ(ParseEnd("14/12/2026 20:40")->seconds(), ParseInstant("14/12/2026 20:40")->seconds());
  // The day on which the clocks go back is an hour longer.
  EXPECT_EQ(ParseEnd("25/10/2026")->seconds() - ParseInstant("25/10/2026")->seconds(), 25 * 3600);
  EXPECT_EQ(EndInWords(TimeOf(*ParseEnd("14/12/2026"))), "the end of 14 December 2026");
  EXPECT_EQ(EndInWords(TimeOf(*ParseEnd("14/12/2026 20:40"))), "14 December 2026, 8:40 pm");
  EXPECT_THAT(ParseEnd("soon"), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(Instants, WhatBeginsTodayBeginsNow) {
  const absl::Time now = TimeOf(*ParseInstant("14/12/2026 9:30am")) + absl::Seconds(20);
  EXPECT_EQ(ParseBeginning("14/12/2026", now)->seconds(),
            ParseInstant("14/12/2026 9:31am")->seconds());
  EXPECT_EQ(ParseBeginning("15/12/2026", now)->seconds(), ParseInstant("15/12/2026")->seconds());
  EXPECT_EQ(ParseBeginning("14/12/2026 8am", now)->seconds(),
            ParseInstant("14/12/2026 8am")->seconds())
      << "what is said is asked for, and refused if it is too late";
}

TEST(Instants, ADayAloneIsAskedAboutAsAWhole) {
  ASSERT_OK_AND_ASSIGN(const MomentOrDay day, ParseMomentOrDay("14/12/2026"));
  EXPECT_EQ(day.from.seconds(), ParseInstant("14/12/2026")->seconds());
  ASSERT_TRUE(day.until.has_value());
  EXPECT_EQ(day.until->seconds(), ParseInstant("15/12/2026")->seconds());
  ASSERT_OK_AND_ASSIGN(const MomentOrDay moment, ParseMomentOrDay("14/12/2026 20:40"));
  EXPECT_FALSE(moment.until.has_value());
}

TEST(CaseRefs, AreReadHoweverTheyAreTyped) {
  for (const char* text :
       {"WB-7K4D-9QX1", "wb-7k4d-9qxl", "wb7k4d9qx1", "7K4D 9QX1", "wb 7k4d9qxI"}) {
    EXPECT_EQ(CaseRefOf(text), "WB-7K4D-9QX1") << text;
  }
  for (const char* text : {"", "WB-7K4D", "../7K4D9QX1", "WB-7K4D-9QX1-9"}) {
    EXPECT_EQ(CaseRefOf(text), text);
  }
}

TEST(Sizes, AreThoseOfAFileManager) {
  EXPECT_EQ(SizeInWords(1), "1 byte");
  EXPECT_EQ(SizeInWords(999), "999 bytes");
  EXPECT_EQ(SizeInWords(3008), "3.0 kB");
  EXPECT_EQ(SizeInWords(11452004), "11.5 MB");
  EXPECT_EQ(SizeInWords(2147483648), "2.1 GB");
}

TEST(Quoted, IsOneWordOfAShell) {
  EXPECT_EQ(Quoted("demo/chat-1.png"), "demo/chat-1.png");
  EXPECT_EQ(Quoted("group chat.png"), "'group chat.png'");
  EXPECT_EQ(Quoted("it's; rm"), "'it'\\''s; rm'");
  EXPECT_EQ(Quoted(""), "''");
}

TEST(Screen, BreaksLinesOnATerminalAndNeverACommand) {
  std::ostringstream out;
  Screen screen(out, 20);
  screen.Line("Next: somebody reads it today.");
  screen.Line("  What: one two three\n    four five six seven");
  screen.Command("wardbook evidence resume 0123456789abcdef");
  EXPECT_EQ(out.str(),
            "Next: somebody reads\n  it today.\n"
            "  What: one two\n    three\n    four five six\n    seven\n"
            "  wardbook evidence resume 0123456789abcdef\n");
}

TEST(Screen, LeavesLinesWholeForAScript) {
  std::ostringstream out;
  Screen(out).Line(std::string(300, 'x'), " ", std::string(300, 'y'));
  EXPECT_EQ(out.str().size(), 602u);
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
