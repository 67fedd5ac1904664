#include "services/schoolpolicy/domain/dues.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/rulepack/rule_packs.h"
#include "services/schoolpolicy/domain/policy_for_test.h"

namespace wardbook::schoolpolicy {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Not;

const rulepack::RulePacks& Rules() {
  static const auto rules = rulepack::RulePacks::Shipped();
  return **rules;
}

absl::Time StartOf(absl::CivilDay day) { return Rules().calendar().StartOf(day); }

std::vector<PolicyDue> DuesOn(const PolicyState& state, const By& by, absl::CivilDay day,
                              absl::Time of_school_since = absl::InfinitePast()) {
  return DuesOf(state, {by.actor, of_school_since}, Rules(), StartOf(day));
}

// Approved as the day begins from which it is in force.
PolicyState InForceAtOnce() { return InForce(1, StartOf(kToday)); }

auto Waits(Wait wait) { return Contains(Field(&PolicyDue::wait, wait)); }

// In force since 14 September 2026, a Monday; to be reviewed on 1 July 2027.
constexpr absl::CivilDay kReviewDay(2027, 7, 1);

TEST(PolicyDues, ASchoolWithoutAPolicyWaitsForNothing) {
  for (const By& by : {Head(), Chair(), Teacher(), Leader(), Administrator(), Officer()}) {
    EXPECT_THAT(DuesOn(PolicyState(), by, kToday), IsEmpty());
  }
}

TEST(PolicyDues, TheReviewIsDueForThoseWhoSignFromTheFirstReminderOn) {
  const PolicyState state = InForceAtOnce();
  EXPECT_THAT(DuesOn(state, Head(), kReviewDay - 61), Not(Waits(Wait::kReview)));
  const PolicyDue due{Wait::kReview, StartOf(kToday), StartOf(kReviewDay + 1), VersionOf(1)};
  for (const absl::CivilDay day : {kReviewDay - 60, kReviewDay, kReviewDay + 400}) {
    EXPECT_THAT(DuesOn(state, Head(), day), Contains(due));
    EXPECT_THAT(DuesOn(state, Chair(), day), Contains(due));
    EXPECT_THAT(DuesOn(state, Leader(), day), Not(Waits(Wait::kReview)));
    EXPECT_THAT(DuesOn(state, Teacher(), day), Not(Waits(Wait::kReview)));
  }
}

TEST(PolicyDues, EverybodyBoundAcknowledgesTheVersionInForceForThemselves) {
  PolicyState state = InForceAtOnce();
  const PolicyDue due{Wait::kAcknowledgement, StartOf(kToday), StartOf(kToday + 14), VersionOf(1)};
  EXPECT_THAT(DuesOn(state, Teacher(), kToday), ElementsAre(due));
  EXPECT_THAT(DuesOn(state, Officer(), kToday), IsEmpty());
  Apply(state, WholeAcknowledgement(1));
  EXPECT_THAT(DuesOn(state, Teacher(), kToday), IsEmpty());
  EXPECT_THAT(DuesOn(state, Chair(), kToday), ElementsAre(due));
}

TEST(PolicyDues, StaffAreRemindedOfEveryVersionAndThenOnceAYear) {
  PolicyState state = InForceAtOnce();
  EXPECT_THAT(DuesOn(state, Head(), kToday),
              Contains(PolicyDue{Wait::kReminder, StartOf(kToday), StartOf(kToday)}));
  EXPECT_THAT(DuesOn(state, Teacher(), kToday), Not(Waits(Wait::kReminder)));
  const absl::Time issued = StartOf(kToday) + absl::Hours(10);
  Apply(state, IssuePreventionReminder{Head(), ReminderOf(1), "Check your pages."}, issued);
  const absl::CivilDay next(2027, 9, 15);
  EXPECT_THAT(DuesOn(state, Head(), next - 15), Not(Waits(Wait::kReminder)));
  EXPECT_THAT(DuesOn(state, Head(), next - 14),
              Contains(PolicyDue{Wait::kReminder, issued, StartOf(next)}));
}

TEST(PolicyDues, TheLastReminderIsAcknowledgedByEverybodyBound) {
  PolicyState state = InForceAtOnce();
  Apply(state, WholeAcknowledgement(1));
  const absl::Time issued = StartOf(kToday) + absl::Hours(10);
  Apply(state, IssuePreventionReminder{Head(), ReminderOf(1), "Check your pages."}, issued);
  EXPECT_THAT(DuesOn(state, Teacher(), kToday + 1),
              ElementsAre(PolicyDue{Wait::kReminderAcknowledgement, issued,
                                    StartOf(kToday + 14) + absl::Hours(10), ReminderOf(1)}));
  EXPECT_THAT(DuesOn(state, Officer(), kToday + 1), IsEmpty());
  Apply(state, AcknowledgePreventionReminder{Teacher(), ReminderOf(1)});
  EXPECT_THAT(DuesOn(state, Teacher(), kToday + 1), IsEmpty());
}

TEST(PolicyDues, NobodyIsLateWithAVersionThatWasApprovedForADayThatHadPassed) {
  const absl::CivilDay recorded = kToday + 28;
  const PolicyState state = InForce(1, StartOf(recorded));
  EXPECT_THAT(DuesOn(state, Teacher(), recorded),
              ElementsAre(PolicyDue{Wait::kAcknowledgement, StartOf(recorded),
                                    StartOf(recorded + 14), VersionOf(1)}));
}

TEST(PolicyDues, WhoComesLaterHasTheirTimeFromThenOn) {
  PolicyState state = InForceAtOnce();
  const absl::CivilDay issued = kToday + 1;
  Apply(state, IssuePreventionReminder{Head(), ReminderOf(1), "Check your pages."},
        StartOf(issued));
  const absl::CivilDay joined = kToday + 28;
  EXPECT_THAT(DuesOn(state, Teacher(), joined, StartOf(joined)),
              ElementsAre(PolicyDue{Wait::kAcknowledgement, StartOf(joined), StartOf(joined + 14),
                                    VersionOf(1)},
                          PolicyDue{Wait::kReminderAcknowledgement, StartOf(joined),
                                    StartOf(joined + 14), ReminderOf(1)}));
}

TEST(PolicyDues, AReminderCountsForTheVersionItWasIssuedFor) {
  PolicyState state = InForceAtOnce();
  const absl::Time issued = StartOf(kToday + 20);
  Apply(state, IssuePreventionReminder{Head(kToday + 20), ReminderOf(1), "Check your pages."},
        issued);
  // Approved later for a day before the reminder.
  const absl::Time approved = StartOf(kToday + 30);
  PutInForce(state, 2, "2026-09-24", approved);
  EXPECT_EQ(ReminderDueTime(state, Rules(), StartOf(kToday + 40)), approved);
  Apply(state, IssuePreventionReminder{Head(kToday + 40), ReminderOf(2), "Check them again."},
        StartOf(kToday + 40));
  EXPECT_GT(ReminderDueTime(state, Rules(), StartOf(kToday + 41)), StartOf(kToday + 300));
}

}  // namespace
}  // namespace wardbook::schoolpolicy
