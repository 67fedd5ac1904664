#include "services/people/register.h"

#include <algorithm>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/people/people_for_test.h"
#include "services/runtime/refusal.h"
#include "storage/crypto/random.h"
#include "tests/testing/damaged_log.h"
#include "tests/testing/deaf_log.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::people {
namespace {

using kernel::Role;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::StatusIs;
using ::testing::UnorderedElementsAre;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

class RegisterTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_OK_AND_ASSIGN(school_, test_.AddSchool("fernhill", kNow)); }

  std::unique_ptr<Register> Open() {
    auto opened = Register::Open(test_.log, *test_.vault);
    EXPECT_OK(opened);
    return *std::move(opened);
  }

  PersonId Add(const std::string& name) {
    auto person = RegisterFirstAdministrator(test_.people, school_, name, kNow);
    EXPECT_OK(person);
    return *person;
  }

  // Gives a role in the log.
  void Grant(const PersonId& person, wardbook::events::v1::Role role, absl::Time from) {
    runtime::CommandFrame frame;
    frame.caller.school = school_;
    frame.stream = PersonStream(person);
    frame.request_id = crypto::NewRequestId();
    frame.now = kNow;
    const GrantRole command{{{PersonId(), {Role::kAdministrator}}, kNow}, person, role, from};
    absl::Notification answered;
    test_.people.Run(
        frame, [&](const PersonState& state) { return Decide(state, command); },
        [&](auto outcome) {
          EXPECT_OK(outcome);
          answered.Notify();
        });
    answered.WaitForNotification();
  }

  PeopleForTest test_;
  SchoolId school_;
};

TEST_F(RegisterTest, ReadsEverybodyWhenItIsOpened) {
  const PersonId ada = Add("Ada Example");
  const auto people = Open();
  const auto entry = people->Find(school_, ada, kNow);
  ASSERT_TRUE(entry.has_value());
  EXPECT_EQ(entry->name, "Ada Example");
  EXPECT_THAT(entry->roles, UnorderedElementsAre(Role::kStaff, Role::kAdministrator));
  EXPECT_FALSE(people->Find(SchoolId(), ada, kNow).has_value()) << "of another school";
  EXPECT_FALSE(people->Find(school_, PersonId(), kNow).has_value());
}

TEST_F(RegisterTest, RolesHoldAtTheMomentThatIsAskedFor) {
  const PersonId ada = Add("Ada Example");
  Grant(ada, wardbook::events::v1::ROLE_HEADTEACHER, kNow + absl::Hours(24));
  const auto people = Open();
  EXPECT_THAT(people->Find(school_, ada, kNow - absl::Seconds(1))->roles, IsEmpty());
  EXPECT_FALSE(people->Find(school_, ada, kNow)->roles.contains(Role::kHeadteacher));
  EXPECT_TRUE(
      people->Find(school_, ada, kNow + absl::Hours(24))->roles.contains(Role::kHeadteacher));
}

TEST_F(RegisterTest, ShowsAPersonAtOnceAfterARefresh) {
  const auto people = Open();
  const PersonId ada = Add("Ada Example");
  ASSERT_OK(people->Refresh(school_, ada));
  EXPECT_TRUE(people->Find(school_, ada, kNow).has_value());
}

TEST_F(RegisterTest, TakesInWhatIsNewerAndLeavesWhatIsOlder) {
  const PersonId ada = Add("Ada Example");
  ASSERT_OK_AND_ASSIGN(const auto before, test_.people.Load(school_, PersonStream(ada)));
  const auto people = Open();
  Grant(ada, wardbook::events::v1::ROLE_LINE_MANAGER, kNow);
  ASSERT_OK_AND_ASSIGN(const auto after, test_.people.Load(school_, PersonStream(ada)));
  people->TakeIn(school_, ada, *after);
  people->TakeIn(school_, ada, *before);
  EXPECT_TRUE(people->Find(school_, ada, kNow)->roles.contains(Role::kLineManager));
}

TEST_F(RegisterTest, FollowsTheLogByItself) {
  const auto people = Open();
  const PersonId ada = Add("Ada Example");
  // Bounded by the test's own timeout.
  while (!people->Find(school_, ada, kNow)) std::this_thread::yield();
  Grant(ada, wardbook::events::v1::ROLE_LINE_MANAGER, kNow);
  while (!people->Find(school_, ada, kNow)->roles.contains(Role::kLineManager)) {
    std::this_thread::yield();
  }
}

TEST_F(RegisterTest, SaysWhatItCannotFollowAndTriesAgain) {
  testing::DeafLog log;
  ASSERT_OK_AND_ASSIGN(const auto people, Register::Open(log, *test_.vault));
  EXPECT_THAT(people->Failures(), IsEmpty());
  log.deaf = true;
  runtime::WorkerPool workers(1);
  runtime::Transactor<PersonAggregate> transactor(log, *test_.vault, test_.receipts, workers);
  ASSERT_OK_AND_ASSIGN(const PersonId ada,
                       RegisterFirstAdministrator(transactor, school_, "Ada Example", kNow));
  // Both are bounded by the test's own timeout.
  while (people->Failures().empty()) std::this_thread::yield();
  EXPECT_EQ(people->Failures()[0].first, school_);
  EXPECT_THAT(people->Failures()[0].second, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_FALSE(people->Find(school_, ada, kNow));
  log.deaf = false;
  while (!people->Failures().empty()) std::this_thread::yield();
  EXPECT_TRUE(people->Find(school_, ada, kNow));
}

TEST_F(RegisterTest, ADamagedSchoolKeepsNoOtherFromBeingRead) {
  testing::DamagedLog log;
  runtime::WorkerPool workers(2);
  runtime::Transactor<PersonAggregate> transactor(log, *test_.vault, test_.receipts, workers);
  runtime::Transactor<SchoolAggregate> schools(log, *test_.vault, test_.receipts, workers);
  ASSERT_OK_AND_ASSIGN(const SchoolId healthy, RegisterSchool(schools, test_.short_names,
                                                              {"Hillside Example", "hill"}, kNow));
  ASSERT_OK_AND_ASSIGN(log.damaged, RegisterSchool(schools, test_.short_names,
                                                   {"Brookside Example", "brook"}, kNow));
  ASSERT_OK_AND_ASSIGN(const PersonId ada,
                       RegisterFirstAdministrator(transactor, healthy, "Ada Example", kNow));

  ASSERT_OK_AND_ASSIGN(const auto people, Register::Open(log, *test_.vault));
  EXPECT_TRUE(people->Find(healthy, ada, kNow));
  ASSERT_EQ(people->Failures().size(), 1u);
  EXPECT_EQ(people->Failures()[0].first, log.damaged);
  EXPECT_THAT(people->Failures()[0].second, StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(RegisterTest, APersonWhoCannotBeReadHidesNobodyElseAndIsNotForgotten) {
  std::vector<PersonId> people_of_school;
  for (int i = 0; i < 8; ++i) people_of_school.push_back(Add(absl::StrCat("Person ", i)));
  std::sort(people_of_school.begin(), people_of_school.end());
  const PersonId lost = people_of_school[0];
  ASSERT_OK_AND_ASSIGN(const auto snapshot, test_.people.Load(school_, PersonStream(lost)));
  ASSERT_OK(test_.vault->Destroy(*snapshot->key_id));

  const auto people = Open();
  EXPECT_FALSE(people->Find(school_, lost, kNow));
  for (size_t i = 1; i < people_of_school.size(); ++i) {
    EXPECT_TRUE(people->Find(school_, people_of_school[i], kNow)) << i;
  }
  ASSERT_EQ(people->Failures().size(), 1u);
  EXPECT_EQ(people->Failures()[0].first, school_);

  // The next commit is taken in and hides nothing.
  const PersonId next = Add("Somebody New");
  while (!people->Find(school_, next, kNow)) std::this_thread::yield();
  EXPECT_EQ(people->Failures().size(), 1u);
}

TEST_F(RegisterTest, MayGoBeforeTheLogDoes) {
  Open().reset();
  Add("Ada Example");
}

TEST_F(RegisterTest, ListsPeopleByNamePageByPage) {
  for (const char* name : {"carol", "Ada", "Bob", "ada"}) Add(name);
  const auto people = Open();
  std::vector<std::string> names;
  std::optional<PersonId> after;
  for (;;) {
    ASSERT_OK_AND_ASSIGN(const Page page, people->List(school_, after, 3));
    for (const Entry& entry : page.entries) names.push_back(*entry.state.name);
    if (!page.more) break;
    EXPECT_EQ(page.entries.size(), 3u);
    after = page.entries.back().id;
  }
  ASSERT_EQ(names.size(), 4u);
  EXPECT_THAT(names[0] + names[1], ::testing::AnyOf("Adaada", "adaAda"));
  EXPECT_EQ(names[2], "Bob");
  EXPECT_EQ(names[3], "carol");
  EXPECT_TRUE(runtime::IsRefusal(people->List(school_, PersonId(), 3).status(),
                                 kernel::Reason::kFieldInvalid));
}

}  // namespace
}  // namespace wardbook::people
