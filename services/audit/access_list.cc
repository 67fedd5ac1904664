#include "services/audit/access_list.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/kernel/reason.h"
#include "services/kernel/timestamp.h"
#include "services/runtime/refusal_log.h"
#include "services/runtime/stream_reader.h"
#include "storage/base/status_macros.h"
#include "wardbook/events/v1/access_event.pb.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::audit {
namespace {

using ::wardbook::events::v1::AccessEvent;
using ::wardbook::events::v1::CaseEvent;
using ::wardbook::events::v1::CommandRefused;

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

// "CaseService.CloseCase" as "Close case".
std::string MethodInWords(absl::string_view method) {
  const absl::string_view name = method.substr(method.rfind('.') + 1);
  std::string words;
  for (const char c : name) {
    if (absl::ascii_isupper(static_cast<unsigned char>(c)) && !words.empty()) {
      words.push_back(' ');
      words.push_back(absl::ascii_tolower(static_cast<unsigned char>(c)));
    } else {
      words.push_back(c);
    }
  }
  return words;
}

const kernel::ReasonText* FindReason(absl::string_view code) {
  for (const kernel::ReasonText& reason : kernel::Catalogue()) {
    if (reason.code == code) return &reason;
  }
  return nullptr;
}

std::string WhatWasRefused(const CommandRefused& refused) {
  std::string what = absl::StrCat("\"", MethodInWords(refused.command()), "\" was refused");
  if (!refused.clauses().empty()) {
    absl::StrAppend(&what, " under ", absl::StrJoin(refused.clauses(), ", "));
  }
  absl::StrAppend(&what, ": ", refused.reason());
  if (const kernel::ReasonText* reason = FindReason(refused.reason())) {
    absl::StrAppend(&what, ". ", reason->message);
  }
  if (!refused.case_ref().empty()) absl::StrAppend(&what, " Case: ", refused.case_ref(), ".");
  if (refused.counted_before() > 0) {
    absl::StrAppend(&what, " Before it ", refused.counted_before(),
                    refused.counted_before() == 1 ? " more was" : " more were",
                    " refused and only counted.");
  }
  return what;
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
    case AccessEvent::kRegistersChecked:
      return absl::StrCat("What the registers have of the people of the case, as of entry ",
                          event.registers_checked().revision());
    case AccessEvent::kCommandRefused:
      return WhatWasRefused(event.command_refused());
    case AccessEvent::BODY_NOT_SET:
      break;
  }
  return absl::DataLossError("an access event says nothing");
}

absl::StatusOr<wardbook::v1::AccessEntry> EntryOf(const AuditParts& parts,
                                                  const runtime::Call& call,
                                                  const runtime::Recorded<AccessEvent>& recorded,
                                                  const FileNames& names) {
  wardbook::v1::AccessEntry entry;
  *entry.mutable_recorded_time() = kernel::TimestampOf(recorded.header.recorded_time);
  entry.set_actor_id(recorded.header.actor.Hex());
  const std::optional<runtime::PersonEntry> actor =
      parts.directory.Find(call.caller.school, recorded.header.actor, call.now);
  if (actor.has_value()) entry.set_actor_name(actor->name);
  WARDBOOK_ASSIGN_OR_RETURN(*entry.mutable_what(), WhatWasShown(recorded.event, names));
  entry.set_position(recorded.position);
  if (recorded.event.has_command_refused()) {
    *entry.mutable_refused() = recorded.event.command_refused();
  }
  return entry;
}

// A page of an access stream, and the token of the next one if there is one.
struct EventPage {
  std::vector<runtime::Recorded<AccessEvent>> events;
  std::string next_token;
};

absl::StatusOr<EventPage> ReadEventPage(const AuditParts& parts, const SchoolId& school,
                                        const std::string& stream, const Page& page) {
  EventPage read;
  // One more than is shown tells whether there is another page.
  WARDBOOK_ASSIGN_OR_RETURN(read.events,
                            runtime::ReadEvents<AccessEvent>(parts.log, parts.vault, school, stream,
                                                             page.from, page.limit + 1));
  if (read.events.size() > page.limit) {
    read.events.pop_back();
    read.next_token = absl::StrCat(page.from + page.limit);
  }
  return read;
}

}  // namespace

absl::StatusOr<wardbook::v1::ListAccessResponse> ReadAccessList(const AuditParts& parts,
                                                                const runtime::Call& call,
                                                                const kernel::CaseRef& ref,
                                                                const Page& page) {
  const SchoolId& school = call.caller.school;
  WARDBOOK_ASSIGN_OR_RETURN(EventPage read, ReadEventPage(parts, school, ref.AccessStream(), page));
  wardbook::v1::ListAccessResponse response;
  response.set_next_page_token(std::move(read.next_token));
  // Read when the first of the page's entries is of a file.
  FileNames names;
  bool names_are_read = false;
  for (const runtime::Recorded<AccessEvent>& recorded : read.events) {
    if (recorded.event.has_evidence_revealed() && !names_are_read) {
      WARDBOOK_ASSIGN_OR_RETURN(names, ReadFileNames(parts, school, ref));
      names_are_read = true;
    }
    WARDBOOK_ASSIGN_OR_RETURN(*response.add_entries(), EntryOf(parts, call, recorded, names));
  }
  return response;
}

absl::StatusOr<wardbook::v1::ListRefusalsResponse> ReadRefusals(const AuditParts& parts,
                                                                const runtime::Call& call,
                                                                const Page& page) {
  const SchoolId& school = call.caller.school;
  WARDBOOK_ASSIGN_OR_RETURN(EventPage read,
                            ReadEventPage(parts, school, runtime::kRefusalsStream, page));
  wardbook::v1::ListRefusalsResponse response;
  response.set_next_page_token(std::move(read.next_token));
  for (runtime::Recorded<AccessEvent>& recorded : read.events) {
    // None is recorded here, and a log may be older than that: whoever reads it may be
    // the one from whom the case is kept.
    if (recorded.event.has_command_refused()) {
      recorded.event.mutable_command_refused()->clear_case_ref();
    }
    WARDBOOK_ASSIGN_OR_RETURN(*response.add_entries(), EntryOf(parts, call, recorded, {}));
  }
  const runtime::RefusalLog::Counts counts = parts.rpc.RefusalCountsOf(school);
  response.set_recorded_count(counts.recorded);
  response.set_counted_count(counts.counted);
  return response;
}

}  // namespace wardbook::audit
