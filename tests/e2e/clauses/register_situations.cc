#include "tests/e2e/clauses/situations.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "tests/e2e/answer.h"
#include "tests/e2e/cases.h"
#include "wardbook/v1/register_service.grpc.pb.h"

namespace wardbook::e2e {
namespace {

namespace v1 = wardbook::v1;

constexpr absl::string_view kJustification = R"(
  justification { action: "my phone stayed on during a lesson" timing: ACTION_TIMING_TAKEN
                  action_time { $an_hour_ago } clause: "P28" reasons: "my child is in hospital" })";

constexpr absl::string_view kSocialMedia = R"(
  permission { kind: PERMISSION_KIND_WORK_SOCIAL_MEDIA reason: "the school's own page"
               purpose: USE_PURPOSE_PROFESSIONAL platform: "Facebook" equipment: "school laptop"
               until_time { $in_a_week } })";

constexpr absl::string_view kNameAndLogo = R"(
  permission { kind: PERMISSION_KIND_NAME_AND_LOGO reason: "the summer fair"
               where_used: "posters" asset: "the logo" audience: "the village"
               until_time { $in_a_week } })";

constexpr absl::string_view kPhoneKeptOn = R"(
  permission { kind: PERMISSION_KIND_PHONE_KEPT_ON reason: "my child is in hospital"
               rooms: PHONE_ROOM_STAFF_ROOM until_time { $in_a_week } })";

constexpr absl::string_view kContact = R"(
  contact { family: "neighbours" nature: SOCIAL_CONTACT_NATURE_COMMUNITY since: "2019" })";

void AskForChildPhone(Scene& scene, Person School::*as) {
  RegisterSomebody(scene, "child", "PERSON_CATEGORY_PUPIL");
  RegisterSomebody(scene, "parent", "PERSON_CATEGORY_PARENT");
  scene.Do(as, "RegisterService.RequestPermission", R"(
      permission { kind: PERMISSION_KIND_CHILD_PHONE_KEPT reason: "walks home alone"
                   child_id: "$child.bytes" parent_id: "$parent.bytes"
                   until_time { $in_a_week } })");
}

}  // namespace

void JustificationSubmitted(Scene& scene) {
  scene.Do(&School::teacher, "RegisterService.SubmitJustification", kJustification);
}

void HeadsJustificationSubmitted(Scene& scene) {
  scene.Do(&School::head, "RegisterService.SubmitJustification", kJustification);
}

void JustificationReviewed(Scene& scene) {
  JustificationSubmitted(scene);
  scene.Do(&School::head, "RegisterService.ReviewJustification", R"(
      entry_id: "$entry"
      review { finding: JUSTIFICATION_FINDING_ADVICE_NEEDED reasons: "not clear to me" })");
}

void JustificationAdviceDecided(Scene& scene) {
  JustificationReviewed(scene);
  scene.Do(&School::head, "RegisterService.DecideJustificationAdvice", R"(
      entry_id: "$entry" decision { choice: ADVICE_CHOICE_SOUGHT reasons: "to be sure"
                                    asked_of: "Lancashire Safeguarding" })");
}

void JustificationAccepted(Scene& scene) {
  JustificationSubmitted(scene);
  scene.Do(&School::head, "RegisterService.ReviewJustification", R"(
      entry_id: "$entry"
      review { finding: JUSTIFICATION_FINDING_ACCEPTED reasons: "there was no other way" })");
}

void AdviceNotAppropriate(Scene& scene) {
  JustificationSubmitted(scene);
  scene.Do(&School::head, "RegisterService.DecideJustificationAdvice", R"(
      entry_id: "$entry"
      decision { choice: ADVICE_CHOICE_NOT_APPROPRIATE reasons: "a small matter" })");
}

void SocialMediaAskedFor(Scene& scene) {
  scene.Do(&School::teacher, "RegisterService.RequestPermission", kSocialMedia);
}

void SocialMediaGranted(Scene& scene) {
  SocialMediaAskedFor(scene);
  scene.Do(&School::head, "RegisterService.GrantPermission", R"(entry_id: "$entry" grant {})");
}

void HeadAsksForSocialMedia(Scene& scene) {
  scene.Do(&School::head, "RegisterService.RequestPermission", kSocialMedia);
}

void NameAndLogoAskedFor(Scene& scene) {
  scene.Do(&School::teacher, "RegisterService.RequestPermission", kNameAndLogo);
}

void NameAndLogoRefused(Scene& scene) {
  NameAndLogoAskedFor(scene);
  scene.Do(&School::head, "RegisterService.RefusePermission",
           R"(entry_id: "$entry" refusal { reasons: "not at a pub" })");
}

void HeadAsksForNameAndLogo(Scene& scene) {
  scene.Do(&School::head, "RegisterService.RequestPermission", kNameAndLogo);
}

void PhoneKeptOnAskedFor(Scene& scene) {
  scene.Do(&School::teacher, "RegisterService.RequestPermission", kPhoneKeptOn);
}

void PhoneKeptOnRefused(Scene& scene) {
  PhoneKeptOnAskedFor(scene);
  scene.Do(&School::deputy, "RegisterService.RefusePermission",
           R"(entry_id: "$entry" refusal { reasons: "the office can be called" })");
}

void DeputyAsksForPhoneKeptOn(Scene& scene) {
  scene.Do(&School::deputy, "RegisterService.RequestPermission", kPhoneKeptOn);
}

void ChildPhoneAskedFor(Scene& scene) { AskForChildPhone(scene, &School::teacher); }

void HeadAsksForChildPhone(Scene& scene) { AskForChildPhone(scene, &School::head); }

void ChildPhoneConsented(Scene& scene) {
  ChildPhoneAskedFor(scene);
  scene.Keep("entry", "consent");
  scene.Do(&School::head, "RegisterService.GrantPermission", R"(entry_id: "$entry" grant {})");
}

void ParentLinked(Scene& scene) {
  RegisterSomebody(scene, "child", "PERSON_CATEGORY_PUPIL");
  RegisterSomebody(scene, "parent", "PERSON_CATEGORY_PARENT");
  RegisterSomebody(scene, "stranger", "PERSON_CATEGORY_VISITOR");
  scene.Do(&School::teacher, "RegisterService.LinkParent", R"(
      entry_id: "$child" parent { parent_id: "$parent.bytes" relationship: "mother" })");
}

void PhotoConsented(Scene& scene) {
  ParentLinked(scene);
  scene.Do(&School::teacher, "RegisterService.GivePhotoConsent", R"(
      entry_id: "$child"
      consent { parent_id: "$parent.bytes" scopes: PHOTO_SCOPE_LEARNING how: "on the form" })");
}

void DeviceRegistered(Scene& scene) {
  PhotoConsented(scene);
  scene.Set("tag", absl::StrCat("TAB-", absl::AsciiStrToUpper(NewRequestId().substr(0, 8))));
  scene.Do(&School::deputy, "RegisterService.RegisterSchoolDevice",
           R"(device { asset_tag: "$tag" description: "a tablet" })");
}

void DeviceRetired(Scene& scene) {
  DeviceRegistered(scene);
  scene.Do(&School::deputy, "RegisterService.RetireSchoolDevice",
           R"(entry_id: "$tag" retirement { reasons: "the screen is broken" })");
}

void CaptureRecorded(Scene& scene) {
  DeviceRegistered(scene);
  scene.Do(&School::teacher, "RegisterService.RecordCapture", R"(
      capture { asset_tag: "$tag" child_ids: "$child.bytes" scope: PHOTO_SCOPE_LEARNING
                description: "planting beans" })");
}

void ConsentWithdrawn(Scene& scene) {
  DeviceRegistered(scene);
  scene.Do(&School::teacher, "RegisterService.WithdrawPhotoConsent", R"(
      entry_id: "$child" withdrawal { parent_id: "$parent.bytes" how: "by telephone" })");
}

void ConsentRefused(Scene& scene) {
  DeviceRegistered(scene);
  scene.Do(&School::teacher, "RegisterService.RefusePhotoConsent", R"(
      entry_id: "$child" refusal { parent_id: "$parent.bytes" how: "by telephone" })");
}

void OlderConsentRecorded(Scene& scene) {
  ConsentRefused(scene);
  scene.Do(&School::teacher, "RegisterService.GivePhotoConsent", R"(
      entry_id: "$child"
      consent { parent_id: "$parent.bytes" scopes: PHOTO_SCOPE_LEARNING how: "on the form"
                given_time { $yesterday_morning } })");
}

void ParentUnlinked(Scene& scene) {
  ParentLinked(scene);
  scene.Do(&School::teacher, "RegisterService.UnlinkParent", R"(
      entry_id: "$child" unlinking { parent_id: "$parent.bytes" reasons: "the wrong child" })");
}

void ParentUnlinkedSinceCapture(Scene& scene) {
  CaptureRecorded(scene);
  scene.Keep("entry", "capture");
  scene.Do(&School::teacher, "RegisterService.UnlinkParent", R"(
      entry_id: "$child" unlinking { parent_id: "$parent.bytes" reasons: "the wrong child" })");
  scene.Keep("capture", "entry");
}

void WithdrawnSinceCapture(Scene& scene) {
  CaptureRecorded(scene);
  scene.Keep("entry", "capture");
  scene.Do(&School::teacher, "RegisterService.WithdrawPhotoConsent", R"(
      entry_id: "$child" withdrawal { parent_id: "$parent.bytes" how: "by telephone" })");
  scene.Keep("capture", "entry");
}

void GroupCaptured(Scene& scene) {
  PhotoConsented(scene);
  scene.Keep("child", "first");
  scene.Keep("parent", "mother");
  DeviceRegistered(scene);
  scene.Do(&School::teacher, "RegisterService.RecordCapture", R"(
      capture { asset_tag: "$tag" child_ids: "$first.bytes" child_ids: "$child.bytes"
                scope: PHOTO_SCOPE_LEARNING description: "planting beans" })");
  scene.Keep("entry", "capture");
  scene.Do(&School::teacher, "RegisterService.WithdrawPhotoConsent", R"(
      entry_id: "$child" withdrawal { parent_id: "$parent.bytes" how: "by telephone" })");
  scene.Keep("capture", "entry");
  scene.Keep("mother", "parent");
}

void ContactDeclared(Scene& scene) {
  scene.Do(&School::teacher, "RegisterService.DeclareSocialContact", kContact);
}

void DeclaredContactReported(Scene& scene) {
  RegisterSomebody(scene, "child", "PERSON_CATEGORY_PUPIL");
  scene.Do(&School::teacher, "RegisterService.DeclareSocialContact", R"(
      contact { child_id: "$child.bytes" family: "neighbours" since: "2019"
                nature: SOCIAL_CONTACT_NATURE_COMMUNITY })");
  scene.Do(&School::colleague, "IncidentService.ReportIncident", R"(
      kind: INCIDENT_KIND_CODE_OF_CONDUCT what_happened: "they are friends online"
      happened_at { date: "$today" } wishes_not_given: true
      breached_clauses: BREACH_CLAUSE_P06_CONTACT_WITH_CHILDREN
      parties { capacity: CAPACITY_SUBJECT person_id: "$teacher.bytes" }
      parties { capacity: CAPACITY_TARGET person_id: "$child.bytes"
                category: PERSON_CATEGORY_PUPIL }
      indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)");
  // From here on the view that the registers answer from has the declaration.
  const Person& head = scene.school().head;
  v1::ListEntriesRequest list;
  list.set_in_register(v1::REGISTER_SOCIAL_CONTACTS);
  list.set_list(v1::ENTRY_LIST_ALL);
  ASSERT_THAT(head.CallFrom(head.Head().size - 1, &v1::RegisterService::Stub::ListEntries, list),
              IsAnswered());
}

void ContactAcknowledged(Scene& scene) {
  ContactDeclared(scene);
  scene.Do(&School::deputy, "RegisterService.AcknowledgeSocialContact", R"(
      entry_id: "$entry" acknowledgement { message: "Thank you for telling us." })");
}

void DeputyDeclaresContact(Scene& scene) {
  scene.Do(&School::deputy, "RegisterService.DeclareSocialContact", kContact);
}

void HeadDeclaresContact(Scene& scene) {
  scene.Do(&School::head, "RegisterService.DeclareSocialContact", kContact);
}

void PhoneTakenInYesterday(Scene& scene) {
  RegisterSomebody(scene, "child", "PERSON_CATEGORY_PUPIL");
  scene.Do(&School::teacher, "RegisterService.TakeInPhone", R"(
      phone { child_id: "$child.bytes" device_description: "black, with a cracked corner"
              ground: CUSTODY_GROUND_BROUGHT_IN taken_time { $yesterday_morning } })");
}

void ParentsToldYesterday(Scene& scene) {
  PhoneTakenInYesterday(scene);
  scene.Do(&School::teacher, "RegisterService.RecordParentsMadeAware", R"(
      entry_id: "$entry"
      telling { told: "the mother" how: "by telephone" told_time { $yesterday_at_ten } })");
}

void PhoneReturnedYesterday(Scene& scene) {
  ParentsToldYesterday(scene);
  scene.Do(&School::teacher, "RegisterService.ReturnPhone", R"(
      entry_id: "$entry" handover { returned_to: "the mother"
      returned_time { $yesterday_evening } })");
}

}  // namespace wardbook::e2e
