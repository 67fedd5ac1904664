#include "services/people/school_register.h"

#include <optional>

#include "gtest/gtest.h"
#include "services/people/people_for_test.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::people {
namespace {

using testing::IsOk;
using testing::IsOkAndHolds;
using testing::StatusIs;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

TEST(SchoolRegister, FindsASchoolByItsShortNameAndItsNameByItsId) {
  PeopleForTest test;
  ASSERT_OK_AND_ASSIGN(const SchoolId fernhill, test.AddSchool("fernhill", kNow));
  ASSERT_OK_AND_ASSIGN(const SchoolId moorside, test.AddSchool("moorside", kNow));
  ASSERT_OK_AND_ASSIGN(const auto schools,
                       SchoolRegister::Open(test.log, *test.vault, test.short_names));
  EXPECT_THAT(schools->FindByShortName("fernhill"), IsOkAndHolds(fernhill));
  EXPECT_THAT(schools->FindByShortName("moorside"), IsOkAndHolds(moorside));
  EXPECT_THAT(schools->FindByShortName("nowhere"), IsOkAndHolds(std::nullopt));
  EXPECT_EQ(schools->NameOf(fernhill), "Fernhill Example School");
  EXPECT_EQ(schools->NameOf(SchoolId()), std::nullopt);
}

TEST(SchoolRegister, ASchoolWhoseKeyIsLostKeepsNoOtherFromBeingRead) {
  PeopleForTest test;
  ASSERT_OK_AND_ASSIGN(const SchoolId fernhill, test.AddSchool("fernhill", kNow));
  ASSERT_OK_AND_ASSIGN(const SchoolId moorside, test.AddSchool("moorside", kNow));
  ASSERT_OK_AND_ASSIGN(const auto snapshot, test.schools.Load(fernhill, SchoolStream(fernhill)));
  ASSERT_OK(test.vault->Destroy(*snapshot->key_id));
  ASSERT_OK_AND_ASSIGN(const auto schools,
                       SchoolRegister::Open(test.log, *test.vault, test.short_names));
  EXPECT_EQ(schools->NameOf(fernhill), std::nullopt);
  EXPECT_EQ(schools->NameOf(moorside), "Fernhill Example School");
  ASSERT_EQ(schools->failures().size(), 1u);
  EXPECT_EQ(schools->failures()[0].first, fernhill);
}

TEST(RegisterSchool, AShortNameBelongsToOneSchool) {
  PeopleForTest test;
  ASSERT_OK(test.AddSchool("fernhill", kNow));
  EXPECT_THAT(RegisterSchool(test.schools, test.short_names, {"Another School", "fernhill"}, kNow),
              StatusIs(absl::StatusCode::kAlreadyExists));
}

TEST(RegisterSchool, TheSameSchoolIsRegisteredOnce) {
  PeopleForTest test;
  ASSERT_OK_AND_ASSIGN(const SchoolId school, test.AddSchool("fernhill", kNow));
  EXPECT_THAT(test.AddSchool("fernhill", kNow), IsOkAndHolds(school));
  ASSERT_OK_AND_ASSIGN(const storage::TreeHead head, test.log.Head(school));
  EXPECT_EQ(head.size, 1u);
}

TEST(CheckSchool, SaysBeforeAnythingIsRecordedWhatWouldBeRefused) {
  EXPECT_OK(CheckSchool({"Fernhill Example School", "fernhill"}, "Ada Example"));
  EXPECT_EQ(runtime::RefusalOf(CheckSchool({"", "fernhill"}, "Ada Example"))->field(), "name");
  EXPECT_EQ(runtime::RefusalOf(CheckSchool({"Fernhill", "F"}, "Ada Example"))->field(),
            "short_name");
  EXPECT_EQ(runtime::RefusalOf(CheckSchool({"Fernhill", "fernhill"}, " "))->field(),
            "administrator");
}

TEST(RegisterSchool, TakesOverANameThatACrashLeftBehind) {
  PeopleForTest test;
  SchoolId left_behind;
  left_behind.data()[0] = 1;
  ASSERT_OK(test.short_names.Put("fernhill", left_behind.view()));
  EXPECT_THAT(test.AddSchool("fernhill", kNow), IsOkAndHolds(left_behind));
}

TEST(RegisterSchool, NoNameCanBeReadInTheStores) {
  PeopleForTest test;
  ASSERT_OK_AND_ASSIGN(const SchoolId school, test.AddSchool("fernhill", kNow));
  ASSERT_OK(RegisterFirstAdministrator(test.people, school, "Ada Example", kNow));
  std::string stored;
  ASSERT_OK(test.store.Scan("", "", [&](absl::string_view key, absl::string_view value) {
    stored.append(key.data(), key.size());
    stored.append(value.data(), value.size());
    return true;
  }));
  ASSERT_OK_AND_ASSIGN(const auto records, test.log.ReadLog(school, 0, 100));
  ASSERT_EQ(records.size(), 4u);
  for (const auto& record : records) stored += record.bytes;
  for (const char* name : {"fernhill", "Fernhill", "Ada", "Example"}) {
    EXPECT_EQ(stored.find(name), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace wardbook::people
