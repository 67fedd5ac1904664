// What has happened before somebody tries something: a school, and the things
// that were made in it, by the names under which requests speak of them.
//
//   scene.Do(&School::teacher, "CaseService.AddNote", R"(case_ref: "$case" text: "a note")");

#ifndef TESTS_E2E_CLAUSES_CLAUSE_SCENE_H_
#define TESTS_E2E_CLAUSES_CLAUSE_SCENE_H_

#include <map>
#include <string>

#include "absl/strings/string_view.h"
#include "google/protobuf/message.h"
#include "tests/e2e/any_call.h"
#include "tests/e2e/school.h"

namespace wardbook::e2e {

// Placeholders are "$" and a name:
//   $teacher, $head ...     a person's id in hexadecimal digits; $teacher.bytes as bytes
//   $child, $parent         somebody of the register who has no account
//   $case, $entry ...       the last one that was made: a response's case_ref, entry_id ...
//                           (".bytes" as well where it is hexadecimal)
//   $now, $in_an_hour ...   a google.protobuf.Timestamp's fields
//   $today, $in_a_year ...  a date
// Thread-compatible.
class Scene {
 public:
  explicit Scene(const School& school);

  const School& school() const { return school_; }

  // Calls a method, such as "CaseService.AddNote", with a request in text format.
  WireAnswer Try(Person School::*as, absl::string_view method, absl::string_view request) const;
  // The same; fails the test unless it is answered with OK, and takes over the
  // names of what was made.
  void Do(Person School::*as, absl::string_view method, absl::string_view request);

  // Gives something the name `as` as well, such as an entry that another one
  // refers to.
  void Keep(absl::string_view name, absl::string_view as);
  void Set(absl::string_view name, absl::string_view value);

  // The text with its placeholders filled in; fails the test when it has others.
  std::string Filled(absl::string_view text) const;

 private:
  const School& school_;
  // With the "$".
  std::map<std::string, std::string> names_;
};

using Situation = void (*)(Scene&);

// In reports the teacher is the target and the reporter, and the colleague the
// subject, unless the name says otherwise.

// Cases: $case.
void BullyingReported(Scene& scene);
void BullyingReportedToLineManager(Scene& scene);
void BullyingOfAChildReported(Scene& scene);  // The child alone is the target.
void HandedOn(Scene& scene);
void HeadHasConflict(Scene& scene);
void BullyingClosed(Scene& scene);
void DecidedForPolice(Scene& scene);
void BreachReported(Scene& scene);
void NamedBreachReported(Scene& scene);  // By somebody who is called Robin Larkspur.
void ContactReported(Scene& scene);
void DisclosureReported(Scene& scene);
void InvestigationStarted(Scene& scene);
void InvestigationBarred(Scene& scene);
void BreachFound(Scene& scene);
void DisciplineDecided(Scene& scene);
void ThresholdMet(Scene& scene);
void GoverningBodyInformed(Scene& scene);
void HeadReportsOwnAct(Scene& scene);
void Referred(Scene& scene);
void ReferralAcknowledged(Scene& scene);
void UnsuitableMaterialReported(Scene& scene);
void HandedOverToDeputy(Scene& scene);
void HeadAbsent(Scene& scene);  // For an hour; $absence
void HeadAbsentNextWeek(Scene& scene);
void HeadBack(Scene& scene);
void AdviceSought(Scene& scene);
void AdviceSaysWait(Scene& scene);
void AdviceSaysProceed(Scene& scene);

// Files: $upload, $evidence.
void UploadOpened(Scene& scene);
void FileUploaded(Scene& scene);
void TextThatIsNoTextUploaded(Scene& scene);
void ScreenPrintFiled(Scene& scene);
void UnsuitableScreenPrintFiled(Scene& scene);

// A suspected indecent image, on a case with a filed screen print and with an
// upload that is whole.
void ImageSuspected(Scene& scene);
void UploadSuspected(Scene& scene);  // With an upload that is under way.
void PoliceInformed(Scene& scene);
void PoliceReleased(Scene& scene);

// The policy: $version and $sha256 of its text; $reminder.
void VersionDrafted(Scene& scene);
void VersionSignedByHead(Scene& scene);
void VersionSignedByHeadWhoChairs(Scene& scene);
void VersionSigned(Scene& scene);
void VersionApproved(Scene& scene);
void VersionSignedAfterAnother(Scene& scene);
void ReminderIssued(Scene& scene);

// The registers: $entry.
void JustificationSubmitted(Scene& scene);
void HeadsJustificationSubmitted(Scene& scene);
void JustificationReviewed(Scene& scene);
void JustificationAdviceDecided(Scene& scene);
void SocialMediaAskedFor(Scene& scene);
void SocialMediaGranted(Scene& scene);
void HeadAsksForSocialMedia(Scene& scene);
void NameAndLogoAskedFor(Scene& scene);
void PhoneKeptOnAskedFor(Scene& scene);
void DeputyAsksForPhoneKeptOn(Scene& scene);
void ChildPhoneAskedFor(Scene& scene);   // $child, $parent
void ChildPhoneConsented(Scene& scene);  // Also $consent.
void ParentLinked(Scene& scene);         // $child, $parent, $stranger
void PhotoConsented(Scene& scene);
void DeviceRegistered(Scene& scene);  // And PhotoConsented; $tag
void DeviceRetired(Scene& scene);
void CaptureRecorded(Scene& scene);
void ContactDeclared(Scene& scene);
void DeputyDeclaresContact(Scene& scene);
void HeadDeclaresContact(Scene& scene);
void PhoneTakenInYesterday(Scene& scene);
void ParentsToldYesterday(Scene& scene);
void PhoneReturnedYesterday(Scene& scene);

// Accounts: $somebody, $user; $code.
void SomebodyRegistered(Scene& scene);
void AccountIssued(Scene& scene);
void SomebodyLeft(Scene& scene);
void SignInGuessed(Scene& scene);

}  // namespace wardbook::e2e

#endif  // TESTS_E2E_CLAUSES_CLAUSE_SCENE_H_
