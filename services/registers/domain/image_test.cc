// Photo consents (P31), school devices (P32) and what becomes of images (P33).

#include "gtest/gtest.h"
#include "services/registers/domain/entry_for_test.h"

namespace wardbook::registers {
namespace {

Entry Consented() { return After({Asks(kTeacher, LinkParent()), Asks(kTeacher, GiveConsent())}); }

Entry InUse() { return After({Asks(kHead, RegisterDevice(), kNow - kDay)}); }

// The child's consent is given, the tablet is the school's.
Context Allowed() {
  Context context;
  context.device = InUse();
  context.consents[kChild] = Consented();
  return context;
}

Entry Captured() { return After({With(Asks(kTeacher, Capture()), Allowed())}); }

TEST(P31, ConsentIsInForceFromTheMomentItIsGivenToTheNextAnswer) {
  Entry entry = Consented();
  EXPECT_FALSE(TermAt(entry, kNow - absl::Seconds(1)).has_value());
  EXPECT_TRUE(TermAt(entry, kNow).has_value());
  Happen(entry, Asks(kTeacher, WithdrawConsent(kNow + kDay), kNow + kDay));
  EXPECT_TRUE(TermAt(entry, kNow + kDay - absl::Seconds(1)).has_value())
      << "a withdrawal changes nothing that was before it";
  EXPECT_FALSE(TermAt(entry, kNow + kDay).has_value());
  Happen(entry, Asks(kTeacher, GiveConsent(kNow + 2 * kDay), kNow + 2 * kDay));
  EXPECT_TRUE(TermAt(entry, kNow + 2 * kDay).has_value());
  EXPECT_FALSE(TermAt(entry, kNow + kDay).has_value());
}

TEST(P31, ARefusalEndsConsentAndAChildWithoutAnAnswerIsOutstanding) {
  Entry entry = After({Asks(kTeacher, LinkParent())});
  EXPECT_EQ(entry.stage, Stage::kAsked);
  Happen(entry, Asks(kTeacher, RefuseConsent()));
  EXPECT_EQ(entry.stage, Stage::kEnded);
  EXPECT_FALSE(TermAt(entry, kNow).has_value());
  EXPECT_THAT(Decide(entry, Asks(kTeacher, WithdrawConsent())),
              Refuses(Reason::kRegisterEntryNotInForce));
}

TEST(P31, AnOlderConsentRecordedLateUndoesNoRefusal) {
  Entry entry = After({Asks(kTeacher, LinkParent()), Asks(kTeacher, RefuseConsent())});
  Happen(entry, Asks(kTeacher, GiveConsent(kNow - 30 * kDay), kNow + kDay));
  EXPECT_EQ(entry.stage, Stage::kEnded);
  EXPECT_FALSE(TermAt(entry, kNow + kDay).has_value());
  EXPECT_TRUE(TermAt(entry, kNow - kDay).has_value()) << "until the refusal it was given";
  EXPECT_FALSE(TermAt(entry, kNow - 31 * kDay).has_value());
}

TEST(P33, AnOlderConsentRecordedLateUndoesNoWithdrawal) {
  Context context = Allowed();
  Entry& consent = context.consents[kChild];
  Happen(consent, Asks(kTeacher, WithdrawConsent(kNow + kDay), kNow + kDay));
  Happen(consent, Asks(kTeacher, GiveConsent(kNow - kDay), kNow + 2 * kDay));
  EXPECT_EQ(consent.stage, Stage::kEnded);
  EXPECT_THAT(Decide(Captured(), With(Asks(kTeacher, Share(), kNow + 2 * kDay), context)),
              Refuses(Reason::kSharingConsentMissing, "child_ids[0]"));
}

TEST(P31, AnOlderRefusalRecordedLateLeavesTheConsentThatFollowedIt) {
  Entry entry = Consented();
  Happen(entry, Asks(kTeacher, RefuseConsent(kNow - kDay), kNow + kDay));
  EXPECT_EQ(entry.stage, Stage::kInForce);
  EXPECT_TRUE(TermAt(entry, kNow + kDay).has_value());
}

TEST(P31, OfTwoAnswersOfTheSameTimeTheLaterRecordCounts) {
  Entry entry = Consented();
  Happen(entry, Asks(kTeacher, RefuseConsent()));
  EXPECT_EQ(entry.stage, Stage::kEnded);
  EXPECT_FALSE(TermAt(entry, kNow).has_value());
}

TEST(P31, OnlyAConsentThatWasInForceThenIsWithdrawn) {
  const Entry entry = Consented();
  EXPECT_THAT(Decide(entry, Asks(kTeacher, WithdrawConsent(kNow - kDay))),
              Refuses(Reason::kRegisterEntryNotInForce));
  Entry refused = Consented();
  Happen(refused, Asks(kTeacher, RefuseConsent(kNow + 2 * kDay), kNow + 2 * kDay));
  Happen(refused, Asks(kTeacher, WithdrawConsent(kNow + kDay), kNow + 3 * kDay));
  EXPECT_TRUE(TermAt(refused, kNow).has_value());
  EXPECT_FALSE(TermAt(refused, kNow + kDay).has_value()) << "a letter that was found late";
}

TEST(P31, AParentIsLinkedToAPupilAndByNobodyToThemself) {
  const auto refuses_as = [](events::PersonCategory child, events::PersonCategory parent) {
    Context context;
    context.link = Link{child, parent};
    return Decide(Entry(), With(Asks(kTeacher, LinkParent()), context));
  };
  EXPECT_THAT(refuses_as(events::PERSON_CATEGORY_EMPLOYEE, events::PERSON_CATEGORY_PARENT),
              Refuses(Reason::kParentCategory, "entry_id"));
  EXPECT_THAT(refuses_as(events::PERSON_CATEGORY_PUPIL, events::PERSON_CATEGORY_EMPLOYEE),
              Refuses(Reason::kParentCategory, "parent_id"));
  EXPECT_THAT(refuses_as(events::PERSON_CATEGORY_PUPIL, events::PERSON_CATEGORY_UNSPECIFIED),
              Refuses(Reason::kParentCategory, "parent_id"));
  EXPECT_THAT(refuses_as(events::PERSON_CATEGORY_PUPIL, events::PERSON_CATEGORY_PARENT),
              Adds(RegisterEvent::kParentLinked));
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, LinkParent(kTeacher.person))),
              Refuses(Reason::kOwnLink, "parent_id"));
  EXPECT_THAT(Reason::kParentCategory, NamesClause("P33"));
  EXPECT_THAT(Reason::kOwnLink, NamesClause("P33"));
}

TEST(P31, WhoIsNoParentAnyMoreAnswersNoMoreAndTheirConsentEnds) {
  Entry entry = Consented();
  Happen(entry, Asks(kColleague, UnlinkParent(), kNow + kDay));
  EXPECT_EQ(entry.stage, Stage::kAsked) << "the parents are asked anew";
  EXPECT_TRUE(TermAt(entry, kNow).has_value());
  EXPECT_FALSE(TermAt(entry, kNow + kDay).has_value());
  EXPECT_THAT(Decide(entry, Asks(kTeacher, GiveConsent(kNow + kDay), kNow + kDay)),
              Refuses(Reason::kNotParentOfChild, "parent_id"));
  EXPECT_THAT(Decide(entry, Asks(kColleague, UnlinkParent(), kNow + 2 * kDay)), AddsNothing());
  EXPECT_THAT(Decide(entry, Asks(kColleague, UnlinkParent(kOtherParent))),
              Refuses(Reason::kNotParentOfChild, "parent_id"));
  Happen(entry, Asks(kTeacher, LinkParent(), kNow + 2 * kDay));
  EXPECT_THAT(Decide(entry, Asks(kTeacher, GiveConsent(kNow + 2 * kDay), kNow + 2 * kDay)),
              Adds(RegisterEvent::kPhotoConsentGiven));
}

TEST(P31, WhoWasUnlinkedByMistakeGivesTheConsentOfTheirFormAgain) {
  Entry entry = Consented();
  Happen(entry, Asks(kColleague, UnlinkParent(), kNow + kDay));
  Happen(entry, Asks(kTeacher, LinkParent(), kNow + 2 * kDay));
  Happen(entry, Asks(kTeacher, GiveConsent(kNow + absl::Hours(1)), kNow + 2 * kDay));
  EXPECT_EQ(entry.stage, Stage::kInForce);
  EXPECT_TRUE(TermAt(entry, kNow + 3 * kDay).has_value());
}

TEST(P31, UnlinkingOneParentLeavesTheConsentOfAnother) {
  Entry entry = Consented();
  Happen(entry, Asks(kTeacher, LinkParent(kOtherParent)));
  Happen(entry, Asks(kTeacher, UnlinkParent(kOtherParent), kNow + kDay));
  EXPECT_EQ(entry.stage, Stage::kInForce);
  EXPECT_TRUE(TermAt(entry, kNow + kDay).has_value());
}

TEST(P31, AnUnlinkingSaysWhy) {
  RegisterEvent event = UnlinkParent();
  event.mutable_parent_unlinked()->clear_reasons();
  EXPECT_THAT(Decide(Consented(), Asks(kTeacher, event)),
              Refuses(Reason::kFieldMissing, "reasons"));
}

TEST(P31, OnlyALinkedParentAnswers) {
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, GiveConsent())),
              Refuses(Reason::kNotParentOfChild, "parent_id"));
  const Entry of_another = After({Asks(kTeacher, LinkParent(kOtherParent))});
  EXPECT_THAT(Decide(of_another, Asks(kTeacher, GiveConsent())),
              Refuses(Reason::kNotParentOfChild, "parent_id"));
  EXPECT_THAT(Decide(of_another, Asks(kTeacher, RefuseConsent())),
              Refuses(Reason::kNotParentOfChild, "parent_id"));
  EXPECT_THAT(Reason::kNotParentOfChild, NamesClause("P31"));
}

TEST(P31, AnAnswerSaysWhatForHowAndWhen) {
  const Entry entry = After({Asks(kTeacher, LinkParent())});
  RegisterEvent event = GiveConsent();
  event.mutable_photo_consent_given()->clear_scopes();
  EXPECT_THAT(Decide(entry, Asks(kTeacher, event)), Refuses(Reason::kFieldMissing, "scopes"));
  event = GiveConsent();
  event.mutable_photo_consent_given()->clear_how();
  EXPECT_THAT(Decide(entry, Asks(kTeacher, event)), Refuses(Reason::kFieldMissing, "how"));
  EXPECT_THAT(Decide(entry, Asks(kTeacher, GiveConsent(kNow + kDay))),
              Refuses(Reason::kFutureTime, "given_time"));
}

TEST(P31, ACaptureNeedsTheConsentOfEveryChildShown) {
  RegisterEvent two = Capture();
  two.mutable_image_captured()->add_child_ids(kOtherChild.Bytes());
  Context context = Allowed();
  EXPECT_THAT(Decide(Entry(), With(Asks(kTeacher, two), context)),
              Refuses(Reason::kPhotoConsentMissing, "child_ids[1]"));
  EXPECT_THAT(Reason::kPhotoConsentMissing, NamesClause("P31"));
  context.consents[kOtherChild] = Consented();
  EXPECT_THAT(Decide(Entry(), With(Asks(kTeacher, two), context)),
              Adds(RegisterEvent::kImageCaptured));
}

TEST(P31, ConsentCountsAtTheMomentOfTheCaptureAndForItsPurpose) {
  const auto refuses = Refuses(Reason::kPhotoConsentMissing, "child_ids[0]");
  RegisterEvent before = Capture();
  *before.mutable_image_captured()->mutable_captured_time() = At(kNow - absl::Minutes(1));
  EXPECT_THAT(Decide(Entry(), With(Asks(kTeacher, before), Allowed())), refuses);
  RegisterEvent display = Capture();
  display.mutable_image_captured()->set_scope(events::PHOTO_SCOPE_DISPLAY);
  EXPECT_THAT(Decide(Entry(), With(Asks(kTeacher, display), Allowed())), refuses);
  Context withdrawn = Allowed();
  Happen(withdrawn.consents[kChild], Asks(kTeacher, WithdrawConsent(kNow + kDay), kNow + kDay));
  EXPECT_THAT(Decide(Entry(), With(Asks(kTeacher, Capture(), kNow + 2 * kDay), withdrawn)),
              refuses);
  RegisterEvent earlier = Capture();
  *earlier.mutable_image_captured()->mutable_captured_time() = At(kNow + absl::Hours(1));
  EXPECT_THAT(Decide(Entry(), With(Asks(kTeacher, earlier, kNow + 2 * kDay), withdrawn)),
              Adds(RegisterEvent::kImageCaptured));
}

TEST(P31, ACaptureNamesEachChildOnce) {
  RegisterEvent event = Capture();
  event.mutable_image_captured()->add_child_ids(kChild.Bytes());
  EXPECT_THAT(Decide(Entry(), With(Asks(kTeacher, event), Allowed())),
              Refuses(Reason::kFieldInvalid, "child_ids[1]"));
  event.mutable_image_captured()->clear_child_ids();
  EXPECT_THAT(Decide(Entry(), With(Asks(kTeacher, event), Allowed())),
              Refuses(Reason::kFieldMissing, "child_ids"));
}

TEST(P32, OnlyADeviceOfTheRegisterCaptures) {
  Context context = Allowed();
  context.device.reset();
  EXPECT_THAT(Decide(Entry(), With(Asks(kTeacher, Capture()), context)),
              Refuses(Reason::kDeviceNotRegistered, "asset_tag"));
  EXPECT_THAT(Reason::kDeviceNotRegistered, NamesClause("P32"));
  context.device = Entry();
  EXPECT_THAT(Decide(Entry(), With(Asks(kTeacher, Capture()), context)),
              Refuses(Reason::kDeviceNotRegistered, "asset_tag"));
}

TEST(P32, ADeviceThatWasRetiredDoesNot) {
  Context context = Allowed();
  Happen(*context.device, Asks(kDeputy, Retire()));
  EXPECT_EQ(context.device->stage, Stage::kEnded);
  EXPECT_THAT(Decide(Entry(), With(Asks(kTeacher, Capture()), context)),
              Refuses(Reason::kDeviceNotRegistered, "asset_tag"));
  EXPECT_THAT(Decide(*context.device, Asks(kDeputy, RegisterDevice())),
              Refuses(Reason::kRegisterEntryStands));
  EXPECT_THAT(Decide(*context.device, Asks(kAssistant, Retire())),
              Refuses(Reason::kRegisterEntryNotInForce));
}

TEST(P32, DevicesAreEnteredAndRetiredByTheLeadershipAndAdministrators) {
  for (const kernel::Actor& actor : {kHead, kDeputy, kAdministrator}) {
    EXPECT_THAT(Decide(Entry(), Asks(actor, RegisterDevice())),
                Adds(RegisterEvent::kSchoolDeviceRegistered));
    EXPECT_THAT(Decide(InUse(), Asks(actor, Retire())), Adds(RegisterEvent::kSchoolDeviceRetired));
  }
  EXPECT_THAT(Decide(Entry(), Asks(kTeacher, RegisterDevice())), Refuses(Reason::kDeviceRegistrar));
  EXPECT_THAT(Decide(InUse(), Asks(kLead, Retire())), Refuses(Reason::kDeviceRegistrar));
  EXPECT_THAT(Decide(Entry(), Asks(kOfficer, RegisterDevice())), Refuses(Reason::kRoleRequired));
  EXPECT_THAT(Reason::kDeviceRegistrar, NamesClause("P32"));
  EXPECT_TRUE(Sees(Register::kDevices, InUse(), kTeacher));
}

TEST(P32, ATagIsWhatALabelHolds) {
  for (const std::string& tag :
       {std::string("ipad"), std::string("A B"), std::string("A/1"), std::string(33, 'A')}) {
    RegisterEvent event = RegisterDevice();
    event.mutable_school_device_registered()->set_asset_tag(tag);
    EXPECT_THAT(Decide(Entry(), Asks(kHead, event)), Refuses(Reason::kFieldInvalid, "asset_tag"))
        << tag;
  }
}

TEST(P33, ImagesGoToALinkedParentOfAChildShown) {
  EXPECT_THAT(Decide(Captured(), With(Asks(kTeacher, Share()), Allowed())),
              Adds(RegisterEvent::kImageShared));
  EXPECT_THAT(Decide(Captured(), With(Asks(kTeacher, Share(kOtherParent)), Allowed())),
              Refuses(Reason::kRecipientNotParent, "recipient_id"));
  EXPECT_THAT(Decide(Captured(), With(Asks(kTeacher, Share(kColleague.person)), Allowed())),
              Refuses(Reason::kRecipientNotParent, "recipient_id"));
  EXPECT_THAT(Reason::kRecipientNotParent, NamesClause("P33"));
}

TEST(P33, NothingIsSharedWithWhoIsNoParentAnyMore) {
  Context context = Allowed();
  Entry& consent = context.consents[kChild];
  Happen(consent, Asks(kTeacher, LinkParent(kOtherParent)));
  Happen(consent, Asks(kTeacher, UnlinkParent(kOtherParent)));
  EXPECT_THAT(Decide(Captured(), With(Asks(kTeacher, Share(kOtherParent)), context)),
              Refuses(Reason::kRecipientNotParent, "recipient_id"));
}

TEST(P33, AGroupIsSharedWhileEveryChildMayBeShown) {
  RegisterEvent two = Capture();
  two.mutable_image_captured()->add_child_ids(kOtherChild.Bytes());
  Context context = Allowed();
  context.consents[kOtherChild] = Consented();
  const Entry entry = After({With(Asks(kTeacher, two), context)});
  EXPECT_THAT(Decide(entry, With(Asks(kTeacher, Share(), kNow + 2 * kDay), context)),
              Adds(RegisterEvent::kImageShared));
  Happen(context.consents[kOtherChild], Asks(kTeacher, WithdrawConsent(kNow + kDay), kNow + kDay));
  EXPECT_THAT(Decide(entry, With(Asks(kTeacher, Share(), kNow + 2 * kDay), context)),
              Refuses(Reason::kSharingConsentMissing, "child_ids[1]"));
  EXPECT_THAT(Reason::kSharingConsentMissing, NamesClause("P33"));
}

TEST(P33, ImagesAreStoredOnASchoolComputerOnly) {
  EXPECT_THAT(Decide(Captured(), Asks(kTeacher, Store())), Adds(RegisterEvent::kImageStored));
  RegisterEvent elsewhere = Store();
  elsewhere.mutable_image_stored()->set_storage(events::IMAGE_STORAGE_OTHER);
  EXPECT_THAT(Decide(Captured(), Asks(kTeacher, elsewhere)),
              Refuses(Reason::kImageStorage, "storage"));
  EXPECT_THAT(Reason::kImageStorage, NamesClause("P33"));
}

TEST(P33, CapturesAreSeenByWhoMadeThemAndThoseResponsible) {
  EXPECT_TRUE(Sees(Register::kCaptures, Captured(), kTeacher));
  EXPECT_TRUE(Sees(Register::kCaptures, Captured(), kLead));
  EXPECT_FALSE(Sees(Register::kCaptures, Captured(), kColleague));
  EXPECT_THAT(Decide(Captured(), With(Asks(kColleague, Share()), Allowed())),
              Refuses(Reason::kNoSuchRegisterEntry));
}

}  // namespace
}  // namespace wardbook::registers
