#include "services/people/school_register.h"

#include <vector>

#include "services/people/streams.h"
#include "services/runtime/stream_reader.h"
#include "storage/base/side_by_side.h"
#include "storage/base/status_macros.h"

namespace wardbook::people {

using wardbook::events::v1::SchoolEvent;

absl::StatusOr<std::unique_ptr<SchoolRegister>> SchoolRegister::Open(
    const storage::EventLog& log, const vault::Vault& vault,
    const vault::SecretTable& short_names) {
  auto schools = std::unique_ptr<SchoolRegister>(new SchoolRegister(short_names));
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<SchoolId> ids, log.ListSchools());
  std::vector<absl::StatusOr<std::vector<runtime::Recorded<SchoolEvent>>>> read(ids.size());
  SideBySide(ids.size(), [&](size_t i) {
    // The first event of a school's stream is the only one.
    read[i] = runtime::ReadEvents<SchoolEvent>(log, vault, ids[i], SchoolStream(ids[i]), 1, 1);
  });
  for (size_t i = 0; i < ids.size(); ++i) {
    const SchoolId& id = ids[i];
    const absl::StatusOr<std::vector<runtime::Recorded<SchoolEvent>>>& events = read[i];
    // A school whose log is damaged keeps no other from working.
    if (runtime::IsDamage(events.status())) {
      schools->failures_.emplace_back(id, events.status());
      continue;
    }
    WARDBOOK_RETURN_IF_ERROR(events.status());
    SchoolState state;
    for (const auto& recorded : *events) Evolve(state, recorded.event);
    if (state.name) schools->names_[id] = *std::move(state.name);
  }
  return schools;
}

std::optional<std::string> SchoolRegister::NameOf(const SchoolId& school) const {
  const auto found = names_.find(school);
  if (found == names_.end()) return std::nullopt;
  return found->second;
}

absl::StatusOr<std::optional<SchoolId>> SchoolRegister::FindByShortName(
    absl::string_view short_name) const {
  return FindShortName(short_names_, short_name);
}

absl::StatusOr<std::optional<SchoolId>> FindShortName(const vault::SecretTable& short_names,
                                                      absl::string_view short_name) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> row, short_names.Get(short_name));
  if (!row) return std::nullopt;
  const std::optional<SchoolId> school = SchoolId::FromBytes(*row);
  if (!school) return absl::DataLossError("the row of a school is not an id");
  return school;
}

}  // namespace wardbook::people
