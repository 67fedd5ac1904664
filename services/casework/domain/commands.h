// What can be asked of a case. `now` and the actor come inside the command, so
// that deciding is pure: the same command on the same state is the same
// decision for ever.

#ifndef SERVICES_CASEWORK_DOMAIN_COMMANDS_H_
#define SERVICES_CASEWORK_DOMAIN_COMMANDS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/kernel/actor.h"
#include "storage/base/ids.h"
#include "wardbook/events/v1/investigation_event.pb.h"
#include "wardbook/events/v1/referral_event.pb.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::casework {

// A text field holds what a person writes in an hour; a line what fits a form.
inline constexpr size_t kTextCharactersMax = 20000;
inline constexpr size_t kLineCharactersMax = 2000;
inline constexpr size_t kShortCharactersMax = 200;
// What is kept of a disciplinary procedure: the name of a stage or a number, and
// too little for what is said in a hearing.
inline constexpr size_t kDisciplinaryCharactersMax = 80;
// The longest name that common file systems give a file.
inline constexpr size_t kFileNameCharactersMax = 255;
// A case with more people is several cases.
inline constexpr int kPartiesMax = 50;
// What is kept of the reasons of a referral, in bytes: well within a record of
// 1 MiB with everything else that the event holds.
inline constexpr size_t kReferralReasonsBytesMax = 512 << 10;

// What every command has.
struct By {
  kernel::Actor actor;
  absl::Time now;
  // The actor's name, for what is theirs unless the request says otherwise.
  std::string name = {};
  // What a decision made now is made by.
  wardbook::events::v1::DecidedUnder decided_under = {};
};

// Somebody of the school's register at the moment of a report.
struct RegisteredPerson {
  PersonId id;
  std::string name;
  std::set<kernel::Role> roles;
  // Every name that the register has had for them.
  std::vector<kernel::KnownName> names = {};

  kernel::Actor AsActor() const { return {id, roles, names}; }
};

// An absence of the Headteacher that is recorded for the moment of a command.
struct AbsenceOfHead {
  AbsenceId id;
  // The member of the leadership team who acts.
  PersonId deputy;
};

struct ReportIncident {
  By by;
  wardbook::events::v1::IncidentKind kind = wardbook::events::v1::INCIDENT_KIND_UNSPECIFIED;
  std::string what_happened;
  wardbook::events::v1::LocalDateTime happened_at;
  std::optional<wardbook::events::v1::OnlinePlace> place;
  std::vector<wardbook::events::v1::Party> parties;
  std::string wishes;
  bool wishes_not_given = false;
  wardbook::events::v1::IndecentImageAnswer indecent_image_answer =
      wardbook::events::v1::INDECENT_IMAGE_ANSWER_UNSPECIFIED;
  bool to_line_manager = false;
  // Of unsuitable material (P39).
  bool to_senior_leadership = false;
  wardbook::events::v1::HeadteacherAnswer about_headteacher =
      wardbook::events::v1::HEADTEACHER_ANSWER_UNSPECIFIED;
  // From the register, for the moment of the report: the reporter's line
  // manager, and everybody.
  std::optional<PersonId> line_manager;
  std::vector<RegisteredPerson> school;
  std::vector<wardbook::events::v1::BreachClause> breached_clauses;
  // The policy and the rules of the day on which it happened.
  wardbook::events::v1::DecidedUnder in_force_when_happened;
  std::optional<AbsenceOfHead> head_absence;
};

struct AcknowledgeReceipt {
  By by;
  std::string message_to_reporter;
};

struct EscalateCase {
  By by;
  std::string reasons;
};

struct SeekAdvice {
  By by;
  std::string asked_of;
  std::string channel;
  std::string question;
  std::string reference;
  // Unset for now.
  std::optional<wardbook::events::v1::LocalDateTime> sought_at = std::nullopt;
};

struct RecordAdvice {
  By by;
  std::string adviser_name;
  std::string adviser_role;
  std::string advice;
  wardbook::events::v1::MayProceed may_proceed = wardbook::events::v1::MAY_PROCEED_UNSPECIFIED;
  std::string reference;
  // Unset for now.
  std::optional<wardbook::events::v1::LocalDateTime> received_at = std::nullopt;
};

struct HandOverRecipient {
  By by;
  PersonId to;
  std::string reasons;
  // From the register, for the moment of the command.
  std::vector<RegisteredPerson> school;
  std::optional<AbsenceOfHead> head_absence;
};

struct SettleName {
  By by;
  // As the report has it.
  std::string name;
  std::string reasons;
};

struct DeclareConflict {
  By by;
  // Whose conflict it is.
  PersonId person;
  std::string reasons;
  // From the register, for the moment of the command.
  std::vector<RegisteredPerson> school;
  std::optional<AbsenceOfHead> head_absence;
};

struct ReferCase {
  By by;
  ReferralId referral_id;
  wardbook::events::v1::ReferralIntent intent = wardbook::events::v1::REFERRAL_INTENT_UNSPECIFIED;
  std::string reasons;
  // Set where it is about a child and not about an adult.
  std::optional<wardbook::events::v1::ChildReferral> child_referral = std::nullopt;
};

struct AcknowledgeReferral {
  By by;
  std::optional<ReferralId> referral_id;  // The newest if unset.
  std::string reference;
  std::string message;
  std::string conveyed_by = {};
};

struct RecordReferralOutcome {
  By by;
  std::optional<ReferralId> referral_id;  // The newest if unset.
  wardbook::events::v1::ReferralOutcome outcome =
      wardbook::events::v1::REFERRAL_OUTCOME_UNSPECIFIED;
  std::string reasons;
  std::string conveyed_by = {};
};

struct RecordPoliceDecision {
  By by;
  wardbook::events::v1::PoliceChoice choice = wardbook::events::v1::POLICE_CHOICE_UNSPECIFIED;
  std::string conveyed_how;
  std::string statement;
  std::string childs_view = {};
  std::string parents_view = {};
  // Whose decision it is: an id in hexadecimal digits or a name, as the report has
  // it. Empty where there is no doubt.
  std::string target = {};
  // Unset for now.
  std::optional<wardbook::events::v1::LocalDateTime> decided_at = std::nullopt;
};

struct SuspectIndecentImage {
  By by;
  wardbook::events::v1::IndecentImageAnswer answer =
      wardbook::events::v1::INDECENT_IMAGE_ANSWER_UNSPECIFIED;
  std::string where_found;
};

struct RecordPoliceInformed {
  By by;
  wardbook::events::v1::LocalDateTime informed_at;
  std::string informed_by;
  wardbook::events::v1::PoliceChannel channel = wardbook::events::v1::POLICE_CHANNEL_UNSPECIFIED;
  std::string log_number;
  std::string officer;
};

struct RecordPreservationStep {
  By by;
  std::string step;
  std::string kept_in;
  std::string done_by;
  wardbook::events::v1::LocalDateTime done_at;
};

struct RecordPoliceRelease {
  By by;
  std::string officer;
  std::string reference;
  std::string scope;
  // Unset for now.
  std::optional<wardbook::events::v1::LocalDateTime> released_at = std::nullopt;
};

struct AddNote {
  By by;
  std::string text;
};

struct CorrectEntry {
  By by;
  uint64_t corrected_revision = 0;
  std::string correction;
  std::string reasons;
};

struct CloseCase {
  By by;
  std::string conclusion;
  bool wishes_followed = false;
  std::string reasons;
};

struct ReopenCase {
  By by;
  std::string reasons;
};

struct UpdateWishes {
  By by;
  std::string wishes;
  bool wishes_not_given = false;
  std::string conveyed_how;
};

// How a decision considers the reporter's wishes.
struct Considered {
  wardbook::events::v1::WishesTreatment treatment =
      wardbook::events::v1::WISHES_TREATMENT_UNSPECIFIED;
  std::string reasons;
};

struct ClassifyCase {
  By by;
  wardbook::events::v1::CyberBullyingAnswer cyber_bullying =
      wardbook::events::v1::CYBER_BULLYING_ANSWER_UNSPECIFIED;
  std::vector<wardbook::events::v1::Technology> technologies;
  std::vector<wardbook::events::v1::BullyingConduct> conduct;
  std::string target;
  std::string power_and_control;
  std::vector<wardbook::events::v1::BreachClause> breached_clauses;
  std::string reasons;
};

struct RaiseSuitabilityQuestion {
  By by;
  std::string reasons;
};

struct DecideHarmThreshold {
  By by;
  wardbook::events::v1::HarmThreshold threshold = wardbook::events::v1::HARM_THRESHOLD_UNSPECIFIED;
  std::vector<wardbook::events::v1::HarmLimb> limbs;
  std::string reasons;
  Considered considered;
};

struct StartInvestigation {
  By by;
  // With no roles: anybody of the register.
  kernel::Actor investigator;
  std::string investigator_name;
  std::string scope;
  std::string bar_lifted_how;
  std::string replaces_why;
};

struct RecordInvestigationStep {
  By by;
  wardbook::events::v1::InvestigationStepKind kind =
      wardbook::events::v1::INVESTIGATION_STEP_KIND_UNSPECIFIED;
  std::string what;
  std::string with_whom;
  wardbook::events::v1::LocalDateTime done_at;
};

struct RecordFinding {
  By by;
  wardbook::events::v1::Finding finding = wardbook::events::v1::FINDING_UNSPECIFIED;
  std::string reasons;
  wardbook::events::v1::AllegationOutcome allegation_outcome =
      wardbook::events::v1::ALLEGATION_OUTCOME_UNSPECIFIED;
  Considered considered;
};

struct BarInvestigation {
  By by;
  wardbook::events::v1::InvestigationBar barred_by =
      wardbook::events::v1::INVESTIGATION_BAR_UNSPECIFIED;
  std::string officer;
  std::string reference;
  std::string instruction;
};

struct RecordDisciplinaryDecision {
  By by;
  wardbook::events::v1::DisciplinaryDecision decision =
      wardbook::events::v1::DISCIPLINARY_DECISION_UNSPECIFIED;
  std::string reasons;
  Considered considered;
};

struct RecordDisciplinaryReference {
  By by;
  std::string procedure;
  std::string stage;
  std::string reference;
};

struct InformGoverningBody {
  By by;
  std::string summary;
  // From the register, for the moment of the command.
  std::vector<RegisteredPerson> school = {};
};

struct RecordGoverningBodyAction {
  By by;
  std::string minute_reference;
};

struct AssessDataBreach {
  By by;
  wardbook::events::v1::DataBreachAssessment assessment =
      wardbook::events::v1::DATA_BREACH_ASSESSMENT_UNSPECIFIED;
  std::string reasons;
  std::string commissioner_reference;
};

struct RecordBarringOutcome {
  By by;
  wardbook::events::v1::BarringOutcome outcome = wardbook::events::v1::BARRING_OUTCOME_UNSPECIFIED;
  std::string person_name;
  wardbook::events::v1::LocalDateTime decided_at;
  std::string reference;
};

// Whether the case takes a file at all; asked before an upload is opened and
// again before each chunk.
struct TakeFile {
  By by;
  wardbook::events::v1::IndecentImageAnswer indecent_image_answer =
      wardbook::events::v1::INDECENT_IMAGE_ANSWER_UNSPECIFIED;
  // What it will be filed as, where that is known before it is sent.
  std::optional<wardbook::events::v1::EvidenceKind> kind = {};
  wardbook::events::v1::Sighting sighting = {};
};

// Whether a file in evidence is shown; asked before it is opened and again
// before each chunk.
struct RevealFile {
  By by;
  EvidenceId evidence_id;
};

// Whether the case leaves the system as a bundle, with the files that it has.
struct ExportCase {
  By by;
};

// Whether the person is shown what the registers have of the people of the case.
struct CheckRegisters {
  By by;
};

// What the server found out about the file comes with what the filer says.
struct FileEvidence {
  By by;
  EvidenceId evidence_id;
  wardbook::events::v1::EvidenceKind kind = wardbook::events::v1::EVIDENCE_KIND_UNSPECIFIED;
  std::string file_name;
  std::string media_type;
  uint64_t size = 0;
  Hash sha256;
  Hash sealed_sha256;
  KeyId key_id;
  std::optional<wardbook::events::v1::Sighting> sighting;
  std::string captured_by;
  std::string captured_with;
  std::string description;
};

struct AnnotateEvidence {
  By by;
  EvidenceId evidence_id;
  std::string annotation;
};

struct SupersedeEvidence {
  By by;
  EvidenceId superseded;
  EvidenceId evidence_id;
  std::string reasons;
};

struct AttestOriginal {
  By by;
  EvidenceId evidence_id;
  std::string kept_where;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_COMMANDS_H_
