#include "services/audit/access_list.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "services/kernel/timestamp.h"
#include "services/runtime/stream_reader.h"
#include "storage/base/status_macros.h"
#include "wardbook/events/v1/access_event.pb.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::audit {
namespace {

using ::wardbook::events::v1::AccessEvent;
using ::wardbook::events::v1::CaseEvent;

// The events of a case that are opened at once.
constexpr size_t kEventsAtOnce = 256;

// By evidence id, as bytes.
using FileNames = absl::flat_hash_map<std::string, std::string>;

absl::StatusOr<FileNames> ReadFileNames(const AuditParts& parts, const SchoolId& school,
                                        const kernel::CaseRef& ref) {
  FileNames names;
  for (uint64_t next = 1;;) {
    WARDBOOK_ASSIGN_OR_RETURN(const std::vector<runtime::Recorded<CaseEvent>> events,
                              runtime::ReadEvents<CaseEvent>(parts.log, parts.vault, school,
                                                             ref.Stream(), next, kEventsAtOnce));
    for (const runtime::Recorded<CaseEvent>& recorded : events) {
      if (!recorded.event.has_evidence_filed()) continue;
      const wardbook::events::v1::EvidenceFiled& filed = recorded.event.evidence_filed();
      names[filed.evidence_id()] = filed.file_name();
    }
    if (events.size() < kEventsAtOnce) return names;
    next += events.size();
  }
}

std::string FileText(const std::string& evidence_id, const FileNames& names) {
  const auto name = names.find(evidence_id);
  if (name == names.end() || name->second.empty()) return "A file in evidence";
  return absl::StrCat("The file \"", name->second, "\" in evidence");
}

absl::StatusOr<std::string> WhatWasShown(const AccessEvent& event, const FileNames& names) {
  switch (event.body_case()) {
    case AccessEvent::kCaseViewed:
      return absl::StrCat("The case, up to entry ", event.case_viewed().revision());
    case AccessEvent::kEvidenceRevealed:
      return FileText(event.evidence_revealed().evidence_id(), names);
    case AccessEvent::kHistoryRead:
      return absl::StrCat("The stored records of the case, up to entry ",
                          event.history_read().revision());
    case AccessEvent::kBundleExported:
      return absl::StrCat("A bundle of the whole case, up to entry ",
                          event.bundle_exported().revision(),
                          ", exported for this purpose: ", event.bundle_exported().purpose());
    case AccessEvent::kReferralFormShown:
      return absl::StrCat("The referral as the council's form, as of entry ",
                          event.referral_form_shown().revision());
    case AccessEvent::BODY_NOT_SET:
      break;
  }
  return absl::DataLossError("an access event says nothing");
}

}  // namespace

absl::StatusOr<wardbook::v1::ListAccessResponse> ReadAccessList(const AuditParts& parts,
                                                                const runtime::Call& call,
                                                                const kernel::CaseRef& ref,
                                                                const Page& page) {
  const SchoolId& school = call.caller.school;
  // One more than is shown tells whether there is another page.
  WARDBOOK_ASSIGN_OR_RETURN(
      std::vector<runtime::Recorded<AccessEvent>> events,
      runtime::ReadEvents<AccessEvent>(parts.log, parts.vault, school, ref.AccessStream(),
                                       page.from, page.limit + 1));
  wardbook::v1::ListAccessResponse response;
  if (events.size() > page.limit) {
    events.pop_back();
    response.set_next_page_token(absl::StrCat(page.from + page.limit));
  }
  // Read when the first of the page's entries is of a file.
  FileNames names;
  bool names_are_read = false;
  for (const runtime::Recorded<AccessEvent>& recorded : events) {
    if (recorded.event.has_evidence_revealed() && !names_are_read) {
      WARDBOOK_ASSIGN_OR_RETURN(names, ReadFileNames(parts, school, ref));
      names_are_read = true;
    }
    wardbook::v1::AccessEntry* const entry = response.add_entries();
    *entry->mutable_recorded_time() = kernel::TimestampOf(recorded.header.recorded_time);
    entry->set_actor_id(recorded.header.actor.Hex());
    const std::optional<runtime::PersonEntry> actor =
        parts.directory.Find(school, recorded.header.actor, call.now);
    if (actor.has_value()) entry->set_actor_name(actor->name);
    WARDBOOK_ASSIGN_OR_RETURN(*entry->mutable_what(), WhatWasShown(recorded.event, names));
    entry->set_position(recorded.position);
  }
  return response;
}

}  // namespace wardbook::audit
