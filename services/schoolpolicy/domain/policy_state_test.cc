#include "services/schoolpolicy/domain/policy_state.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/schoolpolicy/domain/policy_for_test.h"

namespace wardbook::schoolpolicy {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using wardbook::events::v1::PolicyEvent;

TEST(PolicyState, OfTwoVersionsApprovedOnOneDayTheLaterIsInForce) {
  PolicyState state = InForce(2);
  Apply(state, WholeDraft(1));
  Apply(state, HeadSigns(1));
  Apply(state, ChairSigns(1));
  Apply(state, WholeApproval(1));
  EXPECT_EQ(state.InForceOn(kToday)->id, VersionOf(1));
}

TEST(PolicyState, TheOrderOfApprovalsCountsAndNotThatOfDrafts) {
  PolicyState state = Drafted(1);
  Apply(state, WholeDraft(2));
  for (const uint8_t version : {uint8_t{2}, uint8_t{1}}) {
    Apply(state, HeadSigns(version));
    Apply(state, ChairSigns(version));
    Apply(state, WholeApproval(version));
  }
  EXPECT_EQ(state.InForceOn(kToday)->id, VersionOf(1));
}

TEST(PolicyState, AnEventThatSaysNothingChangesNothing) {
  PolicyState state;
  Evolve(state, PolicyEvent(), kNow);
  PolicyEvent event;
  event.mutable_policy_version_drafted()->set_version_id("short");
  Evolve(state, event, kNow);
  event.mutable_policy_signed()->set_version_id(VersionOf(1).Bytes());
  Evolve(state, event, kNow);
  event.mutable_policy_version_approved()->set_version_id(VersionOf(1).Bytes());
  Evolve(state, event, kNow);
  event.mutable_policy_reviewed()->set_version_id(VersionOf(1).Bytes());
  Evolve(state, event, kNow);
  event.mutable_policy_acknowledged();
  Evolve(state, event, kNow);
  event.mutable_prevention_reminder_acknowledged();
  Evolve(state, event, kNow);
  EXPECT_THAT(state.versions, IsEmpty());
  EXPECT_THAT(state.approvals, IsEmpty());
  EXPECT_THAT(state.reviews, IsEmpty());
  EXPECT_THAT(state.reminders, IsEmpty());
}

TEST(PolicyState, TheSameEventTwiceIsOneFact) {
  PolicyState once = InForce();
  PolicyState twice;
  const auto draft = WholeDraft(1);
  for (const auto& event : Apply(twice, draft)) Evolve(twice, event, kNow + absl::Hours(1));
  EXPECT_THAT(twice.versions, SizeIs(1));
  EXPECT_EQ(twice.versions[0].drafted_time, kNow);
  for (const auto& event : Apply(twice, HeadSigns(1))) Evolve(twice, event, kNow);
  EXPECT_THAT(twice.versions[0].signatures, SizeIs(1));
  Apply(twice, ChairSigns(1));
  for (const auto& event : Apply(twice, WholeApproval(1))) Evolve(twice, event, kNow);
  EXPECT_EQ(twice.approvals, once.approvals);
}

}  // namespace
}  // namespace wardbook::schoolpolicy
