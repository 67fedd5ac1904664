#include "clients/cli/due_screen.h"

#include <sstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

v1::DueItem Item(v1::DueKind kind, absl::Time due, bool overdue) {
  v1::DueItem item;
  item.set_kind(kind);
  item.set_case_ref("WB-7K4D-9QX2");
  item.mutable_due_time()->set_seconds(absl::ToUnixSeconds(due));
  item.set_overdue(overdue);
  item.set_what("Case WB-7K4D-9QX2: something waits.");
  item.set_next_step("Do it.");
  return item;
}

TEST(DueScreen, DurationsAreSaidAsFarAsTheyMatter) {
  EXPECT_EQ(DurationInWords(absl::Seconds(-5)), "less than a minute");
  EXPECT_EQ(DurationInWords(absl::Seconds(59)), "less than a minute");
  EXPECT_EQ(DurationInWords(absl::Minutes(1)), "1 minute");
  EXPECT_EQ(DurationInWords(absl::Minutes(119)), "119 minutes");
  EXPECT_EQ(DurationInWords(absl::Minutes(150)), "2 hours");
  EXPECT_EQ(DurationInWords(absl::Hours(47)), "47 hours");
  EXPECT_EQ(DurationInWords(absl::Hours(71)), "2 days");
}

TEST(DueScreen, EveryKindHasACommandButThatOfTheTechnician) {
  const auto& kinds = *v1::DueKind_descriptor();
  for (int i = 1; i < kinds.value_count(); ++i) {
    v1::DueItem item;
    item.set_kind(static_cast<v1::DueKind>(kinds.value(i)->number()));
    item.set_case_ref("WB-7K4D-9QX2");
    const std::string command = CommandFor(item);
    if (item.kind() == v1::DUE_KIND_ADD_BANK_HOLIDAYS) {
      EXPECT_EQ(command, "");
    } else {
      EXPECT_THAT(command, HasSubstr("wardbook ")) << kinds.value(i)->name();
      EXPECT_THAT(command, Not(HasSubstr("ABOUT")));
    }
  }
}

TEST(DueScreen, AReminderIsReadBeforeItIsAcknowledged) {
  v1::DueItem item;
  item.set_kind(v1::DUE_KIND_ACKNOWLEDGE_REMINDER);
  item.set_policy_id(std::string(32, 'a'));
  EXPECT_EQ(CommandFor(item), "wardbook policy status");
}

TEST(DueScreen, OverdueComesFirstWithHowLongWhatToDoAndWithWhichCommand) {
  const absl::Time now = absl::FromUnixSeconds(1'800'000'000);
  v1::DueCount count;
  count.set_due(2);
  count.set_overdue(1);
  count.add_banners("The review is overdue.");
  google::protobuf::RepeatedPtrField<v1::DueItem> items;
  *items.Add() = Item(v1::DUE_KIND_INFORM_POLICE, now - absl::Minutes(43), true);
  items.Mutable(0)->set_clause("P37");
  *items.Add() = Item(v1::DUE_KIND_HAND_ON, now + absl::Hours(3), false);
  std::ostringstream out;
  Screen screen(out);
  ShowDueList(items, count, now, screen);
  EXPECT_EQ(out.str(),
            "The review is overdue.\n"
            "2 things wait for you; 1 is overdue.\n"
            "\n"
            "Overdue:\n"
            "  Case WB-7K4D-9QX2: something waits.\n"
            "    Overdue for 43 minutes, since 15 January 2027, 7:17 am. Clause P37 of the "
            "policy.\n"
            "    Next: Do it.\n"
            "      wardbook police inform WB-7K4D-9QX2 --help\n"
            "\n"
            "Due:\n"
            "  Case WB-7K4D-9QX2: something waits.\n"
            "    Due in 3 hours, by 15 January 2027, 11:00 am.\n"
            "    Next: Do it.\n"
            "      wardbook case escalate WB-7K4D-9QX2 --help\n");
}

TEST(DueScreen, WhatIsDueAtMidnightIsDueByTheEndOfTheDayBefore) {
  absl::Time due;
  ASSERT_TRUE(absl::ParseTime(absl::RFC3339_full, "2026-07-01T00:00:00+01:00", &due, nullptr));
  google::protobuf::RepeatedPtrField<v1::DueItem> items;
  *items.Add() = Item(v1::DUE_KIND_HAND_ON, due, false);
  std::ostringstream out;
  Screen screen(out);
  ShowDueList(items, {}, due - absl::Hours(25), screen);
  EXPECT_THAT(out.str(), HasSubstr("Due in 25 hours, by the end of 30 June 2026."));
}

TEST(DueScreen, WhoHasNothingToDoIsToldSo) {
  std::ostringstream out;
  Screen screen(out);
  ShowDueList({}, {}, absl::UnixEpoch(), screen);
  EXPECT_EQ(out.str(), "Nothing waits for you.\n");
}

}  // namespace
}  // namespace wardbook::cli
