#include "storage/bundle/event_words.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "absl/types/span.h"

namespace wardbook::bundle {
namespace {

using ::google::protobuf::EnumDescriptor;
using ::google::protobuf::EnumValueDescriptor;
using ::google::protobuf::FieldDescriptor;

constexpr absl::string_view kPackage = "wardbook.events.v1.";

struct Wording {
  absl::string_view identifier;
  absl::string_view words;
};

// Where the words of the identifier would not be what people say.
constexpr Wording kTitles[] = {
    {"BarringOutcomeRecorded", "Decision of the Disclosure and Barring Service"},
    {"CaseEscalated", "Case handed on"},
    {"CaseReferred", "Referred to Lancashire Safeguarding"},
    {"CaseReopened", "Case opened again"},
    {"ConflictDeclared", "Conflict of interest declared"},
    {"ContentRemoved", "Content is gone"},
    {"DataBreachAssessed", "Breach of personal data assessed"},
    {"DisagreementEscalated", "Disagreement taken to its next stage"},
    {"DisagreementRaised", "Professional disagreement"},
    {"DisagreementResolved", "Disagreement settled"},
    {"DisciplinaryDecisionRecorded", "Decision about the disciplinary procedure"},
    {"DisciplinaryReferenceRecorded", "Where the disciplinary procedure stands"},
    {"DutyToReportNotified", "Own notice under the duty to report"},
    {"EntryCorrected", "Correction"},
    {"EvidenceAnnotated", "Added to a file in evidence"},
    {"EvidenceSuperseded", "Another file stands in the place of one"},
    {"ExternalBodyInformed", "Outside body informed"},
    {"GoverningBodyActionRecorded", "Action of the Governing Body"},
    {"GoverningBodyInformed", "Governing Body informed"},
    {"HarmThresholdDecided", "Decision about the harm threshold"},
    {"IndecentImageSuspected", "Indecent image of a child suspected"},
    {"InvestigationBarred", "The school was told not to investigate"},
    {"InvestigationStepRecorded", "Step of the investigation"},
    {"MoreInformationGiven", "More information given to the council"},
    {"MoreInformationRequested", "The council asks for more"},
    {"NameSettled", "Settled whom a name means"},
    {"OriginalRetainedAttested", "The original still exists"},
    {"PoliceDecisionRecorded", "Decision about the police"},
    {"PoliceInformed", "Police informed"},
    {"PoliceReleaseRecorded", "The police let the school go on"},
    {"PoliceReported", "Reported to the police"},
    {"PreservationStepRecorded", "Step to preserve evidence for the police"},
    {"ProviderOutcomeRecorded", "Answer of the provider"},
    {"ProviderReported", "Reported to the provider"},
    {"ReceiptAcknowledged", "Report acknowledged"},
    {"RecipientHandedOver", "Handed over to another recipient"},
    {"ReferralAdviceGiven", "Advice only, by the council"},
    {"ReferralClosingActionRecorded", "Settled at the end of the referral"},
    {"ReferralMeetingRecorded", "Meeting about the referral"},
    {"ReferralSectionPrepared", "Section of the council's form prepared"},
    {"ReferralStrandOpened", "Looked into by others"},
    {"ReferralStrandOutcomeRecorded", "Outcome of those who looked into it"},
    {"ReferralSubmitted", "Submitted on the council's form"},
    {"ReferralThresholdMet", "The council finds the threshold met"},
    {"ReferralWithdrawn", "Referral taken back"},
    {"WishesUpdated", "The reporter's wishes"},
};

constexpr Wording kLabels[] = {
    {"AdviceReceived.adviser_name", "Adviser"},
    {"AdviceReceived.adviser_role", "Role of the adviser"},
    {"AdviceReceived.may_proceed", "May the school proceed"},
    {"AdviceReceived.reference", "Their reference"},
    {"AdviceReceived.received_at", "When"},
    {"AdviceSought.channel", "How"},
    {"AdviceSought.question", "What was asked"},
    {"AdviceSought.reference", "Their reference"},
    {"AdviceSought.sought_at", "When"},
    {"BarringOutcomeRecorded.decided_at", "When"},
    {"BarringOutcomeRecorded.outcome", "Decision"},
    {"BarringOutcomeRecorded.person_name", "About"},
    {"BarringOutcomeRecorded.reference", "Its reference"},
    {"CaseClassified.breached_clauses", "Clause breached"},
    {"CaseClassified.conduct", "What it does"},
    {"CaseClassified.cyber_bullying", "Cyber-bullying as the policy defines it"},
    {"CaseClassified.power_and_control", "Attempt to gain power and control"},
    {"CaseClassified.technologies", "Technology"},
    {"CaseClassified.wishes_version", "Version of the wishes"},
    {"CaseClosed.wishes_followed", "Reporter's wishes followed"},
    {"CaseClosed.wishes_version", "Version of the wishes"},
    {"CaseEscalated.route", "Now with"},
    {"CaseReferred.child_referral", "About a child"},
    {"CaseReferred.intent", "What is asked for"},
    {"CaseReferred.missing_items", "Still missing"},
    {"ChildReferral.level", "Level of need"},
    {"ConflictDeclared.head_absence_id", "Absence of the Headteacher"},
    {"ConflictDeclared.person_id", "In the register as"},
    {"ConflictDeclared.person_name", "Who has it"},
    {"ConflictDeclared.recipient_id", "Recipient in the register as"},
    {"ConflictDeclared.recipient_name", "Who seeks the advice now"},
    {"ConflictDeclared.route", "Now with"},
    {"ConflictDeclared.told_ids", "Was told"},
    {"ContactLogged.channel", "By"},
    {"ContactLogged.contacted_at", "When"},
    {"ContactLogged.summary", "What was said"},
    {"ContactLogged.whom", "With"},
    {"ContentRemoved.details", "What was removed"},
    {"ContentRemoved.removed_at", "Seen to be gone"},
    {"DataBreachAssessed.commissioner_reference", "Information Commissioner's reference"},
    {"DecidedUnder.policy_version", "Policy"},
    {"DecidedUnder.rule_pack", "Rules"},
    {"DisagreementEscalated.disagreement_revision", "Raised in entry"},
    {"DisagreementEscalated.due_time", "To be settled by"},
    {"DisagreementEscalated.stage_words", "In this stage"},
    {"DisagreementRaised.disputed_revision", "Disputes entry"},
    {"DisagreementRaised.due_time", "To be settled by"},
    {"DisagreementRaised.immediate_significant_harm", "Immediate significant harm feared"},
    {"DisagreementRaised.stage_words", "In this stage"},
    {"DisagreementResolved.disagreement_revision", "Raised in entry"},
    {"DisciplinaryDecisionRecorded.wishes_considered", "The reporter's wishes"},
    {"DutyToReportNotified.notified_at", "When"},
    {"DutyToReportNotified.recipient", "Notified"},
    {"DutyToReportNotified.reference", "Their reference"},
    {"EntryCorrected.corrected_revision", "Corrects entry"},
    {"EntryCorrected.correction", "What is right"},
    {"EvidenceAnnotated.annotation", "What was added"},
    {"EvidenceAnnotated.evidence_id", "File"},
    {"EvidenceFiled.captured_by", "Taken by"},
    {"EvidenceFiled.captured_with", "Taken with"},
    {"EvidenceFiled.description", "What it shows"},
    {"EvidenceFiled.evidence_id", "File"},
    {"EvidenceFiled.file_name", "Name of the file"},
    {"EvidenceFiled.key_id", "Key in the vault"},
    {"EvidenceFiled.media_type", "Type of the file"},
    {"EvidenceFiled.sealed_sha256", "SHA-256 as stored, sealed"},
    {"EvidenceFiled.sha256", "SHA-256"},
    {"EvidenceFiled.sighting", "Seen"},
    {"EvidenceSuperseded.evidence_id", "Stands in its place"},
    {"EvidenceSuperseded.superseded_id", "No longer stands"},
    {"ExternalBodyInformed.informed_at", "When"},
    {"ExternalBodyInformed.summary", "What it was told"},
    {"FindingRecorded.allegation_outcome", "Outcome of the allegation"},
    {"FindingRecorded.replaces_revision", "Replaces entry"},
    {"FindingRecorded.wishes_considered", "The reporter's wishes"},
    {"GoverningBodyActionRecorded.minute_reference", "In its minutes"},
    {"GoverningBodyInformed.summary", "What it was told"},
    {"HarmThresholdDecided.limbs", "Limb"},
    {"HarmThresholdDecided.threshold", "Decision"},
    {"HarmThresholdDecided.wishes_considered", "The reporter's wishes"},
    {"ImageCaptured.captured_time", "When"},
    {"ImageCaptured.child_ids", "The children, in the register as"},
    {"ImageShared.shared_time", "When"},
    {"IncidentReported.about_headteacher", "Is it about the Headteacher"},
    {"IncidentReported.breached_clauses", "Clause that may be breached"},
    {"IncidentReported.happened_at", "When it happened"},
    {"IncidentReported.head_absence_id", "Absence of the Headteacher"},
    {"IncidentReported.in_force_when_happened", "In force when it happened"},
    {"IncidentReported.indecent_image_answer", "Could it be an indecent image of a child"},
    {"IncidentReported.line_manager_id", "Line manager"},
    {"IncidentReported.parties", "Involved"},
    {"IncidentReported.place", "Where"},
    {"IncidentReported.presumed_subject_ids", "A subject may be"},
    {"IncidentReported.recipient_id", "Recipient in the register as"},
    {"IncidentReported.recipient_name", "Who received it and seeks the advice"},
    {"IncidentReported.route", "Reported to"},
    {"IncidentReported.told_ids", "Was told"},
    {"IncidentReported.wishes", "What the reporter wishes"},
    {"IncidentReported.wishes_not_given", "Was asked and did not want to say"},
    {"IndecentImageSuspected.answer", "Could it be an indecent image of a child"},
    {"IndecentImageSuspected.where_found", "Where it was found"},
    {"InvestigationBarred.barred_by", "By"},
    {"InvestigationBarred.instruction", "What they said"},
    {"InvestigationBarred.officer", "Who said so"},
    {"InvestigationBarred.reference", "Their reference"},
    {"InvestigationStarted.bar_lifted_how", "Who lifted the bar"},
    {"InvestigationStarted.investigator_id", "In the register as"},
    {"InvestigationStarted.investigator_name", "Investigator"},
    {"InvestigationStarted.replaces_why", "Why they took over"},
    {"InvestigationStarted.scope", "What is investigated"},
    {"InvestigationStarted.wishes_version", "Version of the wishes"},
    {"InvestigationStepRecorded.done_at", "When"},
    {"InvestigationStepRecorded.kind", "What kind of step"},
    {"InvestigationStepRecorded.what", "What was done"},
    {"JustificationSubmitted.action_time", "When"},
    {"JustificationSubmitted.decider", "Who decides"},
    {"JustificationSubmitted.timing", "Was it done already"},
    {"NameSettled.name", "Name"},
    {"NameSettled.reasons", "How that is known"},
    {"NoteAdded.by_handler", "By who handles the case"},
    {"NoteAdded.text", "Note"},
    {"OnlinePlace.account", "Account or group"},
    {"OriginalRetainedAttested.evidence_id", "File"},
    {"OriginalRetainedAttested.kept_where", "Where it is"},
    {"ParentsMadeAware.told_time", "When"},
    {"Party.capacity", "As"},
    {"Party.category", "Connection with the school"},
    {"Party.person_id", "In the register as"},
    {"PermissionGranted.discussed_time", "Discussed with them"},
    {"PermissionGranted.from_time", "From"},
    {"PermissionGranted.until_time", "Until"},
    {"PermissionRequested.decider", "Who decides"},
    {"PermissionRequested.from_time", "From"},
    {"PermissionRequested.until_time", "Until"},
    {"PhoneReturned.parents_not_aware_because", "Why the parents were not told first"},
    {"PhoneReturned.returned_time", "When"},
    {"PhoneTakenIn.device_description", "The phone"},
    {"PhoneTakenIn.ground", "Why"},
    {"PhoneTakenIn.taken_time", "When"},
    {"PhotoConsentGiven.given_time", "When"},
    {"PhotoConsentGiven.scopes", "Consents to"},
    {"PhotoConsentRefused.refused_time", "When"},
    {"PhotoConsentWithdrawn.withdrawn_time", "When"},
    {"PoliceDecisionRecorded.childs_view", "What the child wants"},
    {"PoliceDecisionRecorded.choice", "Decision"},
    {"PoliceDecisionRecorded.chooser_id", "In the register as"},
    {"PoliceDecisionRecorded.chooser_name", "Whose decision"},
    {"PoliceDecisionRecorded.conveyed_how", "How they made it known"},
    {"PoliceDecisionRecorded.decided_at", "When"},
    {"PoliceDecisionRecorded.parents_view", "What the parents say"},
    {"PoliceDecisionRecorded.statement", "What they said"},
    {"PoliceInformed.channel", "By calling"},
    {"PoliceInformed.informed_at", "When"},
    {"PoliceInformed.informed_by", "Who called"},
    {"PoliceReleaseRecorded.officer", "Who said so"},
    {"PoliceReleaseRecorded.reference", "Their reference"},
    {"PoliceReleaseRecorded.released_at", "When"},
    {"PoliceReleaseRecorded.scope", "What the school may do"},
    {"PoliceReported.ground", "On the ground"},
    {"PoliceReported.reported_at", "When"},
    {"PoliceReported.reported_by", "Who told them"},
    {"PoliceReported.target_id", "In the register as"},
    {"PoliceReported.target_name", "Concerns"},
    {"PreservationStepRecorded.done_at", "When"},
    {"PreservationStepRecorded.done_by", "Who did it"},
    {"PreservationStepRecorded.kept_in", "Kept in"},
    {"PreservationStepRecorded.step", "What was done"},
    {"ProviderOutcomeRecorded.details", "What it said"},
    {"ProviderOutcomeRecorded.known_at", "Known since"},
    {"ProviderOutcomeRecorded.report_revision", "To the report of entry"},
    {"ProviderReported.details", "What was asked of it"},
    {"ProviderReported.reference", "Their reference"},
    {"ProviderReported.reported_at", "When"},
    {"ReceiptAcknowledged.message_to_reporter", "What the reporter was told"},
    {"ReferralAcknowledged.conveyed_by", "As told by"},
    {"RecipientHandedOver.from_id", "Handed over by or for"},
    {"RecipientHandedOver.head_absence_id", "Absence of the Headteacher"},
    {"RecipientHandedOver.to_id", "In the register as"},
    {"RecipientHandedOver.to_name", "Who seeks the advice now"},
    {"ReferralAcknowledged.reference", "Their reference"},
    {"ReferralAdviceGiven.conveyed_by", "As told by"},
    {"ReferralClosed.conveyed_by", "As told by"},
    {"ReferralClosed.missing_items", "Not settled"},
    {"ReferralClosed.summary", "What it came to"},
    {"ReferralMeetingRecorded.actions", "What was agreed"},
    {"ReferralMeetingRecorded.attendees", "Who attended"},
    {"ReferralMeetingRecorded.held_at", "When"},
    {"ReferralOutcomeRecorded.conveyed_by", "As told by"},
    {"ReferralStrandOpened.conveyed_by", "As told by"},
    {"ReferralStrandOpened.details", "What they do"},
    {"ReferralStrandOpened.reference", "Their reference"},
    {"ReferralStrandOpened.strand", "By"},
    {"ReferralStrandOutcomeRecorded.conveyed_by", "As told by"},
    {"ReferralStrandOutcomeRecorded.outcome_words", "Which means that"},
    {"ReferralStrandOutcomeRecorded.rule_pack_id", "By the rules"},
    {"ReferralStrandOutcomeRecorded.strand", "Of"},
    {"ReferralSubmitted.form_reference", "Reference of the form"},
    {"ReferralSubmitted.missing_items", "Still missing"},
    {"ReferralSubmitted.submitted_at", "When"},
    {"ReferralSubmitted.submitted_by", "Who submitted it"},
    {"ReferralThresholdMet.conveyed_by", "As told by"},
    {"ReferralWithdrawn.conveyed_by", "As told by"},
    {"ReferralWithdrawn.superseded_by_id", "In its place"},
    {"Sighting.approximate", "Date and time are estimates"},
    {"Sighting.date_not_known_because", "Date not known because"},
    {"Sighting.place_not_known_because", "Place not known because"},
    {"Sighting.time_not_known_because", "Time not known because"},
    {"Sighting.utc_offset_minutes", "Clock ahead of UTC by"},
    {"SocialContactDeclared.decider", "Who decides"},
    {"SupportOffered.answer", "What they said to it"},
    {"SupportOffered.support", "What was offered"},
    {"SupportOffered.to_whom", "To"},
    {"VisitPhoneUseLogged.use", "Why it was used"},
    {"VisitPhoneUseLogged.used_time", "When"},
    {"WishesConsidered.reasons", "Why not"},
    {"WishesConsidered.treatment", "Treatment"},
    {"WishesConsidered.wishes_version", "Version"},
    {"WishesUpdated.conveyed_how", "How they made it known"},
    {"WishesUpdated.wishes", "What the reporter wishes"},
    {"WishesUpdated.wishes_not_given", "Was asked and did not want to say"},
    {"WishesUpdated.wishes_version", "Version"},
};

constexpr Wording kPhrases[] = {
    {"ACTION_TIMING_PROPOSED", "no, it is proposed"},
    {"ACTION_TIMING_TAKEN", "yes, it was done"},
    {"BARRING_OUTCOME_BARRED", "barred from work with children"},
    {"BREACH_CLAUSE_P06_CONTACT_WITH_CHILDREN",
     "P06, contact with children through social networking"},
    {"BREACH_CLAUSE_P07_REFERENCE_TO_SCHOOL", "P07, writing online about the school or its people"},
    {"BREACH_CLAUSE_P08_DAMAGING_POST", "P08, damaging, defamatory or rude posts"},
    {"BREACH_CLAUSE_P09_DISCLOSURE", "P09, disclosing what is confidential"},
    {"BREACH_CLAUSE_P10_IMAGES", "P10, posting images of people on school activities"},
    {"BREACH_CLAUSE_P11_ONLINE_ALLEGATION", "P11, allegations online"},
    {"BREACH_CLAUSE_P12_IRRESPONSIBLE_USE", "P12, using sites irresponsibly"},
    {"BREACH_CLAUSE_P13_PROFILE_NOT_REVIEWED", "P13, own pages not reviewed on joining"},
    {"BREACH_CLAUSE_P14_NOT_REPORTED", "P14, not reporting what might be misinterpreted"},
    {"BREACH_CLAUSE_P15_CREDENTIAL_SHARING", "P15, sharing log-ins or passwords"},
    {"BREACH_CLAUSE_P16_PERSONAL_DEVICE", "P16, personal devices where children are present"},
    {"BREACH_CLAUSE_P17_PHONE_ON_PREMISES", "P17, phones in public areas or on the premises"},
    {"BREACH_CLAUSE_P18_UNSUITABLE_MATERIAL", "P18, unsuitable material on equipment"},
    {"BREACH_CLAUSE_P19_PERSONAL_CHANNEL", "P19, personal channels with children or parents"},
    {"CLOSING_ACTION_COPY_TO_SUBJECT", "a copy of the record for the person whom it is about"},
    {"CLOSING_ACTION_DBS", "a referral to the Disclosure and Barring Service"},
    {"CLOSING_ACTION_LESSONS", "lessons for the school"},
    {"CLOSING_ACTION_TRA", "a referral to the Teaching Regulation Agency"},
    {"CONTACT_CHANNEL_PERSONAL_EMAIL", "personal e-mail"},
    {"CONTACT_CHANNEL_SCHOOL_EMAIL", "the school's e-mail"},
    {"CONTACT_CHANNEL_SCHOOL_TELEPHONE", "the school's telephone"},
    {"CONTACT_CHANNEL_SCHOOL_VIDEO", "video on an account of the school"},
    {"CONTACT_WITH_PARENT", "parent or carer"},
    {"DATA_BREACH_ASSESSMENT_NOT_REPORTABLE",
     "personal data are affected, to be reported to nobody"},
    {"DATA_BREACH_ASSESSMENT_NO_PERSONAL_DATA", "no personal data are affected"},
    {"DATA_BREACH_ASSESSMENT_REPORTABLE", "reportable to the Information Commissioner"},
    {"DISCIPLINARY_DECISION_DO_NOT_REFER", "does not go to the disciplinary procedure"},
    {"DISCIPLINARY_DECISION_REFER", "goes to the disciplinary procedure"},
    {"EXTERNAL_BODY_COUNCIL", "the county council"},
    {"EXTERNAL_BODY_DIOCESE", "the diocese"},
    {"EXTERNAL_BODY_OTHER_SCHOOL", "another school"},
    {"FINDING_BREACH", "a breach of the policy"},
    {"FINDING_NOT_DETERMINED", "could not be determined"},
    {"HARM_LIMB_HARMED", "has harmed a child, or may have"},
    {"HARM_LIMB_OFFENCE", "possibly a criminal offence against or related to a child"},
    {"HARM_LIMB_RISK", "may pose a risk of harm"},
    {"HARM_LIMB_UNSUITABLE", "may not be suitable to work with children"},
    {"HARM_THRESHOLD_LOW_LEVEL_CONCERN", "low-level concern"},
    {"HARM_THRESHOLD_MET", "meets the harm threshold"},
    {"INCIDENT_KIND_CODE_OF_CONDUCT", "breach of the code of conduct"},
    {"INCIDENT_KIND_CREDENTIAL_SHARING", "shared log-in or password"},
    {"INCIDENT_KIND_CYBER_BULLYING", "cyber-bullying"},
    {"INCIDENT_KIND_SELF_REPORT", "self-report"},
    {"INVESTIGATION_BAR_POLICE", "the police"},
    {"INVESTIGATION_BAR_SAFEGUARDING_OFFICER", "Lancashire Safeguarding"},
    {"MAY_PROCEED_LIMITED", "only as advised"},
    {"MAY_PROCEED_NO", "no, it must wait"},
    {"PERMISSION_KIND_CHILD_PHONE_KEPT", "a child's phone, kept in the office as the parent asks"},
    {"PERMISSION_KIND_NAME_AND_LOGO", "the school's name, logo or material"},
    {"PERMISSION_KIND_PHONE_KEPT_ON", "own phone kept on, out of the children's sight"},
    {"PERMISSION_KIND_PHOTO", "photographs of a child"},
    {"PERMISSION_KIND_WORK_SOCIAL_MEDIA", "social media at work"},
    {"PERSON_CATEGORY_FRIEND", "Friend of the school"},
    {"PERSON_CATEGORY_OFFICER", "officer of another agency"},
    {"PERSON_CATEGORY_PARENT", "parent or carer"},
    {"PERSON_CATEGORY_SUPPLY", "supply or agency staff"},
    {"POLICE_CHOICE_NOT_YET", "not decided yet"},
    {"POLICE_CHOICE_REPORT", "report it"},
    {"POLICE_GROUND_CYBER_BULLYING", "cyber-bullying, as the target decided"},
    {"POLICE_GROUND_INDECENT_IMAGES", "indecent images of children"},
    {"POLICE_GROUND_STATUTORY_DUTY_TO_REPORT", "the law demands it"},
    {"PROVIDER_OUTCOME_ACCOUNT_RESTRICTED", "the account was closed or limited"},
    {"PROVIDER_OUTCOME_CONTENT_REMOVED", "the content was removed"},
    {"REFERRAL_STRAND_CHILDRENS_SOCIAL_CARE", "children's social care"},
    {"REFERRAL_STRAND_EMPLOYER", "the employer"},
    {"REFERRAL_STRAND_POLICE", "the police"},
    {"ROLE_CHAIR_OF_GOVERNORS", "Chair of Governors"},
    {"ROLE_HEADTEACHER", "Headteacher"},
    {"ROLE_SAFEGUARDING_LEAD", "designated safeguarding lead"},
    {"ROUTE_CHAIR_OF_GOVERNORS", "the Chair of Governors"},
    {"ROUTE_HEADTEACHER", "the Headteacher and the safeguarding lead"},
    {"ROUTE_LINE_MANAGER", "the line manager"},
    {"ROUTE_SENIOR_LEADERSHIP", "the leadership team, in the Headteacher's absence"},
    {"ROUTE_SAFEGUARDING_OFFICER", "the officers of Lancashire Safeguarding"},
    {"SUPPORT_ANSWER_NOT_YET", "not decided yet"},
    {"TECHNOLOGY_EMAIL", "e-mail"},
    {"WISHES_TREATMENT_DEPARTED", "not followed"},
};

// The wording of an identifier; empty when its own words are right.
absl::string_view Find(absl::Span<const Wording> wordings, absl::string_view identifier) {
  for (const Wording& wording : wordings) {
    if (wording.identifier == identifier) return wording.words;
  }
  return "";
}

absl::string_view WithoutPackage(absl::string_view full_name) {
  return absl::StripPrefix(full_name, kPackage);
}

// "WHAT_HAPPENED" as "what happened".
std::string Words(absl::string_view snake_case) {
  return absl::AsciiStrToLower(absl::StrReplaceAll(snake_case, {{"_", " "}}));
}

// "CaseStage" as "CASE_STAGE_", with which all its enumerators begin.
std::string PrefixOf(const EnumDescriptor& type) {
  std::string prefix;
  for (const char c : type.name()) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isupper(byte) && !prefix.empty()) prefix += '_';
    prefix += absl::ascii_toupper(byte);
  }
  return prefix + '_';
}

}  // namespace

std::string EventTitle(absl::string_view event_type) {
  event_type.remove_prefix(event_type.rfind('.') + 1);
  const absl::string_view words = Find(kTitles, event_type);
  if (!words.empty()) return std::string(words);
  std::string title;
  for (const char c : event_type) {
    const auto byte = static_cast<unsigned char>(c);
    if (absl::ascii_isupper(byte) && !title.empty()) {
      title += ' ';
      title += absl::ascii_tolower(byte);
    } else {
      title += c;
    }
  }
  return title;
}

std::string FieldLabel(const FieldDescriptor& field) {
  const absl::string_view words = Find(kLabels, WithoutPackage(field.full_name()));
  if (!words.empty()) return std::string(words);
  return Capitalised(Words(absl::StripSuffix(field.name(), "_id")));
}

std::string EnumPhrase(const EnumDescriptor& type, int number) {
  const EnumValueDescriptor* const value = type.FindValueByNumber(number);
  if (value == nullptr) return absl::StrCat("a value that this version does not know: ", number);
  const absl::string_view words = Find(kPhrases, value->name());
  if (!words.empty()) return std::string(words);
  return Words(absl::StripPrefix(value->name(), PrefixOf(type)));
}

std::string Capitalised(std::string text) {
  if (!text.empty()) text[0] = absl::ascii_toupper(static_cast<unsigned char>(text[0]));
  return text;
}

}  // namespace wardbook::bundle
