// What the rules of a case read: a fold over its events.

#ifndef SERVICES_CASEWORK_DOMAIN_CASE_STATE_H_
#define SERVICES_CASEWORK_DOMAIN_CASE_STATE_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/casework/domain/open_name.h"
#include "services/kernel/actor.h"
#include "storage/base/ids.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::casework {

// Who did what when, as far as the record's header tells.
struct Fact {
  PersonId actor;
  absl::Time recorded_time;
  uint64_t revision = 0;
  uint64_t position = 0;
};

enum class Stage {
  kReported,
  kAcknowledged,
  kEscalated,
  kAdviceSought,
  kAdviceReceived,
  kReferred,
  kOutcomeRecorded,
  kClosed,
};

// Of each section of the council's form what was filled in last.
using PreparedSections = std::map<wardbook::events::v1::ReferralSection,
                                  std::vector<wardbook::events::v1::ReferralField>>;

// Somebody who looks into a referral.
struct Strand {
  std::string reference;
  std::string details;
  // Unspecified until they come to one.
  wardbook::events::v1::ReferralOutcome outcome =
      wardbook::events::v1::REFERRAL_OUTCOME_UNSPECIFIED;
  std::string reasons;
};

// The texts are the last ones recorded, by which somebody who sends the same
// again is known from one who has something to add.
struct Referral {
  ReferralId id;
  absl::Time referred_time;
  PersonId referred_by;
  wardbook::events::v1::ReferralIntent intent = wardbook::events::v1::REFERRAL_INTENT_REFERRAL;
  bool about_a_child = false;
  PreparedSections sections;
  bool submitted = false;
  absl::Time submitted_time;  // When it first was, if it was.
  std::string form_reference;
  bool acknowledged = false;
  absl::Time acknowledged_time;  // When it first was, if it was.
  std::string reference;
  std::string message;
  bool outcome_recorded = false;
  wardbook::events::v1::ReferralOutcome outcome =
      wardbook::events::v1::REFERRAL_OUTCOME_UNSPECIFIED;
  std::string outcome_reasons;
  // The council gave advice, and nothing else came of it so far.
  bool advice_only = false;
  std::string advice;
  bool threshold_met = false;
  std::string threshold_reasons;
  std::map<wardbook::events::v1::ReferralStrand, Strand> strands;
  std::set<wardbook::events::v1::ClosingAction> closing_actions;
  bool closed = false;
  bool withdrawn = false;
  // Why it was closed or withdrawn.
  std::string end_reasons;
};

struct FiledEvidence {
  EvidenceId id;
  PersonId filed_by;
  // Where the case names it.
  uint64_t revision = 0;
  // What was said of it, by which a filing sent again is known from another one
  // of the same file.
  wardbook::events::v1::EvidenceFiled filed;
  // What stands in its place and why, if anything does.
  std::optional<wardbook::events::v1::EvidenceSuperseded> superseded = std::nullopt;
  // Where its original is, as was said last; empty if it was not said.
  std::string original_kept_where = {};
};

// A professional disagreement, by the revision of the entry that raised it.
struct Disagreement {
  uint64_t revision = 0;
  uint64_t disputed_revision = 0;
  std::string reasons;
  bool immediate_significant_harm = false;
  // From 1 on.
  uint32_t stage = 1;
  std::string to_whom;  // Empty in the first stage.
  absl::Time since;     // When the stage that it is in began.
  absl::Time due;       // Of the stage that it is in.
  bool resolved = false;
  std::string how_resolved;
};

// Somebody who is bullied, and what they decided about the police last (P47).
struct Target {
  PersonId id = {};       // Zero for somebody who is not in the register.
  std::string name = {};  // Empty for a decision on a case that names nobody.
  bool is_child = false;
  wardbook::events::v1::PoliceChoice police_choice =
      wardbook::events::v1::POLICE_CHOICE_UNSPECIFIED;
};

// What leadership decided, each the latest.
struct Decided {
  std::optional<wardbook::events::v1::CaseClassified> classification;
  std::optional<wardbook::events::v1::SuitabilityQuestionRaised> suitability_question;
  // Nothing when the suitability question came after it.
  std::optional<wardbook::events::v1::HarmThresholdDecided> threshold;
  std::optional<wardbook::events::v1::InvestigationStarted> investigation;
  // Nothing when an investigation was started after it.
  std::optional<wardbook::events::v1::InvestigationBarred> bar;
  std::optional<wardbook::events::v1::FindingRecorded> finding;
  uint64_t finding_revision = 0;
  // Nothing when the finding came after it.
  std::optional<wardbook::events::v1::DisciplinaryDecisionRecorded> disciplinary_decision;
  std::optional<wardbook::events::v1::DisciplinaryReferenceRecorded> disciplinary_reference;
  std::optional<wardbook::events::v1::GoverningBodyInformed> governing_body_informed;
  std::optional<wardbook::events::v1::GoverningBodyActionRecorded> governing_body_action;
  std::optional<wardbook::events::v1::DataBreachAssessed> data_breach;
  std::optional<wardbook::events::v1::BarringOutcomeRecorded> barring_outcome;
};

// A value. Revision 0 is the case that does not exist yet.
struct CaseState {
  uint64_t revision = 0;
  wardbook::events::v1::IncidentKind kind = wardbook::events::v1::INCIDENT_KIND_UNSPECIFIED;
  wardbook::events::v1::Route route = wardbook::events::v1::ROUTE_UNSPECIFIED;
  // Where the report went.
  wardbook::events::v1::Route reported_route = wardbook::events::v1::ROUTE_UNSPECIFIED;
  PersonId reporter;
  PersonId line_manager;  // Zero unless the line manager was told.
  // Who the case is about or may be about: those named by their id, those of the
  // register whose name was given, and the reporter of a self report.
  std::set<PersonId> subjects;
  std::set<PersonId> targets;
  // Whether an adult who works with the school, paid or not, is or may be who it is
  // about.
  bool about_adult = false;
  // Since when it may be an allegation against such an adult, to refer, if it may.
  std::optional<absl::Time> allegation_time;
  // Since when it has to be decided whether the harm threshold is met, if it has:
  // since something first made it necessary, or a newer question of suitability,
  // advice that came back or release by the police.
  std::optional<absl::Time> threshold_asked_time;
  // When it was decided, if it was.
  absl::Time threshold_time;
  // Since when personal data may have been disclosed, if they may (P09).
  std::optional<absl::Time> data_breach_time;
  // Each decides for themselves about the police: those of the report, and where it
  // names none those whose decisions were recorded.
  std::vector<Target> bullied;
  bool report_names_targets = false;
  std::set<PersonId> witnesses;
  // Targets and witnesses of whom the reporter gave no more than the name, without
  // the pupils.
  std::vector<std::string> involved_names;
  // Subjects of whom the reporter gave no more than the name, without the pupils, until
  // it is settled whom it means.
  std::vector<OpenName> open_names;
  std::vector<std::string> settled_names;
  // Everybody in the incident, as the reporter named them.
  std::vector<std::string> party_names;
  // Whether every subject of the report is a pupil, and there is one: no adult's
  // suitability is in question then.
  bool about_pupils_alone = false;
  std::set<wardbook::events::v1::BreachClause> reported_clauses;
  // Those of the report and of every classification since.
  std::set<wardbook::events::v1::BreachClause> named_clauses;
  // Who has a conflict of interest in it (P45).
  std::set<PersonId> conflicted;
  // Who received unsuitable material and seeks the advice (P39, P40). Zero for
  // other kinds, where the officers received it, and in records from before
  // recipients were written down.
  PersonId recipient;
  bool indecent_image_suspected = false;
  // Whether the reporter said so, or was not sure.
  bool suspected_in_report = false;
  absl::Time suspected_time;  // The last time, if ever.
  // Where an image was said to be, in lower case, since the police released the last.
  std::set<std::string> image_places;
  // Since it was suspected last.
  bool police_informed = false;
  bool police_released = false;
  // Whether the reporter was asked for their wishes, also if they did not say.
  bool wishes_asked = false;
  // Of the latest wishes; 0 while the reporter was never asked.
  uint32_t wishes_version = 0;
  std::string wishes;
  bool wishes_not_given = false;
  bool acknowledged = false;
  std::string acknowledgement;  // What the reporter was last told.
  bool escalated = false;
  std::string escalation_reasons;
  bool advice_sought = false;
  absl::Time advice_sought_time;  // The last time, if ever.
  // Whether the latest question was answered.
  bool advice_received = false;
  // Of the latest advice.
  wardbook::events::v1::MayProceed may_proceed = wardbook::events::v1::MAY_PROCEED_UNSPECIFIED;
  bool closed = false;
  Stage stage = Stage::kReported;
  // Where the case stands apart from being closed.
  Stage stage_before_closing = Stage::kReported;
  std::vector<Referral> referrals;
  // What is prepared for a referral that was not made yet.
  PreparedSections next_referral_sections;
  Decided decided;
  // Whether advice came back since the harm threshold was decided.
  bool advice_since_threshold = false;
  std::vector<FiledEvidence> evidence;
  // The revisions of the reports to providers.
  std::vector<uint64_t> provider_reports;
  std::vector<Disagreement> disagreements;
  // Who recorded each entry, from revision 1 on.
  std::vector<PersonId> recorded_by;
  absl::Time reported_time;
  absl::Time changed_time;
  // When a handler last added a note.
  std::optional<absl::Time> noted_time;
  // When something was first written on the closed case by somebody who does not
  // handle it, since a handler last noted anything.
  std::optional<absl::Time> late_word_time;
};

// Applies one event. Total: every event that Decide makes, and every event that
// an earlier version made, can be applied.
void Evolve(CaseState& state, const wardbook::events::v1::CaseEvent& event, const Fact& fact);

// What a person may see of a case.
enum class Sight {
  kNone,         // It does not exist for them.
  kOwnEntries,   // What they recorded, and whether it was seen: it is kept from them.
  kReporter,     // What they filed, its status, what happens next.
  kLineManager,  // All of it, to pass it on: they do not decide it (P45).
  kHandler,      // All of it.
  kOfficer,      // All of it, because it was referred to them or is theirs.
};

// Whether it is all of the case.
inline bool SeesWhole(Sight sight) {
  return sight == Sight::kLineManager || sight == Sight::kHandler || sight == Sight::kOfficer;
}

// Whether the case is kept from this person: it is or may be about them, or they
// have a conflict of interest in it.
bool IsKeptFrom(const CaseState& state, const PersonId& person);
// Or they may have come under one of its open names.
bool IsKeptFrom(const CaseState& state, const kernel::Actor& person);

// Whether the person came into the register after the report under a name that may be
// the open one, or took one since. Who was there and could be meant was looked up then,
// and a slip in the register that was put right counts for nothing. Not the reporter, who
// knows what they wrote; and who is of the council alone is not kept out by a surname.
bool MayHaveComeUnder(OpenName open, const CaseState& state, const kernel::Actor& person);

// Who may see what. Those from whom a case is kept never can, whatever their
// roles, but for one who reported it themselves: they keep what a reporter sees. A
// case
// about the Headteacher is handled by the Chair of Governors and not by the
// leadership below, and one that neither may see by the safeguarding officers
// (KCSIE part four). Being the target entitles nobody: what was said to others
// about them is not theirs to read.
Sight SightOf(const CaseState& state, const kernel::Actor& viewer);

// Whether nothing more comes of it.
inline bool HasEnded(const Referral& referral) { return referral.closed || referral.withdrawn; }

// Whether it waits for what the council makes of it.
inline bool AwaitsOutcome(const Referral& referral) {
  return !referral.outcome_recorded && !referral.advice_only && !HasEnded(referral);
}

// Whether a referral does.
bool AwaitsOutcome(const CaseState& state);

// Whether the police have still to be informed of a suspected image (P37).
inline bool AwaitsPolice(const CaseState& state) {
  return state.indecent_image_suspected && !state.police_informed;
}

// Whether a disagreement waits to be settled; it may be about the closing itself.
bool AwaitsSettlement(const CaseState& state);

// Whether lists show it among the open cases: also when it is closed, while a
// referral waits for its outcome, a disagreement is not settled, the police are not
// informed or what was written since is not read, because somebody has still to act.
inline bool IsListedOpen(const CaseState& state) {
  return !state.closed || AwaitsOutcome(state) || AwaitsPolice(state) || AwaitsSettlement(state) ||
         state.late_word_time;
}

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_CASE_STATE_H_
