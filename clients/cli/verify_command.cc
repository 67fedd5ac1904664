// Examining a bundle, which needs no server, no account and no network.

#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/bundle_report_screen.h"
#include "clients/cli/commands.h"
#include "clients/cli/failure.h"
#include "clients/cli/given_key.h"
#include "clients/cli/upload.h"
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
    WARDBOOK_ASSIGN_OR_RETURN(key, GivenKey(examination.key));
  }
  WARDBOOK_RETURN_IF_ERROR(SizeOfFile(examination.file).status());
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
  const absl::Status extracted = bundle::ExtractBundle(source, report, examination.extract_to);
  if (!extracted.ok()) {
    return WithNextStep(
        absl::Status(extracted.code(),
                     absl::StrCat("The files could not be taken out to ", examination.extract_to,
                                  ": ", extracted.message(), ".")),
        "Give a directory that is empty or not there yet.");
  }
  if (program.format() == Format::kWords) {
    screen.Blank();
    screen.Line("The files are in ", examination.extract_to);
    screen.Line("Next: Open index.html there in a browser.");
  }
  return absl::OkStatus();
}

}  // namespace

void AddVerifyCommand(Program& program) {
  CLI::App& app = program.Command("verify", "Check a bundle, offline");
  auto examination = std::make_shared<Examination>();
  app.add_option("FILE", examination->file, "The bundle, as it was exported")->required();
  AddKey(app, &examination->key);
  app.add_option("--extract", examination->extract_to,
                 "Take the files out to this directory if the bundle is intact")
      ->type_name("DIRECTORY");
  program.WhenChosen(app, [&program, examination] { return Verify(program, *examination); });
}

}  // namespace wardbook::cli
