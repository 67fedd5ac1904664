#include "clients/cli/case_summary.h"

#include "clients/cli/words.h"

namespace wardbook::cli {

void ShowSummary(const v1::CaseSummary& summary, Screen& screen) {
  screen.Line(summary.case_ref(), "  ", Word(summary.stage()), "  ", Word(summary.kind()),
              ", with ", Word(summary.route()));
  if (summary.indecent_image_suspected()) {
    screen.Line("  Police first: an indecent image is suspected. No files may be added.");
  }
  screen.Line("  Reported ", TimeInWords(summary.reported_time()), ", last change ",
              TimeInWords(summary.changed_time()), ".");
  screen.Line("  Revision ", summary.revision(), ", ", summary.evidence_count(),
              summary.evidence_count() == 1 ? " file" : " files", " in evidence",
              summary.referred() ? ", referred to Lancashire Safeguarding." : ".");
}

void ShowReport(const v1::ReportSummary& report, Screen& screen) {
  screen.Line(report.case_ref(), "  ", Word(report.stage()), ", with ", Word(report.route()));
  screen.Line("  Next: ", report.next_step());
  if (!report.message_to_reporter().empty()) {
    screen.Line("  You were told: ", report.message_to_reporter());
  }
  screen.Line("  Reported ", TimeInWords(report.reported_time()), ", last change ",
              TimeInWords(report.changed_time()), ".");
}

}  // namespace wardbook::cli
