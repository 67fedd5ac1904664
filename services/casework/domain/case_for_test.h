// What the tests of the domain are written in: people, commands that are whole,
// cases that events have happened to, and matchers for decisions.

#ifndef SERVICES_CASEWORK_DOMAIN_CASE_FOR_TEST_H_
#define SERVICES_CASEWORK_DOMAIN_CASE_FOR_TEST_H_

#include <initializer_list>
#include <ostream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/message_differencer.h"
#include "services/casework/domain/case_state.h"
#include "services/casework/domain/commands.h"
#include "services/casework/domain/decide.h"
#include "services/casework/domain/fields.h"
#include "services/kernel/actor.h"
#include "services/kernel/reason.h"
#include "tests/testing/appends.h"

namespace wardbook::casework {

namespace events = wardbook::events::v1;

using ::wardbook::testing::IdOf;

// The people of the tests.
inline const kernel::Actor kTeacher{IdOf<PersonId>(1), {kernel::Role::kStaff}};
inline const kernel::Actor kColleague{IdOf<PersonId>(2), {kernel::Role::kStaff}};
inline const kernel::Actor kLineManager{IdOf<PersonId>(3),
                                        {kernel::Role::kStaff, kernel::Role::kLineManager}};
inline const kernel::Actor kHead{IdOf<PersonId>(4),
                                 {kernel::Role::kStaff, kernel::Role::kHeadteacher}};
inline const kernel::Actor kDeputy{IdOf<PersonId>(5),
                                   {kernel::Role::kStaff, kernel::Role::kSeniorLeadership}};
inline const kernel::Actor kLead{IdOf<PersonId>(6),
                                 {kernel::Role::kStaff, kernel::Role::kSafeguardingLead}};
inline const kernel::Actor kChair{IdOf<PersonId>(7), {kernel::Role::kChairOfGovernors}};
inline const kernel::Actor kOfficer{IdOf<PersonId>(8), {kernel::Role::kSafeguardingOfficer}};
inline const kernel::Actor kAuditor{IdOf<PersonId>(9), {kernel::Role::kAuditor}};
inline const kernel::Actor kAdministrator{IdOf<PersonId>(10), {kernel::Role::kAdministrator}};

inline std::vector<kernel::Actor> Everybody() {
  return {kTeacher, kColleague, kLineManager, kHead,    kDeputy,
          kLead,    kChair,     kOfficer,     kAuditor, kAdministrator};
}

// Everybody as the register has them: "Person One" is the teacher, and so on.
inline std::vector<RegisteredPerson> WholeSchool() {
  const char* const names[] = {"One", "Two",   "Three", "Four", "Five",
                               "Six", "Seven", "Eight", "Nine", "Ten"};
  std::vector<RegisteredPerson> school;
  for (const kernel::Actor& actor : Everybody()) {
    const std::string name = absl::StrCat("Person ", names[school.size()]);
    school.push_back({actor.person, name, actor.roles, {{name}}});
  }
  return school;
}

// Half past ten on 14 May 2025 in summer time.
inline const absl::Time kNow =
    absl::FromCivil(absl::CivilMinute(2025, 5, 14, 9, 30), absl::UTCTimeZone());
inline constexpr int kSummerTimeMinutes = 60;

// Came into the register an hour later and leads safeguarding, as kLead does.
inline const kernel::Actor kNewcomer{IdOf<PersonId>(11),
                                     {kernel::Role::kStaff, kernel::Role::kSafeguardingLead},
                                     {{"Jo Newcomer", kNow + absl::Hours(1)}}};

inline events::Party PartyOf(events::Capacity capacity, const PersonId& person) {
  events::Party party;
  party.set_capacity(capacity);
  party.set_person_id(person.Bytes());
  return party;
}

inline events::Party NamedParty(events::Capacity capacity, const std::string& name) {
  events::Party party;
  party.set_capacity(capacity);
  party.set_name(name);
  return party;
}

// Commands that nothing is wrong with.

inline ReportIncident WholeReport(const kernel::Actor& actor = kTeacher) {
  ReportIncident command;
  command.by = {actor, kNow};
  command.kind = events::INCIDENT_KIND_CYBER_BULLYING;
  command.what_happened = "A page mocks a colleague by name.";
  command.happened_at.set_date("2025-05-13");
  command.happened_at.set_time("19:40");
  command.happened_at.set_utc_offset_minutes(kSummerTimeMinutes);
  command.wishes = "That it is taken down.";
  command.indecent_image_answer = events::INDECENT_IMAGE_ANSWER_NO;
  command.school = WholeSchool();
  return command;
}

inline AcknowledgeReceipt WholeAcknowledgement(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, "Thank you. I have read it and will see you today."};
}

inline EscalateCase WholeEscalation(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, "It is more than I can settle."};
}

inline SeekAdvice WholeQuestion(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, "Duty desk", "Telephone", "May we speak to the person?", ""};
}

inline RecordAdvice WholeAdvice(const kernel::Actor& actor = kHead) {
  return {{actor, kNow},           "A. Adviser", "Duty officer", "Speak to them.",
          events::MAY_PROCEED_YES, "DD-17"};
}

inline AbsenceOfHead HeadIsAbsent() { return {IdOf<AbsenceId>(1), kDeputy.person}; }

inline HandOverRecipient WholeHandOver(const kernel::Actor& actor = kHead,
                                       const kernel::Actor& to = kDeputy) {
  return {.by = {actor, kNow},
          .to = to.person,
          .reasons = "I am away from tomorrow.",
          .school = WholeSchool(),
          .head_absence = std::nullopt};
}

inline SettleName WholeSettling(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, "Ms Newcomer", "It is a driver of the bus company."};
}

// Of their own unless said otherwise.
inline DeclareConflict WholeConflict(const kernel::Actor& actor = kHead) {
  return {.by = {actor, kNow},
          .person = actor.person,
          .reasons = "The colleague is my cousin.",
          .school = WholeSchool(),
          .head_absence = std::nullopt};
}

inline ReferCase WholeReferral(const kernel::Actor& actor = kHead, uint64_t number = 1) {
  return {{actor, kNow},
          IdOf<ReferralId>(number),
          events::REFERRAL_INTENT_REFERRAL,
          "The threshold is met."};
}

inline AcknowledgeReferral WholeReferralAcknowledgement(const kernel::Actor& actor = kOfficer) {
  return {{actor, kNow}, std::nullopt, "LA-2025-88", "We will ring tomorrow."};
}

inline RecordReferralOutcome WholeOutcome(const kernel::Actor& actor = kOfficer) {
  return {{actor, kNow},
          std::nullopt,
          events::REFERRAL_OUTCOME_UNSUBSTANTIATED,
          "Not enough either way."};
}

inline events::LocalDateTime ThisMorning() {
  events::LocalDateTime when;
  when.set_date("2025-05-14");
  when.set_time("09:00");
  when.set_utc_offset_minutes(kSummerTimeMinutes);
  return when;
}

inline events::ReferralField FieldOf(const std::string& name, const std::string& text) {
  events::ReferralField field;
  field.set_name(name);
  field.set_text(text);
  return field;
}

inline PrepareReferralSection WholeSection(const kernel::Actor& actor = kHead) {
  return {{actor, kNow},
          std::nullopt,
          events::REFERRAL_SECTION_THRESHOLD,
          {FieldOf("limbs", "May pose a risk."), FieldOf("reasons", "The messages.")}};
}

inline RecordReferralSubmitted WholeSubmission(const kernel::Actor& actor = kHead,
                                               uint64_t number = 50) {
  return {{actor, kNow, "Person Four"},
          std::nullopt,
          IdOf<ReferralId>(number),
          "LCC-5501",
          ThisMorning(),
          ""};
}

inline RecordReferralAdvice WholeReferralAdvice(const kernel::Actor& actor = kOfficer) {
  return {{actor, kNow}, std::nullopt, "The school handles it.", ""};
}

inline RequestMoreInformation WholeRequestForMore(const kernel::Actor& actor = kOfficer) {
  return {{actor, kNow}, std::nullopt, "Who else was there?", ""};
}

inline GiveMoreInformation WholeMoreInformation(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, std::nullopt, "Nobody."};
}

inline RecordThresholdMet WholeThreshold(const kernel::Actor& actor = kOfficer) {
  return {{actor, kNow}, std::nullopt, "A risk to children.", ""};
}

inline RecordReferralMeeting WholeMeeting(const kernel::Actor& actor = kOfficer) {
  return {{actor, kNow},
          std::nullopt,
          events::REFERRAL_MEETING_ALLEGATIONS_MEETING,
          1,
          ThisMorning(),
          "The school, the police",
          "The police speak to the child."};
}

inline OpenReferralStrand WholeStrand(
    const kernel::Actor& actor = kOfficer,
    events::ReferralStrand strand = events::REFERRAL_STRAND_POLICE) {
  return {{actor, kNow}, std::nullopt, strand, "LC-1", "They look into it.", ""};
}

inline RecordStrandOutcome WholeStrandOutcome(
    const kernel::Actor& actor = kOfficer,
    events::ReferralStrand strand = events::REFERRAL_STRAND_POLICE) {
  RecordStrandOutcome command;
  command.by = {actor, kNow};
  command.strand = strand;
  command.outcome = events::REFERRAL_OUTCOME_UNSUBSTANTIATED;
  command.reasons = "Not enough either way.";
  command.rule_pack_id = "rules-1";
  command.categories = {
      {events::REFERRAL_OUTCOME_SUBSTANTIATED, "it is proved"},
      {events::REFERRAL_OUTCOME_UNSUBSTANTIATED, "there is insufficient evidence"}};
  return command;
}

inline RecordClosingAction WholeClosingAction(
    const kernel::Actor& actor = kHead,
    events::ClosingAction action = events::CLOSING_ACTION_LESSONS) {
  return {{actor, kNow},
          std::nullopt,
          action,
          events::CLOSING_DECISION_TAKEN,
          "Accounts are looked at together."};
}

inline CloseReferral WholeReferralClosing(const kernel::Actor& actor = kOfficer) {
  return {{actor, kNow}, std::nullopt, "Unsubstantiated.", ""};
}

inline WithdrawReferral WholeWithdrawal(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, std::nullopt, "It was the wrong child.", std::nullopt, ""};
}

inline RecordPoliceDecision WholePoliceDecision(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, events::POLICE_CHOICE_NOT_YET, "In a talk on Tuesday.", "Not now."};
}

inline SuspectIndecentImage WholeSuspicion(const kernel::Actor& actor = kTeacher) {
  return {{actor, kNow}, events::INDECENT_IMAGE_ANSWER_NOT_SURE, "On a pupil's phone."};
}

inline RecordPoliceInformed WholePoliceCall(const kernel::Actor& actor = kHead) {
  return {{actor, kNow, "Person Four"}, ThisMorning(),      "",
          events::POLICE_CHANNEL_101,   "LC-20250514-0187", "PC 1234"};
}

inline RecordPreservationStep WholePreservation(const kernel::Actor& actor = kHead) {
  return {{actor, kNow, "Person Four"},
          "The phone was switched off.",
          "The office safe",
          "",
          ThisMorning()};
}

inline RecordPoliceRelease WholeRelease(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, "DC 5678", "LC-20250514-0187", "The school may speak to its staff."};
}

inline RecordPoliceReport WholePoliceReport(
    const kernel::Actor& actor = kHead,
    events::PoliceGround ground = events::POLICE_GROUND_CHILD_AT_RISK_OF_HARM) {
  RecordPoliceReport command;
  command.by = {actor, kNow, "Person Four"};
  command.ground = ground;
  command.reported_at = ThisMorning();
  command.how = "By 101";
  command.log_number = "LC-20250514-0190";
  command.officer = "PC 1234";
  command.reasons = "A child was threatened with violence.";
  return command;
}

inline RecordDutyNotification WholeDutyNotification(const kernel::Actor& actor = kTeacher) {
  RecordDutyNotification command;
  command.by = {actor, kNow};
  command.recipient = events::DUTY_RECIPIENT_POLICE;
  command.notified_at = ThisMorning();
  command.how = "Orally, by 101";
  command.reference = "LC-20250514-0191";
  command.reasons = "What the child told me.";
  return command;
}

inline RecordProviderReport WholeProviderReport(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, "Facebook", ThisMorning(), "FB-77", "To take the page down."};
}

inline RecordProviderOutcome WholeProviderOutcome(const kernel::Actor& actor = kHead) {
  return {{actor, kNow},
          std::nullopt,
          events::PROVIDER_OUTCOME_CONTENT_REMOVED,
          ThisMorning(),
          "It broke their rules."};
}

inline RecordContentRemoved WholeRemoval(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, ThisMorning(), "Facebook", "The provider", "The whole page."};
}

inline OfferSupport WholeSupport(const kernel::Actor& actor = kHead) {
  return {{actor, kNow},
          "Person Two",
          "The staff's counselling line.",
          events::SUPPORT_ANSWER_ACCEPTED};
}

inline RecordExternalBodyInformed WholeWordToABody(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, events::EXTERNAL_BODY_OTHER_SCHOOL, "Elmbridge Primary",
          ThisMorning(), "By telephone, to its Headteacher", "A post names one of its teachers."};
}

inline LogContact WholeContact(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, events::CONTACT_WITH_PARENT,
          "A parent",    events::CONTACT_CHANNEL_SCHOOL_TELEPHONE,
          ThisMorning(), "They will come on Thursday."};
}

// Two stages, of one and of three days.
inline DisagreementRules TwoStages() {
  return {{{"they speak", kNow + absl::Hours(24)}, {"managers speak", kNow + absl::Hours(72)}},
          kNow + absl::Hours(6)};
}

inline RaiseDisagreement WholeDisagreement(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, 1, "The child is not safe.", false, TwoStages()};
}

inline EscalateDisagreement WholeDisagreementEscalation(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, std::nullopt, 2, "The service manager", TwoStages()};
}

inline ResolveDisagreement WholeResolution(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, std::nullopt, "They will visit today."};
}

inline AddNote WholeNote(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, "Spoke to the colleague."};
}

inline CorrectEntry WholeCorrection(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, 1, "It was the 12th.", "A slip."};
}

inline CloseCase WholeClosing(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, "The page is gone.", true, ""};
}

inline ReopenCase WholeReopening(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, "The page is back."};
}

inline Considered WishesFollowed() { return {events::WISHES_TREATMENT_FOLLOWED, ""}; }

inline UpdateWishes WholeWishes(const kernel::Actor& actor = kTeacher) {
  return {{actor, kNow}, "That they say sorry.", false, "In a talk on Tuesday."};
}

inline ClassifyCase WholeClassification(const kernel::Actor& actor = kHead) {
  return {{actor, kNow},
          events::CYBER_BULLYING_ANSWER_YES,
          {events::TECHNOLOGY_WEBSITE},
          {events::BULLYING_CONDUCT_HUMILIATE},
          "Person Two",
          "It sets the whole class against them.",
          {},
          "All four parts of the definition are there."};
}

// Of a breach of these clauses that is no cyber-bullying.
inline ClassifyCase WholeBreach(std::vector<events::BreachClause> clauses,
                                const kernel::Actor& actor = kHead) {
  ClassifyCase command;
  command.by = {actor, kNow};
  command.cyber_bullying = events::CYBER_BULLYING_ANSWER_NO;
  command.breached_clauses = std::move(clauses);
  command.reasons = "A post about the school.";
  return command;
}

inline RaiseSuitabilityQuestion WholeSuitabilityQuestion(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, "It is the third time."};
}

inline DecideHarmThreshold WholeThresholdDecision(
    events::HarmThreshold threshold = events::HARM_THRESHOLD_LOW_LEVEL_CONCERN,
    const kernel::Actor& actor = kHead) {
  DecideHarmThreshold command;
  command.by = {actor, kNow};
  command.threshold = threshold;
  if (threshold == events::HARM_THRESHOLD_MET) command.limbs = {events::HARM_LIMB_RISK};
  command.reasons = "No child was part of it.";
  command.considered = WishesFollowed();
  return command;
}

inline StartInvestigation WholeStart(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, actor, "Person Four", "Who wrote the post, and why.", "", ""};
}

inline RecordInvestigationStep WholeStep(const kernel::Actor& actor = kHead) {
  return {{actor, kNow},
          events::INVESTIGATION_STEP_KIND_INTERVIEW,
          "They say that they wrote it.",
          "Person Two",
          ThisMorning()};
}

inline RecordFinding WholeFinding(events::Finding finding = events::FINDING_BREACH,
                                  const kernel::Actor& actor = kHead) {
  RecordFinding command;
  command.by = {actor, kNow};
  command.finding = finding;
  command.reasons = "They wrote it themselves.";
  command.considered = WishesFollowed();
  return command;
}

inline BarInvestigation WholeBar(const kernel::Actor& actor = kHead) {
  return {{actor, kNow},
          events::INVESTIGATION_BAR_POLICE,
          "DC 5678",
          "LC-20250514-0187",
          "Do not speak to anybody."};
}

inline RecordDisciplinaryDecision WholeDisciplinaryDecision(
    events::DisciplinaryDecision decision = events::DISCIPLINARY_DECISION_REFER,
    const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, decision, "It was not the first time.", WishesFollowed()};
}

inline RecordDisciplinaryReference WholeDisciplinaryReference(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, "Disciplinary Procedure", "Hearing", "HR-2025-4"};
}

inline InformGoverningBody WholeInformation(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, "A breach of the policy is being dealt with."};
}

inline RecordGoverningBodyAction WholeGoverningBodyAction(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, "Minutes of 3 June 2025, item 7"};
}

inline AssessDataBreach WholeDataBreach(const kernel::Actor& actor = kHead) {
  return {{actor, kNow},
          events::DATA_BREACH_ASSESSMENT_NOT_REPORTABLE,
          "Three first names, taken down within the hour.",
          ""};
}

inline events::Sighting WholeSighting() {
  events::Sighting sighting;
  sighting.set_date("2025-05-14");
  sighting.set_time("08:15");
  sighting.set_utc_offset_minutes(kSummerTimeMinutes);
  sighting.mutable_place()->set_platform("Facebook");
  return sighting;
}

inline FileEvidence WholeScreenPrint(const kernel::Actor& actor = kTeacher, uint64_t number = 1) {
  FileEvidence command;
  command.by = {actor, kNow};
  command.evidence_id = IdOf<EvidenceId>(number);
  command.kind = events::EVIDENCE_KIND_SCREEN_PRINT;
  command.file_name = "page.png";
  command.media_type = "image/png";
  command.size = 4096;
  command.sha256 = IdOf<Hash>(number);
  command.sealed_sha256 = IdOf<Hash>(number + 1);
  command.key_id = IdOf<KeyId>(number);
  command.sighting = WholeSighting();
  return command;
}

inline AnnotateEvidence WholeAnnotation(const kernel::Actor& actor = kTeacher) {
  return {{actor, kNow}, IdOf<EvidenceId>(1), "The date at the top is American: 5 December."};
}

inline SupersedeEvidence WholeSuperseding(const kernel::Actor& actor = kTeacher) {
  return {{actor, kNow}, IdOf<EvidenceId>(1), IdOf<EvidenceId>(2), "The first was cut off."};
}

inline AttestOriginal WholeAttestation(const kernel::Actor& actor = kTeacher) {
  return {{actor, kNow}, IdOf<EvidenceId>(1), "On my phone, which I have kept."};
}

inline RecordBarringOutcome WholeBarringOutcome(const kernel::Actor& actor = kHead) {
  return {{actor, kNow}, events::BARRING_OUTCOME_BARRED, "Person Two", ThisMorning(), "DBS-1"};
}

inline TakeFile WholeTakeFile(const kernel::Actor& actor = kTeacher) {
  return {{actor, kNow}, events::INDECENT_IMAGE_ANSWER_NO};
}

// Events, as the log would hold them.

inline events::CaseEvent Reported(
    events::Route route = events::ROUTE_HEADTEACHER,
    events::IncidentKind kind = events::INCIDENT_KIND_CYBER_BULLYING) {
  events::CaseEvent event;
  event.mutable_incident_reported()->set_kind(kind);
  event.mutable_incident_reported()->set_route(route);
  event.mutable_incident_reported()->set_wishes("That it is taken down.");
  event.mutable_incident_reported()->set_indecent_image_answer(events::INDECENT_IMAGE_ANSWER_NO);
  return event;
}

inline events::CaseEvent ReportedWith(const events::Party& party,
                                      events::Route route = events::ROUTE_HEADTEACHER) {
  events::CaseEvent event = Reported(route);
  *event.mutable_incident_reported()->add_parties() = party;
  return event;
}

inline events::CaseEvent ReportedToLineManager() {
  events::CaseEvent event = Reported(events::ROUTE_LINE_MANAGER);
  event.mutable_incident_reported()->set_line_manager_id(kLineManager.person.Bytes());
  return event;
}

// Unsuitable material that this person received.
inline events::CaseEvent MaterialReceivedBy(const kernel::Actor& recipient,
                                            events::Route route = events::ROUTE_HEADTEACHER) {
  events::CaseEvent event = Reported(route, events::INCIDENT_KIND_UNSUITABLE_MATERIAL);
  event.mutable_incident_reported()->set_recipient_id(recipient.person.Bytes());
  return event;
}

inline events::CaseEvent HandedOverTo(const kernel::Actor& person) {
  events::CaseEvent event;
  event.mutable_recipient_handed_over()->set_to_id(person.person.Bytes());
  return event;
}

inline events::CaseEvent ConflictOf(const kernel::Actor& person,
                                    events::Route route = events::ROUTE_HEADTEACHER) {
  events::CaseEvent event;
  event.mutable_conflict_declared()->set_person_id(person.person.Bytes());
  event.mutable_conflict_declared()->set_route(route);
  return event;
}

inline events::CaseEvent ReportedWithAnswer(events::IndecentImageAnswer answer) {
  events::CaseEvent event = Reported();
  event.mutable_incident_reported()->set_indecent_image_answer(answer);
  return event;
}

inline events::CaseEvent Referred(uint64_t number = 1) {
  events::CaseEvent event;
  event.mutable_case_referred()->set_referral_id(IdOf<ReferralId>(number).Bytes());
  return event;
}

inline events::CaseEvent ReferralAcknowledged(uint64_t number = 1) {
  events::CaseEvent event;
  event.mutable_referral_acknowledged()->set_referral_id(IdOf<ReferralId>(number).Bytes());
  return event;
}

inline events::CaseEvent OutcomeRecorded(uint64_t number = 1) {
  events::CaseEvent event;
  event.mutable_referral_outcome_recorded()->set_referral_id(IdOf<ReferralId>(number).Bytes());
  event.mutable_referral_outcome_recorded()->set_outcome(events::REFERRAL_OUTCOME_UNSUBSTANTIATED);
  return event;
}

inline events::CaseEvent AdviceAsked() {
  events::CaseEvent event;
  event.mutable_advice_sought();
  return event;
}

inline events::CaseEvent AdviceGiven(events::MayProceed may_proceed = events::MAY_PROCEED_YES) {
  events::CaseEvent event;
  event.mutable_advice_received()->set_may_proceed(may_proceed);
  return event;
}

inline events::CaseEvent Closed() {
  events::CaseEvent event;
  event.mutable_case_closed();
  return event;
}

inline events::CaseEvent Reopened() {
  events::CaseEvent event;
  event.mutable_case_reopened();
  return event;
}

inline events::CaseEvent Suspected() {
  events::CaseEvent event;
  event.mutable_indecent_image_suspected()->set_answer(events::INDECENT_IMAGE_ANSWER_YES);
  return event;
}

inline events::CaseEvent PoliceCalled() {
  events::CaseEvent event;
  event.mutable_police_informed();
  return event;
}

inline events::CaseEvent PoliceReleased() {
  events::CaseEvent event;
  event.mutable_police_release_recorded();
  return event;
}

inline events::CaseEvent PoliceDecided(events::PoliceChoice choice) {
  events::CaseEvent event;
  event.mutable_police_decision_recorded()->set_choice(choice);
  return event;
}

inline events::CaseEvent ToldProvider() {
  events::CaseEvent event;
  event.mutable_provider_reported()->set_platform("Facebook");
  return event;
}

inline events::CaseEvent Disagreed(uint64_t disputed_revision = 1) {
  events::CaseEvent event;
  event.mutable_disagreement_raised()->set_disputed_revision(disputed_revision);
  event.mutable_disagreement_raised()->set_reasons("The child is not safe.");
  return event;
}

inline events::CaseEvent Noted() {
  events::CaseEvent event;
  event.mutable_note_added()->set_text("Rang the parents.");
  return event;
}

inline events::CaseEvent NotedByHandler() {
  events::CaseEvent event = Noted();
  event.mutable_note_added()->set_by_handler(true);
  return event;
}

// A report of a breach of the code of conduct by an adult.
inline events::CaseEvent BreachReported() {
  return Reported(events::ROUTE_HEADTEACHER, events::INCIDENT_KIND_CODE_OF_CONDUCT);
}

// The same, with what the reporter named of the clauses.
inline events::CaseEvent BreachReportedOf(events::BreachClause clause) {
  events::CaseEvent event = BreachReported();
  event.mutable_incident_reported()->add_breached_clauses(clause);
  return event;
}

// About somebody whom the school employs, and whom its register does not have.
inline events::CaseEvent ReportedAboutEmployee(events::IncidentKind kind) {
  events::CaseEvent event = Reported(events::ROUTE_HEADTEACHER, kind);
  events::Party subject = NamedParty(events::CAPACITY_SUBJECT, "Somebody Else");
  subject.set_category(events::PERSON_CATEGORY_EMPLOYEE);
  *event.mutable_incident_reported()->add_parties() = subject;
  return event;
}

inline events::CaseEvent Classified(std::initializer_list<events::BreachClause> clauses) {
  events::CaseEvent event;
  event.mutable_case_classified();
  for (const events::BreachClause clause : clauses) {
    event.mutable_case_classified()->add_breached_clauses(clause);
  }
  return event;
}

inline events::CaseEvent ThresholdDecided(
    events::HarmThreshold threshold = events::HARM_THRESHOLD_LOW_LEVEL_CONCERN) {
  events::CaseEvent event;
  event.mutable_harm_threshold_decided()->set_threshold(threshold);
  return event;
}

inline events::CaseEvent Started() {
  events::CaseEvent event;
  event.mutable_investigation_started()->set_investigator_id(kHead.person.Bytes());
  return event;
}

inline events::CaseEvent Found(events::Finding finding) {
  events::CaseEvent event;
  event.mutable_finding_recorded()->set_finding(finding);
  return event;
}

inline events::CaseEvent Barred() {
  events::CaseEvent event;
  event.mutable_investigation_barred()->set_barred_by(events::INVESTIGATION_BAR_POLICE);
  return event;
}

inline events::CaseEvent DisciplineDecided(events::DisciplinaryDecision decision) {
  events::CaseEvent event;
  event.mutable_disciplinary_decision_recorded()->set_decision(decision);
  return event;
}

// One more event happens to the case.
inline void Happen(CaseState& state, const events::CaseEvent& event, const kernel::Actor& actor) {
  Fact fact;
  fact.actor = actor.person;
  fact.recorded_time = kNow + absl::Minutes(static_cast<int64_t>(state.revision));
  fact.revision = state.revision + 1;
  fact.position = state.revision + 100;
  Evolve(state, event, fact);
}

// The case after these events: the first is the teacher's, the others the
// Headteacher's.
// One more event at that moment.
inline void HappenAt(CaseState& state, const events::CaseEvent& event, absl::Time time,
                     const kernel::Actor& actor = kHead) {
  Fact fact;
  fact.actor = actor.person;
  fact.recorded_time = time;
  fact.revision = state.revision + 1;
  Evolve(state, event, fact);
}

inline CaseState After(std::initializer_list<events::CaseEvent> history) {
  CaseState state;
  for (const events::CaseEvent& event : history) {
    Happen(state, event, state.revision == 0 ? kTeacher : kHead);
  }
  return state;
}

// The case after what was decided.
inline CaseState Then(CaseState state, const CaseDecision& decision, const kernel::Actor& actor) {
  for (const events::CaseEvent& event : std::get<0>(decision)) Happen(state, event, actor);
  return state;
}

inline std::string Describe(const CaseDecision& decision) {
  if (const auto* rejected = std::get_if<kernel::Rejected>(&decision)) {
    return absl::StrCat(kernel::Describe(rejected->reason).code, " ", rejected->field, " ",
                        rejected->clause);
  }
  std::string text = "events:";
  for (const events::CaseEvent& event : std::get<0>(decision)) {
    text += " " + event.ShortDebugString();
  }
  return text;
}

MATCHER_P2(Refuses, reason, field, "refuses with the reason") {
  *result_listener << Describe(arg);
  const auto* rejected = std::get_if<kernel::Rejected>(&arg);
  return rejected != nullptr && rejected->reason == reason && rejected->field == field;
}

// Of a field that the clause demands.
MATCHER_P3(Refuses, reason, field, clause, "refuses with the reason, for the clause") {
  *result_listener << Describe(arg);
  const auto* rejected = std::get_if<kernel::Rejected>(&arg);
  return rejected != nullptr && *rejected == kernel::Rejected{reason, field, clause};
}

MATCHER_P(Refuses, reason, "refuses with the reason and no field") {
  *result_listener << Describe(arg);
  const auto* rejected = std::get_if<kernel::Rejected>(&arg);
  return rejected != nullptr && *rejected == kernel::Rejected{reason, ""};
}

MATCHER(AddsNothing, "adds no event and refuses nothing") {
  *result_listener << Describe(arg);
  return std::holds_alternative<std::vector<events::CaseEvent>>(arg) && std::get<0>(arg).empty();
}

// Exactly one event of this kind.
MATCHER_P(Adds, body_case, "adds one event of the kind") {
  *result_listener << Describe(arg);
  return std::holds_alternative<std::vector<events::CaseEvent>>(arg) &&
         std::get<0>(arg).size() == 1 && std::get<0>(arg)[0].body_case() == body_case;
}

// Exactly this event.
MATCHER_P(AddsEvent, event, "adds the event") {
  *result_listener << Describe(arg);
  return std::holds_alternative<std::vector<events::CaseEvent>>(arg) &&
         std::get<0>(arg).size() == 1 &&
         google::protobuf::util::MessageDifferencer::Equals(std::get<0>(arg)[0], event);
}

MATCHER_P2(RefusesFile, reason, field, "refuses the file with the reason") {
  *result_listener << (arg ? Describe(CaseDecision(*arg)) : std::string("nothing"));
  return arg.has_value() && arg->reason == reason && arg->field == field;
}

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_CASE_FOR_TEST_H_
