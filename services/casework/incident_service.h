// Reporting incidents: the door through which a case begins.

#ifndef SERVICES_CASEWORK_INCIDENT_SERVICE_H_
#define SERVICES_CASEWORK_INCIDENT_SERVICE_H_

#include "services/casework/case_commands.h"
#include "services/casework/casework_parts.h"
#include "wardbook/v1/incident_service.grpc.pb.h"

namespace wardbook::casework {

// Safe for concurrent use.
class IncidentService final : public wardbook::v1::IncidentService::CallbackService {
 public:
  explicit IncidentService(const CaseworkParts& parts) : parts_(parts), commands_(parts) {}

  grpc::ServerUnaryReactor* ReportIncident(grpc::CallbackServerContext* context,
                                           const wardbook::v1::ReportIncidentRequest* request,
                                           wardbook::v1::ReportIncidentResponse* response) override;
  grpc::ServerUnaryReactor* AcknowledgeReceipt(
      grpc::CallbackServerContext* context, const wardbook::v1::AcknowledgeReceiptRequest* request,
      wardbook::v1::AcknowledgeReceiptResponse* response) override;
  grpc::ServerUnaryReactor* UpdateWishes(grpc::CallbackServerContext* context,
                                         const wardbook::v1::UpdateWishesRequest* request,
                                         wardbook::v1::UpdateWishesResponse* response) override;

 private:
  const CaseworkParts parts_;
  CaseCommands commands_;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_INCIDENT_SERVICE_H_
