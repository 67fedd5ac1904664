// P36-P41: indecent images of children, and other unsuitable material.

#include "tests/e2e/clauses/clause_row.h"

namespace wardbook::e2e {
namespace {

constexpr ClauseRow kRows[] = {
    {"P36", "a note has a link to where the image is", PoliceInformed, &School::head,
     "CaseService.AddNote", R"(case_ref: "$case" text: "it was at https://pictures.example/1")",
     Refused("R-IIOC-NO-LINK")},
    {"P36", "a teacher reports what could be an indecent image", nullptr, &School::teacher,
     "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_SAFEGUARDING_CONCERN happened_at { date: "2025-03-14" }
        wishes_not_given: true
        what_happened: "a picture on a phone" about_headteacher: HEADTEACHER_ANSWER_NO
        indecent_image_answer: INDECENT_IMAGE_ANSWER_YES)",
     kAccepted},
    {"P36", "a report does not say whether it could be one", nullptr, &School::teacher,
     "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_SAFEGUARDING_CONCERN happened_at { date: "2025-03-14" }
        wishes_not_given: true
        what_happened: "a picture on a phone" about_headteacher: HEADTEACHER_ANSWER_NO)",
     Refused("R-IIOC-ASK")},
    {"P36", "a file is offered that is said to be one", BullyingReported, &School::teacher,
     "EvidenceService.OpenUpload",
     R"(case_ref: "$case" file_name: "a.png" size: 100
        indecent_image_answer: INDECENT_IMAGE_ANSWER_YES)",
     Refused("R-IIOC-NOSTORE")},
    {"P36", "a file is offered that may be one", BullyingReported, &School::teacher,
     "EvidenceService.OpenUpload",
     R"(case_ref: "$case" file_name: "a.png" size: 100
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NOT_SURE)",
     Refused("R-IIOC-NOSTORE")},
    {"P36", "a file is offered and the question is not answered", BullyingReported,
     &School::teacher, "EvidenceService.OpenUpload",
     R"(case_ref: "$case" file_name: "a.png" size: 100)", Refused("R-IIOC-ASK")},
    {"P37", "a teacher records that the police were informed", ImageSuspected, &School::teacher,
     "CaseService.RecordPoliceInformed",
     R"(case_ref: "$case" informed_at { date: "2025-03-14" } channel: POLICE_CHANNEL_101)",
     kAccepted},
    {"P37", "what preserves the device is recorded before that", ImageSuspected, &School::teacher,
     "CaseService.RecordPreservationStep",
     R"(case_ref: "$case" step: "left as it was" done_at { date: "2025-03-14" })", kAccepted},
    {"P37", "the case is handed on before that", ImageSuspected, &School::head,
     "EscalationService.EscalateCase",
     R"(case_ref: "$case" reasons: "the police have to be called")", kAccepted},
    {"P37", "the case is referred before that", ImageSuspected, &School::teacher,
     "ReferralService.ReferCase", R"(case_ref: "$case" reasons: "the police have to be called")",
     kAccepted},
    {"P37", "how it was found is noted before that", ImageSuspected, &School::teacher,
     "CaseService.AddNote", R"(case_ref: "$case" text: "found at ten past nine")", kAccepted},
    {"P37", "the receipt is acknowledged before that", ImageSuspected, &School::head,
     "IncidentService.AcknowledgeReceipt", R"(case_ref: "$case" message_to_reporter: "Thank you.")",
     Refused("R-IIOC-POLICE-FIRST")},
    {"P37", "advice is sought before that", ImageSuspected, &School::head,
     "EscalationService.SeekAdvice",
     R"(case_ref: "$case" asked_of: "Lancashire Safeguarding" channel: "telephone"
        question: "may we look into it")",
     Refused("R-IIOC-POLICE-FIRST")},
    {"P37", "an entry is corrected before that", ImageSuspected, &School::teacher,
     "CaseService.CorrectEntry",
     R"(case_ref: "$case" corrected_revision: 1 correction: "a Tuesday" reasons: "a slip")",
     Refused("R-IIOC-POLICE-FIRST")},
    {"P37", "the case is closed before that", ImageSuspected, &School::head,
     "CaseService.CloseCase", R"(case_ref: "$case" conclusion: "settled" wishes_followed: true)",
     Refused("R-IIOC-POLICE-FIRST")},
    {"P37", "the target decides about the police before that", ImageSuspected, &School::teacher,
     "CaseService.RecordPoliceDecision", R"(case_ref: "$case" choice: POLICE_CHOICE_NOT_YET)",
     Refused("R-IIOC-POLICE-FIRST")},
    {"P37", "the police are said to be informed of an image that nobody suspects", BullyingReported,
     &School::head, "CaseService.RecordPoliceInformed",
     R"(case_ref: "$case" informed_at { date: "2025-03-14" } channel: POLICE_CHANNEL_101)",
     Refused("R-IIOC-NOT-SUSPECTED")},
    {"P38", "the police release the case", PoliceInformed, &School::head,
     "CaseService.RecordPoliceRelease",
     R"(case_ref: "$case" officer: "an officer" reference: "LC-1" scope: "all of it")", kAccepted},
    {"P38", "the case is closed when the police have released it", PoliceReleased, &School::head,
     "CaseService.CloseCase", R"(case_ref: "$case" conclusion: "settled" wishes_followed: true)",
     kAccepted},
    {"P38", "a file is added to the case", PoliceInformed, &School::teacher,
     "EvidenceService.OpenUpload",
     R"(case_ref: "$case" file_name: "a.png" size: 100
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)",
     Refused("R-IIOC-NOSTORE")},
    {"P38", "an upload goes on that was under way", UploadSuspected, &School::teacher,
     "EvidenceService.PutChunk", R"(upload_id: "$upload" offset: 0 data: "x")",
     Refused("R-IIOC-NOSTORE")},
    {"P38", "an upload that was whole is filed", PoliceInformed, &School::teacher,
     "EvidenceService.FileEvidence",
     R"(case_ref: "$case" upload_id: "$upload" kind: EVIDENCE_KIND_ORIGINAL)",
     Refused("R-IIOC-NOSTORE")},
    {"P38", "a file that is in evidence is opened", PoliceInformed, &School::head,
     "EvidenceService.DownloadEvidence", R"(case_ref: "$case" evidence_id: "$evidence")",
     Refused("R-IIOC-NOSTORE")},
    {"P38", "a file is opened though the police have released the case", PoliceReleased,
     &School::head, "EvidenceService.DownloadEvidence",
     R"(case_ref: "$case" evidence_id: "$evidence")", Refused("R-IIOC-NOSTORE")},
    {"P38", "the case with its files is exported", PoliceInformed, &School::head,
     "AuditService.ExportBundle", R"(case_ref: "$case" purpose: "to look at it")",
     Refused("R-IIOC-NOSTORE")},
    {"P38", "the case is concluded before the police release it", PoliceInformed, &School::head,
     "CaseService.CloseCase", R"(case_ref: "$case" conclusion: "settled" wishes_followed: true)",
     Refused("R-IIOC-NO-INVESTIGATION")},
    {"P38", "an investigation starts before the police release it", PoliceInformed, &School::head,
     "InvestigationService.StartInvestigation", R"(case_ref: "$case" scope: "who has the phone")",
     Refused("R-IIOC-NO-INVESTIGATION")},
    {"P39", "a teacher reports unsuitable material to the Headteacher", nullptr, &School::teacher,
     "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_UNSUITABLE_MATERIAL happened_at { date: "2025-03-14" }
        wishes_not_given: true what_happened: "pages that were left open"
        parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)",
     AcceptedWith("route: ROUTE_HEADTEACHER")},
    {"P39", "what is about the Headteacher goes to the Chair", nullptr, &School::teacher,
     "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_UNSUITABLE_MATERIAL happened_at { date: "2025-03-14" }
        wishes_not_given: true what_happened: "pages that were left open"
        parties { capacity: CAPACITY_SUBJECT person_id: "$head.bytes" }
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)",
     AcceptedWith("route: ROUTE_CHAIR_OF_GOVERNORS")},
    {"P39", "the leadership team is told while the Headteacher is present", HeadBack,
     &School::teacher, "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_UNSUITABLE_MATERIAL happened_at { date: "2025-03-14" }
        wishes_not_given: true what_happened: "pages that were left open"
        parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO to_senior_leadership: true)",
     Refused("R-HEAD-RECEIVES")},
    {"P39", "the deputy acknowledges what the Headteacher received", UnsuitableMaterialReported,
     &School::deputy, "IncidentService.AcknowledgeReceipt",
     R"(case_ref: "$case" message_to_reporter: "Thank you.")", Refused("R-HEAD-RECEIVES")},
    {"P39", "a teacher records an absence of the Headteacher", nullptr, &School::teacher,
     "AbsenceService.RecordHeadAbsence", R"(deputy_id: "$deputy")", Refused("R-ABSENCE")},
    {"P39", "an administrator records an absence of the Headteacher", nullptr,
     &School::administrator, "AbsenceService.RecordHeadAbsence", R"(deputy_id: "$deputy")",
     Refused("R-ABSENCE")},
    {"P39", "an absence is ended that there never was", nullptr, &School::head,
     "AbsenceService.EndHeadAbsence", R"(absence_id: "00000000000000000000000000000000")",
     Refused("R-NO-SUCH-ABSENCE")},
    {"P39", "two absences are recorded for one time", HeadAbsentNextWeek, &School::head,
     "AbsenceService.RecordHeadAbsence", R"(deputy_id: "$deputy" from_time { $in_a_week })",
     Refused("R-ABSENCE-OVERLAPS")},
    {"P39", "a teacher is to act in the Headteacher's absence", nullptr, &School::head,
     "AbsenceService.RecordHeadAbsence", R"(deputy_id: "$teacher")", Refused("R-DEPUTY")},
    {"P40", "the Headteacher seeks advice", UnsuitableMaterialReported, &School::head,
     "EscalationService.SeekAdvice",
     R"(case_ref: "$case" asked_of: "Lancashire Safeguarding" channel: "telephone"
        question: "may we look into it")",
     kAccepted},
    {"P40", "the deputy seeks advice on what the Headteacher received", UnsuitableMaterialReported,
     &School::deputy, "EscalationService.SeekAdvice",
     R"(case_ref: "$case" asked_of: "Lancashire Safeguarding" channel: "telephone"
        question: "may we look into it")",
     Refused("R-RECIPIENT-SEEKS")},
    {"P40", "the deputy seeks advice when it was handed over to them", HandedOverToDeputy,
     &School::deputy, "EscalationService.SeekAdvice",
     R"(case_ref: "$case" asked_of: "Lancashire Safeguarding" channel: "telephone"
        question: "may we look into it")",
     kAccepted},
    {"P40", "a case of bullying is handed over, which has no recipient", BullyingReported,
     &School::head, "EscalationService.HandOverRecipient",
     R"(case_ref: "$case" to_person_id: "$deputy" reasons: "I am away")",
     Refused("R-NO-RECIPIENT")},
    {"P40", "the lead takes it over from the Headteacher", UnsuitableMaterialReported,
     &School::lead, "EscalationService.HandOverRecipient",
     R"(case_ref: "$case" to_person_id: "$lead" reasons: "I have time")", Refused("R-HAND-OVER")},
    {"P40", "it is handed over to a colleague who does not handle it", UnsuitableMaterialReported,
     &School::head, "EscalationService.HandOverRecipient",
     R"(case_ref: "$case" to_person_id: "$manager" reasons: "I am away")",
     Refused("R-NOT-A-HANDLER")},
    {"P40", "advice is recorded that nobody sought", UnsuitableMaterialReported, &School::head,
     "EscalationService.RecordAdvice",
     R"(case_ref: "$case" adviser_name: "the duty officer" adviser_role: "duty officer"
        advice: "go on" may_proceed: MAY_PROCEED_YES)",
     Refused("R-ADVICE-NOT-SOUGHT")},
    {"P41", "an investigation starts after advice that lets the school proceed", AdviceSaysProceed,
     &School::head, "InvestigationService.StartInvestigation",
     R"(case_ref: "$case" scope: "who opened the pages")", kAccepted},
    {"P41", "an investigation starts before advice came", UnsuitableMaterialReported, &School::head,
     "InvestigationService.StartInvestigation",
     R"(case_ref: "$case" scope: "who opened the pages")", Refused("R-ADVICE-FIRST")},
    {"P41", "the case is closed before advice is sought", UnsuitableMaterialReported, &School::head,
     "CaseService.CloseCase", R"(case_ref: "$case" conclusion: "settled" wishes_followed: true)",
     Refused("R-ADVICE-FIRST")},
    {"P41", "the case is closed before advice is received", AdviceSought, &School::head,
     "CaseService.CloseCase", R"(case_ref: "$case" conclusion: "settled" wishes_followed: true)",
     Refused("R-ADVICE-FIRST")},
    {"P41", "the case is closed against the advice", AdviceSaysWait, &School::head,
     "CaseService.CloseCase", R"(case_ref: "$case" conclusion: "settled" wishes_followed: true)",
     Refused("R-ADVICE-FIRST")},
    {"P41", "the material is looked at before advice is received", UnsuitableScreenPrintFiled,
     &School::head, "EvidenceService.DownloadEvidence",
     R"(case_ref: "$case" evidence_id: "$evidence")", Refused("R-ADVICE-FIRST")},
    {"P41", "the case with the material is exported before that", UnsuitableScreenPrintFiled,
     &School::head, "AuditService.ExportBundle", R"(case_ref: "$case" purpose: "to look at it")",
     Refused("R-ADVICE-FIRST")},
    // Last, because the absence goes on for an hour.
    {"P39", "the deputy acts in a recorded absence of the Headteacher and is told", HeadAbsent,
     &School::teacher, "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_UNSUITABLE_MATERIAL happened_at { date: "2025-03-14" }
        wishes_not_given: true what_happened: "pages that were left open"
        parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO to_senior_leadership: true)",
     AcceptedWith("route: ROUTE_SENIOR_LEADERSHIP")},
};

static_assert(IsComplete(kImagesSpan, kRows, {}));

}  // namespace

ClauseSection Images() { return {"images", kRows, {}}; }

}  // namespace wardbook::e2e
