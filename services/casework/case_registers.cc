#include "services/casework/case_registers.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/casework/case_commands.h"
#include "services/casework/domain/decide.h"
#include "services/casework/domain/register_check.h"
#include "services/kernel/timestamp.h"
#include "services/runtime/refusal.h"
#include "services/runtime/stream_reader.h"
#include "storage/base/assert.h"
#include "storage/base/status_macros.h"

namespace wardbook::casework {
namespace {

namespace v1 = wardbook::v1;

using runtime::EntryAtTheTime;
using wardbook::events::v1::CaseEvent;

// Entries of an answer: with the longest one there is beside them, within the
// 4 MiB that gRPC takes by default.
constexpr size_t kEntriesBytesMax = 2 << 20;

v1::EntryStanding StandingOf(EntryAtTheTime::Standing standing) {
  switch (standing) {
    case EntryAtTheTime::Standing::kInForce:
      return v1::ENTRY_STANDING_IN_FORCE;
    case EntryAtTheTime::Standing::kNotInForce:
      return v1::ENTRY_STANDING_NOT_IN_FORCE;
    case EntryAtTheTime::Standing::kNoTerm:
      return v1::ENTRY_STANDING_NO_TERM;
  }
  return v1::ENTRY_STANDING_UNSPECIFIED;
}

// When the incident was, and what the answer is made of besides.
struct Incident {
  kernel::Period when;
  absl::Time reported_time;
};

v1::EntryRecording RecordingOf(absl::Time recorded_time, const Incident& incident) {
  if (recorded_time >= incident.reported_time) return v1::ENTRY_RECORDING_AFTER_REPORT;
  if (recorded_time >= incident.when.until) return v1::ENTRY_RECORDING_AFTER;
  if (recorded_time >= incident.when.from) return v1::ENTRY_RECORDING_SAME_TIME;
  return v1::ENTRY_RECORDING_BEFORE;
}

std::string NameOf(const CaseworkParts& parts, const runtime::Call& call, const PersonId& person) {
  auto entry = parts.directory.Find(call.caller.school, person, call.now);
  return entry.has_value() ? std::move(entry->name) : "";
}

v1::CheckedEntry ShownEntry(const CaseworkParts& parts, const runtime::Call& call,
                            const Incident& incident, EntryAtTheTime entry) {
  v1::CheckedEntry shown;
  shown.set_in_register(entry.in_register);
  shown.set_permission_kind(entry.event.permission_requested().kind());
  shown.set_entry_id(std::move(entry.entry_id));
  shown.set_recorded_by_id(entry.recorded_by.Hex());
  shown.set_recorded_by_name(NameOf(parts, call, entry.recorded_by));
  *shown.mutable_recorded_time() = kernel::TimestampOf(entry.recorded_time);
  if (entry.term.has_value()) {
    *shown.mutable_from_time() = kernel::TimestampOf(entry.term->from);
    if (entry.term->until != absl::InfiniteFuture()) {
      *shown.mutable_until_time() = kernel::TimestampOf(entry.term->until);
    }
  }
  shown.set_standing(StandingOf(entry.standing));
  shown.set_recording(RecordingOf(entry.recorded_time, incident));
  for (const PersonId& person : entry.people) {
    std::string name = NameOf(parts, call, person);
    if (name.empty()) continue;
    v1::NamedPerson& named = *shown.add_people();
    named.set_person_id(person.Hex());
    named.set_name(std::move(name));
  }
  *shown.mutable_event() = std::move(entry.event);
  return shown;
}

v1::PersonInRegisters ShownPerson(const CaseworkParts& parts, const runtime::Call& call,
                                  const PersonOfCase& person) {
  v1::PersonInRegisters shown;
  shown.set_person_id(person.id.Hex());
  shown.set_name(NameOf(parts, call, person.id));
  if (shown.name().empty()) shown.set_name(person.name);
  for (const auto capacity : person.capacities) shown.add_capacities(capacity);
  shown.set_is_reporter(person.is_reporter);
  shown.set_is_presumed(person.is_presumed);
  return shown;
}

// The report that the case was opened with.
absl::StatusOr<wardbook::events::v1::IncidentReported> ReadReport(const CaseworkParts& parts,
                                                                  const runtime::Call& call,
                                                                  const SeenCase& seen) {
  WARDBOOK_ASSIGN_OR_RETURN(
      std::vector<runtime::Recorded<CaseEvent>> events,
      runtime::ReadEvents<CaseEvent>(parts.log, parts.vault, call.caller.school, seen.ref.Stream(),
                                     /*from_revision=*/1, /*limit=*/1));
  if (events.empty() || !events.front().event.has_incident_reported()) {
    return absl::DataLossError("a case does not begin with its report");
  }
  return std::move(*events.front().event.mutable_incident_reported());
}

}  // namespace

absl::StatusOr<v1::CheckRegistersResponse> RegistersOfCase(const CaseworkParts& parts,
                                                           const runtime::Call& call,
                                                           const SeenCase& seen) {
  const CaseState& state = seen.card().state;
  if (const auto rejected = Refuses(state, CheckRegisters{ByCaller(parts, call)})) {
    return runtime::OfSeenCase(runtime::Refuse(*rejected));
  }
  WARDBOOK_ASSIGN_OR_RETURN(const auto reported, ReadReport(parts, call, seen));
  const std::optional<kernel::Period> when =
      WhenItHappened(reported.happened_at(), parts.rules.calendar());
  if (!when.has_value()) return absl::DataLossError("a report does not say when it happened");
  const Incident incident{*when, state.reported_time};
  const std::vector<PersonOfCase> people = PeopleOfCase(reported, state.reporter);
  std::vector<PersonId> ids;
  for (const PersonOfCase& person : people) ids.push_back(person.id);
  WARDBOOK_ASSIGN_OR_RETURN(
      std::vector<runtime::EntriesOfPerson> found,
      parts.registers.OfPeople(call.caller.school, ids, incident.when, call.seen_position));
  WARDBOOK_ASSERT(found.size() == people.size());

  v1::CheckRegistersResponse response;
  *response.mutable_happened_at() = reported.happened_at();
  *response.mutable_reported_time() = kernel::TimestampOf(incident.reported_time);
  size_t bytes = 0;
  for (size_t i = 0; i < people.size(); ++i) {
    v1::PersonInRegisters& person = *response.add_people();
    person = ShownPerson(parts, call, people[i]);
    person.set_has_no_photo_answer(people[i].is_pupil && !found[i].has_photo_answer);
    size_t left_out = found[i].left_out;
    for (EntryAtTheTime& entry : found[i].entries) {
      v1::CheckedEntry shown = ShownEntry(parts, call, incident, std::move(entry));
      const size_t size = shown.ByteSizeLong();
      if (bytes + size > kEntriesBytesMax) {
        ++left_out;
        continue;
      }
      bytes += size;
      *person.add_entries() = std::move(shown);
    }
    person.set_left_out(static_cast<uint32_t>(left_out));
  }
  return response;
}

}  // namespace wardbook::casework
