#include "services/server/school_setup.h"

#include "absl/time/clock.h"
#include "gtest/gtest.h"
#include "services/runtime/refusal.h"
#include "services/server/key_files.h"
#include "services/server/stores.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::server {
namespace {

using testing::IsOk;
using testing::StatusIs;

class SchoolSetUpTest : public ::testing::Test {
 protected:
  SchoolSetUpTest() {
    config_.data_directory = scratch_.path() + "/data";
    config_.keys_directory = scratch_.path() + "/keys";
  }

  void SetUp() override {
    ASSERT_OK(MakeKeyFiles(config_.keys_directory, "wardbook.example", {"localhost"}, absl::Now()));
  }

  // The records of all schools.
  uint64_t Records() {
    const auto keys = ReadKeyFiles(config_.keys_directory);
    EXPECT_OK(keys);
    const auto stores = OpenStores(config_.data_directory, *keys);
    EXPECT_OK(stores);
    uint64_t records = 0;
    const auto schools = (*stores)->log->ListSchools();
    EXPECT_OK(schools);
    for (const SchoolId& school : *schools) records += (*stores)->log->Head(school)->size;
    return records;
  }

  testing::ScratchDirectory scratch_;
  Config config_;
  const NewSchool school_{"Fernhill Example School", "fernhill", "Petra Example", "petra"};
};

TEST_F(SchoolSetUpTest, WhatIsRefusedHasRecordedNothing) {
  NewSchool wrong = school_;
  wrong.administrator_user = "Petra";
  const absl::Status refused = SetUpSchool(config_, wrong).status();
  ASSERT_TRUE(runtime::IsRefusal(refused, kernel::Reason::kFieldInvalid));
  EXPECT_EQ(runtime::RefusalOf(refused)->field(), "user");
  EXPECT_EQ(Records(), 0u);
  wrong = school_;
  wrong.administrator_name = " ";
  EXPECT_EQ(runtime::RefusalOf(SetUpSchool(config_, wrong).status())->field(), "administrator");
  EXPECT_EQ(Records(), 0u);

  EXPECT_OK(SetUpSchool(config_, school_)) << "and stands in nobody's way";
  EXPECT_EQ(Records(), 5u) << "the school, the administrator with two roles, and the account";
  EXPECT_THAT(SetUpSchool(config_, school_), StatusIs(absl::StatusCode::kAlreadyExists));
}

TEST_F(SchoolSetUpTest, GoesOnWhereNobodyHasAnAccountYet) {
  ASSERT_OK_AND_ASSIGN(const SchoolSetUp first, SetUpSchool(config_, school_));
  {
    // As a crash leaves it before the account is written.
    ASSERT_OK_AND_ASSIGN(const KeyFiles keys, ReadKeyFiles(config_.keys_directory));
    ASSERT_OK_AND_ASSIGN(const auto stores, OpenStores(config_.data_directory, keys));
    const SchoolId school = *SchoolId::FromHex(first.school_id);
    ASSERT_OK(stores->accounts.Delete(school.Bytes() + school_.administrator_user));
  }
  NewSchool other = school_;
  other.name = "Another School";
  EXPECT_THAT(SetUpSchool(config_, other), StatusIs(absl::StatusCode::kAlreadyExists));
  ASSERT_OK_AND_ASSIGN(const SchoolSetUp again, SetUpSchool(config_, school_));
  EXPECT_EQ(again.school_id, first.school_id);
  EXPECT_EQ(Records(), 6u) << "no second administrator, but another code";
}

}  // namespace
}  // namespace wardbook::server
