#include "clients/cli/case_registers_screen.h"

#include <sstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

// 14 May 2026, 8:40 pm on the wall.
constexpr int64_t kReported = 1778787600;
constexpr int64_t kDay = 24 * 60 * 60;

class CaseRegistersScreen : public ::testing::Test {
 protected:
  CaseRegistersScreen() {
    response_.mutable_happened_at()->set_date("2026-05-13");
    response_.mutable_happened_at()->set_time("19:40");
    response_.mutable_reported_time()->set_seconds(kReported);
  }

  // Of Cole Colleague, the subject, a contact with a child.
  v1::CheckedEntry& AddContact() {
    v1::PersonInRegisters& person = *response_.add_people();
    person.set_name("Cole Colleague");
    person.add_capacities(events::v1::CAPACITY_SUBJECT);
    v1::CheckedEntry& entry = *person.add_entries();
    entry.set_in_register(v1::REGISTER_SOCIAL_CONTACTS);
    entry.set_entry_id(std::string(32, 'e'));
    entry.mutable_event()->mutable_social_contact_declared()->set_child_id(std::string(16, '\xcc'));
    entry.set_recorded_by_name("Cole Colleague");
    entry.mutable_recorded_time()->set_seconds(kReported - 20 * kDay);
    *entry.mutable_from_time() = entry.recorded_time();
    entry.set_standing(v1::ENTRY_STANDING_IN_FORCE);
    entry.set_recording(v1::ENTRY_RECORDING_BEFORE);
    v1::NamedPerson& child = *entry.add_people();
    for (int i = 0; i < 16; ++i) child.mutable_person_id()->append("cc");
    child.set_name("Cora Child");
    return entry;
  }

  std::string Shown() const {
    std::ostringstream out;
    Screen screen(out);
    v1::CheckRegistersRequest request;
    request.set_case_ref("WB-7K4D-9QX2");
    ShowCaseRegisters(request, response_, screen);
    return out.str();
  }

  v1::CheckRegistersResponse response_;
};

TEST_F(CaseRegistersScreen, ADeclaredContactStandsBesideTheCaseAndDecidesNothing) {
  AddContact();
  EXPECT_EQ(Shown(),
            "Case WB-7K4D-9QX2 happened 13 May 2026, 7:40 pm and was reported 14 May 2026, "
            "8:40 pm.\n"
            "\n"
            "Cole Colleague, subject\n"
            "  Social contact declared\n"
            "    In force at that minute: from 24 April 2026, 8:40 pm, with no end so far.\n"
            "    Recorded before it happened: 24 April 2026, 8:40 pm, by Cole Colleague.\n"
            "    Child: Cora Child\n"
            "    Id: eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee\n"
            "\n"
            "This decides nothing: what was permitted or made known does not show that nothing "
            "was wrong.\n");
}

TEST_F(CaseRegistersScreen, WhatWasRecordedLaterOrNeverStoodIsPlain) {
  v1::CheckedEntry& entry = AddContact();
  entry.set_standing(v1::ENTRY_STANDING_NOT_IN_FORCE);
  entry.set_recording(v1::ENTRY_RECORDING_AFTER_REPORT);
  EXPECT_THAT(Shown(),
              AllOf(HasSubstr("NOT in force at that minute, but from 24 April 2026"),
                    HasSubstr("Recorded ONLY AFTER it was reported: 24 April 2026, 8:40 pm")));
  entry.clear_from_time();
  entry.set_recording(v1::ENTRY_RECORDING_AFTER);
  response_.mutable_happened_at()->clear_time();
  EXPECT_THAT(Shown(), AllOf(HasSubstr("NOT in force on that day, and at no other time."),
                             HasSubstr("Recorded ONLY AFTER it happened: ")));
}

TEST_F(CaseRegistersScreen, SomebodyOfWhomThereIsNothingIsNamedAllTheSame) {
  v1::PersonInRegisters& reporter = *response_.add_people();
  reporter.set_name("Tess Teacher");
  reporter.set_is_reporter(true);
  v1::PersonInRegisters& child = *response_.add_people();
  child.set_name("Cora Child");
  child.add_capacities(events::v1::CAPACITY_TARGET);
  child.set_has_no_photo_answer(true);
  EXPECT_THAT(Shown(), AllOf(HasSubstr("Tess Teacher, reported it\n"
                                       "  The registers have nothing.\n"),
                             HasSubstr("Cora Child, target\n"
                                       "  Photographs: the registers have no answer of a parent "
                                       "(P31).\n")));
}

TEST(RegisterHint, IsGivenWhereARegisterMayMatterAlone) {
  std::ostringstream out;
  Screen screen(out);
  v1::CaseFile file;
  file.mutable_summary()->set_case_ref("WB-7K4D-9QX2");
  ShowRegisterHint(file, screen);
  EXPECT_EQ(out.str(), "");
  file.add_register_clauses(events::v1::BREACH_CLAUSE_P06_CONTACT_WITH_CHILDREN);
  ShowRegisterHint(file, screen);
  EXPECT_THAT(out.str(), HasSubstr("  wardbook case registers WB-7K4D-9QX2\n"));
}

}  // namespace
}  // namespace wardbook::cli
