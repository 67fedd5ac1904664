#include "services/rulepack/working_calendar.h"

#include <random>
#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/rulepack/day.h"
#include "services/rulepack/rule_packs.h"
#include "tests/testing/seed.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::rulepack {
namespace {

using ::testing::Eq;
using ::testing::Optional;

// The calendar of the rules that ship with the program.
const WorkingCalendar& Calendar() {
  static const auto rules = RulePacks::Shipped();
  return (*rules)->calendar();
}

absl::Time At(const std::string& text) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &time, &error)) << error;
  return time;
}

TEST(WorkingCalendar, OneWorkingDayLaterIsTheSameTimeOfTheNextDay) {
  EXPECT_EQ(Calendar().AddWorkingDays(At("2026-05-13T14:30:00+01:00"), 1),
            At("2026-05-14T14:30:00+01:00"));
}

TEST(WorkingCalendar, FridayAfternoonIsDueOnMondayAfternoon) {
  EXPECT_EQ(Calendar().AddWorkingDays(At("2026-05-15T15:00:00+01:00"), 1),
            At("2026-05-18T15:00:00+01:00"));
}

TEST(WorkingCalendar, WhatHappensAtAWeekendIsDueWhenMondayEnds) {
  const absl::Time due = At("2026-05-19T00:00:00+01:00");
  EXPECT_EQ(Calendar().AddWorkingDays(At("2026-05-16T09:00:00+01:00"), 1), due);
  EXPECT_EQ(Calendar().AddWorkingDays(At("2026-05-17T23:59:59+01:00"), 1), due);
}

TEST(WorkingCalendar, ChristmasWithItsSubstituteDayStopsTheClock) {
  // Boxing Day of 2026 is a Saturday, so Monday the 28th is a holiday.
  EXPECT_EQ(Calendar().AddWorkingDays(At("2026-12-24T10:00:00Z"), 1), At("2026-12-29T10:00:00Z"));
  // In 2027 both days are moved.
  EXPECT_EQ(Calendar().AddWorkingDays(At("2027-12-24T10:00:00Z"), 1), At("2027-12-29T10:00:00Z"));
}

TEST(WorkingCalendar, EasterStopsTheClockForFourDays) {
  EXPECT_EQ(Calendar().AddWorkingDays(At("2026-04-02T16:00:00+01:00"), 1),
            At("2026-04-07T16:00:00+01:00"));
  // The clocks go forward on Easter Sunday of 2027: the wall clock counts.
  EXPECT_EQ(Calendar().AddWorkingDays(At("2027-03-25T16:00:00Z"), 1),
            At("2027-03-30T16:00:00+01:00"));
}

TEST(WorkingCalendar, SchoolHolidaysDoNotStopTheClock) {
  EXPECT_EQ(Calendar().AddWorkingDays(At("2026-08-12T11:00:00+01:00"), 1),
            At("2026-08-13T11:00:00+01:00"));
}

TEST(WorkingCalendar, BothHoursThatOctoberHasTwiceAreDueAtTheSameTime) {
  const absl::Time first = At("2026-10-25T01:30:00+01:00");
  const absl::Time second = At("2026-10-25T01:30:00+00:00");
  ASSERT_EQ(second - first, absl::Hours(1));
  EXPECT_EQ(Calendar().AddWorkingDays(first, 1), At("2026-10-27T00:00:00Z"));
  EXPECT_EQ(Calendar().AddWorkingDays(second, 1), At("2026-10-27T00:00:00Z"));
  // Over that weekend a day has 25 hours, and the wall clock still counts.
  EXPECT_EQ(Calendar().AddWorkingDays(At("2026-10-23T12:00:00+01:00"), 1),
            At("2026-10-26T12:00:00Z"));
}

TEST(WorkingCalendar, NoWorkingDaysIsTheMomentItselfOrWhenWorkBegins) {
  EXPECT_EQ(Calendar().AddWorkingDays(At("2026-05-13T14:30:00+01:00"), 0),
            At("2026-05-13T14:30:00+01:00"));
  EXPECT_EQ(Calendar().AddWorkingDays(At("2026-05-16T09:00:00+01:00"), 0),
            At("2026-05-18T00:00:00+01:00"));
}

TEST(WorkingCalendar, DaysAreCountedOnTheClockOfTheWall) {
  EXPECT_EQ(Calendar().AddDays(At("2026-12-20T10:00:00Z"), 14), At("2027-01-03T10:00:00Z"));
  // Over the ends of summer time a day has 25 hours, and one of 23.
  EXPECT_EQ(Calendar().AddDays(At("2026-10-24T10:00:00+01:00"), 1), At("2026-10-25T10:00:00Z"));
  EXPECT_EQ(Calendar().AddDays(At("2027-03-27T10:00:00Z"), 1), At("2027-03-28T10:00:00+01:00"));
  // There is no half past one on that morning.
  EXPECT_EQ(Calendar().AddDays(At("2027-03-27T01:30:00Z"), 1), At("2027-03-28T02:00:00+01:00"));
}

TEST(WorkingCalendar, ATimeOfDayIsThatOfTheSchoolsClock) {
  EXPECT_EQ(Calendar().TimeOf(absl::CivilMinute(2026, 7, 1, 15, 15)),
            At("2026-07-01T15:15:00+01:00"));
  EXPECT_EQ(Calendar().TimeOf(absl::CivilMinute(2026, 12, 1, 15, 15)), At("2026-12-01T15:15:00Z"));
}

TEST(WorkingCalendar, TheDayIsThatOfTheSchoolsClock) {
  EXPECT_EQ(Calendar().DayOf(At("2026-06-30T23:30:00Z")), absl::CivilDay(2026, 7, 1));
  EXPECT_EQ(Calendar().StartOf(absl::CivilDay(2026, 7, 1)), At("2026-06-30T23:00:00Z"));
}

TEST(WorkingCalendar, LaterTimesAreNeverDueEarlierAndDueTimesAreWorkingTime) {
  std::mt19937_64 random(::wardbook::testing::TestSeed());
  const absl::Time begin = At("2022-01-01T00:00:00Z");
  std::uniform_int_distribution<int64_t> second(0, 7 * 365 * 86400LL);
  std::uniform_int_distribution<int64_t> apart(0, 5 * 86400LL);
  std::uniform_int_distribution<uint32_t> days(0, 30);
  for (int i = 0; i < 5000; ++i) {
    const absl::Time earlier = begin + absl::Seconds(second(random));
    const absl::Time later = earlier + absl::Seconds(apart(random));
    const uint32_t n = days(random);
    const absl::Time due = Calendar().AddWorkingDays(earlier, n);
    EXPECT_LE(due, Calendar().AddWorkingDays(later, n));
    EXPECT_GE(due, earlier);
    EXPECT_TRUE(Calendar().IsWorkingDay(Calendar().DayOf(due)));
    EXPECT_EQ(Calendar().AddWorkingDays(due, 1), Calendar().AddWorkingDays(earlier, n + 1));
  }
}

TEST(Day, OnlyADayThereIsIsRead) {
  EXPECT_THAT(ParseDay("2024-02-29"), Optional(absl::CivilDay(2024, 2, 29)));
  for (const char* text : {"2023-02-29", "2023-13-01", "2023-1-1", "2023-01-00", "2023/01/01",
                           "+023-01-01", "2023-01-01 ", ""}) {
    EXPECT_THAT(ParseDay(text), Eq(std::nullopt)) << text;
  }
  EXPECT_EQ(DayText(absl::CivilDay(2023, 7, 3)), "2023-07-03");
}

TEST(Day, MonthsLaterIsTheSameDayOrTheMonthsLast) {
  EXPECT_EQ(AddMonths(absl::CivilDay(2022, 9, 14), 12), absl::CivilDay(2023, 9, 14));
  EXPECT_EQ(AddMonths(absl::CivilDay(2024, 2, 29), 12), absl::CivilDay(2025, 2, 28));
  EXPECT_EQ(AddMonths(absl::CivilDay(2025, 12, 31), 2), absl::CivilDay(2026, 2, 28));
}

}  // namespace
}  // namespace wardbook::rulepack
