#include "services/registers/domain/dues.h"

#include <optional>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/registers/domain/entry_for_test.h"
#include "services/rulepack/rule_packs.h"

namespace wardbook::registers {
namespace {

using ::testing::Eq;
using ::testing::Optional;

const rulepack::RulePacks& Rules() {
  static const auto rules = rulepack::RulePacks::Shipped();
  return **rules;
}

absl::Time Moment(const std::string& text) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &time, &error)) << error;
  return time;
}

std::optional<EntryDue> DueFor(Register reg, const Entry& entry, const kernel::Actor& actor,
                               absl::Time now = kNow) {
  return DueOf(reg, entry, actor, Rules(), now);
}

// Five working days after 14 May 2026, over a weekend.
const absl::Time kFiveDaysLater = kNow + 7 * kDay;

Entry Asked(const kernel::Actor& actor = kTeacher,
            events::PermissionKind kind = events::PERMISSION_KIND_PHONE_KEPT_ON) {
  return After({Asks(actor, Request(kind))});
}

TEST(RegisterDues, ARequestWaitsForThoseWhoDecideAndDidNotAsk) {
  const EntryDue due{Wait::kDecision, kNow, kFiveDaysLater};
  EXPECT_THAT(DueFor(Register::kPermissions, Asked(), kHead), Optional(due));
  EXPECT_THAT(DueFor(Register::kPermissions, Asked(), kDeputy), Optional(due));
  EXPECT_THAT(DueFor(Register::kPermissions, Asked(), kTeacher), Eq(std::nullopt));
  EXPECT_THAT(DueFor(Register::kPermissions, Asked(kDeputy), kDeputy), Eq(std::nullopt));
  for (const kernel::Actor& other : {kColleague, kChair, kOfficer, kAuditor, kAdministrator}) {
    EXPECT_THAT(DueFor(Register::kPermissions, Asked(), other), Eq(std::nullopt));
  }
  const Entry heads = Asked(kHead, events::PERMISSION_KIND_NAME_AND_LOGO);
  EXPECT_THAT(DueFor(Register::kPermissions, heads, kChair), Optional(due));
  EXPECT_THAT(DueFor(Register::kPermissions, heads, kDeputy), Eq(std::nullopt));
}

TEST(RegisterDues, WhatWasAnsweredWaitsForNobody) {
  Entry entry = Asked();
  Happen(entry, Asks(kHead, Refuse()));
  EXPECT_THAT(DueFor(Register::kPermissions, entry, kHead), Eq(std::nullopt));
}

TEST(RegisterDues, APermissionThatEndsInTwoWeeksIsShownToWhoHasIt) {
  Entry entry = Asked();
  Happen(entry, Asks(kHead, Grant()));
  const absl::Time from = kNow + kDay;
  const absl::Time until = kNow + 8 * kDay;
  EXPECT_THAT(DueFor(Register::kPermissions, entry, kTeacher, kNow), Eq(std::nullopt))
      << "it is not in force yet";
  EXPECT_THAT(DueFor(Register::kPermissions, entry, kTeacher, from),
              Optional(EntryDue{Wait::kRenewal, from, until}));
  EXPECT_THAT(DueFor(Register::kPermissions, entry, kHead, from), Eq(std::nullopt));
  EXPECT_THAT(DueFor(Register::kPermissions, entry, kTeacher, until), Eq(std::nullopt))
      << "it has ended, and nobody has to do anything";
}

TEST(RegisterDues, APermissionThatEndsLaterIsNotShownBefore) {
  RegisterEvent request = Request(events::PERMISSION_KIND_PHONE_KEPT_ON);
  *request.mutable_permission_requested()->mutable_until_time() = At(kNow + 20 * kDay);
  Entry entry = After({Asks(kTeacher, request)});
  Happen(entry, Asks(kHead, Grant()));
  const absl::Time shown = kNow + 6 * kDay;
  EXPECT_THAT(DueFor(Register::kPermissions, entry, kTeacher, shown - absl::Seconds(1)),
              Eq(std::nullopt));
  EXPECT_TRUE(DueFor(Register::kPermissions, entry, kTeacher, shown).has_value());
}

TEST(RegisterDues, APermissionThatWasAskedForAgainIsRenewed) {
  Entry granted = Asked();
  Happen(granted, Asks(kHead, Grant()));
  EXPECT_TRUE(IsRenewedBy(granted, Asked()));
  EXPECT_FALSE(IsRenewedBy(granted, Asked(kTeacher, events::PERMISSION_KIND_NAME_AND_LOGO)));
  EXPECT_FALSE(IsRenewedBy(granted, granted));
  RegisterEvent longer = Request(events::PERMISSION_KIND_PHONE_KEPT_ON);
  *longer.mutable_permission_requested()->mutable_until_time() = At(kNow + 9 * kDay);
  Entry next = After({Asks(kTeacher, longer)});
  Happen(next, Asks(kHead, Grant()));
  EXPECT_TRUE(IsRenewedBy(granted, next));
  EXPECT_FALSE(IsRenewedBy(next, granted));
}

TEST(RegisterDues, AJustificationWaitsForItsReview) {
  const Entry entry = After({Asks(kTeacher, Justify())});
  EXPECT_THAT(DueFor(Register::kJustifications, entry, kHead),
              Optional(EntryDue{Wait::kReview, kNow, kFiveDaysLater}));
  EXPECT_THAT(DueFor(Register::kJustifications, entry, kDeputy), Eq(std::nullopt));
  EXPECT_THAT(DueFor(Register::kJustifications, entry, kTeacher), Eq(std::nullopt));
}

TEST(RegisterDues, AJustificationThatNeedsAdviceWaitsForItAndThenForItsClosing) {
  RegisterEvent undecided = Review();
  undecided.mutable_justification_reviewed()->set_finding(
      events::JUSTIFICATION_FINDING_ADVICE_NEEDED);
  Entry entry = After({Asks(kTeacher, Justify()), Asks(kHead, undecided)});
  EXPECT_TRUE(WaitsForDecider(entry));
  EXPECT_THAT(DueFor(Register::kJustifications, entry, kHead),
              Optional(EntryDue{Wait::kAdvice, kNow, kFiveDaysLater}));
  EXPECT_THAT(DueFor(Register::kJustifications, entry, kTeacher), Eq(std::nullopt));
  Happen(entry, Asks(kHead, DecideAdvice(events::ADVICE_CHOICE_NOT_APPROPRIATE)));
  Happen(entry, Asks(kHead, Review()));
  EXPECT_THAT(DueFor(Register::kJustifications, entry, kHead),
              Optional(EntryDue{Wait::kClosing, kNow, kFiveDaysLater}));
  Happen(entry, Asks(kHead, CloseIt()));
  EXPECT_FALSE(WaitsForDecider(entry));
  EXPECT_THAT(DueFor(Register::kJustifications, entry, kHead), Eq(std::nullopt));
}

TEST(RegisterDues, ADeclarationIsAcknowledgedAndReconfirmedAfterAYear) {
  Entry entry = After({Asks(kTeacher, Declare())});
  EXPECT_THAT(DueFor(Register::kSocialContacts, entry, kDeputy),
              Optional(EntryDue{Wait::kAcknowledgement, kNow, kFiveDaysLater}));
  Happen(entry, Asks(kDeputy, Acknowledge()));
  const absl::Time due = Moment("2027-05-14T00:00:00+01:00");
  const absl::Time shown = due - 14 * kDay;
  EXPECT_THAT(DueFor(Register::kSocialContacts, entry, kTeacher, shown - absl::Seconds(1)),
              Eq(std::nullopt));
  EXPECT_THAT(DueFor(Register::kSocialContacts, entry, kTeacher, shown),
              Optional(EntryDue{Wait::kReconfirmation, kNow, due}));
  EXPECT_THAT(DueFor(Register::kSocialContacts, entry, kTeacher, due + 30 * kDay),
              Optional(EntryDue{Wait::kReconfirmation, kNow, due}))
      << "it stays until somebody says something";
  EXPECT_THAT(DueFor(Register::kSocialContacts, entry, kDeputy, due), Eq(std::nullopt));
}

TEST(RegisterDues, APhoneGoesBackAtHomeTimeOfTheDayItCame) {
  const Entry entry = After({Asks(kTeacher, TakeIn())});
  const EntryDue due{Wait::kReturn, kNow, Moment("2026-05-14T15:15:00+01:00")};
  EXPECT_THAT(DueFor(Register::kPhones, entry, kTeacher), Optional(due));
  EXPECT_THAT(DueFor(Register::kPhones, entry, kHead), Optional(due));
  EXPECT_THAT(DueFor(Register::kPhones, entry, kDeputy, kNow + 3 * kDay), Optional(due));
  EXPECT_THAT(DueFor(Register::kPhones, entry, kColleague), Eq(std::nullopt));
  EXPECT_THAT(DueFor(Register::kPhones, entry, kAdministrator), Eq(std::nullopt));
}

}  // namespace
}  // namespace wardbook::registers
