// What the Governing Body is told, and what it does (P22). As a body it never sees
// a case: governors who may have to hear it later must come to it fresh.

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "services/casework/domain/decide.h"
#include "services/casework/domain/decision_record.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/sight.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using kernel::Role;
using wardbook::events::v1::CaseEvent;

// The words of a text as they are written, without what stands between them.
std::vector<std::string> WordsOf(absl::string_view text) {
  return absl::StrSplit(text, absl::ByAnyChar(" \t\r\n.,;:!?()\"/"), absl::SkipEmpty());
}

// A last name counts where it is written as a name: "Green", and not "green".
bool Names(const std::vector<std::string>& summary, const std::string& name) {
  const std::vector<std::string> words = WordsOf(name);
  if (words.empty()) return false;
  const std::string& last = words.back();
  for (const std::string& word : summary) {
    if (word == last || word == last + "'s" || word == last + "\u2019s") return true;
  }
  return false;
}

Refusal CheckSummary(const CaseState& state, const std::string& summary) {
  const Refusal refusal = RequireText(summary, "summary", kShortCharactersMax);
  if (refusal && refusal->reason == Reason::kFieldTooLong) {
    return Rejected{Reason::kGoverningBodyMinimum, "summary"};
  }
  if (refusal) return refusal;
  const std::vector<std::string> words = WordsOf(summary);
  for (const std::string& name : state.party_names) {
    if (Names(words, name)) return Rejected{Reason::kGoverningBodyNames, "summary"};
  }
  return std::nullopt;
}

}  // namespace

CaseDecision Decide(const CaseState& state, const InformGoverningBody& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RefuseBeforePolice(state),
      })) {
    return *refusal;
  }
  if (!command.by.actor.HasAny({Role::kHeadteacher, Role::kChairOfGovernors})) {
    return Rejected{Reason::kHeadOrChairInforms, ""};
  }
  if (Refusal refusal = CheckSummary(state, command.summary)) return *refusal;

  CaseEvent event;
  event.mutable_governing_body_informed()->set_summary(command.summary);
  return UnlessDecided(state.decided.governing_body_informed, event.governing_body_informed(),
                       event);
}

CaseDecision Decide(const CaseState& state, const RecordGoverningBodyAction& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnless(state, command.by.actor, {Sight::kHandler}),
          RefuseBeforePolice(state),
          RequireText(command.minute_reference, "minute_reference", kShortCharactersMax),
      })) {
    return *refusal;
  }
  if (!state.decided.governing_body_informed) {
    return Rejected{Reason::kGoverningBodyNotInformed, ""};
  }

  CaseEvent event;
  event.mutable_governing_body_action_recorded()->set_minute_reference(command.minute_reference);
  return UnlessDecided(state.decided.governing_body_action, event.governing_body_action_recorded(),
                       event);
}

}  // namespace wardbook::casework
