// Files in evidence (P36-P38, P43, P44).

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
using wardbook::events::v1::EvidenceFiled;
using wardbook::events::v1::EvidenceKind;
using wardbook::events::v1::OnlinePlace;
using wardbook::events::v1::Sighting;

enum class SightingDuty { kMandatory, kOptional };

// One of date, time and place: given, or not known with a reason; not both,
// because a reader could not tell which to believe.
struct SightingPart {
  absl::string_view field;
  absl::string_view reason_field;
  bool given = false;
  absl::string_view not_known_because;
};

Refusal CheckPart(const SightingPart& part, SightingDuty duty) {
  const bool excused = !IsBlank(part.not_known_because);
  if (part.given && excused) {
    return Rejected{Reason::kFieldInvalid, std::string(part.reason_field)};
  }
  if (!part.given && !excused && duty == SightingDuty::kMandatory) {
    return Rejected{Reason::kSightingIncomplete, std::string(part.field)};
  }
  return AllowText(part.not_known_because, part.reason_field, kLineCharactersMax);
}

bool IsGiven(const OnlinePlace& place) {
  return !IsBlank(place.platform()) || !IsBlank(place.address()) || !IsBlank(place.account());
}

// P44: time, date and place of the site.
Refusal CheckSighting(const Sighting& sighting, SightingDuty duty, absl::Time now) {
  return FirstOf({
      CheckPart({"sighting.date", "sighting.date_not_known_because", !sighting.date().empty(),
                 sighting.date_not_known_because()},
                duty),
      CheckPart({"sighting.time", "sighting.time_not_known_because", !sighting.time().empty(),
                 sighting.time_not_known_because()},
                duty),
      CheckPart({"sighting.place", "sighting.place_not_known_because", IsGiven(sighting.place()),
                 sighting.place_not_known_because()},
                duty),
      DemandedBy("P44", AllowPast({sighting.date(), sighting.time(), sighting.utc_offset_minutes()},
                                  "sighting", now)),
      AllowPlace(sighting.place(), "sighting.place"),
  });
}

SightingDuty DutyOf(EvidenceKind kind) {
  return kind == wardbook::events::v1::EVIDENCE_KIND_SCREEN_PRINT ? SightingDuty::kMandatory
                                                                  : SightingDuty::kOptional;
}

Refusal CheckFields(const FileEvidence& command) {
  if (Refusal refusal = RequireChoice(command.kind, "kind")) return refusal;
  if (command.size == 0) return Rejected{Reason::kFileEmpty, ""};
  return FirstOf({
      RequireText(command.file_name, "file_name", kFileNameCharactersMax),
      CheckSighting(command.sighting.value_or(Sighting()), DutyOf(command.kind), command.by.now),
      AllowText(command.captured_by, "captured_by", kLineCharactersMax),
      AllowText(command.captured_with, "captured_with", kLineCharactersMax),
      AllowText(command.description, "description", kTextCharactersMax),
  });
}

EvidenceFiled FiledOf(const FileEvidence& command) {
  EvidenceFiled filed;
  filed.set_evidence_id(command.evidence_id.Bytes());
  filed.set_kind(command.kind);
  filed.set_file_name(command.file_name);
  filed.set_media_type(command.media_type);
  filed.set_size(command.size);
  filed.set_sha256(command.sha256.Bytes());
  if (command.sighting) *filed.mutable_sighting() = *command.sighting;
  filed.set_captured_by(OrOwnName(command.captured_by, command.by));
  filed.set_captured_with(command.captured_with);
  filed.set_description(command.description);
  filed.set_key_id(command.key_id.Bytes());
  filed.set_sealed_sha256(command.sealed_sha256.Bytes());
  return filed;
}

const FiledEvidence* FindFile(const CaseState& state, const EvidenceId& id) {
  const auto found = std::find_if(state.evidence.begin(), state.evidence.end(),
                                  [&id](const FiledEvidence& file) { return file.id == id; });
  return found == state.evidence.end() ? nullptr : &*found;
}

// P36 and P38: what may be such an image is opened by nobody in the school.
Refusal RefuseShowing(const CaseState& state) {
  if (state.indecent_image_suspected) return Rejected{Reason::kIndecentImageNoStore, ""};
  return std::nullopt;
}

}  // namespace

CaseDecision Decide(const CaseState& state, const FileEvidence& command) {
  if (Refusal refusal = RefuseFiles(state, command.by.actor)) return *refusal;
  const FiledEvidence* const earlier = FindFile(state, command.evidence_id);
  if (state.closed && earlier == nullptr) return Rejected{Reason::kCaseClosed, ""};
  if (Refusal refusal = CheckFields(command)) return *refusal;
  CaseEvent event;
  *event.mutable_evidence_filed() = FiledOf(command);
  if (earlier != nullptr) {
    if (MessageDifferencer::Equals(earlier->filed, event.evidence_filed())) {
      return std::vector<CaseEvent>{};
    }
    return Rejected{Reason::kEvidenceFiledAlready, "upload_id"};
  }
  return std::vector<CaseEvent>{std::move(event)};
}

Refusal Refuses(const CaseState& state, const TakeFile& command) {
  if (Refusal refusal = RefuseFiles(state, command.by.actor)) return refusal;
  const bool is_answered =
      command.indecent_image_answer != wardbook::events::v1::INDECENT_IMAGE_ANSWER_UNSPECIFIED;
  // Not sure counts as yes.
  if (is_answered &&
      command.indecent_image_answer != wardbook::events::v1::INDECENT_IMAGE_ANSWER_NO) {
    return Rejected{Reason::kIndecentImageNoStore, ""};
  }
  if (Refusal refusal = RefuseClosed(state)) return refusal;
  if (!is_answered) return Rejected{Reason::kIndecentImageNotAsked, "indecent_image_answer"};
  if (!command.kind.has_value()) return std::nullopt;
  if (Refusal refusal = RequireChoice(*command.kind, "kind")) return refusal;
  return CheckSighting(command.sighting, DutyOf(*command.kind), command.by.now);
}

Refusal Refuses(const CaseState& state, const RevealFile& command) {
  const kernel::Actor& actor = command.by.actor;
  if (Refusal refusal = FirstOf({RefuseUnlessSeen(state, actor), RefuseShowing(state)})) {
    return refusal;
  }
  const Sight sight = SightOf(state, actor);
  const FiledEvidence* file = FindFile(state, command.evidence_id);
  if (file == nullptr || (!SeesWhole(sight) && file->filed_by != actor.person)) {
    return Rejected{Reason::kNoSuchEvidence, "evidence_id"};
  }
  // To look at a file is to evaluate it, but for those who give the advice.
  if (sight == Sight::kOfficer) return std::nullopt;
  return RefuseInvestigation(state);
}

Refusal Refuses(const CaseState& state, const ExportCase& command) {
  if (Refusal refusal = RefuseUnless(state, command.by.actor, {Sight::kHandler, Sight::kOfficer})) {
    return refusal;
  }
  // A bundle has every entry as it was recorded: without files, and of a case in
  // which the image was suspected from the report on, there is nothing to hide in it.
  const bool suspected_later =
      state.indecent_image_suspected && state.suspected_time != state.reported_time;
  if (state.evidence.empty() && !suspected_later) return std::nullopt;
  if (Refusal refusal = RefuseShowing(state)) return refusal;
  if (SightOf(state, command.by.actor) == Sight::kOfficer) return std::nullopt;
  return RefuseInvestigation(state);
}

}  // namespace wardbook::casework
