#include "services/server/daily_warnings.h"

#include "absl/strings/match.h"
#include "gtest/gtest.h"
#include "services/rulepack/rule_packs.h"

namespace wardbook::server {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

TEST(WarningOfCertificate, ComesSixtyDaysBeforeItEndsAndWhenItHas) {
  EXPECT_EQ(WarningOfCertificate(kNow + kCertificateWarning + absl::Seconds(1), kNow),
            std::nullopt);
  const auto near = WarningOfCertificate(kNow + kCertificateWarning, kNow);
  ASSERT_TRUE(near.has_value());
  EXPECT_TRUE(absl::StrContains(*near, "expires on 2027-03-16")) << *near;
  const auto over = WarningOfCertificate(kNow, kNow);
  ASSERT_TRUE(over.has_value());
  EXPECT_TRUE(absl::StrContains(*over, "has expired on 2027-01-15")) << *over;
}

TEST(WarningOfBankHolidays, ComesHalfAYearBeforeTheyEndAndStays) {
  const auto rules = rulepack::RulePacks::Shipped();
  const absl::Time from = (*rules)->BankHolidaysEndSoonFrom();
  EXPECT_EQ(WarningOfBankHolidays(**rules, from - absl::Seconds(1)), std::nullopt);
  for (const absl::Time time : {from, from + absl::Hours(24 * 1000)}) {
    const auto warning = WarningOfBankHolidays(**rules, time);
    ASSERT_TRUE(warning.has_value());
    EXPECT_TRUE(absl::StrContains(*warning, "after 2028-12-31")) << *warning;
  }
}

}  // namespace
}  // namespace wardbook::server
