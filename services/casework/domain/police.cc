// The police: what the target decides about them (P47), and what is done with
// them where an indecent image is suspected (P36-P38).

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
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

Refusal RefuseUnlessSuspected(const CaseState& state) {
  if (!state.indecent_image_suspected) return Rejected{Reason::kIndecentImageNotSuspected, ""};
  return std::nullopt;
}

// Whoever it is kept from does not speak for the target, though they reported it.
Refusal RefuseUnlessConveying(const CaseState& state, const kernel::Actor& actor) {
  if (IsKeptFrom(state, actor.person)) return RefuseUnless(state, actor, {Sight::kHandler});
  return RefuseUnless(state, actor, {Sight::kHandler, Sight::kReporter});
}

// A child's decision is the child's, and what the parents say to it stands beside
// it.
Refusal CheckChildsViews(const Target& chooser, const RecordPoliceDecision& command) {
  if (chooser.is_child && command.choice != wardbook::events::v1::POLICE_CHOICE_NOT_YET) {
    if (IsBlank(command.childs_view)) return Rejected{Reason::kChildsViewsMissing, "childs_view"};
    if (IsBlank(command.parents_view)) return Rejected{Reason::kChildsViewsMissing, "parents_view"};
  }
  return FirstOf({
      AllowText(command.childs_view, "childs_view", kTextCharactersMax),
      AllowText(command.parents_view, "parents_view", kTextCharactersMax),
  });
}

// Whose decision it is: who is named, else who records it, else the only one whom
// the report names. Where it names nobody, anybody may be named.
Target ChooserOf(const CaseState& state, const RecordPoliceDecision& command) {
  if (!IsBlank(command.target)) {
    const Target* const named = FindTarget(state, command.target);
    return named == nullptr ? Target{.name = command.target} : *named;
  }
  for (const Target& target : state.bullied) {
    if (target.id == command.by.actor.person) return target;
  }
  return state.bullied.size() == 1 ? state.bullied.front() : Target();
}

Refusal CheckChooser(const CaseState& state, const RecordPoliceDecision& command,
                     const Target& chooser) {
  if (state.report_names_targets && IsBlank(command.target) && chooser.name.empty() &&
      chooser.id == PersonId()) {
    return Rejected{Reason::kFieldMissing, "target", "P47"};
  }
  if (state.report_names_targets && !IsBlank(command.target) &&
      FindTarget(state, command.target) == nullptr) {
    return Rejected{Reason::kNotATarget, "target"};
  }
  return AllowText(command.target, "target", kShortCharactersMax);
}

}  // namespace

// The decision is the target's alone: who records it for them says how they made
// it known. It may change at any time, also when the case is closed.
CaseDecision Decide(const CaseState& state, const RecordPoliceDecision& command) {
  const Target chooser = ChooserOf(state, command);
  const bool by_target =
      state.targets.contains(command.by.actor.person) && chooser.id == command.by.actor.person;
  // From whom it is kept, no gate tells how it stands; what they decided is theirs.
  const bool is_kept = SightOf(state, command.by.actor) == Sight::kOwnEntries;
  if (Refusal refusal = FirstOf({
          by_target ? RefuseUnlessKnown(state, command.by.actor)
                    : RefuseUnlessConveying(state, command.by.actor),
          is_kept ? std::nullopt : RefuseBeforePolice(state),
          RequireChoice(command.choice, "choice"),
          CheckChooser(state, command, chooser),
          by_target ? AllowText(command.conveyed_how, "conveyed_how", kLineCharactersMax)
                    : DemandedBy("P47", RequireText(command.conveyed_how, "conveyed_how",
                                                    kLineCharactersMax)),
          AllowText(command.statement, "statement", kTextCharactersMax),
          CheckChildsViews(chooser, command),
          AllowPastTime(command.decided_at, "decided_at", command.by.now),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::PoliceDecisionRecorded& recorded =
      *event.mutable_police_decision_recorded();
  recorded.set_choice(command.choice);
  recorded.set_conveyed_how(command.conveyed_how);
  recorded.set_statement(command.statement);
  recorded.set_childs_view(command.childs_view);
  recorded.set_parents_view(command.parents_view);
  if (chooser.id != PersonId()) recorded.set_chooser_id(chooser.id.Bytes());
  recorded.set_chooser_name(chooser.name);
  if (command.decided_at) *recorded.mutable_decided_at() = *command.decided_at;
  return std::vector<CaseEvent>{std::move(event)};
}

CaseDecision Decide(const CaseState& state, const SuspectIndecentImage& command) {
  if (Refusal refusal = RefuseUnlessSeen(state, command.by.actor)) return *refusal;
  if (command.answer == wardbook::events::v1::INDECENT_IMAGE_ANSWER_UNSPECIFIED) {
    return Rejected{Reason::kIndecentImageNotAsked, "answer"};
  }
  if (command.answer == wardbook::events::v1::INDECENT_IMAGE_ANSWER_NO) {
    return Rejected{Reason::kFieldInvalid, "answer"};
  }
  // Another place is another image until somebody who may look has said otherwise.
  const std::string place = PlaceInWords(command.where_found);
  const bool is_known = IsBlank(place) || state.image_places.contains(absl::AsciiStrToLower(place));
  if (state.indecent_image_suspected && !state.police_released && is_known) {
    return std::vector<CaseEvent>{};
  }

  CaseEvent event;
  wardbook::events::v1::IndecentImageSuspected& suspected =
      *event.mutable_indecent_image_suspected();
  // An answer that this version does not know is not "no".
  suspected.set_answer(wardbook::events::v1::IndecentImageAnswer_IsValid(command.answer)
                           ? command.answer
                           : wardbook::events::v1::INDECENT_IMAGE_ANSWER_NOT_SURE);
  suspected.set_where_found(place);
  return std::vector<CaseEvent>{std::move(event)};
}

// Anybody who sees the case may have made the call; nobody waits for somebody
// else to record it. Not from whom the case is kept: the gate would be theirs to
// open.
CaseDecision Decide(const CaseState& state, const RecordPoliceInformed& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessSeen(state, command.by.actor),
          RefuseUnlessSuspected(state),
          RequirePast(command.informed_at, "informed_at", command.by.now),
          AllowText(command.informed_by, "informed_by", kLineCharactersMax),
          RequireChoice(command.channel, "channel"),
          AllowText(command.log_number, "log_number", kShortCharactersMax),
          AllowText(command.officer, "officer", kLineCharactersMax),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::PoliceInformed& informed = *event.mutable_police_informed();
  *informed.mutable_informed_at() = command.informed_at;
  informed.set_informed_by(OrOwnName(command.informed_by, command.by));
  informed.set_channel(command.channel);
  informed.set_log_number(command.log_number);
  informed.set_officer(command.officer);
  return std::vector<CaseEvent>{std::move(event)};
}

CaseDecision Decide(const CaseState& state, const RecordPreservationStep& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessSeen(state, command.by.actor),
          RefuseUnlessSuspected(state),
          RequireText(command.step, "step", kLineCharactersMax),
          AllowText(command.kept_in, "kept_in", kLineCharactersMax),
          AllowText(command.done_by, "done_by", kLineCharactersMax),
          RequirePast(command.done_at, "done_at", command.by.now),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::PreservationStepRecorded& recorded =
      *event.mutable_preservation_step_recorded();
  recorded.set_step(command.step);
  recorded.set_kept_in(command.kept_in);
  recorded.set_done_by(OrOwnName(command.done_by, command.by));
  *recorded.mutable_done_at() = command.done_at;
  return std::vector<CaseEvent>{std::move(event)};
}

CaseDecision Decide(const CaseState& state, const RecordPoliceRelease& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RefuseUnlessSuspected(state),
          RefuseBeforePolice(state),
          RequireText(command.officer, "officer", kLineCharactersMax),
          RequireText(command.reference, "reference", kShortCharactersMax),
          RequireText(command.scope, "scope", kTextCharactersMax),
          AllowPastTime(command.released_at, "released_at", command.by.now),
      })) {
    return *refusal;
  }

  CaseEvent event;
  wardbook::events::v1::PoliceReleaseRecorded& released = *event.mutable_police_release_recorded();
  released.set_officer(command.officer);
  released.set_reference(command.reference);
  released.set_scope(command.scope);
  if (command.released_at) *released.mutable_released_at() = *command.released_at;
  return std::vector<CaseEvent>{std::move(event)};
}

}  // namespace wardbook::casework
