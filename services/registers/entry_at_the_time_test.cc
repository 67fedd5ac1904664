#include "services/registers/entry_at_the_time.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/registers/domain/entry_for_test.h"

namespace wardbook::registers {
namespace {

using runtime::EntryAtTheTime;
using Standing = runtime::EntryAtTheTime::Standing;
using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Optional;

const std::string kId(32, 'e');

kernel::Period MinuteOf(absl::Time time) { return {time, time + absl::Minutes(1)}; }

EntryAtTheTime Told(Register reg, const Entry& entry, const kernel::Period& when) {
  return AtTheTime(EntryRef{reg, kId}, entry, when);
}

// Asked for and granted at kNow, from a day later for a week.
Entry Granted() {
  RegisterEvent grant = Grant();
  *grant.mutable_permission_granted()->mutable_from_time() = At(kNow + kDay);
  *grant.mutable_permission_granted()->mutable_until_time() = At(kNow + 8 * kDay);
  Entry entry;
  Evolve(entry, {Request(events::PERMISSION_KIND_NAME_AND_LOGO), kTeacher.person, kNow});
  Evolve(entry, {grant, kHead.person, kNow});
  return entry;
}

TEST(AtTheTime, APermissionStandsFromItsBeginningToItsEnd) {
  const Entry granted = Granted();
  const auto standing_at = [&granted](absl::Time time) {
    return Told(Register::kPermissions, granted, MinuteOf(time)).standing;
  };
  EXPECT_THAT(standing_at(kNow + kDay - absl::Minutes(1)), Eq(Standing::kNotInForce));
  EXPECT_THAT(standing_at(kNow + kDay), Eq(Standing::kInForce));
  // On a part of the minute.
  EXPECT_THAT(standing_at(kNow + kDay - absl::Seconds(20)), Eq(Standing::kInForce));
  EXPECT_THAT(standing_at(kNow + 8 * kDay - absl::Seconds(1)), Eq(Standing::kInForce));
  EXPECT_THAT(standing_at(kNow + 8 * kDay), Eq(Standing::kNotInForce));
  // On a part of a day.
  EXPECT_THAT(
      Told(Register::kPermissions, granted, {kNow, kNow + kDay + absl::Seconds(1)}).standing,
      Eq(Standing::kInForce));
}

TEST(AtTheTime, APermissionThatDidNotStandStillSaysWhenItDid) {
  const EntryAtTheTime entry = Told(Register::kPermissions, Granted(), MinuteOf(kNow - kDay));
  EXPECT_THAT(entry.term, Optional(Eq(kernel::Period{kNow + kDay, kNow + 8 * kDay})));
  EXPECT_THAT(entry.recorded_time, Eq(kNow));
  EXPECT_THAT(entry.recorded_by, Eq(kTeacher.person));
  EXPECT_TRUE(entry.event.has_permission_requested());
}

TEST(AtTheTime, APermissionThatWasTakenBackBeforeItBeganNeverStood) {
  Entry entry = Granted();
  Evolve(entry, {Revoke(), kHead.person, kNow + absl::Hours(1)});
  const EntryAtTheTime at =
      Told(Register::kPermissions, entry, {kNow - kDay, kNow + absl::Hours(24 * 30)});
  EXPECT_THAT(at.standing, Eq(Standing::kNotInForce));
  EXPECT_FALSE(at.term.has_value());
}

TEST(AtTheTime, AContactStandsFromItsDeclarationOnAcknowledgedOrNot) {
  Entry declared;
  Evolve(declared, {Declare(), kTeacher.person, kNow});
  EXPECT_THAT(Told(Register::kSocialContacts, declared, MinuteOf(kNow - absl::Hours(1))).standing,
              Eq(Standing::kNotInForce));
  const EntryAtTheTime at = Told(Register::kSocialContacts, declared, MinuteOf(kNow));
  EXPECT_THAT(at.standing, Eq(Standing::kInForce));
  EXPECT_THAT(at.term, Optional(Field(&kernel::Period::until, Eq(absl::InfiniteFuture()))));
  EXPECT_THAT(at.people, ElementsAre(kChild));

  Evolve(declared, {Acknowledge(), kDeputy.person, kNow + kDay});
  Evolve(declared, {EndContact(), kTeacher.person, kNow + 2 * kDay});
  EXPECT_THAT(Told(Register::kSocialContacts, declared, MinuteOf(kNow + 3 * kDay)).standing,
              Eq(Standing::kNotInForce));
  EXPECT_THAT(Told(Register::kSocialContacts, declared, MinuteOf(kNow + kDay)).standing,
              Eq(Standing::kInForce));
}

TEST(AtTheTime, AJustificationPermitsNothing) {
  Entry submitted;
  Evolve(submitted, {Justify(), kTeacher.person, kNow});
  const EntryAtTheTime at = Told(Register::kJustifications, submitted, MinuteOf(kNow));
  EXPECT_THAT(at.standing, Eq(Standing::kNoTerm));
  EXPECT_FALSE(at.term.has_value());
}

TEST(AtTheTime, OfAConsentTheOneThatStoodIsShownAndElseTheLastAnswer) {
  Entry consent;
  Evolve(consent, {LinkParent(), kTeacher.person, kNow});
  EXPECT_FALSE(HasPhotoAnswer(consent));
  Evolve(consent, {GiveConsent(kNow), kTeacher.person, kNow + absl::Hours(1)});
  Evolve(consent, {WithdrawConsent(kNow + 10 * kDay), kTeacher.person, kNow + 10 * kDay});
  EXPECT_TRUE(HasPhotoAnswer(consent));

  const EntryAtTheTime then = Told(Register::kPhotoConsents, consent, MinuteOf(kNow + kDay));
  EXPECT_THAT(then.standing, Eq(Standing::kInForce));
  EXPECT_TRUE(then.event.has_photo_consent_given());
  // Given on paper an hour before it was recorded.
  EXPECT_THAT(then.recorded_time, Eq(kNow + absl::Hours(1)));
  EXPECT_THAT(then.term, Optional(Eq(kernel::Period{kNow, kNow + 10 * kDay})));

  const EntryAtTheTime later = Told(Register::kPhotoConsents, consent, MinuteOf(kNow + 20 * kDay));
  EXPECT_THAT(later.standing, Eq(Standing::kNotInForce));
  EXPECT_TRUE(later.event.has_photo_consent_withdrawn());
}

TEST(AtTheTime, AnAnswerThatIsRecordedLateIsNotTheLastOne) {
  Entry consent;
  Evolve(consent, {LinkParent(), kTeacher.person, kNow});
  Evolve(consent, {RefuseConsent(kNow), kTeacher.person, kNow});
  Evolve(consent, {GiveConsent(kNow - 10 * kDay), kTeacher.person, kNow + kDay});
  const EntryAtTheTime later = Told(Register::kPhotoConsents, consent, MinuteOf(kNow + 2 * kDay));
  EXPECT_THAT(later.standing, Eq(Standing::kNotInForce));
  EXPECT_TRUE(later.event.has_photo_consent_refused());
  const EntryAtTheTime before = Told(Register::kPhotoConsents, consent, MinuteOf(kNow - kDay));
  EXPECT_THAT(before.standing, Eq(Standing::kInForce));
  EXPECT_TRUE(before.event.has_photo_consent_given());
}

TEST(KeepFirst, KeepsWhatStoodAndThenTheNewest) {
  runtime::EntriesOfPerson person;
  for (int day = 0; day < 5; ++day) {
    EntryAtTheTime entry;
    entry.recorded_time = kNow + day * kDay;
    if (day == 1) entry.standing = Standing::kInForce;
    person.entries.push_back(entry);
  }
  KeepFirst(person, 5);
  EXPECT_THAT(person.left_out, Eq(0u));
  KeepFirst(person, 3);
  EXPECT_THAT(person.left_out, Eq(2u));
  EXPECT_THAT(person.entries,
              ElementsAre(Field(&EntryAtTheTime::recorded_time, Eq(kNow + kDay)),
                          Field(&EntryAtTheTime::recorded_time, Eq(kNow + 4 * kDay)),
                          Field(&EntryAtTheTime::recorded_time, Eq(kNow + 3 * kDay))));
  KeepFirst(person, 0);
  EXPECT_THAT(person.left_out, Eq(5u));
  EXPECT_THAT(person.entries, IsEmpty());
}

}  // namespace
}  // namespace wardbook::registers
