// Professional disagreement: it stands beside what it disputes and changes
// nothing of it.

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "services/casework/domain/decide.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/sight.h"
#include "services/kernel/timestamp.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseEvent;

// Nothing when there is none such; the newest when none is named.
const Disagreement* FindDisagreement(const CaseState& state,
                                     const std::optional<uint64_t>& revision) {
  const std::vector<Disagreement>& all = state.disagreements;
  if (!revision) return all.empty() ? nullptr : &all.back();
  const auto found = std::find_if(all.begin(), all.end(), [&revision](const Disagreement& one) {
    return one.revision == *revision;
  });
  return found == all.end() ? nullptr : &*found;
}

bool IsRaisedAlready(const CaseState& state, const RaiseDisagreement& command) {
  return std::any_of(state.disagreements.begin(), state.disagreements.end(),
                     [&command](const Disagreement& one) {
                       return !one.resolved && one.disputed_revision == command.disputed_revision &&
                              one.reasons == command.reasons &&
                              one.immediate_significant_harm == command.immediate_significant_harm;
                     });
}

// Nothing where one waits to be settled.
Refusal RefuseUnlessUnsettled(const CaseState& state) {
  if (state.disagreements.empty()) {
    return Rejected{Reason::kNoDisagreement, "disagreement_revision"};
  }
  if (!AwaitsSettlement(state)) return Rejected{Reason::kDisagreementResolved, ""};
  return std::nullopt;
}

// Nothing where one has a stage before it.
Refusal RefuseInLastStage(const CaseState& state, const DisagreementRules& rules) {
  const bool has_next = std::any_of(state.disagreements.begin(), state.disagreements.end(),
                                    [&rules](const Disagreement& one) {
                                      return !one.resolved && one.stage < rules.stages.size();
                                    });
  if (has_next) return std::nullopt;
  return Rejected{Reason::kDisagreementLastStage, ""};
}

// Of what does or does not say that significant harm is immediate.
template <class Raised>
absl::Time DueOf(const StageFromNow& stage, const DisagreementRules& rules, const Raised& raised) {
  return raised.immediate_significant_harm ? std::min(stage.due, rules.due_for_harm) : stage.due;
}

}  // namespace

CaseDecision Decide(const CaseState& state, const RaiseDisagreement& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessParty(state, command.by.actor),
          RefuseSchoolBeforePolice(state, command.by.actor),
          RequireText(command.reasons, "reasons", kTextCharactersMax),
      })) {
    return *refusal;
  }
  if (command.disputed_revision == 0 || command.disputed_revision > state.revision) {
    return Rejected{Reason::kNoSuchEntry, "disputed_revision"};
  }
  if (IsRaisedAlready(state, command)) return std::vector<CaseEvent>{};
  if (command.rules.stages.empty()) return Rejected{Reason::kDisagreementLastStage, ""};

  const StageFromNow& stage = command.rules.stages.front();
  CaseEvent event;
  wardbook::events::v1::DisagreementRaised& raised = *event.mutable_disagreement_raised();
  raised.set_disputed_revision(command.disputed_revision);
  raised.set_reasons(command.reasons);
  raised.set_immediate_significant_harm(command.immediate_significant_harm);
  *raised.mutable_due_time() = kernel::TimestampOf(DueOf(stage, command.rules, command));
  raised.set_stage_words(stage.words);
  return std::vector<CaseEvent>{std::move(event)};
}

CaseDecision Decide(const CaseState& state, const EscalateDisagreement& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessParty(state, command.by.actor),
          RefuseSchoolBeforePolice(state, command.by.actor),
          RefuseUnlessUnsettled(state),
      })) {
    return *refusal;
  }
  const Disagreement* disagreement = FindDisagreement(state, command.disagreement_revision);
  if (disagreement != nullptr && !disagreement->resolved && command.stage == disagreement->stage &&
      command.to_whom == disagreement->to_whom) {
    return std::vector<CaseEvent>{};
  }
  if (Refusal refusal = FirstOf({
          RefuseInLastStage(state, command.rules),
          RequireText(command.to_whom, "to_whom", kLineCharactersMax),
      })) {
    return *refusal;
  }
  if (disagreement == nullptr) return Rejected{Reason::kNoDisagreement, "disagreement_revision"};
  if (disagreement->resolved) return Rejected{Reason::kDisagreementResolved, ""};
  if (disagreement->stage >= command.rules.stages.size()) {
    return Rejected{Reason::kDisagreementLastStage, ""};
  }
  // No stage is passed over.
  if (command.stage != disagreement->stage + 1) return Rejected{Reason::kFieldInvalid, "stage"};

  const StageFromNow& stage = command.rules.stages[command.stage - 1];
  CaseEvent event;
  wardbook::events::v1::DisagreementEscalated& escalated = *event.mutable_disagreement_escalated();
  escalated.set_disagreement_revision(disagreement->revision);
  escalated.set_stage(command.stage);
  escalated.set_to_whom(command.to_whom);
  *escalated.mutable_due_time() = kernel::TimestampOf(DueOf(stage, command.rules, *disagreement));
  escalated.set_stage_words(stage.words);
  return std::vector<CaseEvent>{std::move(event)};
}

CaseDecision Decide(const CaseState& state, const ResolveDisagreement& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessParty(state, command.by.actor),
          RefuseSchoolBeforePolice(state, command.by.actor),
      })) {
    return *refusal;
  }
  const Disagreement* disagreement = FindDisagreement(state, command.disagreement_revision);
  if (disagreement != nullptr && disagreement->resolved &&
      disagreement->how_resolved == command.how) {
    return std::vector<CaseEvent>{};
  }
  if (Refusal refusal = FirstOf({
          RefuseUnlessUnsettled(state),
          RequireText(command.how, "how", kTextCharactersMax),
      })) {
    return *refusal;
  }
  if (disagreement == nullptr) return Rejected{Reason::kNoDisagreement, "disagreement_revision"};
  if (disagreement->resolved) return Rejected{Reason::kDisagreementResolved, ""};

  CaseEvent event;
  wardbook::events::v1::DisagreementResolved& resolved = *event.mutable_disagreement_resolved();
  resolved.set_disagreement_revision(disagreement->revision);
  resolved.set_how(command.how);
  return std::vector<CaseEvent>{std::move(event)};
}

}  // namespace wardbook::casework
