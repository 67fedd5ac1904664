// What ships with the program, held to what is known without it.

#include "services/rulepack/shipped_rules.h"

#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/rulepack/day.h"
#include "services/rulepack/rule_packs.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::rulepack {
namespace {

// Easter Sunday after the anonymous Gregorian computus.
absl::CivilDay EasterOf(int year) {
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int d = b / 4;
  const int e = b % 4;
  const int f = (b + 8) / 25;
  const int g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4;
  const int k = c % 4;
  const int l = (32 + 2 * e + 2 * i - h - k) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return absl::CivilDay(year, n / 31, n % 31 + 1);
}

// The law's days of a year that has no others, substitutes included.
std::set<absl::CivilDay> OrdinaryHolidays(int year) {
  std::set<absl::CivilDay> days;
  const auto on_or_after = [](absl::CivilDay day, absl::Weekday weekday) {
    return absl::NextWeekday(day - 1, weekday);
  };
  const auto add = [&days](absl::CivilDay day) {
    while (absl::GetWeekday(day) == absl::Weekday::saturday ||
           absl::GetWeekday(day) == absl::Weekday::sunday || days.contains(day)) {
      ++day;
    }
    days.insert(day);
  };
  add(absl::CivilDay(year, 1, 1));
  add(EasterOf(year) - 2);
  add(EasterOf(year) + 1);
  add(on_or_after(absl::CivilDay(year, 5, 1), absl::Weekday::monday));
  add(absl::PrevWeekday(absl::CivilDay(year, 6, 1), absl::Weekday::monday));
  add(absl::PrevWeekday(absl::CivilDay(year, 9, 1), absl::Weekday::monday));
  add(absl::CivilDay(year, 12, 25));
  add(absl::CivilDay(year, 12, 26));
  return days;
}

TEST(ShippedRules, AreTheFilesOfTheFolder) {
  ASSERT_FALSE(ShippedRules().empty());
  for (const RuleSource& source : ShippedRules()) {
    std::ifstream file(std::string(WARDBOOK_RULES_DIR) + "/" + std::string(source.name));
    const std::string text((std::istreambuf_iterator<char>(file)),
                           std::istreambuf_iterator<char>());
    EXPECT_EQ(text, std::string(source.text)) << source.name;
  }
}

TEST(ShippedRules, TheFolderHoldsNoOthers) {
  ASSERT_OK_AND_ASSIGN(const auto loaded, RulePacks::Load(WARDBOOK_RULES_DIR));
  ASSERT_OK_AND_ASSIGN(const auto shipped, RulePacks::Shipped());
  ASSERT_EQ(loaded->packs().size(), shipped->packs().size());
  for (size_t i = 0; i < loaded->packs().size(); ++i) {
    EXPECT_EQ(loaded->packs()[i].SerializeAsString(), shipped->packs()[i].SerializeAsString());
  }
}

TEST(ShippedRules, TheBankHolidaysAreThoseOfTheLaw) {
  ASSERT_OK_AND_ASSIGN(const auto rules, RulePacks::Shipped());
  for (int year = 2022; year <= 2028; ++year) {
    std::set<absl::CivilDay> expected = OrdinaryHolidays(year);
    if (year == 2022) {
      // The one at the end of May was moved to the Jubilee.
      expected.erase(absl::CivilDay(2022, 5, 30));
      expected.insert(
          {absl::CivilDay(2022, 6, 2), absl::CivilDay(2022, 6, 3), absl::CivilDay(2022, 9, 19)});
    }
    if (year == 2023) expected.insert(absl::CivilDay(2023, 5, 8));
    std::set<absl::CivilDay> shipped;
    for (absl::CivilDay day(year, 1, 1); day.year() == year; ++day) {
      const absl::Weekday weekday = absl::GetWeekday(day);
      if (weekday == absl::Weekday::saturday || weekday == absl::Weekday::sunday) continue;
      if (!rules->calendar().IsWorkingDay(day)) shipped.insert(day);
    }
    EXPECT_EQ(shipped, expected) << year;
  }
}

TEST(ShippedRules, AnAllegationGoesToTheLadoWithinOneWorkingDay) {
  ASSERT_OK_AND_ASSIGN(const auto rules, RulePacks::Shipped());
  for (const RulePack& pack : rules->packs()) {
    EXPECT_EQ(pack.periods().lado_referral_working_days(), 1u) << pack.pack_id();
    EXPECT_EQ(pack.policy_reviews().months_max(), 12u) << pack.pack_id();
  }
}

}  // namespace
}  // namespace wardbook::rulepack
