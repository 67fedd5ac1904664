// What the police and the authority are told, and by whom (P47).

#include <utility>
#include <vector>

#include "services/casework/domain/bullied.h"
#include "services/casework/domain/decide.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/sight.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseEvent;

// P47: the individual whom the report concerns has decided to make it; where it
// names none, each of them has.
Refusal RefuseUnlessDecided(const CaseState& state, const RecordPoliceReport& command) {
  if (IsBlank(command.target)) {
    if (AllDecidedToReport(state)) return std::nullopt;
    return Rejected{Reason::kTargetDecides, "ground"};
  }
  const Target* const target = FindTarget(state, command.target);
  if (target == nullptr && state.report_names_targets) {
    return Rejected{Reason::kNotATarget, "target"};
  }
  if (target == nullptr || target->police_choice != wardbook::events::v1::POLICE_CHOICE_REPORT) {
    return Rejected{Reason::kTargetDecides, "ground"};
  }
  return std::nullopt;
}

// Safeguarding and the criminal law come before an individual's wishes: one
// ground is theirs to open, the others stand by themselves.
Refusal RefuseGround(const CaseState& state, const RecordPoliceReport& command) {
  const Refusal not_theirs = RefuseUnlessSeen(state, command.by.actor);
  switch (command.ground) {
    case wardbook::events::v1::POLICE_GROUND_CYBER_BULLYING:
      if (not_theirs) return not_theirs;
      if (Refusal refusal = RefuseBeforePolice(state)) return refusal;
      if (Refusal refusal = RefuseUnlessDecided(state, command)) return refusal;
      return AllowText(command.reasons, "reasons", kTextCharactersMax);
    case wardbook::events::v1::POLICE_GROUND_INDECENT_IMAGES:
      if (not_theirs) return not_theirs;
      if (!state.indecent_image_suspected) {
        return Rejected{Reason::kIndecentImageNotSuspected, "ground"};
      }
      return DemandedBy("P47", RequireText(command.reasons, "reasons", kTextCharactersMax));
    case wardbook::events::v1::POLICE_GROUND_CHILD_AT_RISK_OF_HARM:
    case wardbook::events::v1::POLICE_GROUND_STATUTORY_DUTY_TO_REPORT:
    case wardbook::events::v1::POLICE_GROUND_IMMEDIATE_DANGER:
      return DemandedBy("P47", RequireText(command.reasons, "reasons", kTextCharactersMax));
    default:
      return RequireChoice(command.ground, "ground");
  }
}

}  // namespace

CaseDecision Decide(const CaseState& state, const RecordPoliceReport& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessKnown(state, command.by.actor),
          RefuseGround(state, command),
          AllowText(command.target, "target", kShortCharactersMax),
          RequirePast(command.reported_at, "reported_at", command.by.now),
          AllowText(command.reported_by, "reported_by", kLineCharactersMax),
          RequireText(command.how, "how", kLineCharactersMax),
          AllowText(command.log_number, "log_number", kShortCharactersMax),
          AllowText(command.officer, "officer", kLineCharactersMax),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::PoliceReported& reported = *event.mutable_police_reported();
  reported.set_ground(command.ground);
  *reported.mutable_reported_at() = command.reported_at;
  reported.set_reported_by(OrOwnName(command.reported_by, command.by));
  reported.set_how(command.how);
  reported.set_log_number(command.log_number);
  reported.set_officer(command.officer);
  reported.set_reasons(command.reasons);
  const Target* const target = FindTarget(state, command.target);
  if (target != nullptr && command.ground == wardbook::events::v1::POLICE_GROUND_CYBER_BULLYING) {
    if (target->id != PersonId()) reported.set_target_id(target->id.Bytes());
    reported.set_target_name(target->name);
  }
  return std::vector<CaseEvent>{std::move(event)};
}

// The duty is each person's own: nobody's leave, no gate and no closing of the
// case stands in front of recording that it was met.
CaseDecision Decide(const CaseState& state, const RecordDutyNotification& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessKnown(state, command.by.actor),
          RequireChoice(command.recipient, "recipient"),
          RequirePast(command.notified_at, "notified_at", command.by.now),
          RequireText(command.how, "how", kLineCharactersMax),
          AllowText(command.reference, "reference", kShortCharactersMax),
          AllowText(command.reasons, "reasons", kTextCharactersMax),
          AllowText(command.delayed_because, "delayed_because", kTextCharactersMax),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::DutyToReportNotified& notified = *event.mutable_duty_to_report_notified();
  notified.set_recipient(command.recipient);
  *notified.mutable_notified_at() = command.notified_at;
  notified.set_how(command.how);
  notified.set_reference(command.reference);
  notified.set_reasons(command.reasons);
  notified.set_delayed_because(command.delayed_because);
  return std::vector<CaseEvent>{std::move(event)};
}

}  // namespace wardbook::casework
