#include "clients/cli/case_registers_screen.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/register_entry.h"
#include "clients/cli/words.h"
#include "storage/bundle/bundled_event.h"
#include "storage/bundle/event_words.h"

namespace wardbook::cli {
namespace {

// "subject and witness; reported it".
std::string PartInWords(const v1::PersonInRegisters& person) {
  std::vector<std::string> capacities;
  for (const int capacity : person.capacities()) {
    capacities.push_back(Phrase(static_cast<events::v1::Capacity>(capacity)));
  }
  std::string words = absl::StrJoin(capacities, " and ");
  if (person.is_presumed()) {
    absl::StrAppend(&words, ", found by the name in the report, so that it may be somebody else");
  }
  if (person.is_reporter()) absl::StrAppend(&words, words.empty() ? "" : "; ", "reported it");
  return words;
}

std::string TitleOf(const v1::CheckedEntry& entry) {
  if (entry.event().has_permission_requested()) {
    return absl::StrCat(bundle::Capitalised(Phrase(entry.permission_kind())),
                        ": permission asked for");
  }
  return RegisterEventTitle(entry.event());
}

std::string TermInWords(const v1::CheckedEntry& entry) {
  std::string words = absl::StrCat("from ", TimeInWords(entry.from_time()));
  if (entry.has_until_time()) {
    absl::StrAppend(&words, " until ", TimeInWords(entry.until_time()));
  } else {
    absl::StrAppend(&words, ", with no end so far");
  }
  return words;
}

// `then` is the time that was asked about, such as "at that minute".
std::string StandingInWords(const v1::CheckedEntry& entry, const std::string& then) {
  switch (entry.standing()) {
    case v1::ENTRY_STANDING_IN_FORCE:
      return absl::StrCat("In force ", then, ": ", TermInWords(entry), ".");
    case v1::ENTRY_STANDING_NOT_IN_FORCE:
      return entry.has_from_time()
                 ? absl::StrCat("NOT in force ", then, ", but ", TermInWords(entry), ".")
                 : absl::StrCat("NOT in force ", then, ", and at no other time.");
    case v1::ENTRY_STANDING_NO_TERM:
      return "It tells of a departure from the policy and permits none.";
    default:
      return "How it stood then is not known to this program.";
  }
}

std::string RecordingInWords(const v1::CheckedEntry& entry, bool time_is_known) {
  const std::string recorded = absl::StrCat(
      TimeInWords(entry.recorded_time()), ", by ",
      entry.recorded_by_name().empty() ? entry.recorded_by_id() : entry.recorded_by_name());
  switch (entry.recording()) {
    case v1::ENTRY_RECORDING_BEFORE:
      return absl::StrCat("Recorded before it happened: ", recorded, ".");
    case v1::ENTRY_RECORDING_SAME_TIME:
      return absl::StrCat("Recorded ",
                          time_is_known ? "in the minute in which" : "on the day on which",
                          " it happened: ", recorded, ".");
    case v1::ENTRY_RECORDING_AFTER:
      return absl::StrCat("Recorded ONLY AFTER it happened: ", recorded, ".");
    case v1::ENTRY_RECORDING_AFTER_REPORT:
      return absl::StrCat("Recorded ONLY AFTER it was reported: ", recorded, ".");
    default:
      return absl::StrCat("Recorded ", recorded, ".");
  }
}

}  // namespace

void ShowCaseRegisters(const v1::CheckRegistersRequest& request,
                       const v1::CheckRegistersResponse& response, Screen& screen) {
  const bool time_is_known = !response.happened_at().time().empty();
  const std::string then = time_is_known ? "at that minute" : "on that day";
  screen.Line("Case ", request.case_ref(), " happened ",
              bundle::DateTimeText(response.happened_at()).value_or("at a time not known"),
              " and was reported ", TimeInWords(response.reported_time()), ".");
  for (const v1::PersonInRegisters& person : response.people()) {
    screen.Blank();
    screen.Line(person.name().empty() ? person.person_id() : person.name(), ", ",
                PartInWords(person));
    if (person.has_no_photo_answer()) {
      screen.Line("  Photographs: the registers have no answer of a parent (P31).");
    }
    for (const v1::CheckedEntry& entry : person.entries()) {
      screen.Line("  ", TitleOf(entry));
      screen.Line("    ", StandingInWords(entry, then));
      screen.Line("    ", RecordingInWords(entry, time_is_known));
      ShowRegisterEventFields(entry.event(), entry.people(), screen);
      screen.Command("  Id: ", entry.entry_id());
    }
    if (person.entries().empty() && !person.has_no_photo_answer()) {
      screen.Line("  The registers have nothing.");
    }
    if (person.left_out() > 0) {
      screen.Line("  ", person.left_out(), " more did not fit: see the lists of the registers.");
    }
  }
  screen.Blank();
  screen.Line(
      "This decides nothing: what was permitted or made known does not show that nothing was "
      "wrong.");
}

void ShowRegisterHint(const v1::CaseFile& file, Screen& screen) {
  if (file.register_clauses().empty()) return;
  screen.Blank();
  screen.Line("Whether it was permitted, made known or consented to at the time:");
  screen.Command("wardbook case registers ", file.summary().case_ref());
}

}  // namespace wardbook::cli
