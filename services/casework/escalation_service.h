// Handing cases on, and advice: a door to the case.

#ifndef SERVICES_CASEWORK_ESCALATION_SERVICE_H_
#define SERVICES_CASEWORK_ESCALATION_SERVICE_H_

#include "services/casework/case_commands.h"
#include "services/casework/casework_parts.h"
#include "wardbook/v1/escalation_service.grpc.pb.h"

namespace wardbook::casework {

// Safe for concurrent use.
class EscalationService final : public wardbook::v1::EscalationService::CallbackService {
 public:
  explicit EscalationService(const CaseworkParts& parts) : parts_(parts), commands_(parts) {}

  grpc::ServerUnaryReactor* EscalateCase(grpc::CallbackServerContext* context,
                                         const wardbook::v1::EscalateCaseRequest* request,
                                         wardbook::v1::EscalateCaseResponse* response) override;
  grpc::ServerUnaryReactor* SeekAdvice(grpc::CallbackServerContext* context,
                                       const wardbook::v1::SeekAdviceRequest* request,
                                       wardbook::v1::SeekAdviceResponse* response) override;
  grpc::ServerUnaryReactor* RecordAdvice(grpc::CallbackServerContext* context,
                                         const wardbook::v1::RecordAdviceRequest* request,
                                         wardbook::v1::RecordAdviceResponse* response) override;
  grpc::ServerUnaryReactor* HandOverRecipient(
      grpc::CallbackServerContext* context, const wardbook::v1::HandOverRecipientRequest* request,
      wardbook::v1::HandOverRecipientResponse* response) override;
  grpc::ServerUnaryReactor* DeclareConflict(
      grpc::CallbackServerContext* context, const wardbook::v1::DeclareConflictRequest* request,
      wardbook::v1::DeclareConflictResponse* response) override;
  grpc::ServerUnaryReactor* SettleName(grpc::CallbackServerContext* context,
                                       const wardbook::v1::SettleNameRequest* request,
                                       wardbook::v1::SettleNameResponse* response) override;

 private:
  const CaseworkParts parts_;
  CaseCommands commands_;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_ESCALATION_SERVICE_H_
