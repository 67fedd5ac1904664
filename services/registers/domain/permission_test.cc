// Permissions (P26-P29).

#include "gtest/gtest.h"
#include "services/registers/domain/entry_for_test.h"
#include "services/registers/domain/permission_kind.h"

namespace wardbook::registers {
namespace {

using events::PERMISSION_KIND_CHILD_PHONE_KEPT;
using events::PERMISSION_KIND_NAME_AND_LOGO;
using events::PERMISSION_KIND_PHONE_KEPT_ON;
using events::PERMISSION_KIND_WORK_SOCIAL_MEDIA;
using events::PermissionKind;
using ::testing::HasSubstr;

Entry Requested(PermissionKind kind, const kernel::Actor& by = kTeacher) {
  return After({Asks(by, Request(kind))});
}

Entry Granted(PermissionKind kind) {
  return After({Asks(kTeacher, Request(kind)), Asks(kHead, Grant())});
}

// Each kind of the table, whatever it is about.
class EveryKind : public ::testing::TestWithParam<PermissionRules> {};

TEST_P(EveryKind, IsAskedForAndGrantedAndHoldsFromItsBeginningToItsEnd) {
  const Entry entry = Granted(GetParam().kind);
  EXPECT_EQ(entry.stage, Stage::kInForce);
  EXPECT_FALSE(TermAt(entry, kNow).has_value());
  EXPECT_FALSE(TermAt(entry, kNow + kDay - absl::Seconds(1)).has_value());
  EXPECT_TRUE(TermAt(entry, kNow + kDay).has_value());
  EXPECT_TRUE(TermAt(entry, kNow + 8 * kDay - absl::Seconds(1)).has_value());
  EXPECT_FALSE(TermAt(entry, kNow + 8 * kDay).has_value());
}

TEST_P(EveryKind, EndsWhenItIsRevoked) {
  Entry entry = Granted(GetParam().kind);
  Happen(entry, Asks(kHead, Revoke(), kNow + 2 * kDay));
  EXPECT_EQ(entry.stage, Stage::kEnded);
  EXPECT_TRUE(TermAt(entry, kNow + 2 * kDay - absl::Seconds(1)).has_value());
  EXPECT_FALSE(TermAt(entry, kNow + 2 * kDay).has_value());
  EXPECT_THAT(Decide(entry, Asks(kHead, Grant(), kNow + 3 * kDay)),
              Refuses(Reason::kRegisterEntryNotAsked));
}

TEST_P(EveryKind, IsNotInForceWhenItWasRefused) {
  Entry entry = Requested(GetParam().kind);
  RegisterEvent without_reasons = Refuse();
  without_reasons.mutable_permission_refused()->clear_reasons();
  EXPECT_THAT(Decide(entry, Asks(kHead, without_reasons)),
              Refuses(Reason::kFieldMissing, "reasons", GetParam().clause));
  Happen(entry, Asks(kHead, Refuse()));
  EXPECT_EQ(entry.stage, Stage::kEnded);
  EXPECT_FALSE(TermAt(entry, kNow + 2 * kDay).has_value());
  EXPECT_THAT(Decide(entry, Asks(kHead, Grant())), Refuses(Reason::kRegisterEntryNotAsked));
  EXPECT_THAT(Decide(entry, Asks(kHead, Revoke())), Refuses(Reason::kRegisterEntryNotInForce));
}

TEST_P(EveryKind, RefusesTheApplicantAsTheOneWhoDecides) {
  const bool of_leadership = GetParam().kind == PERMISSION_KIND_PHONE_KEPT_ON;
  const Reason of_head =
      of_leadership ? Reason::kOwnDecisionOfLeadership : Reason::kOwnDecisionOfHead;
  const Reason of_teacher = of_leadership ? Reason::kOwnDecisionOfLeadership : Reason::kOwnDecision;
  for (const RegisterEvent& event : {Grant(), Refuse()}) {
    EXPECT_THAT(Decide(Requested(GetParam().kind, kHead), Asks(kHead, event)), Refuses(of_head));
    EXPECT_THAT(Decide(Requested(GetParam().kind), Asks(kTeacher, event)), Refuses(of_teacher));
  }
  EXPECT_THAT(of_head, NamesClause(GetParam().clause));
  EXPECT_THAT(of_teacher, NamesClause(GetParam().clause));
}

TEST_P(EveryKind, RefusesARequestForWhatHasBegunAndNamesTheAlternatives) {
  RegisterEvent late = Request(GetParam().kind);
  *late.mutable_permission_requested()->mutable_from_time() = At(kNow - absl::Minutes(1));
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, late)), Refuses(Reason::kPermissionLate, "from_time"));
  EXPECT_THAT(Reason::kPermissionLate, NamesClause(GetParam().clause));
  const std::string next_step(kernel::Describe(Reason::kPermissionLate).next_step);
  EXPECT_THAT(next_step, HasSubstr("breach"));
  EXPECT_THAT(next_step, HasSubstr("P24"));
}

TEST_P(EveryKind, RefusesAGrantFromBeforeItAndTakesOneFromNowOn) {
  const Entry entry = Requested(GetParam().kind);
  const absl::Time late = kNow + 2 * kDay;
  RegisterEvent from_now = Grant();
  *from_now.mutable_permission_granted()->mutable_from_time() = At(late - absl::Minutes(1));
  EXPECT_THAT(Decide(entry, Asks(kHead, from_now, late)),
              Refuses(Reason::kPermissionLate, "from_time"));
  *from_now.mutable_permission_granted()->mutable_from_time() = At(late);
  EXPECT_THAT(Decide(entry, Asks(kHead, from_now, late)), Adds(RegisterEvent::kPermissionGranted));
  EXPECT_THAT(Decide(entry, Asks(kHead, from_now, kNow + 9 * kDay)),
              Refuses(Reason::kPermissionLate, "from_time"));
}

TEST_P(EveryKind, HoldsFromTheGrantOnWhenNoBeginningWasAskedFor) {
  RegisterEvent request = Request(GetParam().kind);
  request.mutable_permission_requested()->clear_from_time();
  const absl::Time granted = kNow + absl::Hours(3) + absl::Seconds(20);
  const Entry entry = After({Asks(kTeacher, request), Asks(kHead, Grant(), granted)});
  EXPECT_FALSE(TermAt(entry, granted - absl::Seconds(1)).has_value());
  EXPECT_TRUE(TermAt(entry, granted).has_value());
}

TEST_P(EveryKind, NeverHoldsBeforeItWasGrantedNotEvenInTheSameMinute) {
  RegisterEvent grant = Grant();
  *grant.mutable_permission_granted()->mutable_from_time() = At(kNow);
  const absl::Time granted = kNow + absl::Seconds(30);
  const Entry entry =
      After({Asks(kTeacher, Request(GetParam().kind)), Asks(kHead, grant, granted)});
  EXPECT_FALSE(TermAt(entry, kNow + absl::Seconds(29)).has_value());
  EXPECT_TRUE(TermAt(entry, granted).has_value());
}

TEST_P(EveryKind, RefusesWhatHasNoEndOrOneTooFarAway) {
  RegisterEvent request = Request(GetParam().kind);
  request.mutable_permission_requested()->clear_until_time();
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, request)),
              Refuses(Reason::kPermissionUnbounded, "until_time"));
  *request.mutable_permission_requested()->mutable_until_time() =
      At(kNow + kDay + GetParam().length_max + absl::Seconds(1));
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, request)),
              Refuses(Reason::kPermissionUnbounded, "until_time"));
  *request.mutable_permission_requested()->mutable_until_time() =
      At(kNow + kDay + GetParam().length_max);
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, request)), Adds(RegisterEvent::kPermissionRequested));
  RegisterEvent grant = Grant();
  *grant.mutable_permission_granted()->mutable_until_time() =
      At(kNow + kDay + GetParam().length_max + absl::Seconds(1));
  EXPECT_THAT(Decide(Requested(GetParam().kind), Asks(kHead, grant)),
              Refuses(Reason::kPermissionUnbounded, "until_time"));
  *request.mutable_permission_requested()->mutable_until_time() = At(kNow + kDay);
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, request)),
              Refuses(Reason::kFieldInvalid, "until_time"));
}

TEST_P(EveryKind, NeedsAReasonAndStandsOnceItWasAskedFor) {
  RegisterEvent request = Request(GetParam().kind);
  request.mutable_permission_requested()->clear_reason();
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, request)), Refuses(Reason::kFieldMissing, "reason"));
  request.mutable_permission_requested()->set_reason("Another one.");
  EXPECT_THAT(Decide(Requested(GetParam().kind), Asks(kTeacher, request)),
              Refuses(Reason::kRegisterEntryStands));
}

TEST_P(EveryKind, AsksForItsLinesAndNoOthers) {
  for (const RequestLine& line : AllRequestLines()) {
    RegisterEvent request = Request(GetParam().kind);
    events::PermissionRequested& asked = *request.mutable_permission_requested();
    const auto* field = asked.GetDescriptor()->FindFieldByName(std::string(line.field));
    const bool uses = !(asked.*line.value)().empty();
    asked.GetReflection()->SetString(&asked, field, uses ? "" : "not asked for");
    EXPECT_THAT(
        Decide(Entry(), Asks(kTeacher, request)),
        Refuses(uses ? Reason::kFieldMissing : Reason::kFieldInvalid, std::string(line.field)));
  }
}

INSTANTIATE_TEST_SUITE_P(Permissions, EveryKind, ::testing::ValuesIn(PermissionKinds()),
                         [](const auto& kind) { return std::string(kind.param.clause); });

TEST(P26, OnlyTheHeadteacherPermitsSocialMediaAtWork) {
  const Entry entry = Requested(PERMISSION_KIND_WORK_SOCIAL_MEDIA);
  EXPECT_THAT(Decide(entry, Asks(kDeputy, Grant())), Refuses(Reason::kHeadteacherDecides));
  EXPECT_THAT(Decide(entry, Asks(kChair, Grant())), Refuses(Reason::kHeadteacherDecides));
  EXPECT_THAT(Decide(entry, Asks(kColleague, Grant())), Refuses(Reason::kNoSuchRegisterEntry));
  EXPECT_THAT(Reason::kHeadteacherDecides, NamesClause("P26"));
}

TEST(P26, TheHeadteachersOwnIsTheChairsToDecide) {
  const Entry entry = Requested(PERMISSION_KIND_WORK_SOCIAL_MEDIA, kHead);
  EXPECT_THAT(Decide(entry, Asks(kChair, Grant())), Adds(RegisterEvent::kPermissionGranted));
  EXPECT_THAT(Decide(entry, Asks(kDeputy, Grant())), Refuses(Reason::kNoSuchRegisterEntry));
}

TEST(P26, RefusesAPurposeThatIsNotProfessional) {
  RegisterEvent request = Request(PERMISSION_KIND_WORK_SOCIAL_MEDIA);
  request.mutable_permission_requested()->set_purpose(events::USE_PURPOSE_PERSONAL);
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, request)),
              Refuses(Reason::kPermissionNotProfessional, "purpose"));
  EXPECT_THAT(Reason::kPermissionNotProfessional, NamesClause("P26"));
  request.mutable_permission_requested()->clear_purpose();
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, request)), Refuses(Reason::kFieldMissing, "purpose"));
}

TEST(P27, AnOralGrantIsRefused) {
  RegisterEvent oral = Grant();
  oral.mutable_permission_granted()->clear_document_sha256();
  EXPECT_THAT(Decide(Requested(PERMISSION_KIND_NAME_AND_LOGO), Asks(kHead, oral)),
              Refuses(Reason::kPermissionNotWritten, "document_sha256"));
  EXPECT_THAT(Reason::kPermissionNotWritten, NamesClause("P27"));
  EXPECT_THAT(Decide(Requested(PERMISSION_KIND_WORK_SOCIAL_MEDIA), Asks(kHead, oral)),
              Adds(RegisterEvent::kPermissionGranted));
  oral.mutable_permission_granted()->set_document_sha256("short");
  EXPECT_THAT(Decide(Requested(PERMISSION_KIND_NAME_AND_LOGO), Asks(kHead, oral)),
              Refuses(Reason::kFieldInvalid, "document_sha256"));
}

TEST(P27, AGrantFromBeforeNowIsRefusedAndNamesTheAlternatives) {
  RegisterEvent grant = Grant();
  *grant.mutable_permission_granted()->mutable_from_time() = At(kNow + kDay);
  EXPECT_THAT(Decide(Requested(PERMISSION_KIND_NAME_AND_LOGO),
                     Asks(kHead, grant, kNow + kDay + absl::Minutes(1))),
              Refuses(Reason::kPermissionLate, "from_time"));
  EXPECT_THAT(Reason::kPermissionLate, NamesClause("P27"));
}

TEST(P27, AGrantThatComesAfterTheTimeAskedForBeginsNowAndNotBefore) {
  const absl::Time granted = kNow + kDay + absl::Hours(1);
  Entry entry = Requested(PERMISSION_KIND_NAME_AND_LOGO);
  Happen(entry, Asks(kHead, Grant(), granted));
  EXPECT_FALSE(TermAt(entry, granted - absl::Seconds(1)).has_value());
  EXPECT_TRUE(TermAt(entry, granted).has_value());
  EXPECT_THAT(
      Decide(Requested(PERMISSION_KIND_NAME_AND_LOGO), Asks(kHead, Grant(), kNow + 8 * kDay)),
      Refuses(Reason::kPermissionLate, "until_time"));
}

TEST(P27, OnlyTheHeadteacherPermitsAndForTheHeadteacherTheChair) {
  EXPECT_THAT(Decide(Requested(PERMISSION_KIND_NAME_AND_LOGO), Asks(kDeputy, Grant())),
              Refuses(Reason::kHeadteacherDecides));
  EXPECT_THAT(Decide(Requested(PERMISSION_KIND_NAME_AND_LOGO, kHead), Asks(kChair, Grant())),
              Adds(RegisterEvent::kPermissionGranted));
}

TEST(P28, AnyOtherMemberOfTheLeadershipTeamAgrees) {
  const Entry of_deputy = Requested(PERMISSION_KIND_PHONE_KEPT_ON, kDeputy);
  EXPECT_THAT(Decide(of_deputy, Asks(kAssistant, Grant())),
              Adds(RegisterEvent::kPermissionGranted));
  EXPECT_THAT(Decide(of_deputy, Asks(kHead, Grant())), Adds(RegisterEvent::kPermissionGranted));
  EXPECT_THAT(Decide(of_deputy, Asks(kDeputy, Grant())), Refuses(Reason::kOwnDecisionOfLeadership));
  EXPECT_THAT(Decide(Requested(PERMISSION_KIND_PHONE_KEPT_ON, kHead), Asks(kDeputy, Grant())),
              Adds(RegisterEvent::kPermissionGranted));
  EXPECT_THAT(Decide(of_deputy, Asks(kLead, Grant())), Refuses(Reason::kLeadershipDecides));
  EXPECT_THAT(Reason::kLeadershipDecides, NamesClause("P28"));
}

TEST(P28, RefusesARoomWhereChildrenMayBe) {
  RegisterEvent request = Request(PERMISSION_KIND_PHONE_KEPT_ON);
  request.mutable_permission_requested()->add_rooms(events::PHONE_ROOM_OTHER);
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, request)), Refuses(Reason::kPermissionRoom, "rooms"));
  EXPECT_THAT(Reason::kPermissionRoom, NamesClause("P28"));
  request.mutable_permission_requested()->clear_rooms();
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, request)), Refuses(Reason::kFieldMissing, "rooms"));
  request.mutable_permission_requested()->add_rooms(static_cast<events::PhoneRoom>(99));
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, request)), Refuses(Reason::kFieldInvalid, "rooms"));
}

TEST(P28, RefusesWhatWasNotDiscussed) {
  RegisterEvent grant = Grant();
  grant.mutable_permission_granted()->clear_discussed_time();
  const Entry entry = Requested(PERMISSION_KIND_PHONE_KEPT_ON);
  EXPECT_THAT(Decide(entry, Asks(kDeputy, grant)),
              Refuses(Reason::kPermissionNotDiscussed, "discussed_time"));
  EXPECT_THAT(Reason::kPermissionNotDiscussed, NamesClause("P28"));
  *grant.mutable_permission_granted()->mutable_discussed_time() = At(kNow + absl::Hours(1));
  EXPECT_THAT(Decide(entry, Asks(kDeputy, grant)), Refuses(Reason::kFutureTime, "discussed_time"));
}

TEST(P28, IsBoundedToAMonth) {
  EXPECT_EQ(FindPermissionKind(PERMISSION_KIND_PHONE_KEPT_ON)->length_max, 31 * kDay);
  EXPECT_THAT(Reason::kPermissionUnbounded, NamesClause("P28"));
}

TEST(P29, OnlyTheHeadteacherConsentsToKeepingAChildsPhone) {
  const Entry entry = Requested(PERMISSION_KIND_CHILD_PHONE_KEPT);
  EXPECT_EQ(PersonOf(entry), kChild);
  EXPECT_THAT(Decide(entry, Asks(kHead, Grant())), Adds(RegisterEvent::kPermissionGranted));
  EXPECT_THAT(Decide(entry, Asks(kDeputy, Grant())), Refuses(Reason::kHeadteacherDecides));
  EXPECT_THAT(Decide(entry, Asks(kColleague, Grant())), Refuses(Reason::kHeadteacherDecides));
  EXPECT_THAT(Reason::kHeadteacherDecides, NamesClause("P29"));
}

TEST(P29, NeedsTheChildAndTheParent) {
  RegisterEvent request = Request(PERMISSION_KIND_CHILD_PHONE_KEPT);
  request.mutable_permission_requested()->clear_parent_id();
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, request)),
              Refuses(Reason::kFieldMissing, "parent_id"));
  request.mutable_permission_requested()->set_child_id("short");
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, request)), Refuses(Reason::kFieldInvalid, "child_id"));
}

TEST(P29, AParentWhoIsTheHeadteacherDoesNotDecide) {
  RegisterEvent request = Request(PERMISSION_KIND_CHILD_PHONE_KEPT);
  request.mutable_permission_requested()->set_parent_id(kHead.person.Bytes());
  const Entry entry = After({Asks(kTeacher, request)});
  EXPECT_THAT(Decide(entry, Asks(kHead, Grant())), Refuses(Reason::kOwnDecision));
}

TEST(P31, PhotographsAreConsentedToAndNotAppliedFor) {
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, Request(events::PERMISSION_KIND_PHOTO))),
              Refuses(Reason::kFieldInvalid, "kind"));
}

TEST(Permissions, AreForPeopleOfTheSchool) {
  for (const kernel::Actor& actor : {kOfficer, kAuditor, kAdministrator, kChair}) {
    EXPECT_THAT(Decide(Entry(), Asks(actor, Request(PERMISSION_KIND_PHONE_KEPT_ON))),
                Refuses(Reason::kRoleRequired));
  }
  EXPECT_THAT(Decide(Entry(), Asks(kHead, Grant())), Refuses(Reason::kNoSuchRegisterEntry));
}

TEST(Permissions, AreSeenByTheApplicantAndThoseWhoDecide) {
  const Entry social = Requested(PERMISSION_KIND_WORK_SOCIAL_MEDIA);
  const Entry phone = Requested(PERMISSION_KIND_PHONE_KEPT_ON);
  const Entry of_head = Requested(PERMISSION_KIND_NAME_AND_LOGO, kHead);
  const auto sees = [](const kernel::Actor& actor, const Entry& entry) {
    return Sees(Register::kPermissions, entry, actor);
  };
  EXPECT_TRUE(sees(kTeacher, social));
  EXPECT_FALSE(sees(kColleague, social));
  EXPECT_TRUE(sees(kHead, social));
  EXPECT_FALSE(sees(kDeputy, social));
  EXPECT_TRUE(sees(kDeputy, phone));
  EXPECT_TRUE(sees(kHead, phone));
  EXPECT_TRUE(sees(kChair, of_head));
  EXPECT_FALSE(sees(kDeputy, of_head));
  EXPECT_TRUE(sees(kColleague, Requested(PERMISSION_KIND_CHILD_PHONE_KEPT)));
  for (const kernel::Actor& actor : {kOfficer, kAuditor, kAdministrator}) {
    EXPECT_FALSE(sees(actor, social));
    EXPECT_FALSE(sees(actor, phone));
  }
}

}  // namespace
}  // namespace wardbook::registers
