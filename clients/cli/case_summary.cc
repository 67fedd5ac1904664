#include "clients/cli/case_summary.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "clients/cli/words.h"

namespace wardbook::cli {
namespace {

std::string Counted(uint64_t count, absl::string_view one, absl::string_view many) {
  return absl::StrCat(count, " ", count == 1 ? one : many);
}

}  // namespace

void ShowSummary(const v1::CaseSummary& summary, Screen& screen) {
  screen.Line(summary.case_ref(), "  ", Phrase(summary.kind()), ", ", Phrase(summary.stage()),
              ", with ", Phrase(summary.route()));
  if (summary.indecent_image_suspected()) {
    screen.Line("  Police first: an indecent image is suspected. No files may be added.");
  }
  screen.Line("  Reported ", TimeInWords(summary.reported_time()), ", last change ",
              TimeInWords(summary.changed_time()), ".");
  screen.Line("  ", Counted(summary.revision(), "entry", "entries"), ", ",
              Counted(summary.evidence_count(), "file", "files"), " in evidence",
              summary.referred() ? ", referred to Lancashire Safeguarding." : ".");
}

void ShowReport(const v1::ReportSummary& report, Screen& screen) {
  screen.Line(report.case_ref(), "  ", Phrase(report.kind()), ", ", Phrase(report.stage()),
              ", with ", Phrase(report.route()));
  screen.Line("  Reported ", TimeInWords(report.reported_time()), ", last change ",
              TimeInWords(report.changed_time()), ".");
  if (!report.message_to_reporter().empty()) {
    screen.Line("  You were told: ", report.message_to_reporter());
  }
  screen.Line("  Next: ", report.next_step());
}

void ShowRemainingSteps(const google::protobuf::RepeatedPtrField<v1::RemainingStep>& steps,
                        Screen& screen) {
  if (steps.empty()) return;
  screen.Line("Before the case can be closed:");
  for (const v1::RemainingStep& step : steps) {
    const std::string clauses = absl::StrJoin(step.clauses(), ", ");
    screen.Line("  - ", step.message(), clauses.empty() ? "" : absl::StrCat(" (", clauses, ")"));
    screen.Line("    ", step.next_step());
  }
}

}  // namespace wardbook::cli
