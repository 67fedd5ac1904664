#include "services/casework/domain/random_history_for_test.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "services/casework/domain/web_address.h"

namespace wardbook::casework {

using CaseEvent = events::CaseEvent;

std::vector<kernel::Actor> EverybodySince() {
  std::vector<kernel::Actor> everybody = Everybody();
  everybody.push_back(kNewcomer);
  return everybody;
}

const kernel::Actor& Person(uint8_t choice) {
  static const std::vector<kernel::Actor> everybody = EverybodySince();
  return everybody[choice % everybody.size()];
}

namespace {

std::string TargetName(int number) { return absl::StrCat("Target ", number); }

}  // namespace

AnyCommand CommandOf(const Step& step) {
  const auto [which, whose, how] = step;
  const kernel::Actor& actor = Person(whose);
  const bool spoilt = how % 5 == 0;
  switch (which % std::variant_size_v<AnyCommand>) {
    case 0: {
      AcknowledgeReceipt command = WholeAcknowledgement(actor);
      command.message_to_reporter = spoilt ? "" : std::string(1 + how % 3, 'm');
      return command;
    }
    case 1: {
      EscalateCase command = WholeEscalation(actor);
      if (spoilt) command.reasons = "";
      return command;
    }
    case 2: {
      SeekAdvice command = WholeQuestion(actor);
      if (spoilt) command.question = "";
      return command;
    }
    case 3: {
      RecordAdvice command = WholeAdvice(actor);
      command.may_proceed = static_cast<events::MayProceed>(how % 4);
      return command;
    }
    case 4: {
      ReferCase command = WholeReferral(actor, how % 2);
      command.intent = static_cast<events::ReferralIntent>(how % 5);
      command.reasons = spoilt ? std::string(how, '\xFF') : "Why not.";
      return command;
    }
    case 5: {
      AcknowledgeReferral command = WholeReferralAcknowledgement(actor);
      if (how % 2 == 0) command.referral_id = IdOf<ReferralId>(how / 2 % 3);
      command.message = std::string(how % 3, 'm');
      return command;
    }
    case 6: {
      RecordReferralOutcome command = WholeOutcome(actor);
      if (how % 2 == 0) command.referral_id = IdOf<ReferralId>(how / 2 % 3);
      command.outcome = static_cast<events::ReferralOutcome>(how % 7);
      return command;
    }
    case 7: {
      RecordPoliceDecision command = WholePoliceDecision(actor);
      if (spoilt) command.conveyed_how = "";
      command.choice = static_cast<events::PoliceChoice>(how % 4);
      command.target = how % 3 == 0 ? "" : TargetName(how % 2);
      return command;
    }
    case 8: {
      AddNote command = WholeNote(actor);
      if (spoilt) command.text = "";
      return command;
    }
    case 9: {
      CorrectEntry command = WholeCorrection(actor);
      command.corrected_revision = how % 8;
      return command;
    }
    case 10: {
      CloseCase command = WholeClosing(actor);
      if (spoilt) command.wishes_followed = false;
      return command;
    }
    case 11: {
      ReopenCase command = WholeReopening(actor);
      if (spoilt) command.reasons = "";
      return command;
    }
    case 12: {
      SuspectIndecentImage command = WholeSuspicion(actor);
      // Seldom, lest no file is ever filed.
      if (how % 4 != 0) command.answer = events::INDECENT_IMAGE_ANSWER_NO;
      return command;
    }
    case 13: {
      RecordPoliceInformed command = WholePoliceCall(actor);
      if (spoilt) command.informed_at.clear_date();
      return command;
    }
    case 14: {
      RecordPreservationStep command = WholePreservation(actor);
      if (spoilt) command.step = "";
      return command;
    }
    case 15: {
      RecordPoliceRelease command = WholeRelease(actor);
      if (spoilt) command.scope = "";
      return command;
    }
    case 16: {
      RecordPoliceReport command =
          WholePoliceReport(actor, static_cast<events::PoliceGround>(how % 7));
      command.target = how % 3 == 0 ? TargetName(how % 2) : "";
      return command;
    }
    case 17: {
      RecordDutyNotification command = WholeDutyNotification(actor);
      command.recipient = static_cast<events::DutyRecipient>(how % 4);
      return command;
    }
    case 18: {
      RecordProviderReport command = WholeProviderReport(actor);
      if (spoilt) command.platform = "";
      return command;
    }
    case 19: {
      RecordProviderOutcome command = WholeProviderOutcome(actor);
      if (how % 2 == 0) command.report_revision = how / 2 % 8;
      return command;
    }
    case 20: {
      RecordContentRemoved command = WholeRemoval(actor);
      if (spoilt) command.removed_at.set_date("2025-05-15");
      return command;
    }
    case 21: {
      OfferSupport command = WholeSupport(actor);
      command.answer = static_cast<events::SupportAnswer>(how % 5);
      return command;
    }
    case 22: {
      RecordExternalBodyInformed command = WholeWordToABody(actor);
      command.body = static_cast<events::ExternalBody>(how % 6);
      return command;
    }
    case 23: {
      LogContact command = WholeContact(actor);
      command.channel = static_cast<events::ContactChannel>(how % 10);
      return command;
    }
    case 24: {
      RaiseDisagreement command = WholeDisagreement(actor);
      command.disputed_revision = how % 8;
      command.immediate_significant_harm = how % 2 == 0;
      return command;
    }
    case 25: {
      EscalateDisagreement command = WholeDisagreementEscalation(actor);
      if (how % 2 == 0) command.disagreement_revision = how / 2 % 16;
      command.stage = how % 4;
      return command;
    }
    case 26: {
      ResolveDisagreement command = WholeResolution(actor);
      if (how % 2 == 0) command.disagreement_revision = how / 2 % 16;
      return command;
    }
    case 27: {
      PrepareReferralSection command = WholeSection(actor);
      if (how % 3 == 0) command.referral_id = IdOf<ReferralId>(how / 3 % 3);
      if (spoilt) command.fields[0].set_name("no such field");
      return command;
    }
    case 28: {
      RecordReferralSubmitted command = WholeSubmission(actor, 50 + how % 2);
      if (how % 3 == 0) command.referral_id = IdOf<ReferralId>(how / 3 % 3);
      if (spoilt) command.submitted_at.set_date("2025-05-15");
      return command;
    }
    case 29: {
      RecordReferralAdvice command = WholeReferralAdvice(actor);
      if (how % 2 == 0) command.conveyed_by = "The duty officer, by telephone";
      return command;
    }
    case 30: {
      RequestMoreInformation command = WholeRequestForMore(actor);
      if (how % 2 == 0) command.conveyed_by = "The duty officer, by telephone";
      return command;
    }
    case 31: {
      GiveMoreInformation command = WholeMoreInformation(actor);
      if (spoilt) command.information = "";
      return command;
    }
    case 32: {
      RecordThresholdMet command = WholeThreshold(actor);
      if (how % 2 == 0) command.conveyed_by = "The duty officer, by telephone";
      return command;
    }
    case 33: {
      RecordReferralMeeting command = WholeMeeting(actor);
      command.number = how % 4;
      return command;
    }
    case 34:
      return WholeStrand(actor, static_cast<events::ReferralStrand>(how % 5));
    case 35: {
      RecordStrandOutcome command =
          WholeStrandOutcome(actor, static_cast<events::ReferralStrand>(how % 5));
      command.outcome = static_cast<events::ReferralOutcome>(how / 5 % 7);
      return command;
    }
    case 36:
      return WholeClosingAction(actor, static_cast<events::ClosingAction>(how % 6));
    case 37: {
      CloseReferral command = WholeReferralClosing(actor);
      if (how % 2 == 0) command.conveyed_by = "The duty officer, by telephone";
      return command;
    }
    case 38: {
      WithdrawReferral command = WholeWithdrawal(actor);
      if (how % 3 == 0) command.superseded_by_id = IdOf<ReferralId>(how / 3 % 3);
      return command;
    }
    case 39: {
      UpdateWishes command = WholeWishes(actor);
      command.wishes = std::string(how % 3, 'w');
      command.wishes_not_given = how % 3 == 0;
      return command;
    }
    case 40: {
      if (how % 2 == 0) return WholeClassification(actor);
      return WholeBreach({static_cast<events::BreachClause>(how % 21)}, actor);
    }
    case 41: {
      RaiseSuitabilityQuestion command = WholeSuitabilityQuestion(actor);
      command.reasons = std::string(how % 3, 'r');
      return command;
    }
    case 42: {
      DecideHarmThreshold command =
          WholeThresholdDecision(static_cast<events::HarmThreshold>(how % 5), actor);
      if (spoilt) command.considered = {};
      return command;
    }
    case 43: {
      StartInvestigation command = WholeStart(actor);
      command.investigator = Person(how);
      if (how % 2 == 0) command.bar_lifted_how = "They rang.";
      return command;
    }
    case 44: {
      RecordInvestigationStep command = WholeStep(actor);
      if (spoilt) command.what = "";
      return command;
    }
    case 45: {
      // Often a breach, lest nothing ever follows from one.
      RecordFinding command = WholeFinding(
          how % 4 != 0 ? events::FINDING_BREACH : static_cast<events::Finding>(how % 5), actor);
      command.allegation_outcome = static_cast<events::AllegationOutcome>(how % 6);
      return command;
    }
    case 46: {
      BarInvestigation command = WholeBar(actor);
      if (spoilt) command.reference = "";
      return command;
    }
    case 47:
      return WholeDisciplinaryDecision(how % 2 == 0
                                           ? events::DISCIPLINARY_DECISION_REFER
                                           : static_cast<events::DisciplinaryDecision>(how % 4),
                                       actor);
    case 48: {
      RecordDisciplinaryReference command = WholeDisciplinaryReference(actor);
      if (spoilt) command.stage = std::string(how, 's');
      return command;
    }
    case 49:
      return WholeInformation(actor);
    case 50:
      return WholeGoverningBodyAction(actor);
    case 51: {
      AssessDataBreach command = WholeDataBreach(actor);
      command.assessment = static_cast<events::DataBreachAssessment>(how % 5);
      return command;
    }
    case 52: {
      HandOverRecipient command = WholeHandOver(actor, Person(how));
      if (how % 2 == 0) command.head_absence = HeadIsAbsent();
      if (spoilt) command.reasons = "";
      return command;
    }
    case 53: {
      DeclareConflict command = WholeConflict(actor);
      if (how % 2 == 0) command.head_absence = HeadIsAbsent();
      if (how % 3 == 0) command.person = Person(how / 3).person;
      // Seldom, lest nobody is left to act.
      if (how % 8 != 0) command.reasons = "";
      return command;
    }
    case 54:
      return WholeAnnotation(actor);
    case 55: {
      SupersedeEvidence command = WholeSuperseding(actor);
      command.superseded = IdOf<EvidenceId>(how % 4);
      command.evidence_id = IdOf<EvidenceId>(how / 4 % 4);
      return command;
    }
    case 56: {
      AttestOriginal command = WholeAttestation(actor);
      if (spoilt) command.kept_where = "";
      return command;
    }
    case 58: {
      SettleName command = WholeSettling(actor);
      if (spoilt) command.reasons = "";
      if (how % 7 == 0) command.name = "Ms Someone";
      return command;
    }
    case 57: {
      RecordBarringOutcome command = WholeBarringOutcome(actor);
      command.outcome = static_cast<events::BarringOutcome>(how % 4);
      return command;
    }
    default: {
      FileEvidence command = WholeScreenPrint(actor, how % 4);
      if (spoilt) command.sighting->clear_place();
      return command;
    }
  }
}

CaseDecision DecideAny(const CaseState& state, const AnyCommand& command) {
  return std::visit([&state](const auto& c) { return DecideWithoutLinks(state, c); }, command);
}

const kernel::Actor& ActorOf(const AnyCommand& command) {
  return std::visit([](const auto& c) -> const kernel::Actor& { return c.by.actor; }, command);
}

std::vector<CaseEvent> EventsOf(const CaseDecision& decision) {
  const auto* events = std::get_if<std::vector<CaseEvent>>(&decision);
  return events == nullptr ? std::vector<CaseEvent>() : *events;
}

CaseState Open(const Opening& opening) {
  const auto [kind, route, answer, subjects, reporter] = opening;
  CaseEvent event = Reported(static_cast<events::Route>(1 + route % 4),
                             static_cast<events::IncidentKind>(1 + kind % 6));
  events::IncidentReported& reported = *event.mutable_incident_reported();
  // Often enough "no" for files to be filed.
  reported.set_indecent_image_answer(
      static_cast<events::IndecentImageAnswer>(answer % 2 == 0 ? 1 : 1 + answer % 3));
  if (reported.route() == events::ROUTE_LINE_MANAGER) {
    reported.set_line_manager_id(kLineManager.person.Bytes());
  }
  if (reported.kind() == events::INCIDENT_KIND_UNSUITABLE_MATERIAL) {
    reported.set_recipient_id(Person(3 + answer % 5).person.Bytes());
  }
  for (uint8_t i = 0; i < 8; ++i) {
    // Few subjects, lest nobody is left to act.
    if ((subjects >> i & 1) != 0 && (subjects & (subjects - 1)) == 0) {
      *reported.add_parties() = PartyOf(events::CAPACITY_SUBJECT, Person(i).person);
    }
  }
  if (subjects % 3 == 0) {
    *reported.add_parties() = NamedParty(events::CAPACITY_SUBJECT, "Ms Newcomer");
  }
  // Sometimes with one clause, so that P06 and P18 come about as reported too.
  if (answer % 3 == 0) {
    reported.add_breached_clauses(static_cast<events::BreachClause>(6 + subjects % 14));
  }
  for (int number = 0; number < kind / 6 % 3; ++number) {
    *reported.add_parties() = NamedParty(events::CAPACITY_TARGET, TargetName(number));
  }
  CaseState state;
  Happen(state, event, Person(reporter % 7));
  return state;
}

CaseState After(const Opening& opening, const std::vector<Step>& steps) {
  CaseState state = Open(opening);
  for (const Step& step : steps) {
    const AnyCommand command = CommandOf(step);
    for (const CaseEvent& event : EventsOf(DecideAny(state, command))) {
      Happen(state, event, ActorOf(command));
    }
  }
  return state;
}

}  // namespace wardbook::casework
