// Professional disagreement: a door to the case.

#ifndef SERVICES_CASEWORK_DISAGREEMENT_SERVICE_H_
#define SERVICES_CASEWORK_DISAGREEMENT_SERVICE_H_

#include "services/casework/case_commands.h"
#include "services/casework/casework_parts.h"
#include "wardbook/v1/disagreement_service.grpc.pb.h"

namespace wardbook::casework {

// Safe for concurrent use.
class DisagreementService final : public wardbook::v1::DisagreementService::CallbackService {
 public:
  explicit DisagreementService(const CaseworkParts& parts) : parts_(parts), commands_(parts) {}

  grpc::ServerUnaryReactor* RaiseDisagreement(
      grpc::CallbackServerContext* context, const wardbook::v1::RaiseDisagreementRequest* request,
      wardbook::v1::RaiseDisagreementResponse* response) override;
  grpc::ServerUnaryReactor* EscalateDisagreement(
      grpc::CallbackServerContext* context,
      const wardbook::v1::EscalateDisagreementRequest* request,
      wardbook::v1::EscalateDisagreementResponse* response) override;
  grpc::ServerUnaryReactor* ResolveDisagreement(
      grpc::CallbackServerContext* context, const wardbook::v1::ResolveDisagreementRequest* request,
      wardbook::v1::ResolveDisagreementResponse* response) override;

 private:
  const CaseworkParts parts_;
  CaseCommands commands_;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DISAGREEMENT_SERVICE_H_
