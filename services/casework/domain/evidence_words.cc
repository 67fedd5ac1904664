// What is said of a file after it was filed (P43). The file and what was said
// before stay as they are.

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "google/protobuf/util/message_differencer.h"
#include "services/casework/domain/decide.h"
#include "services/casework/domain/fields.h"
#include "services/casework/domain/gates.h"
#include "services/casework/domain/sight.h"

namespace wardbook::casework {
namespace {

using google::protobuf::util::MessageDifferencer;
using kernel::Reason;
using kernel::Rejected;
using wardbook::events::v1::CaseEvent;
using wardbook::events::v1::EvidenceSuperseded;

// A file that this person knows of: to a reporter, one that they filed.
const FiledEvidence* FindKnown(const CaseState& state, const kernel::Actor& actor,
                               const EvidenceId& id) {
  const auto found = std::find_if(state.evidence.begin(), state.evidence.end(),
                                  [&id](const FiledEvidence& file) { return file.id == id; });
  if (found == state.evidence.end()) return nullptr;
  const bool is_reporter = !SeesWhole(SightOf(state, actor));
  return is_reporter && found->filed_by != actor.person ? nullptr : &*found;
}

}  // namespace

// Who did not file it has to look at it to say more of it, which is to evaluate it
// (P41).
CaseDecision Decide(const CaseState& state, const AnnotateEvidence& command) {
  const kernel::Actor& actor = command.by.actor;
  if (Refusal refusal = RefuseFiles(state, actor)) return *refusal;
  const FiledEvidence* const file = FindKnown(state, actor, command.evidence_id);
  if (file == nullptr) return Rejected{Reason::kNoSuchEvidence, "evidence_id"};
  if (Refusal refusal = FirstOf({
          file->filed_by == actor.person ? std::nullopt : RefuseInvestigation(state),
          DemandedBy("P43", RequireText(command.annotation, "annotation", kTextCharactersMax)),
      })) {
    return *refusal;
  }

  CaseEvent event;
  event.mutable_evidence_annotated()->set_evidence_id(command.evidence_id.Bytes());
  event.mutable_evidence_annotated()->set_annotation(command.annotation);
  return std::vector<CaseEvent>{std::move(event)};
}

// A file that has been superseded neither stands for another one nor is superseded
// anew, so that of each chain exactly one file stands.
CaseDecision Decide(const CaseState& state, const SupersedeEvidence& command) {
  const kernel::Actor& actor = command.by.actor;
  if (Refusal refusal = RefuseFiles(state, actor)) return *refusal;
  const FiledEvidence* const before = FindKnown(state, actor, command.superseded);
  if (before == nullptr) return Rejected{Reason::kNoSuchEvidence, "superseded_id"};
  const FiledEvidence* const after = FindKnown(state, actor, command.evidence_id);
  if (after == nullptr) return Rejected{Reason::kNoSuchEvidence, "evidence_id"};
  if (before == after) return Rejected{Reason::kFieldInvalid, "evidence_id", "P43"};

  CaseEvent event;
  EvidenceSuperseded& superseded = *event.mutable_evidence_superseded();
  superseded.set_superseded_id(command.superseded.Bytes());
  superseded.set_evidence_id(command.evidence_id.Bytes());
  superseded.set_reasons(command.reasons);
  if (before->superseded && MessageDifferencer::Equals(*before->superseded, superseded)) {
    return std::vector<CaseEvent>{};
  }
  if (before->superseded) return Rejected{Reason::kEvidenceSuperseded, "superseded_id"};
  if (after->superseded) return Rejected{Reason::kEvidenceSuperseded, "evidence_id"};
  if (Refusal refusal =
          DemandedBy("P43", RequireText(command.reasons, "reasons", kTextCharactersMax))) {
    return *refusal;
  }
  return std::vector<CaseEvent>{std::move(event)};
}

CaseDecision Decide(const CaseState& state, const AttestOriginal& command) {
  const kernel::Actor& actor = command.by.actor;
  if (Refusal refusal = RefuseFiles(state, actor)) return *refusal;
  const FiledEvidence* const file = FindKnown(state, actor, command.evidence_id);
  if (file == nullptr) return Rejected{Reason::kNoSuchEvidence, "evidence_id"};
  if (file->filed_by != actor.person) return Rejected{Reason::kFilerAttests, ""};
  if (Refusal refusal =
          DemandedBy("P43", RequireText(command.kept_where, "kept_where", kLineCharactersMax))) {
    return *refusal;
  }
  if (file->original_kept_where == command.kept_where) return std::vector<CaseEvent>{};

  CaseEvent event;
  event.mutable_original_retained_attested()->set_evidence_id(command.evidence_id.Bytes());
  event.mutable_original_retained_attested()->set_kept_where(command.kept_where);
  return std::vector<CaseEvent>{std::move(event)};
}

}  // namespace wardbook::casework
