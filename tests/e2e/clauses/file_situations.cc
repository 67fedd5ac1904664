#include "tests/e2e/clauses/situations.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "tests/e2e/cases.h"

namespace wardbook::e2e {
namespace {

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

}  // namespace

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

void TwoScreenPrintsFiled(Scene& scene) {
  ScreenPrintFiled(scene);
  scene.Keep("evidence", "first");
  FileScreenPrint(scene);
}

void ScreenPrintSuperseded(Scene& scene) {
  TwoScreenPrintsFiled(scene);
  scene.Do(&School::teacher, "EvidenceService.SupersedeEvidence", R"(
      case_ref: "$case" superseded_id: "$first" evidence_id: "$evidence"
      reasons: "the first was cut off")");
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

void PoliceReleasedAndDecided(Scene& scene) {
  PoliceReleased(scene);
  scene.Do(&School::head, "InvestigationService.DecideHarmThreshold", R"(
      case_ref: "$case" threshold: HARM_THRESHOLD_CONDUCT_ONLY reasons: "an advertisement"
      wishes_treatment: WISHES_TREATMENT_FOLLOWED)");
}

}  // namespace wardbook::e2e
