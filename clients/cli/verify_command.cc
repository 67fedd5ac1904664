// Examining a bundle, which needs no server, no account and no network.

#include <memory>
#include <optional>
#include <string>

#include "clients/cli/bundle_report_screen.h"
#include "clients/cli/commands.h"
#include "storage/base/status_macros.h"
#include "storage/bundle/bundle_source.h"
#include "storage/bundle/extract_bundle.h"
#include "storage/bundle/verify_bundle.h"

namespace wardbook::cli {
namespace {

struct Examination {
  std::string file;
  std::string key;
  std::string extract_to;
};

absl::Status Verify(Program& program, const Examination& examination) {
  std::optional<checkpoint::NoteVerifier> key;
  if (!examination.key.empty()) {
    WARDBOOK_ASSIGN_OR_RETURN(key, checkpoint::NoteVerifier::Parse(examination.key));
  }
  WARDBOOK_ASSIGN_OR_RETURN(const bundle::BundleSource source,
                            bundle::OpenBundleFile(examination.file));
  WARDBOOK_ASSIGN_OR_RETURN(const bundle::BundleReport report, bundle::VerifyBundle(source, key));
  Screen& screen = program.screen();
  program.format() == Format::kJson ? screen.Json(ReportStruct(report))
                                    : ShowReport(report, screen);
  if (report.verdict != bundle::Verdict::kIntact) {
    return absl::DataLossError("The bundle is not intact.");
  }
  if (examination.extract_to.empty()) return absl::OkStatus();
  WARDBOOK_RETURN_IF_ERROR(bundle::ExtractBundle(source, report, examination.extract_to));
  if (program.format() == Format::kWords) {
    screen.Blank();
    screen.Line("The files are in ", examination.extract_to, ".");
  }
  return absl::OkStatus();
}

}  // namespace

void AddVerifyCommand(Program& program) {
  CLI::App& app = program.Command("verify", "Check a bundle, offline");
  auto examination = std::make_shared<Examination>();
  app.add_option("FILE", examination->file, "The bundle")->required();
  app.add_option("--key", examination->key, "The school's key, if you have it from elsewhere");
  app.add_option("--extract", examination->extract_to,
                 "Take the files out to this directory if the bundle is intact");
  program.WhenChosen(app, [&program, examination] { return Verify(program, *examination); });
}

}  // namespace wardbook::cli
