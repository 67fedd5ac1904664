// Who held which role when, who leaves, and who is asked what on joining.

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/kernel/timestamp.h"
#include "services/people/people_server_for_test.h"

namespace wardbook::people {
namespace {

using kernel::Reason;
using kernel::TimestampOf;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using wardbook::events::v1::Role;
using wardbook::events::v1::ROLE_ADMINISTRATOR;
using wardbook::events::v1::ROLE_CHAIR_OF_GOVERNORS;
using wardbook::events::v1::ROLE_HEADTEACHER;
using wardbook::events::v1::ROLE_SENIOR_LEADERSHIP;
using wardbook::events::v1::ROLE_STAFF;
using Stub = wardbook::v1::PeopleService::Stub;

class PeopleOverTimeTest : public PeopleServerTest {
 protected:
  void Grant(const PersonId& person, Role role, absl::Time from) {
    wardbook::v1::GrantRoleRequest request;
    request.set_person_id(person.Hex());
    request.set_role(role);
    *request.mutable_from_time() = TimestampOf(from);
    wardbook::v1::GrantRoleResponse response;
    EXPECT_TRUE(Call(administrator_, &Stub::GrantRole, request, &response).ok());
  }

  void End(const PersonId& person, Role role, absl::Time until) {
    wardbook::v1::EndRoleRequest request;
    request.set_person_id(person.Hex());
    request.set_role(role);
    *request.mutable_until_time() = TimestampOf(until);
    wardbook::v1::EndRoleResponse response;
    EXPECT_TRUE(Call(administrator_, &Stub::EndRole, request, &response).ok());
  }

  grpc::Status Leave(const PersonId& as, const PersonId& person, absl::Time left) {
    wardbook::v1::RecordLeavingRequest request;
    request.set_person_id(person.Hex());
    *request.mutable_left_time() = TimestampOf(left);
    wardbook::v1::RecordLeavingResponse response;
    return Call(as, &Stub::RecordLeaving, request, &response);
  }

  // The names of who held the role, at the moment or until before `until`.
  std::vector<std::string> Who(Role role, absl::Time at,
                               std::optional<absl::Time> until = std::nullopt) {
    wardbook::v1::ListRolesRequest request;
    request.set_role(role);
    *request.mutable_at_time() = TimestampOf(at);
    if (until) *request.mutable_until_time() = TimestampOf(*until);
    wardbook::v1::ListRolesResponse response;
    EXPECT_TRUE(Call(administrator_, &Stub::ListRoles, request, &response).ok());
    std::vector<std::string> names;
    for (const auto& held : response.roles()) names.push_back(held.name());
    return names;
  }

  // "NAME", "NAME overdue" or "NAME done".
  std::vector<std::string> Reviews(const PersonId& as, bool confirmed = false) {
    wardbook::v1::ListProfileReviewsRequest request;
    request.set_include_confirmed(confirmed);
    wardbook::v1::ListProfileReviewsResponse response;
    EXPECT_TRUE(Call(as, &Stub::ListProfileReviews, request, &response).ok());
    std::vector<std::string> reviews;
    for (const auto& review : response.reviews()) {
      reviews.push_back(absl::StrCat(review.name(), review.overdue() ? " overdue" : "",
                                     review.has_reviewed_time() ? " done" : ""));
    }
    return reviews;
  }

  grpc::Status Confirm(const PersonId& as) {
    wardbook::v1::ConfirmProfileReviewResponse response;
    return Call(as, &Stub::ConfirmProfileReview, wardbook::v1::ConfirmProfileReviewRequest(),
                &response);
  }
};

TEST_F(PeopleOverTimeTest, TellsWhoHeldARoleAtAMoment) {
  const PersonId helen = Add("Helen Example", {ROLE_STAFF, ROLE_HEADTEACHER});
  const PersonId olga = Add("Olga Example", {ROLE_STAFF});
  const absl::Time change = kStart + absl::Hours(100);
  End(helen, ROLE_HEADTEACHER, change);
  Grant(olga, ROLE_HEADTEACHER, change);
  EXPECT_THAT(Who(ROLE_HEADTEACHER, change - absl::Seconds(1)), ElementsAre("Helen Example"));
  EXPECT_THAT(Who(ROLE_HEADTEACHER, change), ElementsAre("Olga Example"));
  EXPECT_THAT(Who(ROLE_HEADTEACHER, kStart - absl::Seconds(1)), IsEmpty());
  EXPECT_THAT(Who(ROLE_HEADTEACHER, change - absl::Hours(1), change + absl::Hours(1)),
              ElementsAre("Helen Example", "Olga Example"));
  EXPECT_THAT(Who(ROLE_HEADTEACHER, change - absl::Hours(1), change), ElementsAre("Helen Example"));
}

TEST_F(PeopleOverTimeTest, ARoleThatBeginsInTheFutureIsHeldFromThenOn) {
  const PersonId dora = Add("Dora Example", {ROLE_STAFF});
  Grant(dora, ROLE_SENIOR_LEADERSHIP, kStart + absl::Hours(10));
  wardbook::v1::ListProfileReviewsResponse response;
  EXPECT_THAT(Reviews(dora), ElementsAre("Dora Example")) << "she sees but her own";
  Add("Tom Example", {ROLE_STAFF});
  EXPECT_THAT(Reviews(dora), ElementsAre("Dora Example"));
  SetNow(kStart + absl::Hours(10));
  EXPECT_EQ(Reviews(dora).size(), 3u) << "hers, Tom's and the administrator's";
}

TEST_F(PeopleOverTimeTest, TellsTheRolesOfOnePersonWithTheirSpans) {
  const PersonId helen = Add("Helen Example", {ROLE_STAFF});
  // One after the other without a break is one.
  End(helen, ROLE_STAFF, kStart + absl::Hours(5));
  Grant(helen, ROLE_STAFF, kStart + absl::Hours(5));
  wardbook::v1::ListRolesRequest request;
  request.set_person_id(helen.Hex());
  wardbook::v1::ListRolesResponse response;
  ASSERT_TRUE(Call(helen, &Stub::ListRoles, request, &response).ok());
  ASSERT_EQ(response.roles_size(), 1);
  EXPECT_EQ(kernel::TimeOf(response.roles(0).from_time()), kStart);
  EXPECT_FALSE(response.roles(0).has_until_time());
  request.set_person_id(std::string(32, '0'));
  EXPECT_THAT(Call(helen, &Stub::ListRoles, request, &response), Refuses(Reason::kNoSuchPerson));
  *request.mutable_until_time() = TimestampOf(kStart);
  request.set_person_id(helen.Hex());
  EXPECT_THAT(Call(helen, &Stub::ListRoles, request, &response), Refuses(Reason::kFieldInvalid));
}

TEST_F(PeopleOverTimeTest, WhoLeavesHasNoRoleFromThenOnAndTheAnswersOfThePastStand) {
  const PersonId helen = Add("Helen Example", {ROLE_STAFF, ROLE_HEADTEACHER});
  ASSERT_TRUE(Leave(administrator_, helen, kStart + absl::Hours(10)).ok());
  SetNow(kStart + absl::Hours(10));
  EXPECT_TRUE(register_->Find(school_, helen, now())->roles.empty());
  EXPECT_EQ(register_->Find(school_, helen, now())->name, "Helen Example");
  EXPECT_THAT(Who(ROLE_HEADTEACHER, kStart + absl::Hours(9)), ElementsAre("Helen Example"));
  EXPECT_THAT(Who(ROLE_HEADTEACHER, now()), IsEmpty());
  wardbook::v1::IssueAccountRequest issue;
  issue.set_person_id(helen.Hex());
  issue.set_user_name("helen");
  wardbook::v1::IssueAccountResponse issued;
  EXPECT_THAT(Call(administrator_, &Stub::IssueAccount, issue, &issued),
              Refuses(Reason::kPersonLeft));
}

TEST_F(PeopleOverTimeTest, TheLastAdministratorDoesNotLeave) {
  EXPECT_THAT(Leave(administrator_, administrator_, kStart), Refuses(Reason::kLastAdministrator));
  const PersonId other = Add("Andrea Example", {ROLE_STAFF, ROLE_ADMINISTRATOR});
  EXPECT_THAT(Leave(administrator_, administrator_, kStart), Refuses(Reason::kLastAdministrator))
      << "the other one cannot sign in yet";
  issuer_.with_password.insert(other);
  EXPECT_TRUE(Leave(administrator_, administrator_, kStart + absl::Hours(1)).ok());
  EXPECT_THAT(Leave(other, other, kStart + absl::Hours(1)), Refuses(Reason::kLastAdministrator))
      << "two cannot go at the same time";
}

TEST_F(PeopleOverTimeTest, TheLastChairWhoCanSignInNeitherLeavesNorLosesTheRole) {
  const PersonId chair = Add("Chris Example", {ROLE_CHAIR_OF_GOVERNORS},
                             wardbook::events::v1::PERSON_CATEGORY_GOVERNOR);
  const PersonId successor = Add("Sanjay Example", {ROLE_CHAIR_OF_GOVERNORS},
                                 wardbook::events::v1::PERSON_CATEGORY_GOVERNOR);
  issuer_.with_password.insert(chair);
  EXPECT_THAT(Leave(administrator_, chair, kStart), Refuses(Reason::kLastChair))
      << "the successor cannot sign in yet";
  wardbook::v1::EndRoleRequest end;
  end.set_person_id(chair.Hex());
  end.set_role(ROLE_CHAIR_OF_GOVERNORS);
  wardbook::v1::EndRoleResponse ended;
  EXPECT_THAT(Call(administrator_, &Stub::EndRole, end, &ended), Refuses(Reason::kLastChair));
  // Who cannot sign in receives nothing as it is.
  EXPECT_TRUE(Leave(administrator_, successor, kStart + absl::Hours(1)).ok());
  const PersonId other = Add("Vera Example", {ROLE_CHAIR_OF_GOVERNORS},
                             wardbook::events::v1::PERSON_CATEGORY_GOVERNOR);
  issuer_.with_password.insert(other);
  EXPECT_TRUE(Call(administrator_, &Stub::EndRole, end, &ended).ok());
}

TEST_F(PeopleOverTimeTest, WhoWasCorrectedIsListedWithTheirFormerName) {
  const PersonId ada = Add("Ada Example", {ROLE_STAFF});
  wardbook::v1::CorrectPersonRequest correct;
  correct.set_person_id(ada.Hex());
  correct.set_name("Ada Berry");
  wardbook::v1::CorrectPersonResponse corrected;
  EXPECT_THAT(Call(ada, &Stub::CorrectPerson, correct, &corrected), Refuses(Reason::kRoleRequired));
  ASSERT_TRUE(Call(administrator_, &Stub::CorrectPerson, correct, &corrected).ok());
  EXPECT_EQ(corrected.revision(), 3u);
  const auto entry = register_->Find(school_, ada, now());
  EXPECT_EQ(entry->name, "Ada Berry");
  ASSERT_EQ(entry->names.size(), 2u);
  EXPECT_EQ(entry->names[0].name, "Ada Example");
  EXPECT_EQ(entry->names[1].name, entry->name);
  EXPECT_LE(entry->names[0].since, entry->names[1].since);
  wardbook::v1::ListPeopleResponse people;
  ASSERT_TRUE(
      Call(administrator_, &Stub::ListPeople, wardbook::v1::ListPeopleRequest(), &people).ok());
  ASSERT_EQ(people.people(0).name(), "Ada Berry");
  ASSERT_EQ(people.people(0).former_names_size(), 1);
  EXPECT_EQ(people.people(0).former_names(0), "Ada Example");
}

TEST_F(PeopleOverTimeTest, WhoComesBackIsAskedAgainToReviewTheirProfiles) {
  const PersonId tom = Add("Tom Example", {ROLE_STAFF});
  ASSERT_TRUE(Confirm(tom).ok());
  EXPECT_THAT(Reviews(tom), IsEmpty());
  ASSERT_TRUE(Leave(administrator_, tom, kStart + absl::Hours(24)).ok());
  Grant(tom, ROLE_STAFF, kStart + absl::Hours(24 * 60));
  SetNow(kStart + absl::Hours(24 * 61));
  EXPECT_THAT(Reviews(tom), ElementsAre("Tom Example"));
  ASSERT_TRUE(Confirm(tom).ok());
  EXPECT_THAT(Reviews(tom, /*confirmed=*/true), ElementsAre("Tom Example done"));
}

TEST_F(PeopleOverTimeTest, EverybodyWhoWorksInTheSchoolIsAskedToReviewTheirProfiles) {
  const PersonId helen = Add("Helen Example", {ROLE_STAFF, ROLE_HEADTEACHER});
  Add("Chris Example", {ROLE_CHAIR_OF_GOVERNORS}, wardbook::events::v1::PERSON_CATEGORY_GOVERNOR);
  Add("Pat Example", {}, wardbook::events::v1::PERSON_CATEGORY_PARENT);
  EXPECT_THAT(Reviews(helen), ElementsAre("Adam Example", "Helen Example"));
  SetNow(kStart + absl::Hours(24 * 7));
  const PersonId tom = Add("Tom Example", {ROLE_STAFF});
  SetNow(kStart + absl::Hours(24 * 14));
  EXPECT_THAT(Reviews(helen),
              ElementsAre("Adam Example overdue", "Helen Example overdue", "Tom Example"));
  EXPECT_THAT(Reviews(tom), ElementsAre("Tom Example"));
  // Late or in time, it is theirs to confirm; nothing waits for it.
  EXPECT_TRUE(Confirm(helen).ok());
  EXPECT_TRUE(Confirm(tom).ok());
  EXPECT_THAT(Reviews(helen), ElementsAre("Adam Example overdue"));
  EXPECT_THAT(Reviews(helen, /*confirmed=*/true),
              ElementsAre("Adam Example overdue", "Helen Example done", "Tom Example done"));
}

TEST_F(PeopleOverTimeTest, PeopleOfEveryCategoryAreRegistered) {
  const auto& categories = *wardbook::events::v1::PersonCategory_descriptor();
  for (int i = 1; i < categories.value_count(); ++i) {
    const auto category =
        static_cast<wardbook::events::v1::PersonCategory>(categories.value(i)->number());
    EXPECT_FALSE(Add(absl::StrCat("Person ", i), {}, category).IsZero())
        << categories.value(i)->name();
  }
}

}  // namespace
}  // namespace wardbook::people
