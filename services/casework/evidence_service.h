// Files in evidence: a door to the case and to the store of files.

#ifndef SERVICES_CASEWORK_EVIDENCE_SERVICE_H_
#define SERVICES_CASEWORK_EVIDENCE_SERVICE_H_

#include <string>

#include "absl/status/status.h"
#include "services/casework/case_commands.h"
#include "services/casework/casework_parts.h"
#include "services/casework/uploads.h"
#include "services/runtime/rpc.h"
#include "storage/base/ids.h"
#include "wardbook/v1/evidence_service.grpc.pb.h"

namespace wardbook::casework {

// Safe for concurrent use.
class EvidenceService final : public wardbook::v1::EvidenceService::CallbackService {
 public:
  explicit EvidenceService(const CaseworkParts& parts)
      : parts_(parts), commands_(parts), uploads_(parts) {}

  grpc::ServerUnaryReactor* OpenUpload(grpc::CallbackServerContext* context,
                                       const wardbook::v1::OpenUploadRequest* request,
                                       wardbook::v1::OpenUploadResponse* response) override;
  grpc::ServerUnaryReactor* PutChunk(grpc::CallbackServerContext* context,
                                     const wardbook::v1::PutChunkRequest* request,
                                     wardbook::v1::PutChunkResponse* response) override;
  grpc::ServerReadReactor<wardbook::v1::UploadChunksRequest>* UploadChunks(
      grpc::CallbackServerContext* context, wardbook::v1::UploadChunksResponse* response) override;
  grpc::ServerUnaryReactor* GetUpload(grpc::CallbackServerContext* context,
                                      const wardbook::v1::GetUploadRequest* request,
                                      wardbook::v1::GetUploadResponse* response) override;
  grpc::ServerUnaryReactor* FileEvidence(grpc::CallbackServerContext* context,
                                         const wardbook::v1::FileEvidenceRequest* request,
                                         wardbook::v1::FileEvidenceResponse* response) override;
  grpc::ServerWriteReactor<wardbook::v1::DownloadEvidenceResponse>* DownloadEvidence(
      grpc::CallbackServerContext* context,
      const wardbook::v1::DownloadEvidenceRequest* request) override;
  grpc::ServerUnaryReactor* AnnotateEvidence(
      grpc::CallbackServerContext* context, const wardbook::v1::AnnotateEvidenceRequest* request,
      wardbook::v1::AnnotateEvidenceResponse* response) override;
  grpc::ServerUnaryReactor* SupersedeEvidence(
      grpc::CallbackServerContext* context, const wardbook::v1::SupersedeEvidenceRequest* request,
      wardbook::v1::SupersedeEvidenceResponse* response) override;
  grpc::ServerUnaryReactor* AttestOriginal(grpc::CallbackServerContext* context,
                                           const wardbook::v1::AttestOriginalRequest* request,
                                           wardbook::v1::AttestOriginalResponse* response) override;

 private:
  // Records that an indecent image is suspected, then answers with `refusal`.
  void Suspect(const runtime::Call& call, const wardbook::v1::OpenUploadRequest& request,
               absl::Status refusal, runtime::Finish finish);
  // The receipt that the file was given when it was filed.
  absl::Status AnswerAsBefore(const SchoolId& school, const std::string& stream,
                              const EvidenceId& id, wardbook::v1::FileEvidenceResponse& response);
  void File(const runtime::Call& call, const wardbook::v1::FileEvidenceRequest& request,
            wardbook::v1::FileEvidenceResponse& response, runtime::Finish finish);

  const CaseworkParts parts_;
  CaseCommands commands_;
  Uploads uploads_;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_EVIDENCE_SERVICE_H_
