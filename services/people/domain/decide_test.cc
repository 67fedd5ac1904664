#include "services/people/domain/decide.h"

#include <set>
#include <string>
#include <variant>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/people/domain/person_for_test.h"

namespace wardbook::people {
namespace {

using kernel::Reason;
using kernel::Rejected;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using wardbook::events::v1::PERSON_CATEGORY_EMPLOYEE;
using wardbook::events::v1::PERSON_CATEGORY_OFFICER;
using wardbook::events::v1::Role;
using wardbook::events::v1::ROLE_HEADTEACHER;
using wardbook::events::v1::ROLE_STAFF;

RegisterPerson Ada() {
  return {Administrator(), "Ada Example", PERSON_CATEGORY_EMPLOYEE, "Teacher", {ROLE_STAFF}};
}

PersonState Registered() {
  PersonState state;
  Apply(state, Ada());
  return state;
}

TEST(PersonDecide, RegisteringRecordsThePersonAndTheRoles) {
  PersonState state;
  EXPECT_EQ(Apply(state, Ada()), 2u);
  EXPECT_EQ(state.name, "Ada Example");
  EXPECT_THAT(state.RolesAt(kNow), ElementsAre(ROLE_STAFF));
  EXPECT_THAT(state.RolesAt(kNow - absl::Seconds(1)), IsEmpty());
  EXPECT_EQ(Apply(state, Ada()), 0u) << "once more adds nothing";
}

TEST(PersonDecide, OnlyAnAdministratorDecides) {
  const PersonState state = Registered();
  const By head{{Person(2), {kernel::Role::kHeadteacher, kernel::Role::kStaff}}, kNow};
  RegisterPerson ada = Ada();
  ada.by = head;
  const Rejected refused{Reason::kRoleRequired, ""};
  EXPECT_EQ(RefusalOf(PersonState(), ada), refused);
  EXPECT_EQ(RefusalOf(state, GrantRole{head, Person(3), ROLE_STAFF, {}}), refused);
  EXPECT_EQ(RefusalOf(state, EndRole{head, ROLE_STAFF, {}}), refused);
  EXPECT_EQ(RefusalOf(state, AssignLineManager{head, Person(3), Person(2)}), refused);
}

TEST(PersonDecide, FieldsAreChecked) {
  RegisterPerson ada = Ada();
  ada.name = "  ";
  EXPECT_EQ(RefusalOf(PersonState(), ada), (Rejected{Reason::kFieldMissing, "name"}));
  ada.name = std::string(kNameCharactersMax + 1, 'a');
  EXPECT_EQ(RefusalOf(PersonState(), ada), (Rejected{Reason::kFieldTooLong, "name"}));
  ada = Ada();
  ada.category = static_cast<wardbook::events::v1::PersonCategory>(99);
  EXPECT_EQ(RefusalOf(PersonState(), ada), (Rejected{Reason::kFieldInvalid, "category"}));
  ada = Ada();
  ada.roles = {static_cast<Role>(99)};
  EXPECT_EQ(RefusalOf(PersonState(), ada), (Rejected{Reason::kFieldInvalid, "roles"}));
}

TEST(PersonDecide, APlaceOrAGroupIsNoPerson) {
  RegisterPerson office = Ada();
  office.name = "School Office";
  EXPECT_EQ(RefusalOf(PersonState(), office), (Rejected{Reason::kSharedAccount, "name"}));
}

TEST(PersonDecide, NobodyHasNoRoles) {
  EXPECT_EQ(RefusalOf(PersonState(), GrantRole{Administrator(), Person(3), ROLE_STAFF, {}}),
            (Rejected{Reason::kNoSuchPerson, "person_id"}));
}

TEST(PersonDecide, ARoleIsHeldFromItsBeginningToItsEnd) {
  PersonState state = Registered();
  const absl::Time from = kNow + absl::Hours(24);
  const absl::Time until = kNow + absl::Hours(48);
  EXPECT_EQ(Apply(state, GrantRole{Administrator(), Person(3), ROLE_HEADTEACHER, from}), 1u);
  EXPECT_EQ(Apply(state, EndRole{Administrator(), ROLE_HEADTEACHER, until}), 1u);
  EXPECT_THAT(state.RolesAt(from - absl::Seconds(1)), ElementsAre(ROLE_STAFF));
  EXPECT_THAT(state.RolesAt(from), ElementsAre(ROLE_STAFF, ROLE_HEADTEACHER));
  EXPECT_THAT(state.RolesAt(until - absl::Seconds(1)), ElementsAre(ROLE_STAFF, ROLE_HEADTEACHER));
  EXPECT_THAT(state.RolesAt(until), ElementsAre(ROLE_STAFF));
}

TEST(PersonDecide, DecidingTwiceAddsNothing) {
  PersonState state = Registered();
  const GrantRole grant{Administrator(), Person(3), ROLE_HEADTEACHER, {}};
  EXPECT_EQ(Apply(state, grant), 1u);
  EXPECT_EQ(Apply(state, grant), 0u);
  const EndRole end{Administrator(kNow + absl::Hours(1)), ROLE_HEADTEACHER, {}};
  EXPECT_EQ(Apply(state, end), 1u);
  EXPECT_EQ(Apply(state, end), 0u);
  const AssignLineManager assign{Administrator(), Person(3), Person(2)};
  EXPECT_EQ(Apply(state, assign), 1u);
  EXPECT_EQ(Apply(state, assign), 0u);
}

TEST(PersonDecide, ARoleThatWasEndedCanBeGivenAgain) {
  PersonState state = Registered();
  EXPECT_EQ(Apply(state, EndRole{Administrator(kNow + absl::Hours(1)), ROLE_STAFF, {}}), 1u);
  EXPECT_EQ(
      Apply(state, GrantRole{Administrator(kNow + absl::Hours(2)), Person(3), ROLE_STAFF, {}}), 1u);
  EXPECT_THAT(state.RolesAt(kNow + absl::Minutes(90)), IsEmpty());
  EXPECT_THAT(state.RolesAt(kNow + absl::Hours(2)), ElementsAre(ROLE_STAFF));
}

TEST(PersonDecide, NobodyIsTheirOwnLineManager) {
  EXPECT_EQ(RefusalOf(Registered(), AssignLineManager{Administrator(), Person(3), Person(3)}),
            (Rejected{Reason::kOwnLineManager, "line_manager_id"}));
  EXPECT_EQ(RefusalOf(Registered(), AssignLineManager{Administrator(), Person(3), {}}),
            (Rejected{Reason::kNoSuchPerson, "line_manager_id"}));
}

TEST(PersonDecide, NoAdministratorGivesThemselfASightOfCases) {
  const PersonState state = Registered();
  for (const Role role :
       {wardbook::events::v1::ROLE_LINE_MANAGER, ROLE_HEADTEACHER,
        wardbook::events::v1::ROLE_SENIOR_LEADERSHIP, wardbook::events::v1::ROLE_SAFEGUARDING_LEAD,
        wardbook::events::v1::ROLE_CHAIR_OF_GOVERNORS,
        wardbook::events::v1::ROLE_SAFEGUARDING_OFFICER}) {
    EXPECT_EQ(RefusalOf(state, GrantRole{Administrator(), Person(1), role, {}}),
              (Rejected{Reason::kOwnSight, "role"}));
    PersonState other = Registered();
    EXPECT_EQ(Apply(other, GrantRole{Administrator(), Person(3), role, {}}), 1u);
  }
  EXPECT_EQ(RefusalOf(state, AssignLineManager{Administrator(), Person(3), Person(1)}),
            (Rejected{Reason::kOwnSight, "line_manager_id"}));
}

TEST(PersonDecide, AnAuditorIsNotOfTheSchool) {
  using wardbook::events::v1::ROLE_AUDITOR;
  using wardbook::events::v1::ROLE_SAFEGUARDING_OFFICER;
  const auto grant = [](Role role) { return GrantRole{Administrator(), Person(3), role, {}}; };
  PersonState state = Registered();
  EXPECT_EQ(RefusalOf(state, grant(ROLE_AUDITOR)), (Rejected{Reason::kAuditorApart, "role"}));
  EXPECT_EQ(Apply(state, EndRole{Administrator(), ROLE_STAFF, {}}), 1u);
  EXPECT_EQ(Apply(state, grant(ROLE_AUDITOR)), 1u);
  EXPECT_EQ(Apply(state, grant(ROLE_SAFEGUARDING_OFFICER)), 1u);
  EXPECT_EQ(RefusalOf(state, grant(ROLE_HEADTEACHER)), (Rejected{Reason::kAuditorApart, "role"}));

  PersonState later = Registered();
  EXPECT_EQ(Apply(later, EndRole{Administrator(), ROLE_STAFF, kNow + absl::Hours(1)}), 1u);
  EXPECT_EQ(RefusalOf(later, grant(ROLE_AUDITOR)), (Rejected{Reason::kAuditorApart, "role"}));

  RegisterPerson entry{Administrator(), "Person One", PERSON_CATEGORY_OFFICER, "", {}};
  entry.roles = {ROLE_AUDITOR, ROLE_STAFF};
  EXPECT_EQ(RefusalOf(PersonState(), entry), (Rejected{Reason::kAuditorApart, "roles"}));
  entry.roles = {ROLE_AUDITOR, ROLE_SAFEGUARDING_OFFICER};
  PersonState fresh;
  EXPECT_EQ(Apply(fresh, entry), 3u);
}

TEST(PersonDecide, EveryCodeForAnAccountIsRecordedWithWhoHadItIssued) {
  const absl::Time expire_time = kNow + absl::Hours(24);
  EXPECT_EQ(RefusalOf(PersonState(), IssueAccount{Administrator(), expire_time}),
            (Rejected{Reason::kNoSuchPerson, "person_id"}));
  const By staff{{Person(2), {kernel::Role::kStaff}}, kNow};
  EXPECT_EQ(RefusalOf(Registered(), IssueAccount{staff, expire_time}),
            (Rejected{Reason::kRoleRequired, ""}));

  PersonState state = Registered();
  EXPECT_FALSE(state.account_issued.has_value());
  EXPECT_EQ(Apply(state, IssueAccount{Administrator(), expire_time}), 1u);
  EXPECT_EQ(Apply(state, IssueAccount{Administrator(kNow + absl::Hours(1)), expire_time}), 1u);
  ASSERT_TRUE(state.account_issued.has_value());
  EXPECT_EQ(state.account_issued->actor, Person(1));
  EXPECT_EQ(state.account_issued->recorded_time, kNow + absl::Hours(1));
}

TEST(SchoolDecide, TheShortNameIsWhatPeopleCanType) {
  for (const char* bad : {"", "a", "Upper", "a b", "a/b", "a23456789012345678901234567890123"}) {
    const auto decision = Decide(SchoolState(), NewSchool{"Example School", bad});
    const auto* rejected = std::get_if<Rejected>(&decision);
    ASSERT_NE(rejected, nullptr) << bad;
    EXPECT_EQ(*rejected, (Rejected{Reason::kFieldInvalid, "short_name"}));
  }
}

TEST(EndRole, TheLastAdministratorOfASchoolStays) {
  PersonState state;
  RegisterPerson ada = Ada();
  ada.roles.push_back(wardbook::events::v1::ROLE_ADMINISTRATOR);
  Apply(state, ada);
  EndRole end{Administrator(), wardbook::events::v1::ROLE_ADMINISTRATOR, {}};
  EXPECT_EQ(RefusalOf(state, end), (Rejected{Reason::kLastAdministrator, "role"}));
  end.others_administer = true;
  EXPECT_EQ(Apply(state, end), 1u);
  // Who is none has nothing to lose.
  end.others_administer = false;
  EXPECT_EQ(Apply(state, end), 0u);
}

TEST(EndRole, TheLastChairOfASchoolStays) {
  using wardbook::events::v1::ROLE_CHAIR_OF_GOVERNORS;
  PersonState state = Registered();
  EXPECT_EQ(Apply(state, GrantRole{Administrator(), Person(3), ROLE_CHAIR_OF_GOVERNORS, {}}), 1u);
  EndRole end{Administrator(), ROLE_CHAIR_OF_GOVERNORS, {}};
  end.is_only_chair = true;
  EXPECT_EQ(RefusalOf(state, end), (Rejected{Reason::kLastChair, "role"}));
  // Another of their roles has nothing to do with it.
  EndRole staff{Administrator(), ROLE_STAFF, {}};
  staff.is_only_chair = true;
  EXPECT_EQ(Apply(state, staff), 1u);
  end.is_only_chair = false;
  EXPECT_EQ(Apply(state, end), 1u);
  end.is_only_chair = true;
  EXPECT_EQ(Apply(state, end), 0u);
}

TEST(CorrectPerson, ChangesWhatItNamesAndKeepsTheFormerNames) {
  PersonState state = Registered();
  const std::string name = *state.name;
  CorrectPerson married{Administrator(), "Ada Berry", {}, ""};
  EXPECT_EQ(Apply(state, married), 1u);
  EXPECT_EQ(state.name, "Ada Berry");
  EXPECT_THAT(state.names, ElementsAre(Field(&kernel::KnownName::name, name),
                                       Field(&kernel::KnownName::name, "Ada Berry")));
  EXPECT_EQ(state.category, wardbook::events::v1::PERSON_CATEGORY_EMPLOYEE);
  EXPECT_THAT(state.RolesAt(kNow), ElementsAre(ROLE_STAFF));
  EXPECT_EQ(Apply(state, married), 0u) << "the register says so already";

  CorrectPerson former{Administrator(), "", wardbook::events::v1::PERSON_CATEGORY_VOLUNTEER,
                       "Help"};
  EXPECT_EQ(Apply(state, former), 1u);
  EXPECT_EQ(state.category, wardbook::events::v1::PERSON_CATEGORY_VOLUNTEER);
  EXPECT_EQ(state.job_title, "Help");
  EXPECT_EQ(state.name, "Ada Berry");
  EXPECT_THAT(state.names, ElementsAre(Field(&kernel::KnownName::name, name),
                                       Field(&kernel::KnownName::name, "Ada Berry")));
}

TEST(CorrectPerson, IsAnAdministratorsAndNamesWhatIsToChange) {
  const CorrectPerson nothing{Administrator(), "", {}, ""};
  EXPECT_EQ(RefusalOf(Registered(), nothing), (Rejected{Reason::kFieldMissing, "name"}));
  EXPECT_EQ(RefusalOf(PersonState(), CorrectPerson{Administrator(), "Ada Berry", {}, ""}),
            (Rejected{Reason::kNoSuchPerson, "person_id"}));
  EXPECT_EQ(RefusalOf(Registered(), CorrectPerson{Administrator(), "School Office", {}, ""}),
            (Rejected{Reason::kSharedAccount, "name"}));
  const auto unknown = static_cast<wardbook::events::v1::PersonCategory>(99);
  EXPECT_EQ(RefusalOf(Registered(), CorrectPerson{Administrator(), "", unknown, ""}),
            (Rejected{Reason::kFieldInvalid, "category"}));
  const By staff{{Person(2), {kernel::Role::kStaff}}, kNow};
  EXPECT_EQ(RefusalOf(Registered(), CorrectPerson{staff, "Ada Berry", {}, ""}),
            (Rejected{Reason::kRoleRequired, ""}));
}

TEST(PersonState, TellsSinceWhenTheSchoolCanAskSomethingOfThem) {
  PersonState state = Registered();
  EXPECT_EQ(state.OfSchoolSince(kNow + absl::Hours(1)), kNow);
  RecordLeaving leaving{.by = Administrator(), .left = kNow + absl::Hours(10), .reason = ""};
  EXPECT_EQ(Apply(state, leaving), 1u);
  const absl::Time back = kNow + absl::Hours(100);
  EXPECT_EQ(Apply(state, GrantRole{Administrator(), Person(3), ROLE_STAFF, back}), 1u);
  EXPECT_EQ(state.OfSchoolSince(back + absl::Hours(1)), back);
}

}  // namespace
}  // namespace wardbook::people
