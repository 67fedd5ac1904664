// What has happened before a row of the table: each situation is brought about by the
// calls that people would make.

#ifndef TESTS_E2E_CLAUSES_SITUATIONS_H_
#define TESTS_E2E_CLAUSES_SITUATIONS_H_

#include "absl/strings/string_view.h"
#include "tests/e2e/clauses/clause_scene.h"

namespace wardbook::e2e {

// In reports the teacher is the target and the reporter, and the colleague the
// subject, unless the name says otherwise.

// Cases: $case.
void BullyingReported(Scene& scene);
void BullyingReportedToLineManager(Scene& scene);
void BullyingOfAChildReported(Scene& scene);  // The child alone is the target.
void PupilBullied(Scene& scene);              // $child, whose category the reporter does not say.
void TwoAreBullied(Scene& scene);             // Robin Larkspur and the teacher.
void OneOfTwoDecided(Scene& scene);           // Robin Larkspur, to tell the police.
void HandedOn(Scene& scene);
void SomebodyNamedAlone(Scene& scene);
void HeadHasConflict(Scene& scene);
void BullyingClosed(Scene& scene);
void DecidedForPolice(Scene& scene);
void DecidedAgainstPolice(Scene& scene);
void UndecidedAboutPolice(Scene& scene);
void BreachReported(Scene& scene);
void NamedBreachReported(Scene& scene);  // By somebody who is called Robin Larkspur.
void ContactReported(Scene& scene);
void ContactClassifiedAway(Scene& scene);
void PornographyReported(Scene& scene);  // As a breach of P18.
void ConcernReported(Scene& scene);
void DisclosureReported(Scene& scene);
void InvestigationStarted(Scene& scene);
void InvestigationBarred(Scene& scene);
void BreachFound(Scene& scene);
void DisciplineDecided(Scene& scene);
void BreachWitnessed(Scene& scene);  // By the deputy.
void BreachTakenDown(Scene& scene);  // By the Headteacher, as told.
void ThresholdMet(Scene& scene);
void ThresholdMetAdviceSaysWait(Scene& scene);
void NoBreachFound(Scene& scene);
void DisciplineDecidedAgainst(Scene& scene);
void EmployerBarred(Scene& scene);  // Referred, and the police forbid it.
void GoverningBodyInformed(Scene& scene);
void HeadReportsOwnAct(Scene& scene);
void Referred(Scene& scene);
void ReferralAcknowledged(Scene& scene);
void UnsuitableMaterialReported(Scene& scene);
void UnsuitableMaterialOfDeputyReported(Scene& scene);
void UnsuitableMaterialLeadHasConflict(Scene& scene);
void HandedOverToDeputy(Scene& scene);
void HeadAbsent(Scene& scene);  // For an hour; $absence
void HeadAbsentNextWeek(Scene& scene);
void HeadBack(Scene& scene);
void AdviceSought(Scene& scene);
void AdviceSaysWait(Scene& scene);
void AdviceSaysProceed(Scene& scene);
void AdviceSaysWithinLimits(Scene& scene);
void AdvisedAndDecided(Scene& scene);  // What the threshold is, after the advice.
void AdvisedAndBarred(Scene& scene);   // By the advice, which says no.

// Files: $upload, $evidence.
void UploadOpened(Scene& scene);
void FileUploaded(Scene& scene);
void TextThatIsNoTextUploaded(Scene& scene);
void ScreenPrintFiled(Scene& scene);
void TwoScreenPrintsFiled(Scene& scene);   // $first, then $evidence.
void ScreenPrintSuperseded(Scene& scene);  // $first by $evidence.
void UnsuitableScreenPrintFiled(Scene& scene);

// A suspected indecent image, on a case with a filed screen print and with an
// upload that is whole.
void ImageSuspected(Scene& scene);
void UploadSuspected(Scene& scene);  // With an upload that is under way.
void PoliceInformed(Scene& scene);
void PoliceReleased(Scene& scene);
void PoliceReleasedAndDecided(Scene& scene);

// The policy: $version and $sha256 of its text; $reminder.
void VersionDrafted(Scene& scene);
void VersionSignedByHead(Scene& scene);
void VersionSignedByHeadWhoChairs(Scene& scene);
void VersionSigned(Scene& scene);
void VersionApproved(Scene& scene);
void VersionSignedAfterAnother(Scene& scene);
void ReminderIssued(Scene& scene);
void PolicyOverdue(Scene& scene);  // Its review was due years ago.
void OverdueCaseReported(Scene& scene);

// The registers: $entry.
void JustificationSubmitted(Scene& scene);
void HeadsJustificationSubmitted(Scene& scene);
void JustificationReviewed(Scene& scene);
void JustificationAdviceDecided(Scene& scene);
void JustificationAccepted(Scene& scene);
void AdviceNotAppropriate(Scene& scene);  // For a justification that nobody reviewed.
void SocialMediaAskedFor(Scene& scene);
void SocialMediaGranted(Scene& scene);
void HeadAsksForSocialMedia(Scene& scene);
void NameAndLogoAskedFor(Scene& scene);
void NameAndLogoRefused(Scene& scene);
void HeadAsksForNameAndLogo(Scene& scene);
void PhoneKeptOnAskedFor(Scene& scene);
void PhoneKeptOnRefused(Scene& scene);
void DeputyAsksForPhoneKeptOn(Scene& scene);
void ChildPhoneAskedFor(Scene& scene);  // $child, $parent
void HeadAsksForChildPhone(Scene& scene);
void ChildPhoneConsented(Scene& scene);  // Also $consent.
void ParentLinked(Scene& scene);         // $child, $parent, $stranger
void PhotoConsented(Scene& scene);
void DeviceRegistered(Scene& scene);  // And PhotoConsented; $tag
void DeviceRetired(Scene& scene);
void CaptureRecorded(Scene& scene);
void ConsentWithdrawn(Scene& scene);  // Before any capture.
void ConsentRefused(Scene& scene);
void OlderConsentRecorded(Scene& scene);  // After the refusal.
void ParentUnlinked(Scene& scene);
void ParentUnlinkedSinceCapture(Scene& scene);
void WithdrawnSinceCapture(Scene& scene);
void GroupCaptured(Scene& scene);  // With a second child, whose parent has withdrawn since.
void ContactDeclared(Scene& scene);
// With a child, by the teacher, whom the colleague reports for it; $child, $case
void DeclaredContactReported(Scene& scene);
void ContactAcknowledged(Scene& scene);
void DeputyDeclaresContact(Scene& scene);
void HeadDeclaresContact(Scene& scene);
void PhoneTakenInYesterday(Scene& scene);
void ParentsToldYesterday(Scene& scene);
void PhoneReturnedYesterday(Scene& scene);

// Accounts: $somebody, $user; $code.
// $somebody, of a name of their own; `category` is a PersonCategory.
void RegisterSomebody(Scene& scene, absl::string_view name, absl::string_view category);
void SomebodyRegistered(Scene& scene);
void SomebodyJoined(Scene& scene);  // And works in the school.
void AccountIssued(Scene& scene);
void SomebodyLeft(Scene& scene);
void SignInGuessed(Scene& scene);

}  // namespace wardbook::e2e

#endif  // TESTS_E2E_CLAUSES_SITUATIONS_H_
