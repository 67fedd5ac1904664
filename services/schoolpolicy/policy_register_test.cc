#include "services/schoolpolicy/policy_register.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/schoolpolicy/policies_for_test.h"
#include "storage/crypto/random.h"
#include "storage/record/record.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::schoolpolicy {
namespace {

using ::wardbook::testing::IsOk;
using ::wardbook::testing::StatusIs;

// Long enough for a thread that is ready to run.
constexpr absl::Duration kSoon = absl::Seconds(20);

class PolicyRegisterTest : public ::testing::Test {
 protected:
  void PutInForce(const SchoolId& school, uint8_t version) {
    ASSERT_OK(test_.Record(school, WholeDraft(version)));
    ASSERT_OK(test_.Record(school, HeadSigns(version)));
    ASSERT_OK(test_.Record(school, ChairSigns(version)));
    ASSERT_OK(test_.Record(school, WholeApproval(version)));
  }
  absl::StatusOr<std::unique_ptr<PolicyRegister>> Open() {
    return PolicyRegister::Open(test_.log, *test_.vault, test_.rules->calendar());
  }
  absl::Time StartOf(absl::CivilDay day) { return test_.rules->calendar().StartOf(day); }

  PoliciesForTest test_;
  const SchoolId school_ = crypto::RandomId<SchoolId>();
  const SchoolId other_ = crypto::RandomId<SchoolId>();
};

TEST_F(PolicyRegisterTest, ReadsTheLogWhenItIsOpened) {
  PutInForce(school_, 1);
  ASSERT_OK_AND_ASSIGN(const auto policies, Open());
  EXPECT_EQ(policies->Find(school_)->revision, 4u);
  EXPECT_EQ(policies->VersionAt(school_, StartOf(kToday)), VersionOf(1).Hex());
  EXPECT_EQ(policies->VersionAt(school_, StartOf(kToday) - absl::Nanoseconds(1)), "");
}

TEST_F(PolicyRegisterTest, ASchoolWithoutAPolicyHasNoVersion) {
  PutInForce(school_, 1);
  ASSERT_OK_AND_ASSIGN(const auto policies, Open());
  EXPECT_EQ(policies->VersionAt(other_, absl::InfiniteFuture()), "");
  EXPECT_EQ(policies->Find(other_)->revision, 0u);
}

TEST_F(PolicyRegisterTest, TellsTheVersionOfEachMoment) {
  PutInForce(school_, 1);
  PutInForce(school_, 2);
  ASSERT_OK_AND_ASSIGN(const auto policies, Open());
  EXPECT_EQ(policies->VersionAt(school_, StartOf(kToday)), VersionOf(2).Hex());
  PutInForce(other_, 3);
  ASSERT_OK(policies->Refresh(other_));
  EXPECT_EQ(policies->VersionAt(other_, StartOf(kToday)), VersionOf(3).Hex());
  EXPECT_EQ(policies->VersionAt(school_, StartOf(kToday)), VersionOf(2).Hex());
}

TEST_F(PolicyRegisterTest, TakesInWhatIsNewerAndLeavesWhatIsOlder) {
  test_.log.deaf = true;
  ASSERT_OK_AND_ASSIGN(const auto policies, Open());
  PutInForce(school_, 1);
  const std::string stream = PolicyStream(school_);
  const auto before = test_.transactor.Remembered(school_, stream);
  PutInForce(school_, 2);
  policies->TakeIn(school_, *test_.transactor.Remembered(school_, stream));
  policies->TakeIn(school_, *before);
  EXPECT_EQ(policies->VersionAt(school_, StartOf(kToday)), VersionOf(2).Hex());
}

TEST_F(PolicyRegisterTest, FollowsWhatOthersWrite) {
  ASSERT_OK_AND_ASSIGN(const auto policies, Open());
  PutInForce(school_, 1);
  const absl::Time deadline = absl::Now() + kSoon;
  while (policies->VersionAt(school_, StartOf(kToday)).empty() && absl::Now() < deadline) {
    std::this_thread::yield();
  }
  EXPECT_EQ(policies->VersionAt(school_, StartOf(kToday)), VersionOf(1).Hex());
}

TEST_F(PolicyRegisterTest, SaysWhosePolicyCannotBeReadAndServesTheOthers) {
  PutInForce(school_, 1);
  PutInForce(other_, 2);
  ASSERT_OK_AND_ASSIGN(const auto records, test_.log.ReadLog(school_, 0, 1));
  ASSERT_OK_AND_ASSIGN(const record::RecordView first, record::ParseRecord(records[0].bytes));
  ASSERT_OK(test_.vault->Destroy(first.header.key_id));
  ASSERT_OK_AND_ASSIGN(const auto policies, Open());
  EXPECT_EQ(policies->VersionAt(other_, StartOf(kToday)), VersionOf(2).Hex());
  ASSERT_EQ(policies->Failures().size(), 1u);
  EXPECT_EQ(policies->Failures()[0].first, school_);
}

TEST_F(PolicyRegisterTest, RefusalsLeaveNothingInTheLog) {
  EXPECT_THAT(test_.Record(school_, WholeApproval(1)), StatusIs(absl::StatusCode::kNotFound));
  ASSERT_OK_AND_ASSIGN(const uint64_t head, test_.log.StreamHead(school_, PolicyStream(school_)));
  EXPECT_EQ(head, 0u);
}

}  // namespace
}  // namespace wardbook::schoolpolicy
