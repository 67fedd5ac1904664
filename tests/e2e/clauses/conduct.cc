// P06-P19: the code of conduct, each clause of which is a category of breach.

#include "tests/e2e/clauses/clause_refusals.h"
#include "tests/e2e/clauses/clause_row.h"

namespace wardbook::e2e {
namespace {

constexpr ClauseRow kRows[] = {
    {"P06", "a teacher reports that a colleague is friends with a pupil online", nullptr,
     &School::teacher, "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_CODE_OF_CONDUCT happened_at { date: "2025-03-14" }
        wishes_not_given: true
        parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO
        what_happened: "they are friends with a pupil online")",
     kAccepted},
    {"P06", "a report names the clause", nullptr, &School::teacher,
     "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_CODE_OF_CONDUCT happened_at { date: "2025-03-14" }
        breached_clauses: BREACH_CLAUSE_P06_CONTACT_WITH_CHILDREN wishes_not_given: true
        what_happened: "they are friends with a pupil online"
        parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)",
     Recorded("incident_reported { breached_clauses: BREACH_CLAUSE_P06_CONTACT_WITH_CHILDREN }")},
    {"P06", "contact with children is investigated before the harm threshold is decided on",
     ContactReported, &School::head, "InvestigationService.StartInvestigation",
     R"(case_ref: "$case" scope: "who wrote to whom")", Refused("R-THRESHOLD-FIRST")},
    {"P06", "a declared contact stands beside the case and decides nothing",
     DeclaredContactReported, &School::lead, "CaseService.CheckRegisters", R"(case_ref: "$case")",
     AcceptedWith(R"(
        people { capacities: CAPACITY_SUBJECT person_id: "$teacher" }
        people { capacities: CAPACITY_TARGET person_id: "$child" has_no_photo_answer: true
                 entries { in_register: REGISTER_SOCIAL_CONTACTS
                           standing: ENTRY_STANDING_IN_FORCE } }
        people { is_reporter: true person_id: "$colleague" })")},
    {"P06", "the subject asks what the registers have of a case", DeclaredContactReported,
     &School::teacher, "CaseService.CheckRegisters", R"(case_ref: "$case")", kNoSuchCase},
    {"P07", "a teacher reports that a colleague writes about the school online", nullptr,
     &School::teacher, "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_CODE_OF_CONDUCT happened_at { date: "2025-03-14" }
        wishes_not_given: true
        parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO
        what_happened: "they write about the school on their own page"
        breached_clauses: BREACH_CLAUSE_P07_REFERENCE_TO_SCHOOL)",
     Recorded("incident_reported { breached_clauses: BREACH_CLAUSE_P07_REFERENCE_TO_SCHOOL }")},
    {"P08", "a teacher reports a post that damages the reputation of the school", nullptr,
     &School::teacher, "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_CODE_OF_CONDUCT happened_at { date: "2025-03-14" }
        wishes_not_given: true
        parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO
        what_happened: "they called the school rotten on their page"
        breached_clauses: BREACH_CLAUSE_P08_DAMAGING_POST)",
     Recorded("incident_reported { breached_clauses: BREACH_CLAUSE_P08_DAMAGING_POST }")},
    {"P09", "a teacher reports that confidential information was posted", nullptr, &School::teacher,
     "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_CODE_OF_CONDUCT happened_at { date: "2025-03-14" }
        wishes_not_given: true
        parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO
        what_happened: "they posted a class list"
        breached_clauses: BREACH_CLAUSE_P09_DISCLOSURE)",
     Recorded("incident_reported { breached_clauses: BREACH_CLAUSE_P09_DISCLOSURE }")},
    {"P09", "it is assessed whether personal data are affected", DisclosureReported, &School::head,
     "InvestigationService.AssessDataBreach",
     R"(case_ref: "$case" assessment: DATA_BREACH_ASSESSMENT_REPORTABLE reasons: "a class list")",
     kAccepted},
    {"P09", "a disclosure is closed and nobody asked whether personal data are affected",
     DisclosureReported, &School::head, "CaseService.CloseCase",
     R"(case_ref: "$case" conclusion: "settled" wishes_followed: true)", Refused("R-DATA-BREACH")},
    {"P10", "a teacher reports that pictures of children in a lesson were posted", nullptr,
     &School::teacher, "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_CODE_OF_CONDUCT happened_at { date: "2025-03-14" }
        wishes_not_given: true
        parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO
        what_happened: "they posted pictures of a lesson"
        breached_clauses: BREACH_CLAUSE_P10_IMAGES)",
     Recorded("incident_reported { breached_clauses: BREACH_CLAUSE_P10_IMAGES }")},
    {"P11", "a teacher reports allegations about another school posted online", nullptr,
     &School::teacher, "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_CODE_OF_CONDUCT happened_at { date: "2025-03-14" }
        wishes_not_given: true
        parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO
        what_happened: "they accuse another school online"
        breached_clauses: BREACH_CLAUSE_P11_ONLINE_ALLEGATION)",
     Recorded("incident_reported { breached_clauses: BREACH_CLAUSE_P11_ONLINE_ALLEGATION }")},
    {"P11", "the other school is told of what was said about it", BreachReported, &School::head,
     "ResponseService.RecordExternalBodyInformed",
     R"(case_ref: "$case" body: EXTERNAL_BODY_OTHER_SCHOOL name: "the other school"
        informed_at { date: "2025-03-14" } how: "by telephone" summary: "a post accuses it")",
     kAccepted},
    {"P12", "a teacher reports a page that names its owner as a teacher of the school", nullptr,
     &School::teacher, "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_CODE_OF_CONDUCT happened_at { date: "2025-03-14" }
        wishes_not_given: true
        parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO
        what_happened: "their page names the school"
        breached_clauses: BREACH_CLAUSE_P12_IRRESPONSIBLE_USE)",
     Recorded("incident_reported { breached_clauses: BREACH_CLAUSE_P12_IRRESPONSIBLE_USE }")},
    {"P13", "a teacher reports a new colleague's page that is open to everybody", nullptr,
     &School::teacher, "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_CODE_OF_CONDUCT happened_at { date: "2025-03-14" }
        wishes_not_given: true
        parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO
        what_happened: "their page is open to everybody"
        breached_clauses: BREACH_CLAUSE_P13_PROFILE_NOT_REVIEWED)",
     Recorded("incident_reported { breached_clauses: BREACH_CLAUSE_P13_PROFILE_NOT_REVIEWED }")},
    {"P14", "a teacher reports their own act", nullptr, &School::teacher,
     "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_SELF_REPORT happened_at { date: "2025-03-14" } wishes_not_given: true
        what_happened: "a pupil found my private page"
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)",
     kAccepted},
    {"P14", "the Headteacher's report of their own act goes to the Chair", nullptr, &School::head,
     "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_SELF_REPORT happened_at { date: "2025-03-14" } wishes_not_given: true
        what_happened: "a pupil found my private page"
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)",
     AcceptedWith("route: ROUTE_CHAIR_OF_GOVERNORS")},
    {"P14", "the person who reported their own act adds to it", HeadReportsOwnAct, &School::head,
     "CaseService.AddNote", R"(case_ref: "$case" text: "I have closed the page.")", kAccepted},
    {"P12", "a teacher acknowledges the policy and ticks what it advises", VersionApproved,
     &School::teacher, "PolicyService.AcknowledgePolicy",
     R"(version_id: "$version" ticks: SAFER_ONLINE_POINT_PRIVACY_HIGH
        ticks: SAFER_ONLINE_POINT_SCHOOL_NOT_NAMED)",
     kAccepted},
    {"P12", "a point of the advice is left open, and nothing is refused", VersionApproved,
     &School::colleague, "PolicyService.AcknowledgePolicy", R"(version_id: "$version")", kAccepted},
    {"P13", "a teacher confirms that they have reviewed their pages", nullptr, &School::teacher,
     "PeopleService.ConfirmProfileReview", "", kAccepted},
    {"P13", "the Headteacher lists who has not", SomebodyJoined, &School::head,
     "PeopleService.ListProfileReviews", "", AcceptedWith(R"(reviews { person_id: "$somebody" })")},
    {"P15", "an account is issued to somebody who has left", SomebodyLeft, &School::administrator,
     "PeopleService.IssueAccount", R"(person_id: "$somebody" user_name: "$user")",
     Refused("R-PERSON-LEFT")},
    {"P15", "an account of the office is issued", SomebodyRegistered, &School::administrator,
     "PeopleService.IssueAccount", R"(person_id: "$somebody" user_name: "school.office")",
     Refused("R-SHARED-ACCOUNT")},
    {"P15", "the office is registered as a person", nullptr, &School::administrator,
     "PeopleService.RegisterPerson", R"(name: "School Office" category: PERSON_CATEGORY_EMPLOYEE)",
     Refused("R-SHARED-ACCOUNT")},
    {"P15", "the administrator uses the code themselves", AccountIssued, &School::administrator,
     "AccessService.ActivateAccount",
     R"(school: "conduct" user_name: "$user" code: "$code"
        new_password: "three or four random words")",
     Refused("R-PASSWORD-BY-PROXY")},
    {"P15", "an account is issued to a person", SomebodyRegistered, &School::administrator,
     "PeopleService.IssueAccount", R"(person_id: "$somebody" user_name: "$user")", kAccepted},
    {"P15", "the user name of another person is issued", SomebodyRegistered, &School::administrator,
     "PeopleService.IssueAccount", R"(person_id: "$somebody" user_name: "teacher")",
     Refused("R-USER-NAME-TAKEN")},
    {"P15", "somebody signs in with a password that is not theirs", nullptr, &School::teacher,
     "AccessService.SignIn",
     R"(school: "conduct" user_name: "colleague" password: "a password that is not theirs")",
     Refused("R-SIGN-IN-FAILED")},
    {"P15", "somebody sets the password of a colleague without their code", nullptr,
     &School::teacher, "AccessService.ActivateAccount",
     R"(school: "conduct" user_name: "colleague" code: "AAAA-BBBB-CCCC"
        new_password: "three or four random words")",
     Refused("R-ACCOUNT-CODE")},
    {"P15", "a password is changed by somebody who does not know it", nullptr, &School::teacher,
     "AccessService.ChangePassword",
     R"(old_password: "a guess at it" new_password: "three or four random words")",
     Refused("R-OLD-PASSWORD")},
    {"P15", "a password of six letters is chosen", AccountIssued, &School::teacher,
     "AccessService.ActivateAccount",
     R"(school: "conduct" user_name: "$user" code: "$code" new_password: "summer")",
     Refused("R-PASSWORD")},
    {"P15", "the last administrator gives up the office", nullptr, &School::administrator,
     "PeopleService.EndRole", R"(person_id: "$administrator" role: ROLE_ADMINISTRATOR)",
     Refused("R-LAST-ADMINISTRATOR")},
    {"P15", "an administrator makes themself Headteacher", nullptr, &School::administrator,
     "PeopleService.GrantRole", R"(person_id: "$administrator" role: ROLE_HEADTEACHER)",
     Refused("R-OWN-SIGHT")},
    {"P15", "a password is guessed again and again", SignInGuessed, &School::teacher,
     "AccessService.SignIn",
     R"(school: "conduct" user_name: "nobody" password: "one guess too many")",
     Refused("R-TOO-MANY-ATTEMPTS")},
    {"P15", "a teacher reports that a colleague gave away their password", nullptr,
     &School::teacher, "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_CREDENTIAL_SHARING happened_at { date: "2025-03-14" }
        wishes_not_given: true what_happened: "their password is on a note by the screen"
        parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)",
     Recorded("incident_reported { breached_clauses: BREACH_CLAUSE_P15_CREDENTIAL_SHARING }")},
    {"P16", "a teacher reports that a colleague used their phone in a lesson", nullptr,
     &School::teacher, "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_CODE_OF_CONDUCT happened_at { date: "2025-03-14" }
        wishes_not_given: true
        parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO
        what_happened: "they took a call during a lesson"
        breached_clauses: BREACH_CLAUSE_P16_PERSONAL_DEVICE)",
     Recorded("incident_reported { breached_clauses: BREACH_CLAUSE_P16_PERSONAL_DEVICE }")},
    {"P17", "a teacher reports a parent who filmed in the playground", nullptr, &School::teacher,
     "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_CODE_OF_CONDUCT happened_at { date: "2025-03-14" }
        wishes_not_given: true
        parties { capacity: CAPACITY_SUBJECT name: "a parent at the gate"
          category: PERSON_CATEGORY_PARENT }
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO
        what_happened: "they filmed the playground"
        breached_clauses: BREACH_CLAUSE_P17_PHONE_ON_PREMISES)",
     Recorded("incident_reported { breached_clauses: BREACH_CLAUSE_P17_PHONE_ON_PREMISES }")},
    {"P18", "a teacher reports pornography on a school computer", nullptr, &School::teacher,
     "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_UNSUITABLE_MATERIAL happened_at { date: "2025-03-14" }
        wishes_not_given: true what_happened: "pages that were left open"
        parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO)",
     kAccepted},
    {"P19", "a teacher reports that a colleague wrote to a parent from their own e-mail", nullptr,
     &School::teacher, "IncidentService.ReportIncident",
     R"(kind: INCIDENT_KIND_CODE_OF_CONDUCT happened_at { date: "2025-03-14" }
        wishes_not_given: true
        parties { capacity: CAPACITY_SUBJECT person_id: "$colleague.bytes" }
        indecent_image_answer: INDECENT_IMAGE_ANSWER_NO
        what_happened: "they write to parents from their own e-mail address"
        breached_clauses: BREACH_CLAUSE_P19_PERSONAL_CHANNEL)",
     Recorded("incident_reported { breached_clauses: BREACH_CLAUSE_P19_PERSONAL_CHANNEL }")},
    {"P19", "a talk with a parent on the school's telephone is recorded", BullyingReported,
     &School::head, "ResponseService.LogContact",
     R"(case_ref: "$case" whom: CONTACT_WITH_PARENT name: "a parent"
        channel: CONTACT_CHANNEL_SCHOOL_TELEPHONE contacted_at { date: "2025-03-14" }
        summary: "they will come")",
     kAccepted},
    {"P19", "a talk with a parent was on a personal telephone", BullyingReported, &School::head,
     "ResponseService.LogContact",
     R"(case_ref: "$case" whom: CONTACT_WITH_PARENT name: "a parent"
        channel: CONTACT_CHANNEL_PERSONAL_TELEPHONE contacted_at { date: "2025-03-14" }
        summary: "they will come")",
     Refused("R-PERSONAL-CHANNEL")},
    {"P19", "a child was written to from a personal e-mail", BullyingReported, &School::teacher,
     "ResponseService.LogContact",
     R"(case_ref: "$case" whom: CONTACT_WITH_CHILD name: "a child"
        channel: CONTACT_CHANNEL_PERSONAL_EMAIL contacted_at { date: "2025-03-14" }
        summary: "are you well")",
     Refused("R-PERSONAL-CHANNEL")},
    {"P19", "a parent was spoken to on a personal account of a messenger", BullyingReported,
     &School::head, "ResponseService.LogContact",
     R"(case_ref: "$case" whom: CONTACT_WITH_PARENT name: "a parent"
        channel: CONTACT_CHANNEL_PERSONAL_ACCOUNT contacted_at { date: "2025-03-14" }
        summary: "they will come")",
     Refused("R-PERSONAL-CHANNEL")},
};

constexpr UnrefusedClause kUnrefused[] = {
    {"P07",
     "a category of breach: a report under it is taken, and the breach is investigated (P20)"},
    {"P08",
     "a category of breach: a report under it is taken, and the breach is investigated (P20)"},
    {"P10",
     "a category of breach: a report under it is taken, and the breach is investigated (P20)"},
    {"P11",
     "a category of breach: a report under it is taken, and the breach is investigated (P20)"},
    {"P12", "advice: the acknowledgement has a tick-list, and a point left open refuses nothing"},
    {"P13", "advice: who has not reviewed their pages is listed, and nothing waits for it"},
    {"P16",
     "a category of breach: a report under it is taken, and the breach is investigated (P20)"},
    {"P17",
     "a category of breach: a report under it is taken, and the breach is investigated (P20)"},
    {"P18", "a category of breach; what it waits for is refused under P36 to P41"},
};

static_assert(IsComplete(kConductSpan, kRows, kUnrefused));

}  // namespace

ClauseSection Conduct() { return {"conduct", kRows, kUnrefused}; }

}  // namespace wardbook::e2e
