// Reading cases, and what is done to a case as a whole.

#ifndef SERVICES_CASEWORK_CASE_SERVICE_H_
#define SERVICES_CASEWORK_CASE_SERVICE_H_

#include "services/casework/case_commands.h"
#include "services/casework/casework_parts.h"
#include "wardbook/v1/case_service.grpc.pb.h"

namespace wardbook::casework {

// Safe for concurrent use.
class CaseService final : public wardbook::v1::CaseService::CallbackService {
 public:
  explicit CaseService(const CaseworkParts& parts) : parts_(parts), commands_(parts) {}

  grpc::ServerUnaryReactor* GetCase(grpc::CallbackServerContext* context,
                                    const wardbook::v1::GetCaseRequest* request,
                                    wardbook::v1::GetCaseResponse* response) override;
  grpc::ServerUnaryReactor* CheckRegisters(grpc::CallbackServerContext* context,
                                           const wardbook::v1::CheckRegistersRequest* request,
                                           wardbook::v1::CheckRegistersResponse* response) override;
  grpc::ServerUnaryReactor* ListInbox(grpc::CallbackServerContext* context,
                                      const wardbook::v1::ListInboxRequest* request,
                                      wardbook::v1::ListInboxResponse* response) override;
  grpc::ServerUnaryReactor* ListMyReports(grpc::CallbackServerContext* context,
                                          const wardbook::v1::ListMyReportsRequest* request,
                                          wardbook::v1::ListMyReportsResponse* response) override;
  grpc::ServerUnaryReactor* CountCases(grpc::CallbackServerContext* context,
                                       const wardbook::v1::CountCasesRequest* request,
                                       wardbook::v1::CountCasesResponse* response) override;
  grpc::ServerWriteReactor<wardbook::v1::WatchCasesResponse>* WatchCases(
      grpc::CallbackServerContext* context,
      const wardbook::v1::WatchCasesRequest* request) override;
  grpc::ServerUnaryReactor* AddNote(grpc::CallbackServerContext* context,
                                    const wardbook::v1::AddNoteRequest* request,
                                    wardbook::v1::AddNoteResponse* response) override;
  grpc::ServerUnaryReactor* CorrectEntry(grpc::CallbackServerContext* context,
                                         const wardbook::v1::CorrectEntryRequest* request,
                                         wardbook::v1::CorrectEntryResponse* response) override;
  grpc::ServerUnaryReactor* RecordPoliceDecision(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RecordPoliceDecisionRequest* request,
      wardbook::v1::RecordPoliceDecisionResponse* response) override;
  grpc::ServerUnaryReactor* SuspectIndecentImage(
      grpc::CallbackServerContext* context,
      const wardbook::v1::SuspectIndecentImageRequest* request,
      wardbook::v1::SuspectIndecentImageResponse* response) override;
  grpc::ServerUnaryReactor* RecordPoliceInformed(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RecordPoliceInformedRequest* request,
      wardbook::v1::RecordPoliceInformedResponse* response) override;
  grpc::ServerUnaryReactor* RecordPreservationStep(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RecordPreservationStepRequest* request,
      wardbook::v1::RecordPreservationStepResponse* response) override;
  grpc::ServerUnaryReactor* RecordPoliceRelease(
      grpc::CallbackServerContext* context, const wardbook::v1::RecordPoliceReleaseRequest* request,
      wardbook::v1::RecordPoliceReleaseResponse* response) override;
  grpc::ServerUnaryReactor* CloseCase(grpc::CallbackServerContext* context,
                                      const wardbook::v1::CloseCaseRequest* request,
                                      wardbook::v1::CloseCaseResponse* response) override;
  grpc::ServerUnaryReactor* ReopenCase(grpc::CallbackServerContext* context,
                                       const wardbook::v1::ReopenCaseRequest* request,
                                       wardbook::v1::ReopenCaseResponse* response) override;

 private:
  const CaseworkParts parts_;
  CaseCommands commands_;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CASE_SERVICE_H_
