// wardbook.v1.AuditService: the history, and the proofs that it is whole.

#ifndef SERVICES_AUDIT_AUDIT_SERVICE_H_
#define SERVICES_AUDIT_AUDIT_SERVICE_H_

#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/audit/audit_parts.h"
#include "services/runtime/worker_pool.h"
#include "wardbook/v1/audit_service.grpc.pb.h"

namespace wardbook::audit {

// Safe for concurrent use. Outlives the gRPC server that it is registered with.
class AuditService final : public wardbook::v1::AuditService::CallbackService {
 public:
  explicit AuditService(AuditParts parts);

  grpc::ServerUnaryReactor* GetHistory(grpc::CallbackServerContext* context,
                                       const wardbook::v1::GetHistoryRequest* request,
                                       wardbook::v1::GetHistoryResponse* response) override;
  grpc::ServerUnaryReactor* ListAccess(grpc::CallbackServerContext* context,
                                       const wardbook::v1::ListAccessRequest* request,
                                       wardbook::v1::ListAccessResponse* response) override;
  grpc::ServerUnaryReactor* ListRefusals(grpc::CallbackServerContext* context,
                                         const wardbook::v1::ListRefusalsRequest* request,
                                         wardbook::v1::ListRefusalsResponse* response) override;
  grpc::ServerUnaryReactor* GetCheckpoint(grpc::CallbackServerContext* context,
                                          const wardbook::v1::GetCheckpointRequest* request,
                                          wardbook::v1::GetCheckpointResponse* response) override;
  grpc::ServerUnaryReactor* GetInclusionProof(
      grpc::CallbackServerContext* context, const wardbook::v1::GetInclusionProofRequest* request,
      wardbook::v1::GetInclusionProofResponse* response) override;
  grpc::ServerUnaryReactor* GetConsistencyProof(
      grpc::CallbackServerContext* context, const wardbook::v1::GetConsistencyProofRequest* request,
      wardbook::v1::GetConsistencyProofResponse* response) override;
  grpc::ServerWriteReactor<wardbook::v1::ExportBundleResponse>* ExportBundle(
      grpc::CallbackServerContext* context,
      const wardbook::v1::ExportBundleRequest* request) override;
  grpc::ServerWriteReactor<wardbook::v1::CheckLogResponse>* CheckLog(
      grpc::CallbackServerContext* context, const wardbook::v1::CheckLogRequest* request) override;

 private:
  const AuditParts parts_;
  // Apart from each other and from the server's workers: each may go on for
  // minutes, and an export waits for its client.
  runtime::WorkerPool exports_;
  runtime::WorkerPool checks_;
};

}  // namespace wardbook::audit

#endif  // SERVICES_AUDIT_AUDIT_SERVICE_H_
