// Exporting a case as one file that anybody can check.

#include <memory>
#include <string>

#include "clients/cli/aside_file.h"
#include "clients/cli/bundle_report_screen.h"
#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "storage/bundle/bundle_source.h"
#include "storage/bundle/verify_bundle.h"
#include "wardbook/v1/audit_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

absl::Status Export(Program& program, const v1::ExportBundleRequest& request,
                    const std::string& path) {
  WARDBOOK_ASSIGN_OR_RETURN(const Connection* connection, program.SignedIn());
  WARDBOOK_ASSIGN_OR_RETURN(const std::unique_ptr<AsideFile> file,
                            AsideFile::Create(path, Existing::kKept));
  WARDBOOK_RETURN_IF_ERROR(connection->Stream(
      &v1::AuditService::Stub::ExportBundle, request,
      [&](const v1::ExportBundleResponse& part) { return file->Append(part.data()); }));
  // Whoever is handed the file will check it; we do first.
  WARDBOOK_ASSIGN_OR_RETURN(const bundle::BundleSource source,
                            bundle::OpenBundleFile(file->aside_path()));
  WARDBOOK_ASSIGN_OR_RETURN(const bundle::BundleReport report,
                            bundle::VerifyBundle(source, std::nullopt));
  if (report.verdict != bundle::Verdict::kIntact) {
    return absl::DataLossError("What arrived is not an intact bundle. Nothing was saved.");
  }
  if (report.manifest->case_ref != request.case_ref()) {
    return absl::DataLossError("What arrived is the bundle of another case. Nothing was saved.");
  }
  WARDBOOK_RETURN_IF_ERROR(file->Commit());
  Screen& screen = program.screen();
  if (program.format() == Format::kJson) {
    screen.Json(ReportStruct(report));
    return absl::OkStatus();
  }
  screen.Line("Case ", request.case_ref(), ": saved as ", path, ", ", report.records, " entries.");
  if (report.key.has_value()) screen.Line("Key fingerprint: ", bundle::KeyFingerprint(*report.key));
  screen.Line("It holds personal data: hand it over only in a way that you would the case itself.");
  screen.Line("Next: Anybody can check it, with the school's key if they have it.");
  screen.Command("wardbook verify ", Quoted(path), " --key KEY");
  return absl::OkStatus();
}

}  // namespace

void AddBundleCommands(Program& program) {
  CLI::App& noun = program.Noun("bundle", "A case as one file that can be checked offline");
  CLI::App& app = *noun.add_subcommand("export", "Save a case as a file; that you did is recorded");
  const Command<v1::ExportBundleRequest> command(app, program.console());
  program.Sends(v1::ExportBundleRequest::descriptor()->name(), app);
  auto path = std::make_shared<std::string>();
  command.Case().File("FILE", path.get(), "Where to save it", Need::kRequired);
  command.Line("--purpose", command.request().mutable_purpose(), "What for; it is recorded",
               Need::kRequired);
  program.WhenChosen(app, [&program, command, path]() -> absl::Status {
    WARDBOOK_ASSIGN_OR_RETURN(const Connection* connection, program.SignedIn());
    WARDBOOK_ASSIGN_OR_RETURN(const v1::ExportBundleRequest request,
                              command.Finished(program, *connection));
    return Export(program, request, *path);
  });
}

}  // namespace wardbook::cli
