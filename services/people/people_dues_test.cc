#include "services/people/people_dues.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/kernel/timestamp.h"
#include "services/people/domain/decide.h"
#include "services/people/people_server_for_test.h"
#include "storage/base/moment.h"

namespace wardbook::people {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using wardbook::events::v1::ROLE_HEADTEACHER;
using wardbook::events::v1::ROLE_STAFF;
using wardbook::v1::DueItem;

class PeopleDuesTest : public PeopleServerTest {
 protected:
  std::vector<DueItem> DuesOf(const PersonId& person, absl::Time now) {
    runtime::Call call;
    call.caller.school = school_;
    call.caller.actor = {person, register_->Find(school_, person, now)->roles};
    call.now = now;
    return PeopleDues(*register_).DuesFor(call, Moment::max())->items;
  }
  void Confirm(const PersonId& person) {
    wardbook::v1::ConfirmProfileReviewResponse response;
    ASSERT_TRUE(Call(person, &wardbook::v1::PeopleService::Stub::ConfirmProfileReview,
                     wardbook::v1::ConfirmProfileReviewRequest(), &response)
                    .ok());
  }
};

TEST_F(PeopleDuesTest, WhoJoinsReviewsTheirOwnProfiles) {
  const PersonId teacher = Add("Tess Example", {ROLE_STAFF});
  const std::vector<DueItem> items = DuesOf(teacher, kStart + absl::Hours(1));
  ASSERT_THAT(items, SizeIs(1));
  EXPECT_EQ(items[0].kind(), wardbook::v1::DUE_KIND_REVIEW_PROFILE);
  EXPECT_EQ(kernel::TimeOf(items[0].due_time()), ProfileReviewDue(kStart));
  EXPECT_EQ(items[0].clause(), "P13");
  Confirm(teacher);
  EXPECT_THAT(DuesOf(teacher, kStart + absl::Hours(1)), IsEmpty());
}

TEST_F(PeopleDuesTest, WhoComesBackReviewsThemAnew) {
  const PersonId teacher = Add("Tess Example", {ROLE_STAFF});
  Confirm(teacher);
  wardbook::v1::RecordLeavingRequest leaving;
  leaving.set_person_id(teacher.Hex());
  *leaving.mutable_left_time() = kernel::TimestampOf(kStart + absl::Hours(1));
  wardbook::v1::RecordLeavingResponse left;
  ASSERT_TRUE(
      Call(administrator_, &wardbook::v1::PeopleService::Stub::RecordLeaving, leaving, &left).ok());
  const absl::Time back = kStart + absl::Hours(24 * 30);
  wardbook::v1::GrantRoleRequest grant;
  grant.set_person_id(teacher.Hex());
  grant.set_role(ROLE_STAFF);
  *grant.mutable_from_time() = kernel::TimestampOf(back);
  wardbook::v1::GrantRoleResponse granted;
  ASSERT_TRUE(
      Call(administrator_, &wardbook::v1::PeopleService::Stub::GrantRole, grant, &granted).ok());
  const std::vector<DueItem> items = DuesOf(teacher, back);
  ASSERT_THAT(items, SizeIs(1));
  EXPECT_EQ(kernel::TimeOf(items[0].due_time()), ProfileReviewDue(back));
}

TEST_F(PeopleDuesTest, TheHeadteacherLearnsHowManyAreOverdueAndNobodyElseDoes) {
  const PersonId head = Add("Hana Example", {ROLE_STAFF, ROLE_HEADTEACHER});
  const PersonId teacher = Add("Tess Example", {ROLE_STAFF});
  Confirm(head);
  Confirm(administrator_);
  const absl::Time due = ProfileReviewDue(kStart);
  EXPECT_THAT(DuesOf(head, due - absl::Seconds(1)), IsEmpty());
  std::vector<DueItem> items = DuesOf(head, due);
  ASSERT_THAT(items, SizeIs(1));
  EXPECT_EQ(items[0].kind(), wardbook::v1::DUE_KIND_ASK_FOR_PROFILE_REVIEWS);
  EXPECT_EQ(items[0].what(), "1 person has not reviewed what can be seen of them online.");
  EXPECT_THAT(DuesOf(teacher, due), SizeIs(1)) << "their own, and no count";
  Confirm(teacher);
  EXPECT_THAT(DuesOf(head, due), IsEmpty());
}

}  // namespace
}  // namespace wardbook::people
