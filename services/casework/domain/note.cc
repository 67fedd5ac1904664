// Notes, and corrections, which add to an entry and leave it as it is.

#include <cstdint>
#include <utility>
#include <vector>

#include "services/casework/domain/decide.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/sight.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseEvent;

// A reporter corrects what they recorded themselves. Entries of others are not
// shown to them, so that these are answered like entries that do not exist.
bool IsEntryFor(const CaseState& state, const kernel::Actor& actor, uint64_t revision) {
  if (revision == 0 || revision > state.recorded_by.size()) return false;
  return SeesWhole(SightOf(state, actor)) || state.recorded_by[revision - 1] == actor.person;
}

}  // namespace

CaseDecision Decide(const CaseState& state, const AddNote& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessKnown(state, command.by.actor),
          RequireText(command.text, "text", kTextCharactersMax),
      })) {
    return *refusal;
  }

  CaseEvent event;
  event.mutable_note_added()->set_text(command.text);
  event.mutable_note_added()->set_by_handler(
      !RefuseUnless(state, command.by.actor, {Sight::kHandler}));
  return std::vector<CaseEvent>{std::move(event)};
}

CaseDecision Decide(const CaseState& state, const CorrectEntry& command) {
  if (Refusal refusal = FirstOf({
          RefuseUnlessSeen(state, command.by.actor),
          RefuseBeforePolice(state),
          RequireText(command.correction, "correction", kTextCharactersMax),
          RequireText(command.reasons, "reasons", kTextCharactersMax),
      })) {
    return *refusal;
  }
  if (!IsEntryFor(state, command.by.actor, command.corrected_revision)) {
    return Rejected{Reason::kNoSuchEntry, "corrected_revision"};
  }

  CaseEvent event;
  wardbook::events::v1::EntryCorrected& corrected = *event.mutable_entry_corrected();
  corrected.set_corrected_revision(command.corrected_revision);
  corrected.set_correction(command.correction);
  corrected.set_reasons(command.reasons);
  return std::vector<CaseEvent>{std::move(event)};
}

}  // namespace wardbook::casework
