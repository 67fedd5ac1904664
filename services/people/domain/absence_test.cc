#include <optional>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/people/domain/person_for_test.h"

namespace wardbook::people {
namespace {

using kernel::Reason;
using kernel::Rejected;
using kernel::Role;

const By kHead{{Person(2), {Role::kStaff, Role::kHeadteacher}}, kNow};
const By kDeputy{{Person(3), {Role::kStaff, Role::kSeniorLeadership}}, kNow};
const By kChair{{Person(4), {Role::kChairOfGovernors}}, kNow};

PersonState Head() {
  PersonState state;
  Apply(state, RegisterPerson{Administrator(),
                              "Helen Example",
                              wardbook::events::v1::PERSON_CATEGORY_EMPLOYEE,
                              "Headteacher",
                              {wardbook::events::v1::ROLE_HEADTEACHER}});
  return state;
}

AbsenceId Absence(uint8_t digit) {
  AbsenceId id;
  id.data()[0] = digit;
  return id;
}

// From now on for a day.
RecordHeadAbsence ADay(const By& by = kHead, uint8_t number = 1) {
  return {.by = by,
          .headteacher = Person(2),
          .absence = Absence(number),
          .from = kNow,
          .until = kNow + absl::Hours(24),
          .deputy = Person(3),
          .deputy_leads = true,
          .reason = "Training"};
}

TEST(HeadAbsence, LastsFromItsFirstMomentToItsEnd) {
  PersonState state = Head();
  EXPECT_EQ(Apply(state, ADay()), 1u);
  EXPECT_EQ(state.HeadAbsenceAt(kNow - absl::Seconds(1)), nullptr);
  ASSERT_NE(state.HeadAbsenceAt(kNow), nullptr);
  EXPECT_EQ(state.HeadAbsenceAt(kNow)->deputy, Person(3));
  EXPECT_EQ(state.HeadAbsenceAt(kNow)->recorded.actor, Person(2));
  EXPECT_NE(state.HeadAbsenceAt(kNow + absl::Hours(24) - absl::Seconds(1)), nullptr);
  EXPECT_EQ(state.HeadAbsenceAt(kNow + absl::Hours(24)), nullptr);
}

TEST(HeadAbsence, HasNoEndUntilOneIsKnown) {
  PersonState state = Head();
  RecordHeadAbsence illness = ADay();
  illness.until.reset();
  EXPECT_EQ(Apply(state, illness), 1u);
  EXPECT_NE(state.HeadAbsenceAt(kNow + absl::Hours(10000)), nullptr);
  EXPECT_EQ(Apply(state, EndHeadAbsence{kHead, Absence(1), kNow + absl::Hours(2)}), 1u);
  EXPECT_NE(state.HeadAbsenceAt(kNow + absl::Hours(1)), nullptr);
  EXPECT_EQ(state.HeadAbsenceAt(kNow + absl::Hours(2)), nullptr);
}

TEST(HeadAbsence, IsRecordedAndEndedByWhoLeadsTheSchoolAndByNobodyElse) {
  for (const By& by : {kHead, kDeputy, kChair}) {
    PersonState state = Head();
    EXPECT_EQ(Apply(state, ADay(by)), 1u);
    EXPECT_EQ(Apply(state, EndHeadAbsence{by, Absence(1), kNow + absl::Hours(1)}), 1u);
  }
  const By teacher{{Person(9), {Role::kStaff}}, kNow};
  const By lead{{Person(8), {Role::kStaff, Role::kSafeguardingLead}}, kNow};
  for (const By& by : {Administrator(), teacher, lead}) {
    PersonState state = Head();
    EXPECT_EQ(RefusalOf(state, ADay(by)), (Rejected{Reason::kAbsenceNotYours, ""}));
    Apply(state, ADay());
    EXPECT_EQ(RefusalOf(state, EndHeadAbsence{by, Absence(1), {}}),
              (Rejected{Reason::kAbsenceNotYours, ""}));
  }
}

TEST(HeadAbsence, DecidingTwiceAddsNothing) {
  PersonState state = Head();
  EXPECT_EQ(Apply(state, ADay()), 1u);
  EXPECT_EQ(Apply(state, ADay(kHead, 2)), 0u);
  const EndHeadAbsence end{kHead, Absence(1), kNow + absl::Hours(1)};
  EXPECT_EQ(Apply(state, end), 1u);
  EXPECT_EQ(Apply(state, end), 0u);
}

TEST(HeadAbsence, NamesNoTwoWhoActAtOneMoment) {
  PersonState state = Head();
  Apply(state, ADay());
  RecordHeadAbsence other = ADay(kHead, 2);
  other.from = kNow + absl::Hours(23);
  other.until.reset();
  EXPECT_EQ(RefusalOf(state, other), (Rejected{Reason::kAbsenceOverlaps, "from_time"}));
  other.from = kNow + absl::Hours(24);
  EXPECT_EQ(Apply(state, other), 1u);
}

TEST(HeadAbsence, ThatEndsBeforeItBeginsDoesNotTakePlace) {
  PersonState state = Head();
  RecordHeadAbsence later = ADay();
  later.from = kNow + absl::Hours(5);
  Apply(state, later);
  EXPECT_EQ(Apply(state, EndHeadAbsence{kHead, Absence(1), {}}), 1u);
  EXPECT_EQ(state.HeadAbsenceAt(kNow + absl::Hours(5)), nullptr);
  EXPECT_EQ(Apply(state, later), 1u) << "the time is free again";
}

TEST(HeadAbsence, IsOfAHeadteacherWithSomebodyElseOfTheLeadershipInTheirPlace) {
  const PersonState state = Head();
  RecordHeadAbsence absence = ADay();
  absence.deputy_leads = false;
  EXPECT_EQ(RefusalOf(state, absence), (Rejected{Reason::kDeputyNotLeadership, "deputy_id"}));
  absence = ADay();
  absence.deputy = Person(2);
  EXPECT_EQ(RefusalOf(state, absence), (Rejected{Reason::kDeputyNotLeadership, "deputy_id"}));
  absence = ADay();
  absence.from = kNow - absl::Hours(1);
  EXPECT_EQ(RefusalOf(state, absence), (Rejected{Reason::kNoSuchPerson, "headteacher_id"}))
      << "they were no Headteacher yet";
  absence = ADay();
  absence.until = kNow;
  EXPECT_EQ(RefusalOf(state, absence), (Rejected{Reason::kFieldInvalid, "until_time"}));
  absence = ADay();
  absence.reason = std::string(kNameCharactersMax + 1, 'a');
  EXPECT_EQ(RefusalOf(state, absence), (Rejected{Reason::kFieldTooLong, "reason"}));
  EXPECT_EQ(RefusalOf(state, EndHeadAbsence{kHead, Absence(7), {}}),
            (Rejected{Reason::kNoSuchAbsence, "absence_id"}));
}

}  // namespace
}  // namespace wardbook::people
