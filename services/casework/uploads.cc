#include "services/casework/uploads.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "services/casework/domain/decide.h"
#include "services/casework/seen_case.h"
#include "services/kernel/case_ref.h"
#include "services/kernel/reason.h"
#include "services/kernel/timestamp.h"
#include "services/runtime/refusal.h"
#include "storage/base/status_macros.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using runtime::Refuse;

// What file systems allow for one name.
constexpr size_t kFileNameBytesMax = 255;

// What the store says of an upload, in the words of the API.
absl::Status OfStore(const absl::Status& status, Reason failed_precondition) {
  switch (status.code()) {
    case absl::StatusCode::kNotFound:
      return Refuse(Reason::kNoSuchUpload, "upload_id");
    case absl::StatusCode::kFailedPrecondition:
      return Refuse(failed_precondition, "upload_id");
    case absl::StatusCode::kInvalidArgument:
      return Refuse(Reason::kFieldInvalid, "data");
    case absl::StatusCode::kOutOfRange:
      return Refuse(Reason::kChunkOutOfPlace, "offset");
    default:
      return status;
  }
}

// Whether it is a name and no path. Whoever saves the file takes it for the name of theirs,
// and must not find themselves in another folder, or with a line that they did not read.
bool IsFileName(absl::string_view name) {
  return std::none_of(name.begin(), name.end(), [](char c) {
    return c == '/' || c == '\\' || absl::ascii_iscntrl(static_cast<unsigned char>(c));
  });
}

absl::Status CheckFile(const wardbook::v1::OpenUploadRequest& request) {
  if (request.file_name().empty()) return Refuse(Reason::kFieldMissing, "file_name");
  if (request.file_name().size() > kFileNameBytesMax) {
    return Refuse(Reason::kFieldTooLong, "file_name");
  }
  if (!IsFileName(request.file_name())) return Refuse(Reason::kFieldInvalid, "file_name");
  if (request.size() == 0) return Refuse(Reason::kFileEmpty, "size");
  if (request.size() > evidence::kFileBytesMax) return Refuse(Reason::kFileTooLarge, "size");
  return absl::OkStatus();
}

absl::StatusOr<bool> IsNamedByCase(CaseTransactor& cases, const evidence::UploadStatus& upload,
                                   const EvidenceId& id) {
  const std::optional<kernel::CaseRef> ref = kernel::CaseRef::Parse(upload.record.case_ref());
  if (!ref.has_value()) return absl::DataLossError("an upload names no case");
  WARDBOOK_ASSIGN_OR_RETURN(const auto snapshot, cases.Load(upload.school, ref->Stream()));
  const std::vector<FiledEvidence>& filed = snapshot->state.state.evidence;
  return std::any_of(filed.begin(), filed.end(),
                     [&](const FiledEvidence& file) { return file.id == id; });
}

}  // namespace

absl::Status Uploads::AskCase(const runtime::Call& call, absl::string_view case_ref,
                              const TakeFile& command) const {
  WARDBOOK_ASSIGN_OR_RETURN(const SeenCase seen,
                            FindCase(parts_.cases, parts_.vault, call.caller, case_ref));
  const std::optional<kernel::Rejected> rejected = Refuses(seen.card().state, command);
  if (rejected.has_value())
    return runtime::OfSeenCase(runtime::OfCase(Refuse(*rejected), case_ref));
  return absl::OkStatus();
}

absl::StatusOr<EvidenceId> Uploads::Open(const runtime::Call& call,
                                         const wardbook::v1::OpenUploadRequest& request) {
  TakeFile command{.by = By{call.caller.actor, call.now},
                   .indecent_image_answer = request.indecent_image_answer()};
  if (request.kind() != wardbook::events::v1::EVIDENCE_KIND_UNSPECIFIED) {
    command.kind = request.kind();
    command.sighting = request.sighting();
  }
  WARDBOOK_RETURN_IF_ERROR(AskCase(call, request.case_ref(), command));
  WARDBOOK_RETURN_IF_ERROR(CheckFile(request));
  WARDBOOK_ASSIGN_OR_RETURN(const kernel::CaseRef ref, ReadCaseRef(request.case_ref()));
  wardbook::log::v1::UploadRecord record;
  record.set_case_ref(ref.text());
  record.set_actor_id(call.caller.actor.person.Bytes());
  record.set_file_name(request.file_name());
  record.set_size(request.size());
  *record.mutable_opened_time() = kernel::TimestampOf(call.now);
  // Reserved first: one that is refused leaves no row and no key.
  WARDBOOK_ASSIGN_OR_RETURN(
      OpenUploads::Place place,
      open_.Reserve({call.caller.school, call.caller.actor.person}, request.size(), call.now));
  WARDBOOK_ASSIGN_OR_RETURN(const EvidenceId id,
                            parts_.evidence.OpenUpload(call.caller.school, record));
  std::move(place).Name(id);
  return id;
}

absl::StatusOr<uint64_t> Uploads::Put(const runtime::Call& call, const Chunk& chunk) {
  WARDBOOK_ASSIGN_OR_RETURN(const OwnUpload upload, Find(call, chunk.upload_id));
  // An upload is opened for no other answer than "no".
  WARDBOOK_RETURN_IF_ERROR(
      AskCase(call, upload.status.record.case_ref(),
              TakeFile{.by = By{call.caller.actor, call.now},
                       .indecent_image_answer = wardbook::events::v1::INDECENT_IMAGE_ANSWER_NO}));
  absl::StatusOr<uint64_t> committed =
      parts_.evidence.PutChunk(call.caller.school, upload.id, chunk.offset, chunk.data);
  if (!committed.ok()) {
    return runtime::OfCase(OfStore(committed.status(), Reason::kEvidenceFiledAlready),
                           upload.status.record.case_ref());
  }
  return committed;
}

absl::StatusOr<OwnUpload> Uploads::Find(const runtime::Call& call,
                                        absl::string_view upload_id) const {
  const std::optional<EvidenceId> id = EvidenceId::FromHex(upload_id);
  if (!id.has_value()) return Refuse(Reason::kNoSuchUpload, "upload_id");
  absl::StatusOr<evidence::UploadStatus> status =
      parts_.evidence.GetUpload(call.caller.school, *id);
  if (!status.ok()) return OfStore(status.status(), Reason::kEvidenceFiledAlready);
  if (call.caller.actor.person.view() != status->record.actor_id()) {
    return Refuse(Reason::kNoSuchUpload, "upload_id");
  }
  return OwnUpload{*id, *std::move(status)};
}

absl::StatusOr<evidence::CompleteUpload> Uploads::Complete(const runtime::Call& call,
                                                           const OwnUpload& upload) {
  absl::StatusOr<evidence::CompleteUpload> complete =
      parts_.evidence.Complete(call.caller.school, upload.id);
  if (!complete.ok()) return OfStore(complete.status(), Reason::kUploadIncomplete);
  return complete;
}

absl::StatusOr<int> SweepUploads(evidence::EvidenceStore& evidence, CaseTransactor& cases,
                                 const runtime::WriteStatus& write_status, absl::Time before,
                                 const evidence::GoOn& go_on) {
  return evidence.Sweep(
      before,
      [&](const evidence::UploadStatus& upload, const EvidenceId& id) -> absl::StatusOr<bool> {
        WARDBOOK_RETURN_IF_ERROR(write_status(upload.school));
        return IsNamedByCase(cases, upload, id);
      },
      go_on);
}

}  // namespace wardbook::casework
