#include "services/rulepack/rule_packs.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::rulepack {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::wardbook::testing::StatusIs;

// A file of rules that a test may spoil.
struct File {
  std::string name;
  std::string text;
};

std::vector<File> ShippedFiles() {
  std::vector<File> files;
  for (const RuleSource& source : ShippedRules()) {
    files.push_back({std::string(source.name), std::string(source.text)});
  }
  return files;
}

absl::StatusOr<std::unique_ptr<const RulePacks>> ParseFiles(const std::vector<File>& files) {
  std::vector<RuleSource> sources;
  for (const File& file : files) sources.push_back({file.name, file.text});
  return RulePacks::Parse(sources);
}

// The shipped rules with `from` replaced by `to` in one file.
absl::Status Spoilt(const std::string& name, const std::string& from, const std::string& to) {
  std::vector<File> files = ShippedFiles();
  for (File& file : files) {
    if (file.name != name) continue;
    const std::string before = file.text;
    absl::StrReplaceAll({{from, to}}, &file.text);
    EXPECT_NE(file.text, before) << from << " is not in " << name;
  }
  return ParseFiles(files).status();
}

constexpr char kPack[] = "england-2025-09.textproto";
constexpr char kHolidays[] = "bank-holidays-england.textproto";

absl::Time Noon(int year, int month, int day) {
  return absl::FromCivil(absl::CivilHour(year, month, day, 12), absl::UTCTimeZone());
}

TEST(RulePacks, EachMomentHasThePackThatIsInEffectThen) {
  ASSERT_OK_AND_ASSIGN(const auto rules, RulePacks::Shipped());
  EXPECT_EQ(rules->At(Noon(2026, 1, 1)).pack_id(), "england-2025-09");
  EXPECT_EQ(rules->At(Noon(2026, 6, 28)).pack_id(), "england-2025-09");
  EXPECT_EQ(rules->At(Noon(2026, 6, 29)).pack_id(), "england-2026-06");
  EXPECT_EQ(rules->At(absl::InfiniteFuture()).pack_id(), "england-2026-06");
}

TEST(RulePacks, APackBeginsAtMidnightOfTheSchoolsClock) {
  ASSERT_OK_AND_ASSIGN(const auto rules, RulePacks::Shipped());
  const absl::Time begin = rules->calendar().StartOf(absl::CivilDay(2026, 6, 29));
  EXPECT_EQ(rules->At(begin - absl::Nanoseconds(1)).pack_id(), "england-2025-09");
  EXPECT_EQ(rules->At(begin).pack_id(), "england-2026-06");
}

TEST(RulePacks, WhatHappenedBeforeTheFirstPackIsHeldToTheFirst) {
  ASSERT_OK_AND_ASSIGN(const auto rules, RulePacks::Shipped());
  EXPECT_EQ(rules->At(Noon(2022, 9, 1)).pack_id(), "england-2025-09");
  EXPECT_EQ(rules->At(absl::InfinitePast()).pack_id(), "england-2025-09");
}

TEST(RulePacks, AnErrorOfWritingNamesFileLineAndColumn) {
  EXPECT_THAT(Spoilt(kPack, "hand_on_working_days", "hand_on_days"),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       AllOf(HasSubstr("england-2025-09.textproto:18:"), HasSubstr("hand_on_days"),
                             HasSubstr("Correct it there"))));
}

TEST(RulePacks, AnUnknownEnumeratorIsAnError) {
  EXPECT_THAT(Spoilt(kPack, "HARM_LIMB_KIND_RISK", "HARM_LIMB_KIND_RISKY"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("HARM_LIMB_KIND_RISKY")));
}

struct Mistake {
  const char* file;
  const char* from;
  const char* to;
  const char* message;
};

class RuleMistakes : public ::testing::TestWithParam<Mistake> {};

TEST_P(RuleMistakes, NameTheFileTheFieldAndWhatToDo) {
  const Mistake& mistake = GetParam();
  EXPECT_THAT(
      Spoilt(mistake.file, mistake.from, mistake.to),
      StatusIs(absl::StatusCode::kInvalidArgument,
               AllOf(HasSubstr(mistake.file), HasSubstr(mistake.message), HasSubstr("; "))));
}

INSTANTIATE_TEST_SUITE_P(
    EachRule, RuleMistakes,
    ::testing::Values(
        Mistake{kPack, "2025-09-01", "2025-09-31", "rule_pack.effective_from is not a day"},
        Mistake{kPack, "2025-09-01", "2026-06-29", "rule_pack.effective_from is that of"},
        Mistake{kPack, "2025-09-01", "2021-09-01", "before the first year of the bank holidays"},
        Mistake{"england-2026-06.textproto", "\"england-2026-06\"", "\"england-2025-09\"",
                "rule_pack.pack_id is that of another file"},
        Mistake{kPack, "\"england-2025-09\"", "\"\"", "rule_pack.pack_id is empty"},
        Mistake{kPack, "  sources:", "  # ", "rule_pack.sources is empty"},
        Mistake{kPack, "hand_on_working_days: 1", "hand_on_working_days: 0",
                "rule_pack.periods.hand_on_working_days is missing or out of range"},
        Mistake{kPack, "hearing_working_days: 15", "hearing_working_days: 150000",
                "rule_pack.periods.hearing_working_days"},
        Mistake{kPack, "expiry_notice_days: 14", "",
                "rule_pack.register_periods.expiry_notice_days is missing or out of range"},
        Mistake{kPack, "\"15:15\"", "\"3:15 pm\"",
                "rule_pack.school_day.home_time is not a time of day"},
        Mistake{kPack, "\"15:15\"", "\"24:00\"",
                "rule_pack.school_day.home_time is not a time of day"},
        Mistake{kPack, "months_max: 12\n    reminder_days", "reminder_days",
                "rule_pack.policy_reviews.months_max"},
        Mistake{kPack, "reminder_days: 30", "reminder_days: 90",
                "rule_pack.policy_reviews.reminder_days is not in order"},
        Mistake{kPack, "reminder_days:", "# ", "rule_pack.policy_reviews.reminder_days is empty"},
        Mistake{kPack, "within_months: 12", "", "rule_pack.concern_pattern.within_months"},
        Mistake{kPack, "HARM_LIMB_KIND_RISK", "HARM_LIMB_KIND_HARMED",
                "rule_pack.harm_limbs has HARM_LIMB_KIND_HARMED twice"},
        Mistake{kPack, "kind: HARM_LIMB_KIND_RISK", "", "rule_pack.harm_limbs.kind is missing"},
        Mistake{kPack, "kind: OUTCOME_KIND_FALSE", "kind: OUTCOME_KIND_MALICIOUS",
                "rule_pack.outcomes"},
        Mistake{kPack, "personnel_record: PERSONNEL_RECORD_REMOVED", "",
                "rule_pack.outcomes.personnel_record is missing"},
        Mistake{kPack, "number: 2", "number: 4", "rule_pack.disagreement_stages.number"},
        Mistake{kPack, "kind: CONTACT_KIND_POLICE\n", "kind: CONTACT_KIND_SCHOOL_SUPPORT\n",
                "rule_pack.contacts"},
        Mistake{kPack, "name: \"Police\"", "", "rule_pack.contacts.name is empty"},
        Mistake{"england-2026-06.textproto", "commenced_on: \"2026-06-29\"",
                "commenced_on: \"June 2026\"", "rule_pack.duties.commenced_on is not a day"},
        Mistake{kHolidays, "2026-12-28", "2026-12-26", "2026-12-26, a weekend"},
        Mistake{kHolidays, "2027-03-29", "2027-03-25", "has 2027-03-25 out of order"},
        Mistake{kHolidays, "  days: \"2028-12-26\"\n", "", "does not have all days of 2028"},
        Mistake{kHolidays, "last_year: 2028", "last_year: 2027", "has days of 2028"},
        Mistake{kHolidays, "last_year: 2028", "last_year: 2029", "does not have all days of 2029"},
        Mistake{kHolidays, "first_year: 2022", "", "bank_holidays.first_year"}));

TEST(RulePacks, HomeTimeIsThatOfThePackOfTheDay) {
  std::vector<File> files = ShippedFiles();
  for (File& file : files) {
    if (file.name == kPack) absl::StrReplaceAll({{"15:15", "14:50"}}, &file.text);
  }
  ASSERT_OK_AND_ASSIGN(const auto rules, ParseFiles(files));
  const WorkingCalendar& calendar = rules->calendar();
  EXPECT_EQ(rules->HomeTimeOf(absl::CivilDay(2026, 6, 28)),
            calendar.TimeOf(absl::CivilMinute(2026, 6, 28, 14, 50)));
  EXPECT_EQ(rules->HomeTimeOf(absl::CivilDay(2026, 6, 29)),
            calendar.TimeOf(absl::CivilMinute(2026, 6, 29, 15, 15)));
}

TEST(RulePacks, TheLastDayWithKnownBankHolidaysIsTheEndOfTheLastYear) {
  ASSERT_OK_AND_ASSIGN(const auto rules, RulePacks::Shipped());
  EXPECT_EQ(rules->bank_holidays_until(), absl::CivilDay(2028, 12, 31));
  EXPECT_EQ(rules->BankHolidaysEndSoonFrom(),
            rules->calendar().StartOf(absl::CivilDay(2028, 6, 30)));
}

TEST(RulePacks, BothKindsOfFilesAreNeeded) {
  EXPECT_THAT(ParseFiles({}), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("rule_pack")));
  std::vector<File> packs = ShippedFiles();
  std::erase_if(packs, [](const File& file) { return file.name == kHolidays; });
  EXPECT_THAT(ParseFiles(packs),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("bank_holidays")));
  std::vector<File> twice = ShippedFiles();
  for (const File& file : ShippedFiles()) {
    if (file.name == kHolidays) twice.push_back({"more.textproto", file.text});
  }
  EXPECT_THAT(ParseFiles(twice),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("more.textproto")));
}

TEST(RulePacks, AFileWithNothingInItIsAnError) {
  std::vector<File> files = ShippedFiles();
  files.push_back({"empty.textproto", "# nothing\n"});
  EXPECT_THAT(ParseFiles(files), StatusIs(absl::StatusCode::kInvalidArgument,
                                          HasSubstr("empty.textproto: content is missing")));
}

TEST(RulePacks, ADirectoryIsReadInsteadOfTheShippedRules) {
  const ::wardbook::testing::ScratchDirectory directory;
  for (const File& file : ShippedFiles()) {
    std::ofstream(directory.path() + "/" + file.name)
        << absl::StrReplaceAll(file.text, {{"england-2026-06", "north-2026-06"}});
  }
  std::ofstream(directory.path() + "/notes.txt") << "no rules";
  ASSERT_OK_AND_ASSIGN(const auto rules, RulePacks::Load(directory.path()));
  EXPECT_EQ(rules->packs().back().pack_id(), "north-2026-06");
  EXPECT_THAT(RulePacks::Load(directory.path() + "/away"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("away")));
}

}  // namespace
}  // namespace wardbook::rulepack
