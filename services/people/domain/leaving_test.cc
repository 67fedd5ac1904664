#include <optional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/people/domain/person_for_test.h"

namespace wardbook::people {
namespace {

using kernel::Reason;
using kernel::Rejected;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using wardbook::events::v1::ROLE_ADMINISTRATOR;
using wardbook::events::v1::ROLE_CHAIR_OF_GOVERNORS;
using wardbook::events::v1::ROLE_HEADTEACHER;
using wardbook::events::v1::ROLE_STAFF;

PersonState Ada() {
  PersonState state;
  Apply(state, RegisterPerson{Administrator(),
                              "Ada Example",
                              wardbook::events::v1::PERSON_CATEGORY_EMPLOYEE,
                              "Teacher",
                              {ROLE_STAFF}});
  return state;
}

By Herself(absl::Time now = kNow) { return {{Person(5), {kernel::Role::kStaff}}, now}; }

RecordLeaving On(absl::Time left) { return {.by = Administrator(), .left = left, .reason = ""}; }

TEST(Leaving, EndsEveryRoleFromThatMoment) {
  PersonState state = Ada();
  const absl::Time july = kNow + absl::Hours(1000);
  Apply(state, GrantRole{Administrator(), Person(5), ROLE_HEADTEACHER, july + absl::Hours(-1)});
  EXPECT_EQ(Apply(state, On(july)), 1u);
  EXPECT_THAT(state.RolesAt(july - absl::Seconds(1)), ElementsAre(ROLE_STAFF, ROLE_HEADTEACHER));
  EXPECT_THAT(state.RolesAt(july), IsEmpty());
  EXPECT_FALSE(state.IsGoneAt(july - absl::Seconds(1)));
  EXPECT_TRUE(state.IsGoneAt(july));
  EXPECT_EQ(Apply(state, On(july)), 0u) << "once more adds nothing";
  EXPECT_EQ(Apply(state, On(july + absl::Hours(1))), 0u) << "they are gone by then already";
  EXPECT_EQ(Apply(state, On(july - absl::Hours(8))), 1u) << "they leave earlier";
  EXPECT_THAT(state.RolesAt(july - absl::Hours(8)), IsEmpty());
}

TEST(Leaving, EndsWithARoleThatIsGivenLater) {
  PersonState state = Ada();
  const absl::Time back = kNow + absl::Hours(2000);
  Apply(state, On(kNow + absl::Hours(1)));
  Apply(state, GrantRole{Administrator(), Person(5), ROLE_STAFF, back});
  EXPECT_TRUE(state.IsGoneAt(back - absl::Seconds(1)));
  EXPECT_FALSE(state.IsGoneAt(back));
  EXPECT_THAT(state.RolesAt(back), ElementsAre(ROLE_STAFF));
  EXPECT_EQ(Apply(state, On(back + absl::Hours(1))), 1u) << "they may leave again";
}

TEST(Leaving, IsNotUndoneByARoleGivenForTheTimeBefore) {
  PersonState state = Ada();
  Apply(state, On(kNow + absl::Hours(10)));
  Apply(state, GrantRole{Administrator(), Person(5), ROLE_HEADTEACHER, kNow + absl::Hours(5)});
  EXPECT_THAT(state.RolesAt(kNow + absl::Hours(5)), ElementsAre(ROLE_STAFF, ROLE_HEADTEACHER));
  EXPECT_THAT(state.RolesAt(kNow + absl::Hours(10)), IsEmpty());
  EXPECT_EQ(
      Apply(state, GrantRole{Administrator(), Person(5), ROLE_HEADTEACHER, kNow + absl::Hours(5)}),
      0u);
}

TEST(Leaving, IsAnAdministratorsToRecordAndLeavesTheSchoolOne) {
  PersonState state = Ada();
  RecordLeaving leaving = On(kNow);
  leaving.by = Herself();
  EXPECT_EQ(RefusalOf(state, leaving), (Rejected{Reason::kRoleRequired, ""}));
  EXPECT_EQ(RefusalOf(PersonState(), On(kNow)), (Rejected{Reason::kNoSuchPerson, "person_id"}));
  Apply(state, GrantRole{Administrator(), Person(5), ROLE_ADMINISTRATOR, kNow});
  EXPECT_EQ(RefusalOf(state, On(kNow)), (Rejected{Reason::kLastAdministrator, "person_id"}));
  leaving = On(kNow);
  leaving.others_administer = true;
  EXPECT_EQ(Apply(state, leaving), 1u);
}

TEST(Leaving, LeavesTheSchoolAChair) {
  PersonState state = Ada();
  Apply(state, GrantRole{Administrator(), Person(5), ROLE_CHAIR_OF_GOVERNORS, kNow});
  RecordLeaving leaving = On(kNow + absl::Hours(1));
  leaving.is_only_chair = true;
  EXPECT_EQ(RefusalOf(state, leaving), (Rejected{Reason::kLastChair, "person_id"}));
  leaving.is_only_chair = false;
  EXPECT_EQ(Apply(state, leaving), 1u);
}

TEST(Leaving, TakesThePossibilityOfAnAccount) {
  PersonState state = Ada();
  Apply(state, On(kNow));
  EXPECT_EQ(RefusalOf(state, IssueAccount{Administrator(), kNow + absl::Hours(1)}),
            (Rejected{Reason::kPersonLeft, "person_id"}));
}

TEST(ProfileReview, IsConfirmedOnceByThePersonThemself) {
  PersonState state = Ada();
  EXPECT_EQ(RefusalOf(state, ConfirmProfileReview{Herself(), kNow + absl::Seconds(1)}),
            (Rejected{Reason::kFutureTime, "reviewed_time"}));
  EXPECT_EQ(Apply(state, ConfirmProfileReview{Herself(), kNow - absl::Hours(3)}), 1u);
  EXPECT_EQ(state.profile_reviewed, kNow - absl::Hours(3));
  EXPECT_EQ(Apply(state, ConfirmProfileReview{Herself(), {}}), 0u);
}

TEST(ProfileReview, IsAskedAgainOfWhoComesBack) {
  PersonState state = Ada();
  Apply(state, ConfirmProfileReview{Herself(), {}});
  const absl::Time back = kNow + absl::Hours(2000);
  Apply(state, On(kNow + absl::Hours(100)));
  Apply(state, GrantRole{Administrator(), Person(5), ROLE_STAFF, back});
  EXPECT_TRUE(state.HasReviewedProfile(kNow + absl::Hours(50)));
  EXPECT_FALSE(state.HasReviewedProfile(back));
  EXPECT_EQ(Apply(state, ConfirmProfileReview{Herself(back), {}}), 1u);
  EXPECT_TRUE(state.HasReviewedProfile(back));
}

TEST(ProfileReview, OfATimeBeforeJoiningIsRefused) {
  PersonState state = Ada();
  EXPECT_EQ(RefusalOf(state, ConfirmProfileReview{Herself(), kNow - absl::Hours(24)}),
            (Rejected{Reason::kReviewBeforeJoining, "reviewed_time"}));
  EXPECT_EQ(Apply(state, ConfirmProfileReview{Herself(), kNow - absl::Hours(23)}), 1u)
      << "the day alone begins before they came";
}

TEST(ProfileReview, IsAskedOfThoseWhoWorkInTheSchoolSinceTheyDo) {
  PersonState state = Ada();
  const absl::Time later = kNow + absl::Hours(100);
  EXPECT_EQ(state.WorksSince(kNow - absl::Seconds(1)), std::nullopt);
  EXPECT_EQ(state.WorksSince(later), kNow);
  // One role follows another without a break.
  Apply(state, EndRole{Administrator(), ROLE_STAFF, kNow + absl::Hours(50)});
  Apply(state, GrantRole{Administrator(), Person(5), ROLE_HEADTEACHER, kNow + absl::Hours(50)});
  EXPECT_EQ(state.WorksSince(later), kNow);
  // They leave and come back.
  Apply(state, On(later));
  EXPECT_EQ(state.WorksSince(later), std::nullopt);
  Apply(state, GrantRole{Administrator(), Person(5), ROLE_STAFF, later + absl::Hours(10)});
  EXPECT_EQ(state.WorksSince(later + absl::Hours(20)), later + absl::Hours(10));
}

TEST(ProfileReview, IsNotAskedOfAChairWhoDoesNotWorkThere) {
  PersonState state;
  Apply(state, RegisterPerson{Administrator(),
                              "Chris Example",
                              wardbook::events::v1::PERSON_CATEGORY_GOVERNOR,
                              "",
                              {ROLE_CHAIR_OF_GOVERNORS}});
  EXPECT_EQ(state.WorksSince(kNow), std::nullopt);
}

}  // namespace
}  // namespace wardbook::people
