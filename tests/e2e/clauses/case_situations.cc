#include "tests/e2e/clauses/situations.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace wardbook::e2e {
namespace {

constexpr absl::string_view kBullying = R"(
  kind: INCIDENT_KIND_CYBER_BULLYING what_happened: "messages that mock my lessons"
  happened_at { date: "2025-03-14" } place { platform: "WhatsApp" }
  parties { capacity: CAPACITY_TARGET person_id: "$teacher.bytes" }
  parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
  wishes: "I want it to stop" indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)";

void DecideAboutPolice(Scene& scene, absl::string_view choice) {
  BullyingReported(scene);
  scene.Do(&School::teacher, "CaseService.RecordPoliceDecision",
           absl::StrCat(R"(case_ref: "$case" choice: )", choice));
}

void DecideThreshold(Scene& scene, absl::string_view threshold) {
  scene.Do(&School::head, "InvestigationService.DecideHarmThreshold",
           absl::StrCat(R"(case_ref: "$case" reasons: "as it is known"
                           wishes_treatment: WISHES_TREATMENT_FOLLOWED threshold: )",
                        threshold));
}

void RecordFinding(Scene& scene, absl::string_view finding) {
  InvestigationStarted(scene);
  scene.Do(&School::head, "InvestigationService.RecordFinding",
           absl::StrCat(R"(case_ref: "$case" reasons: "they said so"
                           wishes_treatment: WISHES_TREATMENT_FOLLOWED finding: )",
                        finding));
}

void DecideDiscipline(Scene& scene, absl::string_view decision) {
  BreachFound(scene);
  scene.Do(&School::head, "InvestigationService.RecordDisciplinaryDecision",
           absl::StrCat(R"(case_ref: "$case" reasons: "it is serious"
                           wishes_treatment: WISHES_TREATMENT_FOLLOWED decision: )",
                        decision));
}

void SeekAdvice(Scene& scene) {
  scene.Do(&School::head, "EscalationService.SeekAdvice", R"(
      case_ref: "$case" asked_of: "Lancashire Safeguarding" channel: "telephone"
      question: "may we look into it")");
}

// In answer to a question that was asked.
void RecordAdvice(Scene& scene, absl::string_view may_proceed) {
  scene.Do(&School::head, "EscalationService.RecordAdvice",
           absl::StrCat(R"(case_ref: "$case" adviser_name: "the duty officer"
                           adviser_role: "duty officer" advice: "as we said" may_proceed: )",
                        may_proceed));
}

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

void PupilBullied(Scene& scene) {
  RegisterSomebody(scene, "child", "PERSON_CATEGORY_PUPIL");
  scene.Do(&School::teacher, "IncidentService.ReportIncident", R"(
      kind: INCIDENT_KIND_CYBER_BULLYING what_happened: "a page mocks a child"
      happened_at { date: "2025-03-14" } wishes_not_given: true
      parties { capacity: CAPACITY_TARGET person_id: "$child.bytes" }
      indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)");
}

void TwoAreBullied(Scene& scene) {
  scene.Do(&School::teacher, "IncidentService.ReportIncident", R"(
      kind: INCIDENT_KIND_CYBER_BULLYING what_happened: "a page mocks two of us"
      happened_at { date: "2025-03-14" } wishes_not_given: true
      parties { capacity: CAPACITY_TARGET name: "Robin Larkspur" }
      parties { capacity: CAPACITY_TARGET person_id: "$teacher.bytes" }
      indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)");
}

void OneOfTwoDecided(Scene& scene) {
  TwoAreBullied(scene);
  scene.Do(&School::head, "CaseService.RecordPoliceDecision", R"(
      case_ref: "$case" target: "Robin Larkspur" choice: POLICE_CHOICE_REPORT
      conveyed_how: "in a talk")");
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

void DecidedForPolice(Scene& scene) { DecideAboutPolice(scene, "POLICE_CHOICE_REPORT"); }
void DecidedAgainstPolice(Scene& scene) { DecideAboutPolice(scene, "POLICE_CHOICE_DO_NOT_REPORT"); }
void UndecidedAboutPolice(Scene& scene) { DecideAboutPolice(scene, "POLICE_CHOICE_NOT_YET"); }

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

void ContactClassifiedAway(Scene& scene) {
  ContactReported(scene);
  scene.Do(&School::head, "InvestigationService.ClassifyCase", R"(
      case_ref: "$case" cyber_bullying: CYBER_BULLYING_ANSWER_NO reasons: "a misunderstanding")");
}

void PornographyReported(Scene& scene) {
  scene.Do(&School::teacher, "IncidentService.ReportIncident", R"(
      kind: INCIDENT_KIND_CODE_OF_CONDUCT what_happened: "pictures on a school computer"
      happened_at { date: "2025-03-14" } wishes_not_given: true
      breached_clauses: BREACH_CLAUSE_P18_UNSUITABLE_MATERIAL
      parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
      indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)");
}

void ConcernReported(Scene& scene) {
  scene.Do(&School::teacher, "IncidentService.ReportIncident", R"(
      kind: INCIDENT_KIND_SAFEGUARDING_CONCERN what_happened: "they pushed a child"
      happened_at { date: "2025-03-14" } wishes_not_given: true
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

void EmployerBarred(Scene& scene) {
  InvestigationBarred(scene);
  scene.Do(&School::head, "ReferralService.ReferCase", R"(case_ref: "$case" reasons: "messages")");
}

void BreachFound(Scene& scene) { RecordFinding(scene, "FINDING_BREACH"); }
void NoBreachFound(Scene& scene) { RecordFinding(scene, "FINDING_NO_BREACH"); }

void DisciplineDecided(Scene& scene) { DecideDiscipline(scene, "DISCIPLINARY_DECISION_REFER"); }
void DisciplineDecidedAgainst(Scene& scene) {
  DecideDiscipline(scene, "DISCIPLINARY_DECISION_DO_NOT_REFER");
}

void BreachWitnessed(Scene& scene) {
  scene.Do(&School::teacher, "IncidentService.ReportIncident", R"(
      kind: INCIDENT_KIND_CODE_OF_CONDUCT what_happened: "they are friends with pupils online"
      happened_at { date: "2025-03-14" } wishes_not_given: true
      parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
      parties { capacity: CAPACITY_WITNESS person_id: "$deputy.bytes" }
      indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)");
  scene.Do(&School::head, "InvestigationService.StartInvestigation",
           R"(case_ref: "$case" scope: "who is friends with whom")");
}

void BreachTakenDown(Scene& scene) {
  scene.Do(&School::head, "IncidentService.ReportIncident", R"(
      kind: INCIDENT_KIND_CODE_OF_CONDUCT what_happened: "a parent told me of a post"
      happened_at { date: "2025-03-14" } wishes_not_given: true
      parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
      indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)");
}

void ThresholdMet(Scene& scene) {
  BreachReported(scene);
  DecideThreshold(scene, "HARM_THRESHOLD_MET limbs: HARM_LIMB_RISK");
}

void ThresholdMetAdviceSaysWait(Scene& scene) {
  ThresholdMet(scene);
  SeekAdvice(scene);
  RecordAdvice(scene, "MAY_PROCEED_NO");
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

void UnsuitableMaterialOfDeputyReported(Scene& scene) {
  scene.Do(&School::teacher, "IncidentService.ReportIncident", R"(
      kind: INCIDENT_KIND_UNSUITABLE_MATERIAL what_happened: "pictures on a shared screen"
      happened_at { date: "2025-03-14" } wishes_not_given: true
      parties { capacity: CAPACITY_SUBJECT person_id: "$deputy.bytes" }
      indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)");
}

void UnsuitableMaterialLeadHasConflict(Scene& scene) {
  UnsuitableMaterialReported(scene);
  scene.Do(&School::lead, "EscalationService.DeclareConflict",
           R"(case_ref: "$case" reasons: "a cousin")");
}

void SomebodyNamedAlone(Scene& scene) {
  scene.Do(&School::teacher, "IncidentService.ReportIncident",
           absl::StrCat(kBullying, R"( about_headteacher: HEADTEACHER_ANSWER_NO
      parties { capacity: CAPACITY_SUBJECT name: "Mr Larch" })"));
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
  SeekAdvice(scene);
}

void AdviceSaysWait(Scene& scene) {
  AdviceSought(scene);
  RecordAdvice(scene, "MAY_PROCEED_NO");
}

void AdviceSaysProceed(Scene& scene) {
  AdviceSought(scene);
  RecordAdvice(scene, "MAY_PROCEED_YES");
}

void AdviceSaysWithinLimits(Scene& scene) {
  AdviceSought(scene);
  RecordAdvice(scene, "MAY_PROCEED_LIMITED");
}

void AdvisedAndDecided(Scene& scene) {
  AdviceSaysProceed(scene);
  DecideThreshold(scene, "HARM_THRESHOLD_CONDUCT_ONLY");
}

void AdvisedAndBarred(Scene& scene) {
  AdviceSaysWait(scene);
  DecideThreshold(scene, "HARM_THRESHOLD_CONDUCT_ONLY");
  scene.Do(&School::head, "InvestigationService.BarInvestigation", R"(
      case_ref: "$case" barred_by: INVESTIGATION_BAR_SAFEGUARDING_OFFICER
      officer: "the duty officer" reference: "LS-1" instruction: "do not investigate")");
}

}  // namespace wardbook::e2e
