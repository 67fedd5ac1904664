// Phones in the main office (P29, P35) and on visits (P30).

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "services/registers/domain/entry_for_test.h"

namespace wardbook::registers {
namespace {

Entry Held() { return After({Asks(kTeacher, TakeIn())}); }

Entry HeldAndTold() { return After({Asks(kTeacher, TakeIn()), Asks(kTeacher, TellParents())}); }

// A consent of the Headteacher that is in force tomorrow.
Context WithConsent() {
  Context context;
  context.permission = After(
      {Asks(kTeacher, Request(events::PERMISSION_KIND_CHILD_PHONE_KEPT)), Asks(kHead, Grant())});
  return context;
}

TEST(P29, APhoneIsKeptUnderAConsentThatIsInForce) {
  const RegisterEvent event = TakeIn(events::CUSTODY_GROUND_KEPT_WITH_CONSENT);
  EXPECT_THAT(Decide(Entry(), With(Asks(kTeacher, event, kNow + 2 * kDay), WithConsent())),
              Adds(RegisterEvent::kPhoneTakenIn));
}

TEST(P29, APhoneIsNotKeptWithoutConsentBeforeItOrAfterIt) {
  const RegisterEvent event = TakeIn(events::CUSTODY_GROUND_KEPT_WITH_CONSENT);
  const auto refuses = Refuses(Reason::kCustodyConsentFirst, "permission_id");
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)), refuses);
  EXPECT_THAT(Decide(Entry(), With(Asks(kTeacher, event, kNow), WithConsent())), refuses);
  EXPECT_THAT(Decide(Entry(), With(Asks(kTeacher, event, kNow + 9 * kDay), WithConsent())),
              refuses);
  EXPECT_THAT(Reason::kCustodyConsentFirst, NamesClause("P29"));
}

TEST(P29, AConsentForAnotherChildOrOfAnotherKindIsNone) {
  const auto refuses = Refuses(Reason::kCustodyConsentFirst, "permission_id");
  RegisterEvent other_child = TakeIn(events::CUSTODY_GROUND_KEPT_WITH_CONSENT);
  other_child.mutable_phone_taken_in()->set_child_id(kOtherChild.Bytes());
  EXPECT_THAT(Decide(Entry(), With(Asks(kTeacher, other_child, kNow + 2 * kDay), WithConsent())),
              refuses);
  Context context;
  context.permission =
      After({Asks(kTeacher, Request(events::PERMISSION_KIND_PHONE_KEPT_ON)), Asks(kHead, Grant())});
  EXPECT_THAT(Decide(Entry(), With(Asks(kTeacher, TakeIn(events::CUSTODY_GROUND_KEPT_WITH_CONSENT),
                                        kNow + 2 * kDay),
                                   context)),
              refuses);
}

TEST(P35, APhoneIsTakenInToldOfAndGivenBackAtHomeTime) {
  Entry entry = HeldAndTold();
  EXPECT_EQ(entry.stage, Stage::kInForce);
  EXPECT_EQ(PersonOf(entry), kChild);
  Happen(entry, Asks(kColleague, Return(), kAfterSchool));
  EXPECT_EQ(entry.stage, Stage::kEnded);
  EXPECT_THAT(Decide(entry, Asks(kColleague, TellParents(), kAfterSchool)),
              Refuses(Reason::kRegisterEntryNotInForce));
}

TEST(P35, IsNotGivenBackBeforeHomeTimeWithoutAReason) {
  const absl::Time early = kAfterSchool - absl::Minutes(1);
  EXPECT_THAT(Decide(HeldAndTold(), Asks(kTeacher, Return(), early)),
              Refuses(Reason::kBeforeHomeTime, "early_because"));
  EXPECT_THAT(Reason::kBeforeHomeTime, NamesClause("P35"));
  RegisterEvent with_reason = Return();
  with_reason.mutable_phone_returned()->set_early_because("A hospital appointment.");
  EXPECT_THAT(Decide(HeldAndTold(), Asks(kTeacher, with_reason, early)),
              Adds(RegisterEvent::kPhoneReturned));
  EXPECT_THAT(Decide(HeldAndTold(), Asks(kTeacher, Return(), kNow + kDay)),
              Adds(RegisterEvent::kPhoneReturned))
      << "the next morning is after home-time of the day it came";
}

TEST(P35, HomeTimeIsThatOfTheSchoolsOwnClock) {
  Context context;
  context.day = {absl::FixedTimeZone(3600), 15, 15};
  const Entry entry = HeldAndTold();
  EXPECT_THAT(Decide(entry, With(Asks(kTeacher, Return(), kAfterSchool - absl::Hours(1)), context)),
              Adds(RegisterEvent::kPhoneReturned));
  EXPECT_THAT(
      Decide(entry, With(Asks(kTeacher, Return(), kAfterSchool - absl::Minutes(61)), context)),
      Refuses(Reason::kBeforeHomeTime, "early_because"));
}

TEST(P35, IsNotGivenBackBeforeTheParentsAreAwareUnlessThereIsAReason) {
  EXPECT_THAT(Decide(Held(), Asks(kTeacher, Return(), kAfterSchool)),
              Refuses(Reason::kParentsNotAware, "parents_not_aware_because"));
  EXPECT_THAT(Reason::kParentsNotAware, NamesClause("P35"));
  RegisterEvent with_reason = Return();
  with_reason.mutable_phone_returned()->set_parents_not_aware_because("Nobody answers.");
  EXPECT_THAT(Decide(Held(), Asks(kTeacher, with_reason, kAfterSchool)),
              Adds(RegisterEvent::kPhoneReturned));
}

TEST(P35, ParentsWhoAskedTheOfficeKnow) {
  Entry entry =
      After({With(Asks(kTeacher, TakeIn(events::CUSTODY_GROUND_KEPT_WITH_CONSENT), kNow + 2 * kDay),
                  WithConsent())});
  EXPECT_THAT(Decide(entry, Asks(kTeacher, Return(), kAfterSchool + 2 * kDay)),
              Adds(RegisterEvent::kPhoneReturned));
}

TEST(P35, OfficeStaffDoNotExamineAPhone) {
  EXPECT_THAT(Decide(Held(), Asks(kTeacher, Examine())), Refuses(Reason::kPhoneExamined));
  EXPECT_THAT(Decide(Held(), Asks(kDeputy, Examine())), Refuses(Reason::kPhoneExamined));
  EXPECT_THAT(Reason::kPhoneExamined, NamesClause("P35"));
  EXPECT_THAT(Decide(Held(), Asks(kHead, Examine())), Adds(RegisterEvent::kPhoneExamined));
  EXPECT_THAT(Decide(Held(), Asks(kLead, Examine())), Adds(RegisterEvent::kPhoneExamined));
}

TEST(P35, WhyAPhoneIsExaminedIsTakenAlsoWhereAnEntryIsFull) {
  Entry entry = Held();
  for (size_t number = entry.history.size(); number < kStepsMax; ++number) {
    RegisterEvent examined = Examine();
    examined.mutable_phone_examined()->set_reasons(absl::StrCat("Reason ", number));
    Happen(entry, Asks(kHead, examined));
  }
  EXPECT_THAT(Decide(entry, Asks(kTeacher, TellParents())), Refuses(Reason::kRegisterEntryFull));
  EXPECT_THAT(Decide(entry, Asks(kHead, Examine())), Adds(RegisterEvent::kPhoneExamined));
  RegisterEvent returned = Return();
  returned.mutable_phone_returned()->set_parents_not_aware_because("Nobody answers.");
  EXPECT_THAT(Decide(entry, Asks(kTeacher, returned, kAfterSchool)),
              Adds(RegisterEvent::kPhoneReturned));
}

TEST(P35, TimesAreInOrderAndHaveCome) {
  RegisterEvent taken = TakeIn();
  *taken.mutable_phone_taken_in()->mutable_taken_time() = At(kNow + absl::Minutes(1));
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, taken)), Refuses(Reason::kFutureTime, "taken_time"));
  RegisterEvent told = TellParents();
  *told.mutable_parents_made_aware()->mutable_told_time() = At(kNow - absl::Minutes(1));
  EXPECT_THAT(Decide(Held(), Asks(kTeacher, told)), Refuses(Reason::kFieldInvalid, "told_time"));
  RegisterEvent returned = Return();
  *returned.mutable_phone_returned()->mutable_returned_time() = At(kNow - absl::Minutes(1));
  EXPECT_THAT(Decide(HeldAndTold(), Asks(kTeacher, returned)),
              Refuses(Reason::kFieldInvalid, "returned_time"));
}

TEST(P35, NeedsTheChildAndWhatThePhoneLooksLike) {
  RegisterEvent event = TakeIn();
  event.mutable_phone_taken_in()->clear_child_id();
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)), Refuses(Reason::kFieldMissing, "child_id"));
  event = TakeIn();
  event.mutable_phone_taken_in()->clear_device_description();
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)),
              Refuses(Reason::kFieldMissing, "device_description"));
  event = TakeIn();
  event.mutable_phone_taken_in()->clear_ground();
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)), Refuses(Reason::kFieldMissing, "ground"));
  event = TakeIn();
  event.mutable_phone_taken_in()->set_permission_id(kChild.Bytes());
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)),
              Refuses(Reason::kFieldInvalid, "permission_id"));
}

TEST(P35, EverybodyOfStaffSeesThePhonesAndNobodyElse) {
  for (const kernel::Actor& actor : {kTeacher, kColleague, kHead, kLead}) {
    EXPECT_TRUE(Sees(Register::kPhones, Held(), actor));
  }
  for (const kernel::Actor& actor : {kChair, kOfficer, kAuditor, kAdministrator}) {
    EXPECT_FALSE(Sees(Register::kPhones, Held(), actor));
    EXPECT_THAT(Decide(Held(), Asks(actor, TellParents())), Refuses(Reason::kNoSuchRegisterEntry));
  }
}

TEST(P30, AnEmergencyOnAVisitIsLogged) {
  const Entry entry = After({Asks(kTeacher, LogVisitUse())});
  EXPECT_EQ(entry.stage, Stage::kEnded);
  EXPECT_TRUE(Sees(Register::kVisitUses, entry, kDeputy));
  EXPECT_FALSE(Sees(Register::kVisitUses, entry, kColleague));
}

TEST(P30, AnyOtherUseIsRefusedAndNamesTheReportToMake) {
  RegisterEvent event = LogVisitUse();
  event.mutable_visit_phone_use_logged()->set_use(events::VISIT_USE_OTHER);
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)), Refuses(Reason::kVisitEmergencyOnly, "use"));
  EXPECT_THAT(Reason::kVisitEmergencyOnly, NamesClause("P30"));
  EXPECT_NE(kernel::Describe(Reason::kVisitEmergencyOnly).next_step.find("P16"),
            absl::string_view::npos);
}

TEST(P30, NeedsTheEmergencyTheVisitAndATimeThatHasCome) {
  RegisterEvent event = LogVisitUse();
  event.mutable_visit_phone_use_logged()->clear_emergency();
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)), Refuses(Reason::kFieldMissing, "emergency"));
  event = LogVisitUse();
  event.mutable_visit_phone_use_logged()->clear_visit();
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)), Refuses(Reason::kFieldMissing, "visit"));
  event = LogVisitUse();
  *event.mutable_visit_phone_use_logged()->mutable_used_time() = At(kNow + kDay);
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)), Refuses(Reason::kFutureTime, "used_time"));
}

}  // namespace
}  // namespace wardbook::registers
