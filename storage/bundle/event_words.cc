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
    {"CaseEscalated", "Case handed on"},
    {"CaseReferred", "Referred to Lancashire Safeguarding"},
    {"CaseReopened", "Case opened again"},
    {"ContentRemoved", "Content is gone"},
    {"DisagreementEscalated", "Disagreement taken to its next stage"},
    {"DisagreementRaised", "Professional disagreement"},
    {"DisagreementResolved", "Disagreement settled"},
    {"DutyToReportNotified", "Own notice under the duty to report"},
    {"EntryCorrected", "Correction"},
    {"ExternalBodyInformed", "Outside body informed"},
    {"IndecentImageSuspected", "Indecent image of a child suspected"},
    {"MoreInformationGiven", "More information given to the council"},
    {"MoreInformationRequested", "The council asks for more"},
    {"PoliceDecisionRecorded", "Decision about the police"},
    {"PoliceInformed", "Police informed"},
    {"PoliceReleaseRecorded", "The police let the school go on"},
    {"PoliceReported", "Reported to the police"},
    {"PreservationStepRecorded", "Step to preserve evidence for the police"},
    {"ProviderOutcomeRecorded", "Answer of the provider"},
    {"ProviderReported", "Reported to the provider"},
    {"ReceiptAcknowledged", "Report acknowledged"},
    {"ReferralAdviceGiven", "Advice only, by the council"},
    {"ReferralClosingActionRecorded", "Settled at the end of the referral"},
    {"ReferralMeetingRecorded", "Meeting about the referral"},
    {"ReferralSectionPrepared", "Section of the council's form prepared"},
    {"ReferralStrandOpened", "Looked into by others"},
    {"ReferralStrandOutcomeRecorded", "Outcome of those who looked into it"},
    {"ReferralSubmitted", "Submitted on the council's form"},
    {"ReferralThresholdMet", "The council finds the threshold met"},
    {"ReferralWithdrawn", "Referral taken back"},
};

constexpr Wording kLabels[] = {
    {"AdviceReceived.adviser_name", "Adviser"},
    {"AdviceReceived.adviser_role", "Role of the adviser"},
    {"AdviceReceived.may_proceed", "May the school proceed"},
    {"AdviceReceived.reference", "Their reference"},
    {"AdviceSought.channel", "How"},
    {"AdviceSought.question", "What was asked"},
    {"AdviceSought.reference", "Their reference"},
    {"CaseClosed.wishes_followed", "Reporter's wishes followed"},
    {"CaseEscalated.route", "Now with"},
    {"CaseReferred.intent", "What is asked for"},
    {"CaseReferred.missing_items", "Still missing"},
    {"CaseReferred.child_referral", "About a child"},
    {"ChildReferral.level", "Level of need"},
    {"ContactLogged.channel", "By"},
    {"ContactLogged.contacted_at", "When"},
    {"ContactLogged.summary", "What was said"},
    {"ContactLogged.whom", "With"},
    {"ContentRemoved.details", "What was removed"},
    {"ContentRemoved.removed_at", "Seen to be gone"},
    {"DisagreementEscalated.disagreement_revision", "Raised in entry"},
    {"DisagreementEscalated.due_time", "To be settled by"},
    {"DisagreementEscalated.stage_words", "In this stage"},
    {"DisagreementRaised.disputed_revision", "Disputes entry"},
    {"DisagreementRaised.due_time", "To be settled by"},
    {"DisagreementRaised.immediate_significant_harm", "Immediate significant harm feared"},
    {"DisagreementRaised.stage_words", "In this stage"},
    {"DisagreementResolved.disagreement_revision", "Raised in entry"},
    {"DutyToReportNotified.notified_at", "When"},
    {"DutyToReportNotified.recipient", "Notified"},
    {"DutyToReportNotified.reference", "Their reference"},
    {"EntryCorrected.corrected_revision", "Corrects entry"},
    {"EntryCorrected.correction", "What is right"},
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
    {"ExternalBodyInformed.informed_at", "When"},
    {"ExternalBodyInformed.summary", "What it was told"},
    {"IncidentReported.about_headteacher", "Is it about the Headteacher"},
    {"IncidentReported.happened_at", "When it happened"},
    {"IncidentReported.indecent_image_answer", "Could it be an indecent image of a child"},
    {"IncidentReported.line_manager_id", "Line manager"},
    {"IncidentReported.parties", "Involved"},
    {"IncidentReported.place", "Where"},
    {"IncidentReported.presumed_subject_ids", "A subject may be"},
    {"IncidentReported.route", "Reported to"},
    {"IncidentReported.told_ids", "Was told"},
    {"IncidentReported.wishes", "What the reporter wishes"},
    {"IncidentReported.wishes_not_given", "Was asked and did not want to say"},
    {"IndecentImageSuspected.answer", "Could it be an indecent image of a child"},
    {"IndecentImageSuspected.where_found", "Where it was found"},
    {"NoteAdded.text", "Note"},
    {"OnlinePlace.account", "Account or group"},
    {"Party.capacity", "As"},
    {"Party.category", "Connection with the school"},
    {"Party.person_id", "In the register as"},
    {"PoliceDecisionRecorded.choice", "Decision"},
    {"PoliceDecisionRecorded.childs_view", "What the child wants"},
    {"PoliceDecisionRecorded.conveyed_how", "How they made it known"},
    {"PoliceDecisionRecorded.parents_view", "What the parents say"},
    {"PoliceDecisionRecorded.statement", "What they said"},
    {"PoliceInformed.channel", "By calling"},
    {"PoliceInformed.informed_at", "When"},
    {"PoliceInformed.informed_by", "Who called"},
    {"PoliceReleaseRecorded.officer", "Who said so"},
    {"PoliceReleaseRecorded.reference", "Their reference"},
    {"PoliceReleaseRecorded.scope", "What the school may do"},
    {"PoliceReported.ground", "On the ground"},
    {"PoliceReported.reported_at", "When"},
    {"PoliceReported.reported_by", "Who told them"},
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
    {"Sighting.date_not_known_because", "Date not known because"},
    {"Sighting.place_not_known_because", "Place not known because"},
    {"Sighting.time_not_known_because", "Time not known because"},
    {"Sighting.utc_offset_minutes", "Clock ahead of UTC by"},
    {"SupportOffered.answer", "What they said to it"},
    {"SupportOffered.support", "What was offered"},
    {"SupportOffered.to_whom", "To"},
};

constexpr Wording kPhrases[] = {
    {"CONTACT_CHANNEL_SCHOOL_EMAIL", "the school's e-mail"},
    {"CONTACT_CHANNEL_SCHOOL_TELEPHONE", "the school's telephone"},
    {"CONTACT_CHANNEL_SCHOOL_VIDEO", "video on an account of the school"},
    {"CONTACT_WITH_PARENT", "parent or carer"},
    {"EXTERNAL_BODY_COUNCIL", "the county council"},
    {"EXTERNAL_BODY_DIOCESE", "the diocese"},
    {"EXTERNAL_BODY_OTHER_SCHOOL", "another school"},
    {"INCIDENT_KIND_CODE_OF_CONDUCT", "breach of the code of conduct"},
    {"INCIDENT_KIND_CYBER_BULLYING", "cyber-bullying"},
    {"INCIDENT_KIND_SELF_REPORT", "self-report"},
    {"CLOSING_ACTION_COPY_TO_SUBJECT", "a copy of the record for the person whom it is about"},
    {"CLOSING_ACTION_DBS", "a referral to the Disclosure and Barring Service"},
    {"CLOSING_ACTION_LESSONS", "lessons for the school"},
    {"CLOSING_ACTION_TRA", "a referral to the Teaching Regulation Agency"},
    {"MAY_PROCEED_LIMITED", "only as advised"},
    {"MAY_PROCEED_NO", "no, it must wait"},
    {"PERSON_CATEGORY_FRIEND", "Friend of the school"},
    {"PERSON_CATEGORY_OFFICER", "officer of another agency"},
    {"PERSON_CATEGORY_PARENT", "parent or carer"},
    {"PERSON_CATEGORY_VISITOR", "visitor or contractor"},
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
    {"ROUTE_SAFEGUARDING_OFFICER", "the officers of Lancashire Safeguarding"},
    {"SUPPORT_ANSWER_NOT_YET", "not decided yet"},
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
