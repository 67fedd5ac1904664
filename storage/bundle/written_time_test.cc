#include "storage/bundle/written_time.h"

#include "gtest/gtest.h"

namespace wardbook::bundle {
namespace {

absl::Time Utc(absl::string_view time) {
  absl::Time utc;
  EXPECT_TRUE(absl::ParseTime("%Y-%m-%d %H:%M:%S", time, &utc, nullptr)) << time;
  return utc;
}

TEST(WrittenTime, IsThatOfTheClockOnTheWallInSummerAndWinter) {
  ASSERT_TRUE(SchoolTimeZone().has_value());
  const absl::TimeZone school = *SchoolTimeZone();
  EXPECT_EQ(WrittenTime(Utc("2026-05-14 19:40:05"), school), "14 May 2026, 8:40 pm");
  EXPECT_EQ(WrittenTime(Utc("2026-12-24 09:05:00"), school), "24 December 2026, 9:05 am");
  EXPECT_EQ(WrittenSecond(Utc("2026-05-14 19:40:05"), school), "14 May 2026, 8:40:05 pm BST");
  EXPECT_EQ(WrittenSecond(Utc("2026-12-24 09:05:00"), school), "24 December 2026, 9:05:00 am GMT");
}

TEST(WrittenTime, NoonAndMidnightAreTwelve) {
  const absl::TimeZone utc = absl::UTCTimeZone();
  EXPECT_EQ(WrittenTime(Utc("2026-01-02 00:01:00"), utc), "2 January 2026, 12:01 am");
  EXPECT_EQ(WrittenTime(Utc("2026-01-02 12:00:00"), utc), "2 January 2026, 12:00 pm");
}

TEST(WrittenStored, DatesAndTimesAreWrittenAsPeopleDo) {
  EXPECT_EQ(WrittenStoredDate("2026-05-04"), "4 May 2026");
  EXPECT_EQ(WrittenStoredTimeOfDay("20:40"), "8:40 pm");
  EXPECT_EQ(WrittenStoredTimeOfDay("00:05"), "12:05 am");
}

TEST(WrittenStored, WhatIsNoDateOrTimeStaysAsItIs) {
  EXPECT_EQ(WrittenStoredDate("in spring"), "in spring");
  EXPECT_EQ(WrittenStoredTimeOfDay("<late>"), "<late>");
}

}  // namespace
}  // namespace wardbook::bundle
