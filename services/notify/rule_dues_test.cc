#include "services/notify/rule_dues.h"

#include <memory>
#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/kernel/actor.h"
#include "services/kernel/timestamp.h"
#include "storage/base/moment.h"

namespace wardbook::notify {
namespace {

using kernel::Role;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class RuleDuesTest : public ::testing::Test {
 protected:
  std::vector<wardbook::v1::DueItem> DuesOf(std::set<Role> roles, absl::Time now) const {
    runtime::Call call;
    call.caller.actor.roles = std::move(roles);
    call.now = now;
    return dues_.DuesFor(call, Moment::max())->items;
  }

  const std::unique_ptr<const rulepack::RulePacks> rules_ = *rulepack::RulePacks::Shipped();
  const RuleDues dues_{*rules_};
};

TEST_F(RuleDuesTest, WhoCanHaveItDoneIsToldThatTheBankHolidaysEnd) {
  const absl::Time from = rules_->BankHolidaysEndSoonFrom();
  for (const Role role : {Role::kAdministrator, Role::kHeadteacher, Role::kSeniorLeadership}) {
    EXPECT_THAT(DuesOf({role}, from - absl::Seconds(1)), IsEmpty());
    const auto items = DuesOf({role}, from);
    ASSERT_THAT(items, SizeIs(1));
    EXPECT_THAT(items[0].what(), HasSubstr("after 2028"));
    EXPECT_EQ(kernel::TimeOf(items[0].due_time()),
              rules_->calendar().StartOf(absl::CivilDay(2029, 1, 1)));
  }
  for (const Role role : {Role::kStaff, Role::kSafeguardingOfficer, Role::kAuditor}) {
    EXPECT_THAT(DuesOf({role}, from), IsEmpty());
  }
}

}  // namespace
}  // namespace wardbook::notify
