// P01-P05: the policy itself, who keeps to it and who is reminded of it.

#include "tests/e2e/clauses/clause_refusals.h"
#include "tests/e2e/clauses/clause_row.h"

namespace wardbook::e2e {
namespace {

constexpr ClauseRow kRows[] = {
    // First, because no older version is put in force when a newer one is.
    {"P02", "the work goes on under a policy whose review is overdue", PolicyOverdue,
     &School::teacher, "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_CYBER_BULLYING happened_at { date: "2025-03-14" }
        what_happened: "mocking messages" indecent_image_answer: INDECENT_IMAGE_ANSWER_NO
        wishes_not_given: true)",
     AcceptedWith("route: ROUTE_HEADTEACHER")},
    {"P02", "and a case is dealt with under it", OverdueCaseReported, &School::head,
     "IncidentService.AcknowledgeReceipt", R"(case_ref: "$case" message_to_reporter: "Thank you.")",
     kAccepted},
    {"P01", "a version signed by the Headteacher and the Chair is put in force", VersionSigned,
     &School::chair, "PolicyService.ApprovePolicyVersion",
     R"(version_id: "$version" approved_on: "$today" review_on: "$in_half_a_year")", kAccepted},
    {"P01", "a version with one signature is put in force", VersionSignedByHead, &School::head,
     "PolicyService.ApprovePolicyVersion",
     R"(version_id: "$version" approved_on: "$today" review_on: "$in_half_a_year")",
     Refused("R-POLICY-SIGNATURE")},
    {"P01", "the person who has signed as Headteacher signs as Chair", VersionSignedByHeadWhoChairs,
     &School::head, "PolicyService.SignPolicyVersion",
     R"(version_id: "$version" content_sha256: "$sha256" office: POLICY_OFFICE_CHAIR_OF_GOVERNORS)",
     Refused("R-POLICY-SAME-SIGNATORY")},
    {"P01", "a teacher signs as Headteacher", VersionDrafted, &School::teacher,
     "PolicyService.SignPolicyVersion",
     R"(version_id: "$version" content_sha256: "$sha256" office: POLICY_OFFICE_HEADTEACHER)",
     Refused("R-POLICY-SIGNATORY")},
    {"P01", "another text is signed than the one that was read", VersionDrafted, &School::head,
     "PolicyService.SignPolicyVersion",
     R"(version_id: "$version" office: POLICY_OFFICE_HEADTEACHER
        content_sha256: "0000000000000000000000000000000000000000000000000000000000000000")",
     Refused("R-POLICY-TEXT")},
    {"P01", "an approved version is edited", VersionApproved, &School::head,
     "PolicyService.RevisePolicyDraft",
     R"(version_id: "$version" title: "Social networking" content: "Phones are welcome.")",
     Refused("R-POLICY-APPROVED")},
    {"P01", "a version is put in force without a day of review", VersionSigned, &School::chair,
     "PolicyService.ApprovePolicyVersion", R"(version_id: "$version" approved_on: "$today")",
     Refused("R-REVIEW-DATE")},
    {"P01", "a version is put in force as of a day before the one in force",
     VersionSignedAfterAnother, &School::chair, "PolicyService.ApprovePolicyVersion",
     R"(version_id: "$version" approved_on: "2022-09-01" review_on: "2023-07-01")",
     Refused("R-POLICY-ORDER")},
    {"P01", "a version is signed that there never was", nullptr, &School::head,
     "PolicyService.SignPolicyVersion",
     R"(version_id: "00000000000000000000000000000000" content_sha256: ""
        office: POLICY_OFFICE_HEADTEACHER)",
     Refused("R-NO-SUCH-POLICY-VERSION")},
    {"P02", "the version in force is reviewed and nothing changes", VersionApproved, &School::head,
     "PolicyService.RecordPolicyReview",
     R"(outcome: POLICY_REVIEW_OUTCOME_NO_CHANGE reviewed_on: "$today"
        next_review_on: "$in_half_a_year")",
     kAccepted},
    {"P02", "the next review is two years away", VersionSigned, &School::chair,
     "PolicyService.ApprovePolicyVersion",
     R"(version_id: "$version" approved_on: "$today" review_on: "$in_two_years")",
     Refused("R-REVIEW-TOO-LATE")},
    {"P02", "the next review after a review is two years away", VersionApproved, &School::head,
     "PolicyService.RecordPolicyReview",
     R"(outcome: POLICY_REVIEW_OUTCOME_NO_CHANGE reviewed_on: "$today"
        next_review_on: "$in_two_years")",
     Refused("R-REVIEW-TOO-LATE")},
    {"P03", "a teacher acknowledges the version in force", VersionApproved, &School::teacher,
     "PolicyService.AcknowledgePolicy", R"(version_id: "$version")", kAccepted},
    {"P03", "the Headteacher acknowledges it for a teacher", VersionApproved, &School::head,
     "PolicyService.AcknowledgePolicy", R"(version_id: "$version" person_id: "$teacher")",
     Refused("R-ACKNOWLEDGE-OWN")},
    {"P03", "a draft is acknowledged", VersionDrafted, &School::teacher,
     "PolicyService.AcknowledgePolicy", R"(version_id: "$version")",
     Refused("R-POLICY-NOT-IN-FORCE")},
    {"P04", "a volunteer is entered in the register", nullptr, &School::administrator,
     "PeopleService.RegisterPerson",
     R"(name: "somebody who reads with children" category: PERSON_CATEGORY_VOLUNTEER)", kAccepted},
    {"P04", "a member of the Friends is entered in the register", nullptr, &School::administrator,
     "PeopleService.RegisterPerson",
     R"(name: "somebody of the Friends" category: PERSON_CATEGORY_FRIEND)", kAccepted},
    {"P04", "a governor is entered in the register", nullptr, &School::administrator,
     "PeopleService.RegisterPerson", R"(name: "a governor" category: PERSON_CATEGORY_GOVERNOR)",
     kAccepted},
    {"P04", "a parent is entered in the register", nullptr, &School::administrator,
     "PeopleService.RegisterPerson", R"(name: "a parent" category: PERSON_CATEGORY_PARENT)",
     kAccepted},
    {"P04", "a visitor is entered in the register", nullptr, &School::administrator,
     "PeopleService.RegisterPerson", R"(name: "a visitor" category: PERSON_CATEGORY_VISITOR)",
     kAccepted},
    {"P04", "a pupil is entered in the register", nullptr, &School::administrator,
     "PeopleService.RegisterPerson", R"(name: "a pupil" category: PERSON_CATEGORY_PUPIL)",
     kAccepted},
    {"P04", "a contractor is entered in the register", nullptr, &School::administrator,
     "PeopleService.RegisterPerson", R"(name: "a gardener" category: PERSON_CATEGORY_CONTRACTOR)",
     kAccepted},
    {"P04", "somebody of a supply agency is entered in the register", nullptr,
     &School::administrator, "PeopleService.RegisterPerson",
     R"(name: "a supply teacher" category: PERSON_CATEGORY_SUPPLY)", kAccepted},
    {"P04", "an officer of the council is entered in the register", nullptr, &School::administrator,
     "PeopleService.RegisterPerson", R"(name: "an officer" category: PERSON_CATEGORY_OFFICER)",
     kAccepted},
    {"P05", "the Headteacher reminds the staff", nullptr, &School::head,
     "PolicyService.IssuePreventionReminder", R"(message: "Look after yourselves online.")",
     kAccepted},
    {"P05", "a teacher acknowledges the reminder", ReminderIssued, &School::teacher,
     "PolicyService.AcknowledgePreventionReminder", R"(reminder_id: "$reminder")", kAccepted},
    {"P05", "a reminder is acknowledged that there never was", nullptr, &School::teacher,
     "PolicyService.AcknowledgePreventionReminder",
     R"(reminder_id: "00000000000000000000000000000000")", Refused("R-NO-SUCH-REMINDER")},
};

constexpr UnrefusedClause kUnrefused[] = {
    {"P04", "the policy says whom it binds; the register has a category for each of them"},
};

static_assert(IsComplete(kPolicyControlSpan, kRows, kUnrefused));

}  // namespace

ClauseSection PolicyControl() { return {"policy-control", kRows, kUnrefused}; }

}  // namespace wardbook::e2e
