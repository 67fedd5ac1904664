// Social contacts (P34).

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "services/registers/domain/entry_for_test.h"

namespace wardbook::registers {
namespace {

Entry Declared(const kernel::Actor& by = kTeacher) { return After({Asks(by, Declare())}); }

TEST(P34, ADeclarationIsMadeAndAcknowledged) {
  Entry entry = Declared();
  EXPECT_EQ(entry.stage, Stage::kAsked);
  Happen(entry, Asks(kDeputy, Acknowledge()));
  EXPECT_EQ(entry.stage, Stage::kInForce);
}

TEST(P34, IsNotAcknowledgedByTheDeclarantOrByOthersOfStaff) {
  EXPECT_THAT(Decide(Declared(), Asks(kTeacher, Acknowledge())),
              Refuses(Reason::kOwnDecisionOfLeadership));
  EXPECT_THAT(Decide(Declared(), Asks(kColleague, Acknowledge())),
              Refuses(Reason::kNoSuchRegisterEntry));
  EXPECT_THAT(Decide(Declared(), Asks(kLead, Acknowledge())), Refuses(Reason::kLeadershipDecides));
  EXPECT_THAT(Reason::kOwnDecisionOfLeadership, NamesClause("P34"));
  EXPECT_THAT(Reason::kLeadershipDecides, NamesClause("P34"));
}

TEST(P34, ALeadershipMembersOwnGoesToAnotherMember) {
  EXPECT_THAT(Decide(Declared(kDeputy), Asks(kDeputy, Acknowledge())),
              Refuses(Reason::kOwnDecisionOfLeadership));
  EXPECT_THAT(Decide(Declared(kDeputy), Asks(kAssistant, Acknowledge())),
              Adds(RegisterEvent::kSocialContactAcknowledged));
}

TEST(P34, TheHeadteachersOwnGoesToTheChair) {
  EXPECT_THAT(Decide(Declared(kHead), Asks(kChair, Acknowledge())),
              Adds(RegisterEvent::kSocialContactAcknowledged));
  EXPECT_THAT(Decide(Declared(kHead), Asks(kDeputy, Acknowledge())),
              Refuses(Reason::kNoSuchRegisterEntry));
  EXPECT_THAT(Decide(Declared(), Asks(kChair, Acknowledge())), Refuses(Reason::kLeadershipDecides));
}

TEST(P34, WhatChangesIsAcknowledgedOnceMore) {
  Entry entry = After({Asks(kTeacher, Declare()), Asks(kDeputy, Acknowledge())});
  Happen(entry, Asks(kTeacher, Update(), kNow + 300 * kDay));
  EXPECT_EQ(entry.stage, Stage::kAsked);
  Happen(entry, Asks(kDeputy, Acknowledge(), kNow + 301 * kDay));
  EXPECT_EQ(entry.stage, Stage::kInForce);
  EXPECT_THAT(Decide(entry, Asks(kDeputy, Update())), Refuses(Reason::kRoleRequired));
}

TEST(P34, OfManyChangesADeclarationHasNoRoomForAnother) {
  Entry entry = Declared();
  const auto change = [](size_t number) {
    RegisterEvent event = Update();
    event.mutable_social_contact_updated()->set_change(absl::StrCat("Change ", number));
    return Asks(kTeacher, event);
  };
  while (entry.history.size() < kStepsMax) Happen(entry, change(entry.history.size()));
  EXPECT_THAT(Decide(entry, change(kStepsMax)), Refuses(Reason::kRegisterEntryFull));
  // It is decided about and ended all the same.
  EXPECT_THAT(Decide(entry, Asks(kTeacher, EndContact())),
              Adds(RegisterEvent::kSocialContactEnded));
  Happen(entry, Asks(kDeputy, Acknowledge()));
  EXPECT_EQ(entry.stage, Stage::kInForce);
}

TEST(P34, IsNeverDeletedAndEndsByItsDeclarant) {
  Entry entry = Declared();
  EXPECT_THAT(Decide(entry, Asks(kDeputy, EndContact())), Refuses(Reason::kRoleRequired));
  Happen(entry, Asks(kTeacher, EndContact()));
  EXPECT_EQ(entry.stage, Stage::kEnded);
  ASSERT_NE(FindLast(entry, RegisterEvent::kSocialContactDeclared), nullptr);
  EXPECT_THAT(Decide(entry, Asks(kTeacher, Update())), Refuses(Reason::kRegisterEntryNotInForce));
}

TEST(P34, NeedsWhoThroughWhatAndSinceWhen) {
  RegisterEvent event = Declare();
  event.mutable_social_contact_declared()->clear_child_id();
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)), Adds(RegisterEvent::kSocialContactDeclared));
  event.mutable_social_contact_declared()->clear_family();
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)), Refuses(Reason::kFieldMissing, "family"));
  event = Declare();
  event.mutable_social_contact_declared()->clear_nature();
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)), Refuses(Reason::kFieldMissing, "nature"));
  event = Declare();
  event.mutable_social_contact_declared()->clear_since();
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, event)), Refuses(Reason::kFieldMissing, "since"));
}

}  // namespace
}  // namespace wardbook::registers
