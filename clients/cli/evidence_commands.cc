// Files in evidence.

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "clients/cli/aside_file.h"
#include "clients/cli/command.h"
#include "clients/cli/commands.h"
#include "clients/cli/interruption.h"
#include "clients/cli/upload.h"
#include "storage/crypto/sha256.h"
#include "wardbook/v1/evidence_service.grpc.pb.h"

namespace wardbook::cli {
namespace {

using v1::EvidenceService;
using v1::FileEvidenceRequest;

// Only OpenUpload tells the largest chunk. A resumed upload sends chunks that
// every server takes.
constexpr uint64_t kResumedChunkBytes = 64 << 10;

// What is filed, beside the request that describes it.
struct Filing {
  std::string path;
  v1::OpenUploadRequest open;
};

absl::Status SetSighting(const events::v1::LocalDateTime& seen, FileEvidenceRequest& request) {
  events::v1::Sighting& sighting = *request.mutable_sighting();
  // A time without a date cannot be read; the server says what is missing.
  sighting.set_time(seen.time());
  if (seen.date().empty()) return absl::OkStatus();
  WARDBOOK_ASSIGN_OR_RETURN(const events::v1::LocalDateTime local,
                            ParseLocalDateTime(seen.date(), seen.time()));
  sighting.set_date(local.date());
  sighting.set_time(local.time());
  sighting.set_utc_offset_minutes(local.utc_offset_minutes());
  return absl::OkStatus();
}

// What is said of a file, whichever way it gets there.
void AddDescription(const Command<FileEvidenceRequest>& command) {
  FileEvidenceRequest& request = command.request();
  events::v1::Sighting& sighting = *request.mutable_sighting();
  command.Word<events::v1::EvidenceKind>(
      "--kind", [&request](auto kind) { request.set_kind(kind); }, "What the file is",
      Need::kRequired);
  auto seen = std::make_shared<events::v1::LocalDateTime>();
  command.Date("--seen-date", seen->mutable_date(), "The date it was seen", Need::kOptional);
  command.TimeOfDay("--seen-time", seen->mutable_time(), "The time it was seen", Need::kOptional);
  command.Place(sighting.mutable_place());
  command.app().add_flag_callback(
      "--seen-approximate", [&sighting] { sighting.set_approximate(true); },
      "The date and the time are estimates");
  command.Line("--date-not-known", sighting.mutable_date_not_known_because(),
               "Why the date is not known", Need::kOptional);
  command.Line("--time-not-known", sighting.mutable_time_not_known_because(),
               "Why the time is not known", Need::kOptional);
  command.Line("--place-not-known", sighting.mutable_place_not_known_because(),
               "Why the place is not known", Need::kOptional);
  command.Line("--captured-by", request.mutable_captured_by(), "Who took it; you if not given",
               Need::kOptional);
  command.Line("--captured-with", request.mutable_captured_with(), "What it was taken with",
               Need::kOptional);
  command.Text("description", request.mutable_description(), "What it shows", Need::kOptional);
  command.Before([seen](FileEvidenceRequest& filed) { return SetSighting(*seen, filed); });
}

constexpr char kArrived[] = "What has arrived is kept for a day.";

std::string ResumeCommand(const std::string& upload_id, const std::string& path) {
  return absl::StrCat("wardbook evidence resume ", upload_id, " ", Quoted(path), " --kind ...");
}

// What a user who breaks the upload off still reads.
std::string LastWords(const std::string& upload_id, const std::string& path) {
  return absl::StrCat("\nBroken off. ", kArrived, "\nTo go on, with the same options:\n  ",
                      ResumeCommand(upload_id, path), "\n");
}

// Sends what is missing of the file and puts it in evidence.
absl::Status SendAndFile(Program& program, const FileEvidenceRequest& request,
                         const LocalFile& file, uint64_t chunk_size) {
  WARDBOOK_ASSIGN_OR_RETURN(const Connection* connection, program.SignedIn());
  {
    const Interruption interruption(std::nullopt, LastWords(request.upload_id(), file.path));
    ProgressBar bar(program.console(), "Sending");
    WARDBOOK_RETURN_IF_ERROR(SendFile(*connection, request.upload_id(), file, chunk_size,
                                      [&](uint64_t sent) { bar.Show(sent, file.size); }));
  }
  WARDBOOK_ASSIGN_OR_RETURN(
      const v1::FileEvidenceResponse response,
      connection->Call(&EvidenceService::Stub::FileEvidence, request, Repeat::kSafe));
  if (response.sha256() != file.sha256.view()) {
    KeepReceipt(program, response.receipt());
    return absl::DataLossError(
        "The server filed other bytes than this file has. Tell the Headteacher, and keep the "
        "file.");
  }
  return Answer<FileEvidenceRequest, v1::FileEvidenceResponse>(
      program, request, response,
      [](const FileEvidenceRequest& filed, const v1::FileEvidenceResponse& answer, Screen& screen) {
        screen.Line("Case ", filed.case_ref(), ": the file is in evidence.");
        screen.Line("It is byte for byte the file on this computer, with the SHA-256");
        screen.Command(absl::BytesToHexString(answer.sha256()));
      });
}

// Whether the same bytes can still be filed: when the server could not be reached,
// or refused something that was said of them.
bool CanGoOn(const absl::Status& status) {
  if (absl::IsDataLoss(status)) return false;
  const std::optional<v1::Refusal> refusal = RefusalOf(status);
  if (!refusal.has_value()) return true;
  return absl::IsInvalidArgument(status) && !refusal->field().empty();
}

// Says how to go on with an upload that did not get to its end.
absl::Status OrSayHowToResume(const absl::Status& status, const std::string& upload_id,
                              const std::string& path) {
  if (status.ok() || !CanGoOn(status)) return status;
  return WithNextStep(
      status,
      absl::StrCat(kArrived, " To go on, with the same options, but what was wrong put right:"),
      ResumeCommand(upload_id, path));
}

// The name under which a file is filed: what a name here may have, and that of a file in
// evidence may not, is replaced.
std::string FiledName(const std::string& path) {
  std::string name = std::filesystem::path(path).filename();
  std::replace_if(
      name.begin(), name.end(),
      [](char c) { return c == '\\' || absl::ascii_iscntrl(static_cast<unsigned char>(c)); }, '_');
  return name;
}

absl::Status File(Program& program, const Command<FileEvidenceRequest>& command,
                  const Filing& filing) {
  WARDBOOK_ASSIGN_OR_RETURN(const Connection* connection, program.SignedIn());
  WARDBOOK_ASSIGN_OR_RETURN(FileEvidenceRequest request, command.Finished(program, *connection));
  v1::OpenUploadRequest open = filing.open;
  open.set_case_ref(request.case_ref());
  open.set_file_name(FiledName(filing.path));
  WARDBOOK_ASSIGN_OR_RETURN(const uint64_t size, SizeOfFile(filing.path));
  open.set_size(size);
  open.set_kind(request.kind());
  *open.mutable_sighting() = request.sighting();
  WARDBOOK_RETURN_IF_ERROR(CheckTexts(open));
  // An upload that is opened twice and filed once is swept.
  WARDBOOK_ASSIGN_OR_RETURN(
      const v1::OpenUploadResponse opened,
      connection->Call(&EvidenceService::Stub::OpenUpload, open, Repeat::kSafe));
  // No byte of the file is read before the server has allowed it (P38).
  WARDBOOK_ASSIGN_OR_RETURN(const LocalFile file, MeasureFile(filing.path));
  request.set_upload_id(opened.upload_id());
  return OrSayHowToResume(SendAndFile(program, request, file, opened.chunk_size_max()),
                          opened.upload_id(), filing.path);
}

absl::Status Resume(Program& program, const Command<FileEvidenceRequest>& command,
                    const std::string& path) {
  WARDBOOK_ASSIGN_OR_RETURN(const Connection* connection, program.SignedIn());
  WARDBOOK_ASSIGN_OR_RETURN(FileEvidenceRequest request, command.Finished(program, *connection));
  WARDBOOK_ASSIGN_OR_RETURN(const LocalFile file, MeasureFile(path));
  v1::GetUploadRequest get;
  get.set_upload_id(request.upload_id());
  WARDBOOK_ASSIGN_OR_RETURN(
      const v1::GetUploadResponse upload,
      connection->Call(&EvidenceService::Stub::GetUpload, get, Repeat::kSafe));
  request.set_case_ref(upload.case_ref());
  return OrSayHowToResume(SendAndFile(program, request, file, kResumedChunkBytes),
                          request.upload_id(), path);
}

absl::Status Download(Program& program, const v1::DownloadEvidenceRequest& request,
                      const std::string& path) {
  WARDBOOK_ASSIGN_OR_RETURN(const Connection* connection, program.SignedIn());
  WARDBOOK_ASSIGN_OR_RETURN(const std::unique_ptr<AsideFile> file,
                            AsideFile::Create(path, Existing::kKept));
  std::optional<v1::EvidenceDescription> description;
  crypto::Sha256Stream sha256;
  uint64_t size = 0;
  {
    ProgressBar bar(program.console(), "Receiving");
    WARDBOOK_RETURN_IF_ERROR(
        connection->Stream(&EvidenceService::Stub::DownloadEvidence, request,
                           [&](const v1::DownloadEvidenceResponse& part) -> absl::Status {
                             if (part.has_description()) {
                               description = part.description();
                               return absl::OkStatus();
                             }
                             sha256.Update(part.data());
                             size += part.data().size();
                             if (description.has_value()) bar.Show(size, description->size());
                             return file->Append(part.data());
                           }));
  }
  if (!description.has_value() || size != description->size() ||
      sha256.Digest().view() != description->sha256()) {
    return absl::DataLossError(
        "What arrived is not the file that was put in evidence. Nothing was saved.");
  }
  WARDBOOK_RETURN_IF_ERROR(file->Commit());
  return Answer<v1::DownloadEvidenceRequest, v1::EvidenceDescription>(
      program, request, *description,
      [&path](const v1::DownloadEvidenceRequest& asked, const v1::EvidenceDescription& what,
              Screen& screen) {
        screen.Line("Case ", asked.case_ref(), ": saved as ", path, ".");
        screen.Line("It is byte for byte what was filed, with the SHA-256");
        screen.Command(absl::BytesToHexString(what.sha256()));
      });
}

void AddFile(Program& program, CLI::App& noun) {
  CLI::App& app = *noun.add_subcommand("file", "Put a file in evidence");
  const Command<FileEvidenceRequest> command(app, program.console());
  program.Sends(FileEvidenceRequest::descriptor()->name(), app);
  auto filing = std::make_shared<Filing>();
  command.Case().File("FILE", &filing->path, "The file", Need::kRequired);
  command.Word<events::v1::IndecentImageAnswer>(
      "--indecent-image", [filing](auto answer) { filing->open.set_indecent_image_answer(answer); },
      "Could this be an indecent image of a child", Need::kRequired);
  command.Line("--where-found", filing->open.mutable_where_found(),
               "Where it was found, in words, if it could be one", Need::kOptional);
  AddDescription(command);
  program.WhenChosen(app, [&program, command, filing] { return File(program, command, *filing); });
}

void AddResume(Program& program, CLI::App& noun) {
  CLI::App& app = *noun.add_subcommand("resume", "Go on with an upload that was broken off");
  const Command<FileEvidenceRequest> command(app, program.console());
  auto path = std::make_shared<std::string>();
  command.Line("UPLOAD", command.request().mutable_upload_id(),
               "The upload's id, which was shown when it broke off", Need::kRequired);
  command.File("FILE", path.get(), "The same file", Need::kRequired);
  AddDescription(command);
  program.WhenChosen(app, [&program, command, path] { return Resume(program, command, *path); });
}

void AddDownload(Program& program, CLI::App& noun) {
  CLI::App& app =
      *noun.add_subcommand("download", "Save a file in evidence; that you did is recorded");
  const Command<v1::DownloadEvidenceRequest> command(app, program.console());
  auto path = std::make_shared<std::string>();
  command.Case().Line("EVIDENCE", command.request().mutable_evidence_id(),
                      "The file's id; case show has it", Need::kRequired);
  command.File("--out", path.get(), "Where to save it", Need::kRequired);
  program.WhenChosen(app, [&program, command, path]() -> absl::Status {
    WARDBOOK_ASSIGN_OR_RETURN(const Connection* connection, program.SignedIn());
    WARDBOOK_ASSIGN_OR_RETURN(const v1::DownloadEvidenceRequest request,
                              command.Finished(program, *connection));
    return Download(program, request, *path);
  });
}

void AddAnnotate(Program& program, CLI::App& noun) {
  const auto annotate =
      AddMutation(program, noun, "annotate", "Add to what was said of a file",
                  &EvidenceService::Stub::AnnotateEvidence, "added. What was said before stays.");
  v1::AnnotateEvidenceRequest& request = annotate.request();
  annotate.Case().Line("EVIDENCE", request.mutable_evidence_id(), "The file's id; case show has it",
                       Need::kRequired);
  annotate.Text("annotation", request.mutable_annotation(), "What is added", Need::kRequired);
}

void AddSupersede(Program& program, CLI::App& noun) {
  const auto supersede =
      AddMutation(program, noun, "supersede", "Say that another file stands in the place of one",
                  &EvidenceService::Stub::SupersedeEvidence, "recorded. Both files are kept.");
  v1::SupersedeEvidenceRequest& request = supersede.request();
  supersede.Case().Line("EVIDENCE", request.mutable_superseded_id(),
                        "The id of the file that no longer stands", Need::kRequired);
  supersede.Line("--by", request.mutable_evidence_id(),
                 "The id of the file that stands in its place", Need::kRequired);
  supersede.Text("reasons", request.mutable_reasons(), "Why", Need::kRequired);
}

void AddAttest(Program& program, CLI::App& noun) {
  const auto attest = AddMutation(
      program, noun, "attest", "Say that the original of a file that you filed still exists",
      &EvidenceService::Stub::AttestOriginal, "recorded. Do not delete the original.");
  v1::AttestOriginalRequest& request = attest.request();
  attest.Case().Line("EVIDENCE", request.mutable_evidence_id(), "The file's id; case show has it",
                     Need::kRequired);
  attest.Line("--kept-where", request.mutable_kept_where(), "Where the original is",
              Need::kRequired);
}

}  // namespace

void AddEvidenceCommands(Program& program) {
  CLI::App& noun = program.Noun("evidence", "Files in evidence");
  AddFile(program, noun);
  AddResume(program, noun);
  AddDownload(program, noun);
  AddAnnotate(program, noun);
  AddSupersede(program, noun);
  AddAttest(program, noun);
}

}  // namespace wardbook::cli
