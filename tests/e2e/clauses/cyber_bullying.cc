// P42-P48: cyber-bullying, its evidence, the wishes of the reporter and the police.

#include "tests/e2e/clauses/clause_refusals.h"
#include "tests/e2e/clauses/clause_row.h"

namespace wardbook::e2e {
namespace {

constexpr ClauseRow kRows[] = {
    {"P42", "a report is taken that does not meet the definition", nullptr, &School::teacher,
     "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_CYBER_BULLYING happened_at { date: "2025-03-14" }
        what_happened: "one message that upset me" indecent_image_answer: INDECENT_IMAGE_ANSWER_NO
        wishes_not_given: true)",
     kAccepted},
    {"P43", "a screen print is filed", FileUploaded, &School::teacher,
     "EvidenceService.FileEvidence",
     R"(case_ref: "$case" upload_id: "$upload" kind: EVIDENCE_KIND_SCREEN_PRINT
        sighting { date: "2025-03-14" time: "20:40" place { platform: "WhatsApp" } })",
     kAccepted},
    {"P43", "an original message is filed", FileUploaded, &School::teacher,
     "EvidenceService.FileEvidence",
     R"(case_ref: "$case" upload_id: "$upload" kind: EVIDENCE_KIND_ORIGINAL)", kAccepted},
    {"P43", "a file in evidence is described anew", ScreenPrintFiled, &School::teacher,
     "EvidenceService.FileEvidence",
     R"(case_ref: "$case" upload_id: "$upload" kind: EVIDENCE_KIND_SCREEN_PRINT
        sighting { date: "2025-03-14" time: "20:40" place { platform: "WhatsApp" } }
        description: "something else")",
     Refused("R-EVIDENCE-FILED")},
    {"P43", "something is added to what was said of a file", ScreenPrintFiled, &School::teacher,
     "EvidenceService.AnnotateEvidence",
     R"(case_ref: "$case" evidence_id: "$evidence" annotation: "the date is American")",
     Recorded("evidence_annotated { annotation: \"the date is American\" }")},
    {"P43", "a file stands in the place of another, and both are kept", TwoScreenPrintsFiled,
     &School::teacher, "EvidenceService.SupersedeEvidence",
     R"(case_ref: "$case" superseded_id: "$first" evidence_id: "$evidence"
        reasons: "the first was cut off")",
     kAccepted},
    {"P43", "a file is superseded a second time", ScreenPrintSuperseded, &School::teacher,
     "EvidenceService.SupersedeEvidence",
     R"(case_ref: "$case" superseded_id: "$first" evidence_id: "$evidence" reasons: "once more")",
     Refused("R-EVIDENCE-SUPERSEDED")},
    {"P43", "who filed a file says that its original still exists", ScreenPrintFiled,
     &School::teacher, "EvidenceService.AttestOriginal",
     R"(case_ref: "$case" evidence_id: "$evidence" kept_where: "on my phone")", kAccepted},
    {"P43", "somebody else says that the original still exists", ScreenPrintFiled, &School::head,
     "EvidenceService.AttestOriginal",
     R"(case_ref: "$case" evidence_id: "$evidence" kept_where: "on their phone")",
     Refused("R-FILER-ATTESTS")},
    {"P43", "it is not said where the original is", ScreenPrintFiled, &School::teacher,
     "EvidenceService.AttestOriginal", R"(case_ref: "$case" evidence_id: "$evidence")",
     Missing("kept_where")},
    {"P43", "a program is filed", TextThatIsNoTextUploaded, &School::teacher,
     "EvidenceService.FileEvidence",
     R"(case_ref: "$case" upload_id: "$upload" kind: EVIDENCE_KIND_ORIGINAL)",
     Refused("R-FILE-TYPE")},
    {"P43", "an empty file is filed", BullyingReported, &School::teacher,
     "EvidenceService.OpenUpload",
     R"(case_ref: "$case" file_name: "a.png" size: 0
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)",
     Refused("R-FILE-EMPTY")},
    {"P43", "a file is filed of which half has arrived", UploadOpened, &School::teacher,
     "EvidenceService.FileEvidence",
     R"(case_ref: "$case" upload_id: "$upload" kind: EVIDENCE_KIND_ORIGINAL)",
     Refused("R-UPLOAD-INCOMPLETE")},
    {"P44", "a screen print is filed whose time is not known, with the reason", FileUploaded,
     &School::teacher, "EvidenceService.FileEvidence",
     R"(case_ref: "$case" upload_id: "$upload" kind: EVIDENCE_KIND_SCREEN_PRINT
        sighting { date: "2025-03-14" time_not_known_because: "the phone hides it"
          place { platform: "WhatsApp" } })",
     kAccepted},
    {"P44", "a screen print is filed without its date", FileUploaded, &School::teacher,
     "EvidenceService.FileEvidence",
     R"(case_ref: "$case" upload_id: "$upload" kind: EVIDENCE_KIND_SCREEN_PRINT
        sighting { time: "20:40" place { platform: "WhatsApp" } })",
     Refused("R-SIGHTING")},
    {"P44", "a screen print is filed without its time", FileUploaded, &School::teacher,
     "EvidenceService.FileEvidence",
     R"(case_ref: "$case" upload_id: "$upload" kind: EVIDENCE_KIND_SCREEN_PRINT
        sighting { date: "2025-03-14" place { platform: "WhatsApp" } })",
     Refused("R-SIGHTING")},
    {"P44", "a screen print is filed without its place", FileUploaded, &School::teacher,
     "EvidenceService.FileEvidence",
     R"(case_ref: "$case" upload_id: "$upload" kind: EVIDENCE_KIND_SCREEN_PRINT
        sighting { date: "2025-03-14" time: "20:40" })",
     Refused("R-SIGHTING")},
    {"P44", "a screen print is filed that was seen tomorrow", FileUploaded, &School::teacher,
     "EvidenceService.FileEvidence",
     R"(case_ref: "$case" upload_id: "$upload" kind: EVIDENCE_KIND_SCREEN_PRINT
        sighting { date: "$tomorrow" time: "23:59" place { platform: "WhatsApp" } })",
     RefusedAtField("R-FUTURE-TIME", "sighting.date")},
    {"P45", "a teacher reports to the Headteacher", nullptr, &School::teacher,
     "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_CYBER_BULLYING happened_at { date: "2025-03-14" }
        what_happened: "mocking messages" indecent_image_answer: INDECENT_IMAGE_ANSWER_NO
        wishes_not_given: true)",
     AcceptedWith("route: ROUTE_HEADTEACHER")},
    {"P45", "a teacher reports to their line manager", nullptr, &School::teacher,
     "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_CYBER_BULLYING happened_at { date: "2025-03-14" }
        what_happened: "mocking messages" indecent_image_answer: INDECENT_IMAGE_ANSWER_NO
        wishes_not_given: true to_line_manager: true)",
     AcceptedWith("route: ROUTE_LINE_MANAGER")},
    {"P45", "a report about the line manager goes to the Headteacher", nullptr, &School::teacher,
     "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_CYBER_BULLYING happened_at { date: "2025-03-14" }
        what_happened: "mocking messages" indecent_image_answer: INDECENT_IMAGE_ANSWER_NO
        wishes_not_given: true to_line_manager: true
        parties { capacity: CAPACITY_SUBJECT person_id: "$manager.bytes" })",
     AcceptedWith("route: ROUTE_HEADTEACHER")},
    {"P45", "the line manager hands the report on", BullyingReportedToLineManager, &School::manager,
     "EscalationService.EscalateCase", R"(case_ref: "$case" reasons: "threats")",
     AcceptedWith("route: ROUTE_HEADTEACHER")},
    {"P45", "a report that was handed on is handed on for other reasons", HandedOn, &School::head,
     "EscalationService.EscalateCase", R"(case_ref: "$case" reasons: "more threats")",
     Refused("R-ESCALATED")},
    {"P45", "the lead declares a conflict of their own", BullyingReported, &School::lead,
     "EscalationService.DeclareConflict", R"(case_ref: "$case" reasons: "a cousin")",
     AcceptedWith("route: ROUTE_HEADTEACHER")},
    {"P45", "the case goes to the Chair where the Headteacher has a conflict", BullyingReported,
     &School::head, "EscalationService.DeclareConflict", R"(case_ref: "$case" reasons: "a cousin")",
     AcceptedWith("route: ROUTE_CHAIR_OF_GOVERNORS")},
    {"P45", "and to the officers where the Chair has one as well", HeadHasConflict, &School::chair,
     "EscalationService.DeclareConflict", R"(case_ref: "$case" reasons: "a neighbour")",
     AcceptedWith("route: ROUTE_SAFEGUARDING_OFFICER")},
    {"P45", "the deputy declares a conflict of the lead's", BullyingReported, &School::deputy,
     "EscalationService.DeclareConflict",
     R"(case_ref: "$case" person_id: "$lead" reasons: "a cousin")",
     Refused("R-CONFLICT-OF-INTEREST")},
    {"P45", "a conflict is declared of somebody who does not handle the case", BullyingReported,
     &School::head, "EscalationService.DeclareConflict",
     R"(case_ref: "$case" person_id: "$colleague" reasons: "a cousin")",
     Refused("R-NOT-A-HANDLER")},
    {"P45", "whom a name means is settled", SomebodyNamedAlone, &School::head,
     "EscalationService.SettleName",
     R"(case_ref: "$case" open_name: "Mr Larch" reasons: "a driver of the bus company")",
     kAccepted},
    {"P45", "a case is handed over to somebody who has a conflict in it",
     UnsuitableMaterialLeadHasConflict, &School::head, "EscalationService.HandOverRecipient",
     R"(case_ref: "$case" to_person_id: "$lead" reasons: "I am away")", Refused("R-NOT-A-HANDLER")},
    {"P45", "somebody is made their own line manager", nullptr, &School::administrator,
     "PeopleService.AssignLineManager", R"(person_id: "$colleague" line_manager_id: "$colleague")",
     Refused("R-OWN-LINE-MANAGER")},
    {"P42", "leadership classifies the case by the four parts of the definition", BullyingReported,
     &School::head, "InvestigationService.ClassifyCase",
     R"(case_ref: "$case" cyber_bullying: CYBER_BULLYING_ANSWER_YES
        technologies: TECHNOLOGY_INSTANT_MESSAGE conduct: BULLYING_CONDUCT_HUMILIATE
        target: "the teacher" power_and_control: "to drive them out"
        reasons: "all four are there")",
     kAccepted},
    {"P46", "the reporter says anew what they wish", BullyingReported, &School::teacher,
     "IncidentService.UpdateWishes", R"(case_ref: "$case" wishes: "that they say sorry")",
     AcceptedWith("wishes_version: 2")},
    {"P46", "leadership records that the reporter was asked again", BullyingReported, &School::head,
     "IncidentService.UpdateWishes",
     R"(case_ref: "$case" wishes: "nothing more" conveyed_how: "by telephone")", kAccepted},
    {"P46", "a decision departs from the wishes and nobody says why", BullyingReported,
     &School::head, "InvestigationService.DecideHarmThreshold",
     R"(case_ref: "$case" threshold: HARM_THRESHOLD_CONDUCT_ONLY reasons: "no child"
        wishes_treatment: WISHES_TREATMENT_DEPARTED)",
     Refused("R-WISHES")},
    {"P46", "the case is closed with the wishes followed", BullyingReported, &School::head,
     "CaseService.CloseCase", R"(case_ref: "$case" conclusion: "settled" wishes_followed: true)",
     kAccepted},
    {"P46", "the wishes could not be followed, for a reason", BullyingReported, &School::head,
     "CaseService.CloseCase",
     R"(case_ref: "$case" conclusion: "settled" reasons: "a child was at risk")", kAccepted},
    {"P46", "the wishes were not followed and nobody says why", BullyingReported, &School::head,
     "CaseService.CloseCase", R"(case_ref: "$case" conclusion: "settled")", Refused("R-WISHES")},
    {"P46", "a report does not say what its reporter wishes", nullptr, &School::teacher,
     "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_CYBER_BULLYING happened_at { date: "2025-03-14" }
        what_happened: "mocking messages" indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)",
     Missing("wishes")},
    {"P46", "the case is referred whatever was wished", BullyingReported, &School::head,
     "ReferralService.ReferCase", R"(case_ref: "$case" reasons: "threats")", kAccepted},
    {"P47", "the target decides to report to the police", BullyingReported, &School::teacher,
     "CaseService.RecordPoliceDecision", R"(case_ref: "$case" choice: POLICE_CHOICE_REPORT)",
     kAccepted},
    {"P47", "the target changes their mind", DecidedForPolice, &School::teacher,
     "CaseService.RecordPoliceDecision", R"(case_ref: "$case" choice: POLICE_CHOICE_DO_NOT_REPORT)",
     kAccepted},
    {"P47", "the Headteacher records the decision and not how it was made known", BullyingReported,
     &School::head, "CaseService.RecordPoliceDecision",
     R"(case_ref: "$case" choice: POLICE_CHOICE_REPORT)", Missing("conveyed_how")},
    {"P47", "the Headteacher informs the police in the target's place", BullyingReported,
     &School::head, "CaseService.RecordPoliceInformed",
     R"(case_ref: "$case" informed_at { date: "2025-03-14" } channel: POLICE_CHANNEL_101)",
     Refused("R-IIOC-NOT-SUSPECTED")},
    {"P47", "the police are told as the target decided", DecidedForPolice, &School::head,
     "ResponseService.RecordPoliceReport",
     R"(case_ref: "$case" ground: POLICE_GROUND_CYBER_BULLYING
        reported_at { date: "2025-03-14" } how: "by 101")",
     kAccepted},
    {"P47", "the police are told of cyber-bullying before the target has decided", BullyingReported,
     &School::head, "ResponseService.RecordPoliceReport",
     R"(case_ref: "$case" ground: POLICE_GROUND_CYBER_BULLYING
        reported_at { date: "2025-03-14" } how: "by 101")",
     Refused("R-TARGET-DECIDES")},
    {"P47", "the police are told of cyber-bullying though the target decided against it",
     DecidedAgainstPolice, &School::head, "ResponseService.RecordPoliceReport",
     R"(case_ref: "$case" ground: POLICE_GROUND_CYBER_BULLYING
        reported_at { date: "2025-03-14" } how: "by 101")",
     Refused("R-TARGET-DECIDES")},
    {"P47", "the police are told of cyber-bullying while the target has not made up their mind",
     UndecidedAboutPolice, &School::head, "ResponseService.RecordPoliceReport",
     R"(case_ref: "$case" ground: POLICE_GROUND_CYBER_BULLYING
        reported_at { date: "2025-03-14" } how: "by 101")",
     Refused("R-TARGET-DECIDES")},
    {"P47", "the police are told of two when one of them has decided", OneOfTwoDecided,
     &School::head, "ResponseService.RecordPoliceReport",
     R"(case_ref: "$case" ground: POLICE_GROUND_CYBER_BULLYING
        reported_at { date: "2025-03-14" } how: "by 101")",
     Refused("R-TARGET-DECIDES")},
    {"P47", "the police are told of the one who has decided", OneOfTwoDecided, &School::head,
     "ResponseService.RecordPoliceReport",
     R"(case_ref: "$case" ground: POLICE_GROUND_CYBER_BULLYING target: "Robin Larkspur"
        reported_at { date: "2025-03-14" } how: "by 101")",
     kAccepted},
    {"P47", "one of two decides, and it is not said which", TwoAreBullied, &School::head,
     "CaseService.RecordPoliceDecision",
     R"(case_ref: "$case" choice: POLICE_CHOICE_REPORT conveyed_how: "in a talk")",
     Missing("target")},
    {"P47", "somebody decides who is not bullied", TwoAreBullied, &School::head,
     "CaseService.RecordPoliceDecision",
     R"(case_ref: "$case" choice: POLICE_CHOICE_REPORT conveyed_how: "in a talk"
        target: "Kit Byrne")",
     Refused("R-NOT-A-TARGET")},
    {"P47", "a child of the register decides and the parents were not asked", PupilBullied,
     &School::head, "CaseService.RecordPoliceDecision",
     R"(case_ref: "$case" choice: POLICE_CHOICE_REPORT conveyed_how: "in a talk"
        childs_view: "it should stop")",
     Refused("R-CHILD-VIEWS")},
    {"P47", "a child is at risk of harm, whatever the target has decided", BullyingReported,
     &School::teacher, "ResponseService.RecordPoliceReport",
     R"(case_ref: "$case" ground: POLICE_GROUND_CHILD_AT_RISK_OF_HARM
        reported_at { date: "2025-03-14" } how: "by 999" reasons: "threats")",
     kAccepted},
    {"P47", "another ground than the target's decision is given without reasons", BullyingReported,
     &School::head, "ResponseService.RecordPoliceReport",
     R"(case_ref: "$case" ground: POLICE_GROUND_IMMEDIATE_DANGER
        reported_at { date: "2025-03-14" } how: "by 999")",
     Missing("reasons")},
    {"P47", "a child's decision is recorded with what the parents say", BullyingOfAChildReported,
     &School::head, "CaseService.RecordPoliceDecision",
     R"(case_ref: "$case" choice: POLICE_CHOICE_REPORT conveyed_how: "in a talk"
        childs_view: "it should stop" parents_view: "they agree")",
     kAccepted},
    {"P47", "a child's decision is recorded and the parents were not asked",
     BullyingOfAChildReported, &School::head, "CaseService.RecordPoliceDecision",
     R"(case_ref: "$case" choice: POLICE_CHOICE_REPORT conveyed_how: "in a talk"
        childs_view: "it should stop")",
     Refused("R-CHILD-VIEWS")},
    {"P47", "a teacher records their own notice under the duty to report", BullyingReported,
     &School::teacher, "ResponseService.RecordDutyNotification",
     R"(case_ref: "$case" recipient: DUTY_RECIPIENT_POLICE
        notified_at { date: "2025-03-14" } how: "orally, by 101")",
     kAccepted},
    {"P48", "a breach that was found is closed with no decision about discipline", BreachFound,
     &School::head, "CaseService.CloseCase",
     R"(case_ref: "$case" conclusion: "settled" wishes_followed: true)", Refused("R-DISCIPLINE")},
    {"P48", "a failure to keep to the policy is reported", nullptr, &School::teacher,
     "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_CODE_OF_CONDUCT happened_at { date: "2025-03-14" }
        wishes_not_given: true
        parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO
        what_happened: "they keep breaking the policy"
        breached_clauses: BREACH_CLAUSE_P07_REFERENCE_TO_SCHOOL
        breached_clauses: BREACH_CLAUSE_P08_DAMAGING_POST)",
     Recorded("incident_reported { breached_clauses: BREACH_CLAUSE_P07_REFERENCE_TO_SCHOOL "
              "breached_clauses: BREACH_CLAUSE_P08_DAMAGING_POST }")},
};

constexpr UnrefusedClause kUnrefused[] = {
    {"P42", "no report is refused for what it is called"},
};

static_assert(IsComplete(kCyberBullyingSpan, kRows, kUnrefused));

}  // namespace

ClauseSection CyberBullying() { return {"cyber-bullying", kRows, kUnrefused}; }

}  // namespace wardbook::e2e
