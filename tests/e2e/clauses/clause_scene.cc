#include "tests/e2e/clauses/clause_scene.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/text_format.h"
#include "gtest/gtest.h"
#include "storage/base/assert.h"
#include "storage/base/ids.h"
#include "storage/crypto/random.h"
#include "storage/crypto/sha256.h"
#include "tests/e2e/cases.h"

namespace wardbook::e2e {
namespace {

using google::protobuf::Message;

constexpr absl::string_view kPackage = "wardbook.v1.";
// As many as one account may be tried from one address.
constexpr int kSignInAttempts = 10;
constexpr absl::string_view kPolicyText = "Pupils' phones are kept in the main office.";

const google::protobuf::MethodDescriptor* FindMethod(absl::string_view method) {
  return google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
      absl::StrCat(kPackage, method));
}

std::unique_ptr<Message> NewMessage(const google::protobuf::Descriptor* type) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

const google::protobuf::FieldDescriptor* SingleString(const Message& message,
                                                      const std::string& name) {
  const auto* const field = message.GetDescriptor()->FindFieldByName(name);
  return field != nullptr && !field->is_repeated() &&
                 field->type() == google::protobuf::FieldDescriptor::TYPE_STRING
             ? field
             : nullptr;
}

// Every byte as an escape of text format, so that none is taken for a
// placeholder.
std::string Escaped(absl::string_view bytes) {
  std::string escaped;
  for (const char byte : bytes) {
    absl::StrAppend(&escaped, "\\x", absl::Hex(static_cast<unsigned char>(byte), absl::kZeroPad2));
  }
  return escaped;
}

std::string TimestampText(absl::Time time) {
  return absl::StrCat("seconds: ", absl::ToUnixSeconds(time));
}

}  // namespace

Scene::Scene(const School& school) : school_(school) {
  for (const Person* person : school.Everybody()) Set(person->user_name, person->id);
  const absl::Time now = absl::Now();
  const absl::TimeZone utc = absl::UTCTimeZone();
  const absl::CivilDay today = absl::ToCivilDay(now, utc);
  Set("now", TimestampText(now));
  Set("in_an_hour", TimestampText(now + absl::Hours(1)));
  Set("in_a_week", TimestampText(now + absl::Hours(24 * 7)));
  Set("in_three_years", TimestampText(now + absl::Hours(24 * 366 * 3)));
  Set("an_hour_ago", TimestampText(now - absl::Hours(1)));
  const absl::Time yesterday = absl::FromCivil(today - 1, utc);
  Set("yesterday_morning", TimestampText(yesterday + absl::Hours(9)));
  Set("yesterday_at_ten", TimestampText(yesterday + absl::Hours(10)));
  Set("yesterday_evening", TimestampText(yesterday + absl::Hours(18)));
  Set("today", absl::FormatCivilTime(today));
  Set("tomorrow", absl::FormatCivilTime(today + 1));
  Set("in_half_a_year", absl::FormatCivilTime(today + 180));
  Set("in_two_years", absl::FormatCivilTime(today + 731));
}

void Scene::Set(absl::string_view name, absl::string_view value) {
  names_[absl::StrCat("$", name)] = std::string(value);
  if (const std::optional<PersonId> id = PersonId::FromHex(value)) {
    names_[absl::StrCat("$", name, ".bytes")] = Escaped(id->view());
  }
}

void Scene::Keep(absl::string_view name, absl::string_view as) {
  const auto found = names_.find(absl::StrCat("$", name));
  WARDBOOK_ASSERT(found != names_.end());
  Set(as, found->second);
}

std::string Scene::Filled(absl::string_view text) const {
  std::vector<std::pair<absl::string_view, absl::string_view>> names(names_.begin(), names_.end());
  std::string filled = absl::StrReplaceAll(text, names);
  EXPECT_EQ(filled.find('$'), std::string::npos) << "a placeholder that nobody knows: " << filled;
  return filled;
}

WireAnswer Scene::Try(Person School::*as, absl::string_view method,
                      absl::string_view request) const {
  const std::string name = absl::StrCat(kPackage, method);
  const auto* const known = FindMethod(method);
  if (known == nullptr) return CallAny(school_.*as, name, "");
  const std::unique_ptr<Message> message = NewMessage(known->input_type());
  EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(Filled(request), message.get()))
      << method << " takes no " << Filled(request);
  if (const auto* const id = SingleString(*message, "request_id")) {
    message->GetReflection()->SetString(message.get(), id, NewRequestId());
  }
  return CallAny(school_.*as, name, message->SerializeAsString());
}

void Scene::Do(Person School::*as, absl::string_view method, absl::string_view request) {
  const WireAnswer answer = Try(as, method, request);
  ASSERT_THAT(answer, IsAnswered()) << method;
  ASSERT_EQ(answer.messages.size(), 1U) << method;
  const std::unique_ptr<Message> response = NewMessage(FindMethod(method)->output_type());
  ASSERT_TRUE(response->ParseFromString(answer.messages.front()));
  for (int i = 0; i < response->GetDescriptor()->field_count(); ++i) {
    std::string name = response->GetDescriptor()->field(i)->name();
    const auto* const field = SingleString(*response, name);
    absl::string_view made = name;
    if (field == nullptr) continue;
    if (!absl::ConsumeSuffix(&made, "_id")) absl::ConsumeSuffix(&made, "_ref");
    Set(made, response->GetReflection()->GetString(*response, field));
  }
}

namespace {

constexpr absl::string_view kBullying = R"(
  kind: INCIDENT_KIND_CYBER_BULLYING what_happened: "messages that mock my lessons"
  happened_at { date: "2025-03-14" } place { platform: "WhatsApp" }
  parties { capacity: CAPACITY_TARGET person_id: "$teacher.bytes" }
  parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
  wishes: "I want it to stop" indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)";

void Upload(Scene& scene, absl::string_view name, absl::string_view content) {
  scene.Do(&School::teacher, "EvidenceService.OpenUpload",
           absl::StrCat(R"(case_ref: "$case" indecent_image_answer: INDECENT_IMAGE_ANSWER_NO
                           file_name: ")",
                        name, "\" size: ", content.size()));
  scene.Do(&School::teacher, "EvidenceService.PutChunk",
           absl::StrCat(R"(upload_id: "$upload" data: ")", Escaped(content), "\""));
}

void FileScreenPrint(Scene& scene) {
  Upload(scene, "group.png", Png(""));
  scene.Do(&School::teacher, "EvidenceService.FileEvidence", R"(
      case_ref: "$case" upload_id: "$upload" kind: EVIDENCE_KIND_SCREEN_PRINT
      sighting { date: "2025-03-14" time: "20:40" place { platform: "WhatsApp" } })");
}

void RegisterSomebody(Scene& scene, absl::string_view name, absl::string_view category) {
  scene.Do(&School::administrator, "PeopleService.RegisterPerson",
           absl::StrCat("name: \"", scene.school().Typed(name), "\" category: ", category));
  scene.Keep("person", name);
}

void Sign(Scene& scene, Person School::*as, absl::string_view office) {
  scene.Do(as, "PolicyService.SignPolicyVersion",
           absl::StrCat(R"(version_id: "$version" content_sha256: "$sha256" office: )", office));
}

constexpr absl::string_view kJustification = R"(
  justification { action: "my phone stayed on during a lesson" timing: ACTION_TIMING_TAKEN
                  action_time { $an_hour_ago } clause: "P28" reasons: "my child is in hospital" })";

constexpr absl::string_view kSocialMedia = R"(
  permission { kind: PERMISSION_KIND_WORK_SOCIAL_MEDIA reason: "the school's own page"
               purpose: USE_PURPOSE_PROFESSIONAL platform: "Facebook" equipment: "school laptop"
               until_time { $in_a_week } })";

constexpr absl::string_view kPhoneKeptOn = R"(
  permission { kind: PERMISSION_KIND_PHONE_KEPT_ON reason: "my child is in hospital"
               rooms: PHONE_ROOM_STAFF_ROOM until_time { $in_a_week } })";

constexpr absl::string_view kContact = R"(
  contact { family: "neighbours" nature: SOCIAL_CONTACT_NATURE_COMMUNITY since: "2019" })";

}  // namespace

void BullyingReported(Scene& scene) {
  scene.Do(&School::teacher, "IncidentService.ReportIncident", kBullying);
}

void BullyingReportedToLineManager(Scene& scene) {
  scene.Do(&School::teacher, "IncidentService.ReportIncident",
           absl::StrCat(kBullying, " to_line_manager: true"));
}

void BullyingOfAChildReported(Scene& scene) {
  scene.Do(&School::teacher, "IncidentService.ReportIncident", R"(
      kind: INCIDENT_KIND_CYBER_BULLYING what_happened: "a page mocks a child"
      happened_at { date: "2025-03-14" } wishes_not_given: true
      parties { capacity: CAPACITY_TARGET name: "a child" category: PERSON_CATEGORY_PUPIL }
      indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)");
}

void HandedOn(Scene& scene) {
  BullyingReportedToLineManager(scene);
  scene.Do(&School::manager, "EscalationService.EscalateCase",
           R"(case_ref: "$case" reasons: "threats")");
}

void BullyingClosed(Scene& scene) {
  BullyingReported(scene);
  scene.Do(&School::head, "CaseService.CloseCase",
           R"(case_ref: "$case" conclusion: "settled" wishes_followed: true)");
}

void DecidedForPolice(Scene& scene) {
  BullyingReported(scene);
  scene.Do(&School::teacher, "CaseService.RecordPoliceDecision",
           R"(case_ref: "$case" choice: POLICE_CHOICE_REPORT)");
}

void BreachReported(Scene& scene) {
  scene.Do(&School::teacher, "IncidentService.ReportIncident", R"(
      kind: INCIDENT_KIND_CODE_OF_CONDUCT what_happened: "they are friends with pupils online"
      happened_at { date: "2025-03-14" } wishes_not_given: true
      parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
      indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)");
}

void NamedBreachReported(Scene& scene) {
  scene.Do(&School::teacher, "IncidentService.ReportIncident", R"(
      kind: INCIDENT_KIND_CODE_OF_CONDUCT what_happened: "a post about the school"
      happened_at { date: "2025-03-14" } wishes_not_given: true
      parties { capacity: CAPACITY_SUBJECT name: "Robin Larkspur" }
      about_headteacher: HEADTEACHER_ANSWER_NO
      indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)");
}

void ContactReported(Scene& scene) {
  scene.Do(&School::teacher, "IncidentService.ReportIncident", R"(
      kind: INCIDENT_KIND_CODE_OF_CONDUCT what_happened: "they are friends with pupils online"
      happened_at { date: "2025-03-14" } wishes_not_given: true
      breached_clauses: BREACH_CLAUSE_P06_CONTACT_WITH_CHILDREN
      parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
      indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)");
}

void DisclosureReported(Scene& scene) {
  scene.Do(&School::teacher, "IncidentService.ReportIncident", R"(
      kind: INCIDENT_KIND_CODE_OF_CONDUCT what_happened: "a class list was posted"
      happened_at { date: "2025-03-14" } wishes_not_given: true
      breached_clauses: BREACH_CLAUSE_P09_DISCLOSURE
      parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
      indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)");
  scene.Do(&School::head, "InvestigationService.DecideHarmThreshold", R"(
      case_ref: "$case" threshold: HARM_THRESHOLD_CONDUCT_ONLY reasons: "names alone"
      wishes_treatment: WISHES_TREATMENT_FOLLOWED)");
}

void InvestigationStarted(Scene& scene) {
  BreachReported(scene);
  scene.Do(&School::head, "InvestigationService.DecideHarmThreshold", R"(
      case_ref: "$case" threshold: HARM_THRESHOLD_LOW_LEVEL_CONCERN reasons: "no messages"
      wishes_treatment: WISHES_TREATMENT_FOLLOWED)");
  scene.Do(&School::head, "InvestigationService.StartInvestigation",
           R"(case_ref: "$case" scope: "who is friends with whom")");
}

void InvestigationBarred(Scene& scene) {
  InvestigationStarted(scene);
  scene.Do(&School::head, "InvestigationService.BarInvestigation", R"(
      case_ref: "$case" barred_by: INVESTIGATION_BAR_POLICE officer: "an officer"
      reference: "LC-1" instruction: "speak to nobody")");
}

void BreachFound(Scene& scene) {
  InvestigationStarted(scene);
  scene.Do(&School::head, "InvestigationService.RecordFinding", R"(
      case_ref: "$case" finding: FINDING_BREACH reasons: "they said so"
      wishes_treatment: WISHES_TREATMENT_FOLLOWED)");
}

void DisciplineDecided(Scene& scene) {
  BreachFound(scene);
  scene.Do(&School::head, "InvestigationService.RecordDisciplinaryDecision", R"(
      case_ref: "$case" decision: DISCIPLINARY_DECISION_REFER reasons: "it is serious"
      wishes_treatment: WISHES_TREATMENT_FOLLOWED)");
}

void ThresholdMet(Scene& scene) {
  BreachReported(scene);
  scene.Do(&School::head, "InvestigationService.DecideHarmThreshold", R"(
      case_ref: "$case" threshold: HARM_THRESHOLD_MET limbs: HARM_LIMB_RISK reasons: "messages"
      wishes_treatment: WISHES_TREATMENT_FOLLOWED)");
}

void GoverningBodyInformed(Scene& scene) {
  BreachReported(scene);
  scene.Do(&School::head, "InvestigationService.InformGoverningBody",
           R"(case_ref: "$case" summary: "A breach is being dealt with.")");
}

void HeadReportsOwnAct(Scene& scene) {
  scene.Do(&School::head, "IncidentService.ReportIncident", R"(
      kind: INCIDENT_KIND_SELF_REPORT what_happened: "a pupil found my private page"
      happened_at { date: "2025-03-14" } wishes_not_given: true
      indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)");
}

void Referred(Scene& scene) {
  BullyingReported(scene);
  scene.Do(&School::head, "ReferralService.ReferCase", R"(case_ref: "$case" reasons: "threats")");
}

void ReferralAcknowledged(Scene& scene) {
  Referred(scene);
  scene.Do(&School::officer, "ReferralService.AcknowledgeReferral",
           R"(case_ref: "$case" reference: "LS-2291")");
}

void UnsuitableMaterialReported(Scene& scene) {
  scene.Do(&School::teacher, "IncidentService.ReportIncident", R"(
      kind: INCIDENT_KIND_UNSUITABLE_MATERIAL what_happened: "pictures on a shared screen"
      happened_at { date: "2025-03-14" } wishes_not_given: true
      parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
      indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)");
}

void HeadHasConflict(Scene& scene) {
  BullyingReported(scene);
  scene.Do(&School::head, "EscalationService.DeclareConflict",
           R"(case_ref: "$case" reasons: "a cousin")");
}

void HeadAbsent(Scene& scene) {
  scene.Do(&School::head, "AbsenceService.RecordHeadAbsence",
           R"(deputy_id: "$deputy" until_time { $in_an_hour } reason: "training")");
}

void HeadAbsentNextWeek(Scene& scene) {
  scene.Do(&School::head, "AbsenceService.RecordHeadAbsence",
           R"(deputy_id: "$deputy" from_time { $in_a_week } reason: "a course")");
}

void HeadBack(Scene& scene) {
  HeadAbsent(scene);
  scene.Do(&School::head, "AbsenceService.EndHeadAbsence", R"(absence_id: "$absence")");
}

void HandedOverToDeputy(Scene& scene) {
  UnsuitableMaterialReported(scene);
  scene.Do(&School::head, "EscalationService.HandOverRecipient",
           R"(case_ref: "$case" to_person_id: "$deputy" reasons: "away from tomorrow")");
}

void AdviceSought(Scene& scene) {
  UnsuitableMaterialReported(scene);
  scene.Do(&School::head, "EscalationService.SeekAdvice", R"(
      case_ref: "$case" asked_of: "Lancashire Safeguarding" channel: "telephone"
      question: "may we look into it")");
}

namespace {

void RecordAdvice(Scene& scene, absl::string_view may_proceed) {
  AdviceSought(scene);
  scene.Do(&School::head, "EscalationService.RecordAdvice",
           absl::StrCat(R"(case_ref: "$case" adviser_name: "the duty officer"
                           adviser_role: "duty officer" advice: "as we said" may_proceed: )",
                        may_proceed));
}

}  // namespace

void AdviceSaysWait(Scene& scene) { RecordAdvice(scene, "MAY_PROCEED_NO"); }
void AdviceSaysProceed(Scene& scene) { RecordAdvice(scene, "MAY_PROCEED_YES"); }

void UploadOpened(Scene& scene) {
  BullyingReported(scene);
  scene.Do(&School::teacher, "EvidenceService.OpenUpload", R"(
      case_ref: "$case" file_name: "group.png" size: 100
      indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)");
}

void FileUploaded(Scene& scene) {
  BullyingReported(scene);
  Upload(scene, "group.png", Png(""));
}

void TextThatIsNoTextUploaded(Scene& scene) {
  BullyingReported(scene);
  Upload(scene, "group.exe", absl::string_view("MZ\x90\0\x03\0", 6));
}

void ScreenPrintFiled(Scene& scene) {
  BullyingReported(scene);
  FileScreenPrint(scene);
}

void UnsuitableScreenPrintFiled(Scene& scene) {
  UnsuitableMaterialReported(scene);
  FileScreenPrint(scene);
}

void ImageSuspected(Scene& scene) {
  ScreenPrintFiled(scene);
  Upload(scene, "another.png", Png("another"));
  scene.Do(&School::teacher, "CaseService.SuspectIndecentImage",
           R"(case_ref: "$case" answer: INDECENT_IMAGE_ANSWER_NOT_SURE)");
}

void UploadSuspected(Scene& scene) {
  UploadOpened(scene);
  scene.Do(&School::teacher, "CaseService.SuspectIndecentImage",
           R"(case_ref: "$case" answer: INDECENT_IMAGE_ANSWER_YES)");
}

void PoliceInformed(Scene& scene) {
  ImageSuspected(scene);
  scene.Do(&School::teacher, "CaseService.RecordPoliceInformed", R"(
      case_ref: "$case" informed_at { date: "2025-03-14" } channel: POLICE_CHANNEL_101)");
}

void PoliceReleased(Scene& scene) {
  PoliceInformed(scene);
  scene.Do(&School::head, "CaseService.RecordPoliceRelease", R"(
      case_ref: "$case" officer: "an officer" reference: "LC-1" scope: "all of it")");
}

void VersionDrafted(Scene& scene) {
  // Every draft has words of its own, so that no two are the same version.
  const std::string content = absl::StrCat(kPolicyText, " ", NewRequestId());
  scene.Do(&School::head, "PolicyService.DraftPolicyVersion",
           absl::StrCat("title: \"Social networking\" content: \"", content, "\""));
  scene.Set("sha256", crypto::Sha256(content).Hex());
}

void VersionSignedByHead(Scene& scene) {
  VersionDrafted(scene);
  Sign(scene, &School::head, "POLICY_OFFICE_HEADTEACHER");
}

void VersionSignedByHeadWhoChairs(Scene& scene) {
  VersionSignedByHead(scene);
  scene.Do(&School::administrator, "PeopleService.GrantRole",
           R"(person_id: "$head" role: ROLE_CHAIR_OF_GOVERNORS)");
}

void VersionSigned(Scene& scene) {
  VersionSignedByHead(scene);
  Sign(scene, &School::chair, "POLICY_OFFICE_CHAIR_OF_GOVERNORS");
}

void VersionApproved(Scene& scene) {
  VersionSigned(scene);
  scene.Do(&School::chair, "PolicyService.ApprovePolicyVersion",
           R"(version_id: "$version" approved_on: "$today" review_on: "$in_half_a_year")");
}

void VersionSignedAfterAnother(Scene& scene) {
  VersionApproved(scene);
  VersionSigned(scene);
}

void ReminderIssued(Scene& scene) {
  scene.Do(&School::head, "PolicyService.IssuePreventionReminder",
           R"(message: "Look after yourselves online.")");
}

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
  scene.Do(&School::teacher, "RegisterService.RequestPermission", R"(
      permission { kind: PERMISSION_KIND_NAME_AND_LOGO reason: "the summer fair"
                   where_used: "posters" asset: "the logo" audience: "the village"
                   until_time { $in_a_week } })");
}

void PhoneKeptOnAskedFor(Scene& scene) {
  scene.Do(&School::teacher, "RegisterService.RequestPermission", kPhoneKeptOn);
}

void DeputyAsksForPhoneKeptOn(Scene& scene) {
  scene.Do(&School::deputy, "RegisterService.RequestPermission", kPhoneKeptOn);
}

void ChildPhoneAskedFor(Scene& scene) {
  RegisterSomebody(scene, "child", "PERSON_CATEGORY_PUPIL");
  RegisterSomebody(scene, "parent", "PERSON_CATEGORY_PARENT");
  scene.Do(&School::teacher, "RegisterService.RequestPermission", R"(
      permission { kind: PERMISSION_KIND_CHILD_PHONE_KEPT reason: "walks home alone"
                   child_id: "$child.bytes" parent_id: "$parent.bytes"
                   until_time { $in_a_week } })");
}

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
  scene.Do(&School::teacher, "RegisterService.RegisterSchoolDevice",
           R"(device { asset_tag: "$tag" description: "a tablet" })");
}

void DeviceRetired(Scene& scene) {
  DeviceRegistered(scene);
  scene.Do(&School::teacher, "RegisterService.RetireSchoolDevice",
           R"(entry_id: "$tag" retirement { reasons: "the screen is broken" })");
}

void CaptureRecorded(Scene& scene) {
  DeviceRegistered(scene);
  scene.Do(&School::teacher, "RegisterService.RecordCapture", R"(
      capture { asset_tag: "$tag" child_ids: "$child.bytes" scope: PHOTO_SCOPE_LEARNING
                description: "planting beans" })");
}

void ContactDeclared(Scene& scene) {
  scene.Do(&School::teacher, "RegisterService.DeclareSocialContact", kContact);
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

void SomebodyRegistered(Scene& scene) {
  RegisterSomebody(scene, "somebody", "PERSON_CATEGORY_EMPLOYEE");
  scene.Set("user", absl::StrCat("user-", NewRequestId().substr(0, 8)));
}

void AccountIssued(Scene& scene) {
  SomebodyRegistered(scene);
  scene.Do(&School::administrator, "PeopleService.IssueAccount",
           R"(person_id: "$somebody" user_name: "$user")");
}

void SomebodyLeft(Scene& scene) {
  SomebodyRegistered(scene);
  scene.Do(&School::administrator, "PeopleService.RecordLeaving", R"(person_id: "$somebody")");
}

void SignInGuessed(Scene& scene) {
  for (int attempt = 0; attempt < kSignInAttempts; ++attempt) {
    EXPECT_FALSE(scene
                     .Try(&School::teacher, "AccessService.SignIn", R"(
        school: "conduct" user_name: "nobody" password: "a guess")")
                     .status.ok());
  }
}

}  // namespace wardbook::e2e
