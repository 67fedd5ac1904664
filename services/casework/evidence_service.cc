#include "services/casework/evidence_service.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/casework/evidence_download.h"
#include "services/casework/seen_case.h"
#include "services/casework/upload_stream.h"
#include "services/kernel/reason.h"
#include "services/runtime/refusal.h"
#include "storage/base/status_macros.h"
#include "storage/evidence/file_type.h"

namespace wardbook::casework {
namespace {

namespace v1 = wardbook::v1;

using kernel::Reason;
using runtime::Refuse;

absl::StatusOr<FileEvidence> ReadFileEvidence(const v1::FileEvidenceRequest& request,
                                              const OwnUpload& upload,
                                              const evidence::CompleteUpload& complete, By by) {
  FileEvidence command;
  command.by = std::move(by);
  command.evidence_id = upload.id;
  command.kind = request.kind();
  command.file_name = upload.status.record.file_name();
  command.size = upload.status.record.size();
  command.sha256 = complete.sha256;
  command.sealed_sha256 = complete.sealed_sha256;
  command.key_id = complete.key_id;
  if (request.has_sighting()) command.sighting = request.sighting();
  command.captured_by = request.captured_by();
  command.captured_with = request.captured_with();
  command.description = request.description();
  const absl::StatusOr<evidence::FileType> type =
      evidence::DetectFileType(complete.head, command.file_name);
  if (absl::IsInvalidArgument(type.status())) return Refuse(Reason::kFileTypeNotTaken);
  if (!type.ok()) return type.status();
  command.media_type = std::string(type->media_type);
  return command;
}

absl::StatusOr<EvidenceId> ReadEvidenceId(const std::string& text, absl::string_view field) {
  const std::optional<EvidenceId> id = EvidenceId::FromHex(text);
  if (!id.has_value()) return Refuse(Reason::kNoSuchEvidence, field);
  return *id;
}

absl::StatusOr<AnnotateEvidence> ReadAnnotateEvidence(const v1::AnnotateEvidenceRequest& request,
                                                      By by) {
  WARDBOOK_ASSIGN_OR_RETURN(const EvidenceId id,
                            ReadEvidenceId(request.evidence_id(), "evidence_id"));
  return AnnotateEvidence{
      .by = std::move(by), .evidence_id = id, .annotation = request.annotation()};
}

absl::StatusOr<SupersedeEvidence> ReadSupersedeEvidence(const v1::SupersedeEvidenceRequest& request,
                                                        By by) {
  WARDBOOK_ASSIGN_OR_RETURN(const EvidenceId superseded,
                            ReadEvidenceId(request.superseded_id(), "superseded_id"));
  WARDBOOK_ASSIGN_OR_RETURN(const EvidenceId id,
                            ReadEvidenceId(request.evidence_id(), "evidence_id"));
  return SupersedeEvidence{.by = std::move(by),
                           .superseded = superseded,
                           .evidence_id = id,
                           .reasons = request.reasons()};
}

absl::StatusOr<AttestOriginal> ReadAttestOriginal(const v1::AttestOriginalRequest& request, By by) {
  WARDBOOK_ASSIGN_OR_RETURN(const EvidenceId id,
                            ReadEvidenceId(request.evidence_id(), "evidence_id"));
  return AttestOriginal{.by = std::move(by), .evidence_id = id, .kept_where = request.kept_where()};
}

bool IsSuspicion(const v1::OpenUploadRequest& request) {
  return request.indecent_image_answer() !=
             wardbook::events::v1::INDECENT_IMAGE_ANSWER_UNSPECIFIED &&
         request.indecent_image_answer() != wardbook::events::v1::INDECENT_IMAGE_ANSWER_NO;
}

}  // namespace

grpc::ServerUnaryReactor* EvidenceService::OpenUpload(grpc::CallbackServerContext* context,
                                                      const v1::OpenUploadRequest* request,
                                                      v1::OpenUploadResponse* response) {
  return parts_.rpc.UnaryOnWorker(
      context, [this, request, response](const runtime::Call& call, runtime::Finish finish) {
        finish = runtime::FinishFor(*request, std::move(finish));
        const absl::StatusOr<EvidenceId> id = uploads_.Open(call, *request);
        if (!id.ok() && IsSuspicion(*request)) {
          return Suspect(call, *request, id.status(), std::move(finish));
        }
        if (!id.ok()) return finish(id.status());
        response->set_upload_id(id->Hex());
        response->set_chunk_size_max(evidence::kChunkBytesMax);
        finish(absl::OkStatus());
      });
}

// The answer is worth more than the file: it is durable before the caller hears
// that the file is not taken, and nothing else that is wrong with their request
// makes it be lost.
void EvidenceService::Suspect(const runtime::Call& call, const v1::OpenUploadRequest& request,
                              absl::Status refusal, runtime::Finish finish) {
  const absl::StatusOr<kernel::CaseRef> ref = ReadCaseRef(request.case_ref());
  if (!ref.ok()) return finish(ref.status());
  commands_.Run(parts_.rpc.OwnFrame(call, ref->Stream()),
                SuspectIndecentImage{.by = ByCaller(parts_, call),
                                     .answer = request.indecent_image_answer(),
                                     .where_found = request.where_found()},
                [refusal = std::move(refusal),
                 finish = std::move(finish)](const absl::StatusOr<CaseOutcome>& outcome) mutable {
                  finish(outcome.ok() ? std::move(refusal) : outcome.status());
                });
}

grpc::ServerUnaryReactor* EvidenceService::PutChunk(grpc::CallbackServerContext* context,
                                                    const v1::PutChunkRequest* request,
                                                    v1::PutChunkResponse* response) {
  return parts_.rpc.UnaryOnWorker(context, [this, request, response](const runtime::Call& call,
                                                                     runtime::Finish finish) {
    const absl::StatusOr<uint64_t> committed = uploads_.Put(
        call,
        {.upload_id = request->upload_id(), .offset = request->offset(), .data = request->data()});
    if (!committed.ok()) return finish(committed.status());
    response->set_committed_offset(*committed);
    finish(absl::OkStatus());
  });
}

grpc::ServerReadReactor<v1::UploadChunksRequest>* EvidenceService::UploadChunks(
    grpc::CallbackServerContext* context, v1::UploadChunksResponse* response) {
  return TakeUploadStream(parts_.rpc, uploads_, context, response);
}

grpc::ServerUnaryReactor* EvidenceService::GetUpload(grpc::CallbackServerContext* context,
                                                     const v1::GetUploadRequest* request,
                                                     v1::GetUploadResponse* response) {
  return parts_.rpc.UnaryOnWorker(
      context, [this, request, response](const runtime::Call& call, runtime::Finish finish) {
        const absl::StatusOr<OwnUpload> upload = uploads_.Find(call, request->upload_id());
        if (!upload.ok()) return finish(upload.status());
        response->set_committed_offset(upload->status.committed_offset);
        response->set_size(upload->status.record.size());
        response->set_case_ref(upload->status.record.case_ref());
        finish(absl::OkStatus());
      });
}

grpc::ServerUnaryReactor* EvidenceService::FileEvidence(grpc::CallbackServerContext* context,
                                                        const v1::FileEvidenceRequest* request,
                                                        v1::FileEvidenceResponse* response) {
  return parts_.rpc.UnaryOnWorker(
      context, [this, request, response](const runtime::Call& call, runtime::Finish finish) {
        File(call, *request, *response, runtime::FinishFor(*request, std::move(finish)));
      });
}

void EvidenceService::File(const runtime::Call& call, const v1::FileEvidenceRequest& request,
                           v1::FileEvidenceResponse& response, runtime::Finish finish) {
  const absl::StatusOr<SeenCase> seen =
      FindCase(parts_.cases, parts_.vault, call.caller, request.case_ref());
  if (!seen.ok()) return finish(seen.status());
  absl::StatusOr<runtime::CommandFrame> frame = parts_.rpc.Frame(call, request, seen->ref.Stream());
  if (!frame.ok()) return finish(frame.status());
  const absl::StatusOr<OwnUpload> upload = uploads_.Find(call, request.upload_id());
  if (!upload.ok()) return finish(upload.status());
  if (upload->status.record.case_ref() != seen->ref.text()) {
    return finish(Refuse(Reason::kNoSuchUpload, "upload_id"));
  }
  absl::StatusOr<evidence::CompleteUpload> complete = uploads_.Complete(call, *upload);
  if (!complete.ok()) return finish(complete.status());
  absl::StatusOr<casework::FileEvidence> command =
      ReadFileEvidence(request, *upload, *complete, ByCaller(parts_, call));
  if (!command.ok()) return finish(command.status());
  response.set_evidence_id(upload->id.Hex());
  response.set_media_type(command->media_type);
  response.set_sha256(command->sha256.Bytes());
  commands_.Run(*std::move(frame), *std::move(command),
                [this, &response, school = call.caller.school, id = upload->id,
                 hold = std::move(complete->hold),
                 finish = std::move(finish)](absl::StatusOr<CaseOutcome> outcome) mutable {
                  if (!outcome.ok()) return finish(outcome.status());
                  response.set_revision(outcome->revision);
                  *response.mutable_receipt() = std::move(outcome->receipt);
                  // Keep syncs. When it fails the event still names the file, so that it
                  // is not swept, and the same request sent again keeps it.
                  const bool filed_now = !outcome->events.empty();
                  parts_.rpc.workers().Schedule(
                      [this, &response, school, id, filed_now, stream = std::move(outcome->stream),
                       hold = std::move(hold), finish = std::move(finish)]() mutable {
                        uploads_.Close(id);
                        const absl::Status kept = parts_.evidence.Keep(school, id);
                        if (filed_now || !kept.ok()) return finish(runtime::OfRecorded(kept));
                        finish(runtime::OfRecorded(AnswerAsBefore(school, stream, id, response)));
                      });
                });
}

absl::Status EvidenceService::AnswerAsBefore(const SchoolId& school, const std::string& stream,
                                             const EvidenceId& id,
                                             v1::FileEvidenceResponse& response) {
  WARDBOOK_ASSIGN_OR_RETURN(const auto snapshot, parts_.cases.Load(school, stream));
  for (const FiledEvidence& file : snapshot->state.state.evidence) {
    if (file.id != id) continue;
    response.set_revision(file.revision);
    WARDBOOK_ASSIGN_OR_RETURN(*response.mutable_receipt(),
                              parts_.cases.ReceiptOf(school, stream, file.revision));
    return absl::OkStatus();
  }
  return absl::DataLossError("a file in evidence is not in its case");
}

grpc::ServerWriteReactor<v1::DownloadEvidenceResponse>* EvidenceService::DownloadEvidence(
    grpc::CallbackServerContext* context, const v1::DownloadEvidenceRequest* request) {
  return parts_.rpc.Stream<v1::DownloadEvidenceResponse>(
      context, [this, context, request](const runtime::Call& call) {
        return OpenDownload(parts_, call, *context, *request);
      });
}

grpc::ServerUnaryReactor* EvidenceService::AnnotateEvidence(
    grpc::CallbackServerContext* context, const v1::AnnotateEvidenceRequest* request,
    v1::AnnotateEvidenceResponse* response) {
  return commands_.Take(context, request, response, ReadAnnotateEvidence);
}

grpc::ServerUnaryReactor* EvidenceService::SupersedeEvidence(
    grpc::CallbackServerContext* context, const v1::SupersedeEvidenceRequest* request,
    v1::SupersedeEvidenceResponse* response) {
  return commands_.Take(context, request, response, ReadSupersedeEvidence);
}

grpc::ServerUnaryReactor* EvidenceService::AttestOriginal(grpc::CallbackServerContext* context,
                                                          const v1::AttestOriginalRequest* request,
                                                          v1::AttestOriginalResponse* response) {
  return commands_.Take(context, request, response, ReadAttestOriginal);
}

}  // namespace wardbook::casework
