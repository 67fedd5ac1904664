#include "services/schoolpolicy/policy_dues.h"

#include <memory>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/kernel/timestamp.h"
#include "services/schoolpolicy/policies_for_test.h"
#include "storage/base/moment.h"
#include "storage/crypto/random.h"
#include "tests/testing/memory_register.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::schoolpolicy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class PolicyDuesTest : public ::testing::Test {
 protected:
  runtime::Dues DuesOf(const By& by, absl::CivilDay day) {
    runtime::Call call;
    call.caller.school = school_;
    call.caller.actor = by.actor;
    call.now = test_.rules->calendar().StartOf(day);
    return dues_.DuesFor(call, Moment::max()).value();
  }

  PoliciesForTest test_;
  const SchoolId school_ = crypto::RandomId<SchoolId>();
  const std::unique_ptr<PolicyRegister> policies_ =
      *PolicyRegister::Open(test_.log, *test_.vault, test_.rules->calendar());
  ::wardbook::testing::MemoryRegister people_{school_};
  const PolicyDues dues_{*policies_, people_, *test_.rules};
};

TEST_F(PolicyDuesTest, WhatWasJustRecordedIsThere) {
  EXPECT_THAT(DuesOf(Teacher(), kToday).items, IsEmpty());
  ASSERT_OK(test_.Record(school_, WholeDraft(1)));
  ASSERT_OK(test_.Record(school_, HeadSigns(1)));
  ASSERT_OK(test_.Record(school_, ChairSigns(1)));
  ASSERT_OK(test_.Record(school_, WholeApproval(1)));
  const runtime::Dues dues = DuesOf(Teacher(), kToday);
  ASSERT_THAT(dues.items, SizeIs(1));
  EXPECT_EQ(dues.items[0].kind(), wardbook::v1::DUE_KIND_ACKNOWLEDGE_POLICY);
  EXPECT_EQ(dues.items[0].policy_id(), VersionOf(1).Hex());
  EXPECT_EQ(dues.items[0].clause(), "P03");
  EXPECT_THAT(dues.banners, IsEmpty());
}

TEST_F(PolicyDuesTest, WhoCameLaterHasTheirTimeFromThenOn) {
  const absl::Time joined = kNow + absl::Hours(24 * 30);
  people_.Enter({.id = Teacher().actor.person,
                 .name = "Tess Example",
                 .roles = Teacher().actor.roles,
                 .line_manager = std::nullopt,
                 .of_school_since = joined});
  ASSERT_OK(test_.Record(school_, WholeDraft(1)));
  ASSERT_OK(test_.Record(school_, HeadSigns(1)));
  ASSERT_OK(test_.Record(school_, ChairSigns(1)));
  ASSERT_OK(test_.Record(school_, WholeApproval(1)));
  const absl::CivilDay day = test_.rules->calendar().DayOf(joined) + 1;
  const runtime::Dues dues = DuesOf(Teacher(), day);
  ASSERT_THAT(dues.items, SizeIs(1));
  EXPECT_EQ(kernel::TimeOf(dues.items[0].since_time()), joined);
}

TEST_F(PolicyDuesTest, AnOverdueReviewIsABannerForEverybodyBound) {
  ASSERT_OK(test_.Record(school_, WholeDraft(1)));
  ASSERT_OK(test_.Record(school_, HeadSigns(1)));
  ASSERT_OK(test_.Record(school_, ChairSigns(1)));
  ASSERT_OK(test_.Record(school_, WholeApproval(1)));
  const absl::CivilDay review(2027, 7, 1);
  EXPECT_THAT(DuesOf(Teacher(), review).banners, IsEmpty());
  for (const By& by : {Head(), Teacher(), Administrator()}) {
    EXPECT_THAT(DuesOf(by, review + 1).banners,
                ElementsAre("The school's policy was due for review on 1 July 2027. It stays in "
                            "force, and all work goes on."));
  }
  EXPECT_THAT(DuesOf(Officer(), review + 1).banners, IsEmpty());
}

}  // namespace
}  // namespace wardbook::schoolpolicy
