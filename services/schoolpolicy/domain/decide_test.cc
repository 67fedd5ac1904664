// The rules of the policy itself, clause by clause.

#include "services/schoolpolicy/domain/decide.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/schoolpolicy/domain/policy_for_test.h"

namespace wardbook::schoolpolicy {
namespace {

using kernel::Reason;
using kernel::Rejected;
using kernel::Role;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
namespace events = wardbook::events::v1;

TEST(P01, BothSignaturesAnApprovalAndAReviewDatePutAVersionInForce) {
  PolicyState state = SignedByBoth();
  EXPECT_EQ(state.InForceOn(kToday), nullptr);
  EXPECT_THAT(Apply(state, WholeApproval(1)), SizeIs(1));
  ASSERT_NE(state.InForceOn(kToday), nullptr);
  EXPECT_EQ(state.InForceOn(kToday)->id, VersionOf(1));
  EXPECT_EQ(state.InForceOn(kToday)->review_on, absl::CivilDay(2027, 7, 1));
  EXPECT_EQ(state.InForceOn(kToday - 1), nullptr);
}

TEST(P01, OneSignatureDoesNotPutAVersionInForce) {
  PolicyState state = Drafted();
  const Rejected unsigned_version{Reason::kPolicySignatureMissing, "version_id"};
  EXPECT_EQ(RefusalOf(state, WholeApproval(1)), unsigned_version);
  Apply(state, HeadSigns(1));
  EXPECT_EQ(RefusalOf(state, WholeApproval(1)), unsigned_version);
  PolicyState other = Drafted();
  Apply(other, ChairSigns(1));
  EXPECT_EQ(RefusalOf(other, WholeApproval(1)), unsigned_version);
}

TEST(P01, OnePersonDoesNotSignInBothOffices) {
  PolicyState state = Drafted();
  SignPolicyVersion as_head = HeadSigns(1);
  SignPolicyVersion as_chair = ChairSigns(1);
  as_head.by = as_chair.by = Someone(9, {Role::kHeadteacher, Role::kChairOfGovernors});
  Apply(state, as_head);
  EXPECT_EQ(RefusalOf(state, as_chair), (Rejected{Reason::kPolicySameSignatory, "office"}));
}

TEST(P01, OnlyWhoHoldsTheOfficeSignsInIt) {
  const PolicyState state = Drafted();
  SignPolicyVersion wrong = HeadSigns(1);
  wrong.by = Chair();
  EXPECT_EQ(RefusalOf(state, wrong), (Rejected{Reason::kPolicySignatory, "office"}));
  wrong.by = Leader();
  EXPECT_EQ(RefusalOf(state, wrong), (Rejected{Reason::kPolicySignatory, "office"}));
  wrong.by = Officer();
  EXPECT_EQ(RefusalOf(state, wrong), (Rejected{Reason::kRoleRequired, ""}));
  wrong = HeadSigns(1);
  wrong.office = events::POLICY_OFFICE_UNSPECIFIED;
  EXPECT_EQ(RefusalOf(state, wrong), (Rejected{Reason::kFieldMissing, "office"}));
}

TEST(P01, ASignatureIsUnderTheTextThatWasRead) {
  PolicyState state = Drafted();
  Apply(state, RevisePolicyDraft{Leader(), VersionOf(1), "Policy", "Another text.", HashOf(7)});
  EXPECT_EQ(RefusalOf(state, HeadSigns(1)),
            (Rejected{Reason::kPolicyTextChanged, "content_sha256"}));
  SignPolicyVersion unread = HeadSigns(1);
  unread.content_sha256.reset();
  EXPECT_EQ(RefusalOf(state, unread), (Rejected{Reason::kFieldMissing, "content_sha256"}));
}

TEST(P01, SignaturesFallAwayWhenTheTextChanges) {
  PolicyState state = SignedByBoth();
  Apply(state, RevisePolicyDraft{Leader(), VersionOf(1), "Policy", "Another text.", HashOf(7)});
  EXPECT_THAT(state.Find(VersionOf(1))->signatures, IsEmpty());
  EXPECT_EQ(RefusalOf(state, WholeApproval(1)),
            (Rejected{Reason::kPolicySignatureMissing, "version_id"}));
}

TEST(P01, AnApprovedVersionIsNotEditedNorSignedNorApprovedAnew) {
  const PolicyState state = InForce();
  const Rejected approved{Reason::kPolicyApproved, "version_id"};
  EXPECT_EQ(RefusalOf(state, RevisePolicyDraft{Leader(), VersionOf(1), "Policy", "Another text.",
                                               HashOf(7)}),
            approved);
  EXPECT_EQ(RefusalOf(state, HeadSigns(1)), approved);
  ApprovePolicyVersion again = WholeApproval(1);
  again.review_on = "2027-08-01";
  EXPECT_EQ(RefusalOf(state, again), approved);
}

TEST(P01, ANewDraftTakesThePlaceOfAnApprovedVersion) {
  PolicyState state = InForce();
  Apply(state, WholeDraft(2));
  Apply(state, HeadSigns(2));
  Apply(state, ChairSigns(2));
  EXPECT_EQ(state.InForceOn(kToday)->id, VersionOf(1));
  ApprovePolicyVersion approval = WholeApproval(2);
  approval.by = Chair(kToday + 30);
  approval.approved_on = "2026-10-01";
  Apply(state, approval);
  EXPECT_EQ(state.InForceOn(absl::CivilDay(2026, 9, 30))->id, VersionOf(1));
  EXPECT_EQ(state.InForceOn(absl::CivilDay(2026, 10, 1))->id, VersionOf(2));
}

TEST(P01, AVersionIsNotApprovedWithoutAReviewDate) {
  ApprovePolicyVersion approval = WholeApproval(1);
  approval.review_on = "";
  EXPECT_EQ(RefusalOf(SignedByBoth(), approval),
            (Rejected{Reason::kReviewDateMissing, "review_on"}));
  approval.review_on = "next July";
  EXPECT_EQ(RefusalOf(SignedByBoth(), approval), (Rejected{Reason::kFieldInvalid, "review_on"}));
  approval.review_on = approval.approved_on;
  EXPECT_EQ(RefusalOf(SignedByBoth(), approval), (Rejected{Reason::kFieldInvalid, "review_on"}));
}

TEST(P01, TheDayOfApprovalHasComeAndIsNotBeforeTheVersionInForce) {
  ApprovePolicyVersion approval = WholeApproval(1);
  approval.approved_on = "2026-09-15";
  EXPECT_EQ(RefusalOf(SignedByBoth(), approval), (Rejected{Reason::kFutureTime, "approved_on"}));
  approval.approved_on = "";
  EXPECT_EQ(RefusalOf(SignedByBoth(), approval), (Rejected{Reason::kFieldMissing, "approved_on"}));
  approval.approved_on = "14/09/2026";
  EXPECT_EQ(RefusalOf(SignedByBoth(), approval), (Rejected{Reason::kFieldInvalid, "approved_on"}));
  PolicyState state = InForce();
  Apply(state, WholeDraft(2));
  Apply(state, HeadSigns(2));
  Apply(state, ChairSigns(2));
  approval = WholeApproval(2);
  approval.approved_on = "2026-09-13";
  EXPECT_EQ(RefusalOf(state, approval), (Rejected{Reason::kPolicyApprovalOrder, "approved_on"}));
}

TEST(P01, OnlyTheHeadteacherAndTheChairApprove) {
  ApprovePolicyVersion approval = WholeApproval(1);
  for (const By& by : {Leader(), Teacher(), Administrator(), Officer()}) {
    approval.by = by;
    EXPECT_EQ(RefusalOf(SignedByBoth(), approval), (Rejected{Reason::kRoleRequired, ""}));
  }
}

TEST(P01, AVersionThatIsNotThereIsSaidNotToBe) {
  const PolicyState state = InForce();
  const Rejected none{Reason::kNoSuchPolicyVersion, "version_id"};
  EXPECT_EQ(RefusalOf(state, HeadSigns(7)), none);
  EXPECT_EQ(RefusalOf(state, WholeApproval(7)), none);
  EXPECT_EQ(RefusalOf(state, WholeAcknowledgement(7)), none);
  EXPECT_EQ(RefusalOf(state, RevisePolicyDraft{Leader(), std::nullopt, "t", "c", HashOf(7)}), none);
}

TEST(P01, ADraftNeedsATitleAndAText) {
  DraftPolicyVersion draft = WholeDraft(1);
  draft.title = " ";
  EXPECT_EQ(RefusalOf(PolicyState(), draft), (Rejected{Reason::kFieldMissing, "title"}));
  draft = WholeDraft(1);
  draft.content = "";
  EXPECT_EQ(RefusalOf(PolicyState(), draft), (Rejected{Reason::kFieldMissing, "content"}));
  draft.content = std::string(kContentCharactersMax + 1, 'x');
  EXPECT_EQ(RefusalOf(PolicyState(), draft), (Rejected{Reason::kFieldTooLong, "content"}));
  draft = WholeDraft(1);
  draft.by = Teacher();
  EXPECT_EQ(RefusalOf(PolicyState(), draft), (Rejected{Reason::kRoleRequired, ""}));
}

TEST(P02, TheNextReviewIsAtMostAYearAfterTheApproval) {
  ApprovePolicyVersion approval = WholeApproval(1);
  approval.review_on = "2027-09-15";
  EXPECT_EQ(RefusalOf(SignedByBoth(), approval),
            (Rejected{Reason::kReviewDateTooLate, "review_on"}));
  approval.review_on = "2027-09-14";
  PolicyState state = SignedByBoth();
  EXPECT_THAT(Apply(state, approval), SizeIs(1));
}

TEST(P02, AReviewWithoutChangeMovesTheNextReviewByAYearAtMost) {
  PolicyState state = InForce();
  RecordPolicyReview review = WholeReview();
  review.next_review_on = "2027-09-15";
  EXPECT_EQ(RefusalOf(state, review), (Rejected{Reason::kReviewDateTooLate, "next_review_on"}));
  review.next_review_on = "";
  EXPECT_EQ(RefusalOf(state, review), (Rejected{Reason::kReviewDateMissing, "next_review_on"}));
  EXPECT_THAT(Apply(state, WholeReview()), SizeIs(1));
  EXPECT_EQ(state.InForceOn(kToday)->review_on, absl::CivilDay(2027, 9, 14));
  EXPECT_EQ(state.InForceOn(kToday)->id, VersionOf(1));
}

TEST(P02, AReviewThatWantsANewVersionNamesItsDraft) {
  PolicyState state = InForce();
  RecordPolicyReview review = WholeReview();
  review.outcome = events::POLICY_REVIEW_OUTCOME_NEW_VERSION;
  EXPECT_EQ(RefusalOf(state, review), (Rejected{Reason::kNoSuchPolicyVersion, "new_version_id"}));
  review.new_version = VersionOf(1);
  EXPECT_EQ(RefusalOf(state, review), (Rejected{Reason::kPolicyApproved, "new_version_id"}));
  Apply(state, WholeDraft(2));
  review.new_version = VersionOf(2);
  const absl::CivilDay due = state.InForceOn(kToday)->review_on;
  EXPECT_THAT(Apply(state, review), SizeIs(1));
  EXPECT_EQ(state.InForceOn(kToday)->review_on, due) << "only a new version moves it";
}

TEST(P02, AReviewIsOfAVersionInForceAndOnADayThatHasCome) {
  EXPECT_EQ(RefusalOf(SignedByBoth(), WholeReview()), (Rejected{Reason::kNoPolicyInForce, ""}));
  RecordPolicyReview review = WholeReview();
  review.reviewed_on = "2026-09-15";
  EXPECT_EQ(RefusalOf(InForce(), review), (Rejected{Reason::kFutureTime, "reviewed_on"}));
  review.reviewed_on = "2026-09-13";
  EXPECT_EQ(RefusalOf(InForce(), review), (Rejected{Reason::kFieldInvalid, "reviewed_on"}));
  review = WholeReview();
  review.outcome = events::POLICY_REVIEW_OUTCOME_UNSPECIFIED;
  EXPECT_EQ(RefusalOf(InForce(), review), (Rejected{Reason::kFieldMissing, "outcome"}));
  review = WholeReview();
  review.by = Leader();
  EXPECT_EQ(RefusalOf(InForce(), review), (Rejected{Reason::kRoleRequired, ""}));
}

TEST(P02, AReviewIsWrittenDownAfterTheVersionThatCameOfIt) {
  PolicyState state = InForce();
  PutInForce(state, 2, "2026-10-01");
  RecordPolicyReview review = WholeReview();
  review.by.today = kToday + 60;
  review.outcome = events::POLICY_REVIEW_OUTCOME_NEW_VERSION;
  review.reviewed_on = "2026-09-20";
  review.new_version = VersionOf(2);
  const auto recorded = Apply(state, review);
  ASSERT_THAT(recorded, SizeIs(1));
  EXPECT_EQ(recorded[0].policy_reviewed().version_id(), VersionOf(1).Bytes());
  EXPECT_EQ(recorded[0].policy_reviewed().new_version_id(), VersionOf(2).Bytes());
  EXPECT_THAT(Apply(state, review), IsEmpty());
  // It took the place of the version that was reviewed before it was approved.
  review.reviewed_on = "2026-10-02";
  EXPECT_EQ(RefusalOf(state, review), (Rejected{Reason::kFieldInvalid, "reviewed_on"}));
  review.reviewed_on = "2026-10-05";
  review.new_version = VersionOf(1);
  EXPECT_EQ(RefusalOf(state, review), (Rejected{Reason::kPolicyApproved, "new_version_id"}));
}

TEST(P02, TheFirstVersionTookNobodysPlace) {
  RecordPolicyReview review = WholeReview();
  review.outcome = events::POLICY_REVIEW_OUTCOME_NEW_VERSION;
  review.new_version = VersionOf(1);
  EXPECT_EQ(RefusalOf(InForce(), review), (Rejected{Reason::kPolicyApproved, "new_version_id"}));
}

TEST(P02, AnOlderReviewThatIsEnteredLateDoesNotSetTheDateBack) {
  PolicyState state = InForce();
  RecordPolicyReview review = WholeReview();
  review.by.today = kToday + 60;
  review.reviewed_on = "2026-11-01";
  review.next_review_on = "2027-11-01";
  ASSERT_THAT(Apply(state, review), SizeIs(1));
  review.reviewed_on = "2026-10-01";
  review.next_review_on = "2027-01-01";
  ASSERT_THAT(Apply(state, review), SizeIs(1));
  EXPECT_EQ(state.Find(VersionOf(1))->review_on, absl::CivilDay(2027, 11, 1));
}

TEST(P02, AnOverdueReviewBlocksNothing) {
  PolicyState state = SignedByBoth();
  ApprovePolicyVersion old = WholeApproval(1);
  old.approved_on = "2022-09-05";
  old.review_on = "2023-07-05";
  Apply(state, old);
  // Years later the version is in force all the same, and everything works.
  EXPECT_EQ(state.InForceOn(kToday)->id, VersionOf(1));
  EXPECT_THAT(Apply(state, WholeAcknowledgement(1)), SizeIs(1));
  EXPECT_THAT(Apply(state, IssuePreventionReminder{Head(), ReminderOf(1), "Take care."}),
              SizeIs(1));
  EXPECT_THAT(Apply(state, WholeDraft(2)), SizeIs(1));
  EXPECT_THAT(Apply(state, WholeReview()), SizeIs(1));
}

TEST(P03, EverybodyAcknowledgesTheVersionInForceForThemselves) {
  PolicyState state = InForce();
  EXPECT_THAT(Apply(state, WholeAcknowledgement(1)), SizeIs(1));
  EXPECT_TRUE(state.Find(VersionOf(1))->acknowledgements.contains(PersonOf(3)));
  EXPECT_FALSE(state.Find(VersionOf(1))->acknowledgements.contains(PersonOf(4)));
}

TEST(P03, NobodyAcknowledgesForSomebodyElse) {
  AcknowledgePolicy command = WholeAcknowledgement(1);
  for (const By& by : {Head(), Chair(), Administrator()}) {
    command.by = by;
    EXPECT_EQ(RefusalOf(InForce(), command), (Rejected{Reason::kAcknowledgeOwn, "person_id"}));
  }
}

TEST(P03, ANewVersionIsAcknowledgedAnewAndTheOldOneNoMore) {
  PolicyState state = InForce();
  Apply(state, WholeAcknowledgement(1));
  Apply(state, WholeDraft(2));
  EXPECT_EQ(RefusalOf(state, WholeAcknowledgement(2)),
            (Rejected{Reason::kPolicyNotInForce, "version_id"}));
  Apply(state, HeadSigns(2));
  Apply(state, ChairSigns(2));
  Apply(state, WholeApproval(2));
  EXPECT_THAT(state.InForceOn(kToday)->acknowledgements, IsEmpty());
  EXPECT_EQ(RefusalOf(state, WholeAcknowledgement(1)),
            (Rejected{Reason::kPolicyNotInForce, "version_id"}));
  EXPECT_THAT(Apply(state, WholeAcknowledgement(2)), SizeIs(1));
  EXPECT_TRUE(state.Find(VersionOf(1))->acknowledgements.contains(PersonOf(3)));
}

TEST(P03, OfficersOfTheAuthorityAreNotAsked) {
  AcknowledgePolicy command = WholeAcknowledgement(1);
  command.by = Officer();
  command.person = command.by.actor.person;
  EXPECT_EQ(RefusalOf(InForce(), command), (Rejected{Reason::kRoleRequired, ""}));
}

TEST(P12, TheTickListIsAdviceAndCanBeFilledInLater) {
  PolicyState state = InForce();
  AcknowledgePolicy command = WholeAcknowledgement(1);
  command.ticks = {};
  EXPECT_THAT(Apply(state, command), SizeIs(1));
  EXPECT_THAT(Apply(state, command), IsEmpty());
  command.ticks = {events::SAFER_ONLINE_POINT_PRIVACY_HIGH, events::SAFER_ONLINE_POINT_PRIVACY_HIGH,
                   events::SAFER_ONLINE_POINT_RESPONSIBLE_USE};
  const auto recorded = Apply(state, command, kNow + absl::Hours(1));
  ASSERT_THAT(recorded, SizeIs(1));
  EXPECT_EQ(recorded[0].policy_acknowledged().ticks_size(), 2);
  const Acknowledgement& given = state.Find(VersionOf(1))->acknowledgements.at(PersonOf(3));
  EXPECT_EQ(given.time, kNow) << "they acknowledged it when they first did";
  EXPECT_THAT(given.ticks, ElementsAre(events::SAFER_ONLINE_POINT_RESPONSIBLE_USE,
                                       events::SAFER_ONLINE_POINT_PRIVACY_HIGH));
  command.ticks = {events::SAFER_ONLINE_POINT_UNSPECIFIED};
  EXPECT_EQ(RefusalOf(state, command), (Rejected{Reason::kFieldInvalid, "ticks"}));
}

TEST(P05, TheLeadershipRemindsAndEverybodyAcknowledges) {
  PolicyState state = InForce();
  const IssuePreventionReminder remind{Head(), ReminderOf(1), "Check your privacy settings."};
  const auto issued = Apply(state, remind);
  ASSERT_THAT(issued, SizeIs(1));
  EXPECT_EQ(issued[0].prevention_reminder_issued().version_id(), VersionOf(1).Bytes());
  EXPECT_THAT(Apply(state, AcknowledgePreventionReminder{Teacher(), ReminderOf(1)}), SizeIs(1));
  EXPECT_TRUE(state.FindReminder(ReminderOf(1))->acknowledgements.contains(PersonOf(3)));
}

TEST(P05, AReminderIsNotTheTeachersToIssueAndIsNotEmpty) {
  const PolicyState state = InForce();
  EXPECT_EQ(RefusalOf(state, IssuePreventionReminder{Teacher(), ReminderOf(1), "Take care."}),
            (Rejected{Reason::kRoleRequired, ""}));
  EXPECT_EQ(RefusalOf(state, IssuePreventionReminder{Head(), ReminderOf(1), ""}),
            (Rejected{Reason::kFieldMissing, "message"}));
  EXPECT_EQ(RefusalOf(state, AcknowledgePreventionReminder{Teacher(), ReminderOf(1)}),
            (Rejected{Reason::kNoSuchReminder, "reminder_id"}));
}

TEST(P05, StaffAreRemindedBeforeThereIsAPolicyToo) {
  PolicyState state;
  const auto issued =
      Apply(state, IssuePreventionReminder{Leader(), ReminderOf(1), "Keep your number private."});
  ASSERT_THAT(issued, SizeIs(1));
  EXPECT_EQ(issued[0].prevention_reminder_issued().version_id(), "");
}

TEST(Oversight, IsWithThoseWhoAnswerForThePolicy) {
  for (const By& by : {Head(), Chair(), Leader(), Administrator()}) {
    EXPECT_TRUE(MayOversee(by.actor));
  }
  EXPECT_TRUE(MayOversee(Someone(8, {Role::kSafeguardingLead}).actor));
  for (const By& by : {Teacher(), Officer(), Someone(8, {Role::kLineManager, Role::kAuditor})}) {
    EXPECT_FALSE(MayOversee(by.actor));
  }
}

}  // namespace
}  // namespace wardbook::schoolpolicy
