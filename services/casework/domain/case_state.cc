#include "services/casework/domain/case_state.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "services/casework/domain/breach.h"
#include "services/casework/domain/referral_state.h"
#include "services/kernel/timestamp.h"

namespace wardbook::casework {
namespace {

using wardbook::events::v1::BreachClause;
using wardbook::events::v1::CaseEvent;
using wardbook::events::v1::IncidentReported;

// The stage follows from what has happened, so that it cannot disagree with it.
Stage OpenStageOf(const CaseState& state) {
  if (std::any_of(state.referrals.begin(), state.referrals.end(),
                  [](const Referral& referral) { return !referral.withdrawn; })) {
    return AwaitsOutcome(state) ? Stage::kReferred : Stage::kOutcomeRecorded;
  }
  if (state.advice_received) return Stage::kAdviceReceived;
  if (state.advice_sought) return Stage::kAdviceSought;
  if (state.escalated) return Stage::kEscalated;
  if (state.acknowledged) return Stage::kAcknowledged;
  return Stage::kReported;
}

Referral* FindReferral(CaseState& state, const std::string& id_bytes) {
  const auto found = std::find_if(
      state.referrals.begin(), state.referrals.end(),
      [&id_bytes](const Referral& referral) { return referral.id.view() == id_bytes; });
  return found == state.referrals.end() ? nullptr : &*found;
}

// Of those who work with the school, paid or not. A contractor may be known as a
// visitor only.
bool WorksWithSchool(wardbook::events::v1::PersonCategory category) {
  return category == wardbook::events::v1::PERSON_CATEGORY_EMPLOYEE ||
         category == wardbook::events::v1::PERSON_CATEGORY_GOVERNOR ||
         category == wardbook::events::v1::PERSON_CATEGORY_VOLUNTEER ||
         category == wardbook::events::v1::PERSON_CATEGORY_FRIEND ||
         category == wardbook::events::v1::PERSON_CATEGORY_VISITOR ||
         category == wardbook::events::v1::PERSON_CATEGORY_CONTRACTOR ||
         category == wardbook::events::v1::PERSON_CATEGORY_SUPPLY;
}

// A subject whose category nobody gave is taken for an adult if the register of
// the school has them: a clock that runs for nothing is stopped, one that does not
// run is not missed.
bool MayBeAdult(const wardbook::events::v1::Party& subject, const IncidentReported& reported) {
  if (subject.category() == wardbook::events::v1::PERSON_CATEGORY_UNSPECIFIED) {
    return !subject.person_id().empty() || reported.presumed_subject_ids_size() > 0;
  }
  return WorksWithSchool(subject.category());
}

bool IsAboutAdult(const IncidentReported& reported) {
  if (reported.kind() == wardbook::events::v1::INCIDENT_KIND_SELF_REPORT ||
      reported.about_headteacher() == wardbook::events::v1::HEADTEACHER_ANSWER_YES ||
      reported.about_headteacher() == wardbook::events::v1::HEADTEACHER_ANSWER_NOT_SURE) {
    return true;
  }
  return std::any_of(reported.parties().begin(), reported.parties().end(),
                     [&reported](const wardbook::events::v1::Party& party) {
                       return party.capacity() == wardbook::events::v1::CAPACITY_SUBJECT &&
                              MayBeAdult(party, reported);
                     });
}

// Whether the report says what may be an allegation that an adult has harmed a
// child or is not suitable to work with children. What staff say of each other
// online is one only where a pupil is the target, or may be.
bool MayBeAllegation(const IncidentReported& reported) {
  if (reported.kind() == wardbook::events::v1::INCIDENT_KIND_SELF_REPORT) return false;
  if (!IsAboutAdult(reported)) return false;
  if (reported.kind() != wardbook::events::v1::INCIDENT_KIND_CYBER_BULLYING) return true;
  return std::any_of(reported.parties().begin(), reported.parties().end(),
                     [](const wardbook::events::v1::Party& party) {
                       // Who is not said to be an adult may be a child.
                       const bool may_be_pupil =
                           party.category() == wardbook::events::v1::PERSON_CATEGORY_PUPIL ||
                           party.category() == wardbook::events::v1::PERSON_CATEGORY_UNSPECIFIED;
                       return party.capacity() == wardbook::events::v1::CAPACITY_TARGET &&
                              may_be_pupil;
                     });
}

void EvolveReferred(CaseState& state, const wardbook::events::v1::CaseReferred& referred,
                    const Fact& fact) {
  Referral referral;
  referral.id = ReferralId::FromBytes(referred.referral_id()).value_or(ReferralId());
  referral.referred_by = fact.actor;
  referral.referred_time = fact.recorded_time;
  referral.intent = referred.intent();
  referral.about_a_child = referred.has_child_referral();
  referral.form_reference = referred.child_referral().request_reference();
  referral.sections = std::move(state.next_referral_sections);
  state.next_referral_sections.clear();
  state.referrals.push_back(std::move(referral));
}

void EvolvePrepared(CaseState& state,
                    const wardbook::events::v1::ReferralSectionPrepared& prepared) {
  Referral* referral = FindReferral(state, prepared.referral_id());
  PreparedSections& sections =
      referral == nullptr ? state.next_referral_sections : referral->sections;
  sections[prepared.section()] = {prepared.fields().begin(), prepared.fields().end()};
}

// What a later event does to the referral that it names; every one that Decide
// makes names one of the case.
template <class Body>
void EvolveReferral(CaseState& state, const Body& body, const Fact& fact) {
  if (Referral* referral = FindReferral(state, body.referral_id())) Apply(*referral, body, fact);
}

Disagreement* FindDisagreement(CaseState& state, uint64_t revision) {
  const auto found =
      std::find_if(state.disagreements.begin(), state.disagreements.end(),
                   [revision](const Disagreement& one) { return one.revision == revision; });
  return found == state.disagreements.end() ? nullptr : &*found;
}

void EvolveRaised(CaseState& state, const wardbook::events::v1::DisagreementRaised& raised,
                  const Fact& fact) {
  Disagreement disagreement;
  disagreement.revision = fact.revision;
  disagreement.disputed_revision = raised.disputed_revision();
  disagreement.reasons = raised.reasons();
  disagreement.immediate_significant_harm = raised.immediate_significant_harm();
  disagreement.since = fact.recorded_time;
  disagreement.due = kernel::TimeOf(raised.due_time());
  state.disagreements.push_back(std::move(disagreement));
}

void EvolveNameSettled(CaseState& state, const std::string& name) {
  const auto is_it = [&name](const OpenName& open) { return open.name == name; };
  state.open_names.erase(std::remove_if(state.open_names.begin(), state.open_names.end(), is_it),
                         state.open_names.end());
  state.settled_names.push_back(name);
}

// What is kept from the Headteacher never comes to them, nor back into a school in
// which nobody is free of it.
void MoveTo(CaseState& state, wardbook::events::v1::Route route) {
  const bool is_officers = state.route == wardbook::events::v1::ROUTE_SAFEGUARDING_OFFICER;
  const bool is_chairs = state.route == wardbook::events::v1::ROUTE_CHAIR_OF_GOVERNORS;
  if (is_officers) return;
  if (is_chairs && route != wardbook::events::v1::ROUTE_SAFEGUARDING_OFFICER) return;
  state.route = route;
}

void EvolveConflict(CaseState& state, const wardbook::events::v1::ConflictDeclared& declared) {
  const std::optional<PersonId> person = PersonId::FromBytes(declared.person_id());
  if (person) {
    state.conflicted.insert(*person);
    if (state.recipient == *person) state.recipient = PersonId();
  }
  if (declared.route() != wardbook::events::v1::ROUTE_UNSPECIFIED) MoveTo(state, declared.route());
  if (state.route == wardbook::events::v1::ROUTE_SAFEGUARDING_OFFICER) {
    state.recipient = PersonId();
  }
  state.recipient = PersonId::FromBytes(declared.recipient_id()).value_or(state.recipient);
}

// A decision that does not say whose it is speaks for every target.
void EvolvePoliceDecision(CaseState& state,
                          const wardbook::events::v1::PoliceDecisionRecorded& recorded) {
  const Target chooser{.id = PersonId::FromBytes(recorded.chooser_id()).value_or(PersonId()),
                       .name = recorded.chooser_name()};
  const bool is_everybodys = chooser.id == PersonId() && chooser.name.empty();
  bool is_known = false;
  for (Target& target : state.bullied) {
    const bool is_theirs = target.id == chooser.id && target.name == chooser.name;
    if (!is_theirs && !is_everybodys) continue;
    target.police_choice = recorded.choice();
    is_known = true;
  }
  if (is_known) return;
  state.bullied.push_back(chooser);
  state.bullied.back().police_choice = recorded.choice();
}

// What comes to light later is measured against the harm threshold anew, unless it
// is met already.
void AskForThreshold(CaseState& state) {
  if (!state.decided.threshold ||
      state.decided.threshold->threshold() == wardbook::events::v1::HARM_THRESHOLD_MET) {
    return;
  }
  state.decided.threshold.reset();
  state.threshold_asked_time.reset();
}

// A clause that leadership names.
void EvolveNamed(CaseState& state, BreachClause clause) {
  const bool is_new = state.named_clauses.insert(clause).second;
  if (is_new && (clause == wardbook::events::v1::BREACH_CLAUSE_P06_CONTACT_WITH_CHILDREN ||
                 clause == wardbook::events::v1::BREACH_CLAUSE_P18_UNSUITABLE_MATERIAL)) {
    AskForThreshold(state);
  }
}

// Of the reporter and of those who are bullied; what others record they know.
void EvolveLateWord(CaseState& state, const Fact& fact) {
  if (!state.closed || state.late_word_time) return;
  if (fact.actor == state.reporter || state.targets.contains(fact.actor)) {
    state.late_word_time = fact.recorded_time;
  }
}

// The first place that is named after a report which suspected one is where that one
// is; every other one is another image, which is for the police anew. What they wait
// for already is not put off.
void EvolveSuspected(CaseState& state,
                     const wardbook::events::v1::IndecentImageSuspected& suspected,
                     const Fact& fact) {
  const bool is_the_reported =
      state.suspected_in_report && !state.police_released && state.image_places.empty();
  if (!is_the_reported) {
    if (!AwaitsPolice(state)) state.suspected_time = fact.recorded_time;
    state.police_informed = false;
    state.police_released = false;
  }
  state.indecent_image_suspected = true;
  state.image_places.insert(absl::AsciiStrToLower(suspected.where_found()));
}

void EvolveNoted(CaseState& state, const wardbook::events::v1::NoteAdded& note, const Fact& fact) {
  if (note.by_handler()) {
    state.noted_time = fact.recorded_time;
    state.late_word_time.reset();
  } else if (state.closed && !state.late_word_time) {
    state.late_word_time = fact.recorded_time;
  }
}

FiledEvidence* FindFile(CaseState& state, const std::string& id_bytes) {
  const auto found =
      std::find_if(state.evidence.begin(), state.evidence.end(),
                   [&id_bytes](const FiledEvidence& file) { return file.id.view() == id_bytes; });
  return found == state.evidence.end() ? nullptr : &*found;
}

void EvolveReported(CaseState& state, const IncidentReported& reported, const Fact& fact) {
  state.kind = reported.kind();
  state.route = reported.route();
  state.reported_route = reported.route();
  state.reporter = fact.actor;
  state.line_manager = PersonId::FromBytes(reported.line_manager_id()).value_or(state.line_manager);
  state.recipient = PersonId::FromBytes(reported.recipient_id()).value_or(state.recipient);
  state.reported_time = fact.recorded_time;
  state.about_adult = IsAboutAdult(reported);
  if (MayBeAllegation(reported)) state.allegation_time = fact.recorded_time;
  state.wishes_asked = reported.wishes_not_given() || !reported.wishes().empty();
  state.wishes_version = state.wishes_asked ? 1 : 0;
  state.wishes = reported.wishes();
  state.wishes_not_given = reported.wishes_not_given();
  for (const int clause : reported.breached_clauses()) {
    state.reported_clauses.insert(static_cast<BreachClause>(clause));
  }
  state.named_clauses = state.reported_clauses;
  // An answer that was never given counts as "not sure".
  if (reported.indecent_image_answer() != wardbook::events::v1::INDECENT_IMAGE_ANSWER_NO) {
    state.indecent_image_suspected = true;
    state.suspected_in_report = true;
    state.suspected_time = fact.recorded_time;
  }
  // Nobody handles the report of their own act (P14).
  if (reported.kind() == wardbook::events::v1::INCIDENT_KIND_SELF_REPORT) {
    state.subjects.insert(fact.actor);
  }
  for (const std::string& bytes : reported.presumed_subject_ids()) {
    if (const std::optional<PersonId> person = PersonId::FromBytes(bytes)) {
      state.subjects.insert(*person);
    }
  }
  bool subject_is_pupil = false;
  bool subject_may_be_adult = reported.kind() == wardbook::events::v1::INCIDENT_KIND_SELF_REPORT ||
                              reported.presumed_subject_ids_size() > 0;
  for (const wardbook::events::v1::Party& party : reported.parties()) {
    if (!party.name().empty()) state.party_names.push_back(party.name());
    const std::optional<PersonId> person = PersonId::FromBytes(party.person_id());
    if (party.capacity() == wardbook::events::v1::CAPACITY_SUBJECT) {
      if (person) state.subjects.insert(*person);
      const bool is_pupil = party.category() == wardbook::events::v1::PERSON_CATEGORY_PUPIL;
      subject_is_pupil = subject_is_pupil || is_pupil;
      subject_may_be_adult = subject_may_be_adult || !is_pupil;
    } else if (party.capacity() == wardbook::events::v1::CAPACITY_TARGET) {
      if (person) state.targets.insert(*person);
      state.bullied.push_back(
          {.id = person.value_or(PersonId()),
           .name = party.name(),
           .is_child = party.category() == wardbook::events::v1::PERSON_CATEGORY_PUPIL});
    } else if (party.capacity() == wardbook::events::v1::CAPACITY_WITNESS) {
      if (person) state.witnesses.insert(*person);
    }
    if (std::optional<OpenName> open = OpenNameOf(party)) {
      state.open_names.push_back(*std::move(open));
    }
    const bool is_involved = party.capacity() == wardbook::events::v1::CAPACITY_TARGET ||
                             party.capacity() == wardbook::events::v1::CAPACITY_WITNESS;
    if (is_involved && !person && party.category() != wardbook::events::v1::PERSON_CATEGORY_PUPIL) {
      state.involved_names.push_back(party.name());
    }
  }
  state.report_names_targets = !state.bullied.empty();
  state.about_pupils_alone = subject_is_pupil && !subject_may_be_adult && !state.about_adult;
}

}  // namespace

void Evolve(CaseState& state, const CaseEvent& event, const Fact& fact) {
  state.revision = fact.revision;
  state.changed_time = fact.recorded_time;
  state.recorded_by.push_back(fact.actor);
  switch (event.body_case()) {
    case CaseEvent::kIncidentReported:
      EvolveReported(state, event.incident_reported(), fact);
      break;
    case CaseEvent::kEvidenceFiled:
      state.evidence.push_back(
          {EvidenceId::FromBytes(event.evidence_filed().evidence_id()).value_or(EvidenceId()),
           fact.actor, fact.revision, event.evidence_filed(), std::nullopt, ""});
      break;
    case CaseEvent::kEvidenceSuperseded:
      if (FiledEvidence* file = FindFile(state, event.evidence_superseded().superseded_id())) {
        file->superseded = event.evidence_superseded();
      }
      break;
    case CaseEvent::kOriginalRetainedAttested:
      if (FiledEvidence* file = FindFile(state, event.original_retained_attested().evidence_id())) {
        file->original_kept_where = event.original_retained_attested().kept_where();
      }
      break;
    case CaseEvent::kReceiptAcknowledged:
      state.acknowledged = true;
      state.acknowledgement = event.receipt_acknowledged().message_to_reporter();
      break;
    case CaseEvent::kCaseEscalated:
      state.escalated = true;
      state.escalation_reasons = event.case_escalated().reasons();
      MoveTo(state, event.case_escalated().route());
      break;
    case CaseEvent::kAdviceSought:
      state.advice_sought = true;
      state.advice_sought_time = fact.recorded_time;
      state.advice_received = false;
      break;
    case CaseEvent::kAdviceReceived:
      state.advice_received = true;
      state.may_proceed = event.advice_received().may_proceed();
      state.threshold_asked_time.reset();
      state.advice_since_threshold = true;
      break;
    case CaseEvent::kCaseReferred:
      EvolveReferred(state, event.case_referred(), fact);
      break;
    case CaseEvent::kReferralSectionPrepared:
      EvolvePrepared(state, event.referral_section_prepared());
      break;
    case CaseEvent::kReferralAcknowledged:
      EvolveReferral(state, event.referral_acknowledged(), fact);
      break;
    case CaseEvent::kReferralOutcomeRecorded:
      EvolveReferral(state, event.referral_outcome_recorded(), fact);
      break;
    case CaseEvent::kReferralSubmitted:
      EvolveReferral(state, event.referral_submitted(), fact);
      break;
    case CaseEvent::kReferralAdviceGiven:
      EvolveReferral(state, event.referral_advice_given(), fact);
      break;
    case CaseEvent::kMoreInformationRequested:
      EvolveReferral(state, event.more_information_requested(), fact);
      break;
    case CaseEvent::kReferralThresholdMet:
      EvolveReferral(state, event.referral_threshold_met(), fact);
      break;
    case CaseEvent::kReferralStrandOpened:
      EvolveReferral(state, event.referral_strand_opened(), fact);
      break;
    case CaseEvent::kReferralStrandOutcomeRecorded:
      EvolveReferral(state, event.referral_strand_outcome_recorded(), fact);
      break;
    case CaseEvent::kReferralClosingActionRecorded:
      EvolveReferral(state, event.referral_closing_action_recorded(), fact);
      break;
    case CaseEvent::kReferralClosed:
      EvolveReferral(state, event.referral_closed(), fact);
      break;
    case CaseEvent::kReferralWithdrawn:
      EvolveReferral(state, event.referral_withdrawn(), fact);
      break;
    case CaseEvent::kCaseClosed:
      state.closed = true;
      break;
    case CaseEvent::kCaseReopened:
      state.closed = false;
      state.late_word_time.reset();
      break;
    case CaseEvent::kIndecentImageSuspected:
      EvolveSuspected(state, event.indecent_image_suspected(), fact);
      if (state.about_adult) AskForThreshold(state);
      break;
    case CaseEvent::kPoliceInformed:
      state.police_informed = true;
      break;
    case CaseEvent::kPoliceReleaseRecorded:
      state.police_released = true;
      state.image_places.clear();
      state.threshold_asked_time.reset();
      break;
    case CaseEvent::kNoteAdded:
      EvolveNoted(state, event.note_added(), fact);
      break;
    case CaseEvent::kPoliceDecisionRecorded:
      EvolveLateWord(state, fact);
      EvolvePoliceDecision(state, event.police_decision_recorded());
      break;
    case CaseEvent::kPoliceReported:
      // To report the image is to inform the police of it (P37).
      if (event.police_reported().ground() == wardbook::events::v1::POLICE_GROUND_INDECENT_IMAGES) {
        state.police_informed = true;
      }
      break;
    case CaseEvent::kProviderReported:
      state.provider_reports.push_back(fact.revision);
      break;
    case CaseEvent::kDisagreementRaised:
      EvolveRaised(state, event.disagreement_raised(), fact);
      break;
    case CaseEvent::kDisagreementEscalated:
      if (Disagreement* disagreement =
              FindDisagreement(state, event.disagreement_escalated().disagreement_revision())) {
        disagreement->stage = event.disagreement_escalated().stage();
        disagreement->to_whom = event.disagreement_escalated().to_whom();
        disagreement->since = fact.recorded_time;
        disagreement->due = kernel::TimeOf(event.disagreement_escalated().due_time());
      }
      break;
    case CaseEvent::kDisagreementResolved:
      if (Disagreement* disagreement =
              FindDisagreement(state, event.disagreement_resolved().disagreement_revision())) {
        disagreement->resolved = true;
        disagreement->how_resolved = event.disagreement_resolved().how();
      }
      break;
    case CaseEvent::kWishesUpdated:
      EvolveLateWord(state, fact);
      state.wishes_asked = true;
      ++state.wishes_version;
      state.wishes = event.wishes_updated().wishes();
      state.wishes_not_given = event.wishes_updated().wishes_not_given();
      break;
    case CaseEvent::kCaseClassified:
      state.decided.classification = event.case_classified();
      for (const int clause : event.case_classified().breached_clauses()) {
        EvolveNamed(state, static_cast<BreachClause>(clause));
      }
      break;
    case CaseEvent::kSuitabilityQuestionRaised:
      state.decided.suitability_question = event.suitability_question_raised();
      state.threshold_asked_time.reset();
      state.decided.threshold.reset();
      break;
    case CaseEvent::kHarmThresholdDecided:
      state.decided.threshold = event.harm_threshold_decided();
      state.threshold_time = fact.recorded_time;
      state.advice_since_threshold = false;
      break;
    case CaseEvent::kInvestigationStarted:
      state.decided.investigation = event.investigation_started();
      state.decided.bar.reset();
      break;
    case CaseEvent::kFindingRecorded:
      state.decided.finding = event.finding_recorded();
      state.decided.finding_revision = fact.revision;
      state.decided.disciplinary_decision.reset();
      break;
    case CaseEvent::kInvestigationBarred:
      state.decided.bar = event.investigation_barred();
      break;
    case CaseEvent::kDisciplinaryDecisionRecorded:
      state.decided.disciplinary_decision = event.disciplinary_decision_recorded();
      break;
    case CaseEvent::kDisciplinaryReferenceRecorded:
      state.decided.disciplinary_reference = event.disciplinary_reference_recorded();
      break;
    case CaseEvent::kGoverningBodyInformed:
      state.decided.governing_body_informed = event.governing_body_informed();
      break;
    case CaseEvent::kGoverningBodyActionRecorded:
      state.decided.governing_body_action = event.governing_body_action_recorded();
      break;
    case CaseEvent::kDataBreachAssessed:
      state.decided.data_breach = event.data_breach_assessed();
      break;
    case CaseEvent::kBarringOutcomeRecorded:
      state.decided.barring_outcome = event.barring_outcome_recorded();
      break;
    case CaseEvent::kRecipientHandedOver:
      state.recipient =
          PersonId::FromBytes(event.recipient_handed_over().to_id()).value_or(state.recipient);
      break;
    case CaseEvent::kConflictDeclared:
      EvolveConflict(state, event.conflict_declared());
      break;
    case CaseEvent::kNameSettled:
      EvolveNameSettled(state, event.name_settled().name());
      break;
    case CaseEvent::kEntryCorrected:
      EvolveLateWord(state, fact);
      break;
    // Read by people, not by rules.
    case CaseEvent::kEvidenceAnnotated:
    case CaseEvent::kInvestigationStepRecorded:
    case CaseEvent::kPreservationStepRecorded:
    case CaseEvent::kDutyToReportNotified:
    case CaseEvent::kProviderOutcomeRecorded:
    case CaseEvent::kContentRemoved:
    case CaseEvent::kSupportOffered:
    case CaseEvent::kExternalBodyInformed:
    case CaseEvent::kContactLogged:
    case CaseEvent::kMoreInformationGiven:
    case CaseEvent::kReferralMeetingRecorded:
    case CaseEvent::BODY_NOT_SET:
      break;
  }
  // What raises concern about a member of staff (P39), and an indecent image where
  // it is about an adult, whatever it was reported as.
  const bool may_be_allegation =
      IsUnsuitableMaterial(state) || (state.about_adult && state.indecent_image_suspected);
  if (may_be_allegation && !state.allegation_time) state.allegation_time = fact.recorded_time;
  if (!NeedsThresholdDecision(state)) {
    state.threshold_asked_time.reset();
  } else if (!state.threshold_asked_time) {
    state.threshold_asked_time = fact.recorded_time;
  }
  // Whoever takes P09 out of the classification has found that there is none; it
  // began when it was first in question.
  if (!BreachedClauses(state).contains(wardbook::events::v1::BREACH_CLAUSE_P09_DISCLOSURE)) {
    state.data_breach_time.reset();
  } else if (!state.data_breach_time) {
    state.data_breach_time = fact.recorded_time;
  }
  state.stage_before_closing = OpenStageOf(state);
  state.stage = state.closed ? Stage::kClosed : state.stage_before_closing;
}

bool AwaitsSettlement(const CaseState& state) {
  return std::any_of(state.disagreements.begin(), state.disagreements.end(),
                     [](const Disagreement& disagreement) { return !disagreement.resolved; });
}

bool AwaitsOutcome(const CaseState& state) {
  return std::any_of(state.referrals.begin(), state.referrals.end(),
                     [](const Referral& referral) { return AwaitsOutcome(referral); });
}

}  // namespace wardbook::casework
