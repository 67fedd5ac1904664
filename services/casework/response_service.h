// What is done about an incident with people outside the case: a door to the
// case.

#ifndef SERVICES_CASEWORK_RESPONSE_SERVICE_H_
#define SERVICES_CASEWORK_RESPONSE_SERVICE_H_

#include "services/casework/case_commands.h"
#include "services/casework/casework_parts.h"
#include "wardbook/v1/response_service.grpc.pb.h"

namespace wardbook::casework {

// Safe for concurrent use.
class ResponseService final : public wardbook::v1::ResponseService::CallbackService {
 public:
  explicit ResponseService(const CaseworkParts& parts) : parts_(parts), commands_(parts) {}

  grpc::ServerUnaryReactor* RecordPoliceReport(
      grpc::CallbackServerContext* context, const wardbook::v1::RecordPoliceReportRequest* request,
      wardbook::v1::RecordPoliceReportResponse* response) override;
  grpc::ServerUnaryReactor* RecordDutyNotification(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RecordDutyNotificationRequest* request,
      wardbook::v1::RecordDutyNotificationResponse* response) override;
  grpc::ServerUnaryReactor* RecordProviderReport(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RecordProviderReportRequest* request,
      wardbook::v1::RecordProviderReportResponse* response) override;
  grpc::ServerUnaryReactor* RecordProviderOutcome(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RecordProviderOutcomeRequest* request,
      wardbook::v1::RecordProviderOutcomeResponse* response) override;
  grpc::ServerUnaryReactor* RecordContentRemoved(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RecordContentRemovedRequest* request,
      wardbook::v1::RecordContentRemovedResponse* response) override;
  grpc::ServerUnaryReactor* OfferSupport(grpc::CallbackServerContext* context,
                                         const wardbook::v1::OfferSupportRequest* request,
                                         wardbook::v1::OfferSupportResponse* response) override;
  grpc::ServerUnaryReactor* RecordExternalBodyInformed(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RecordExternalBodyInformedRequest* request,
      wardbook::v1::RecordExternalBodyInformedResponse* response) override;
  grpc::ServerUnaryReactor* LogContact(grpc::CallbackServerContext* context,
                                       const wardbook::v1::LogContactRequest* request,
                                       wardbook::v1::LogContactResponse* response) override;
  grpc::ServerUnaryReactor* ListContacts(grpc::CallbackServerContext* context,
                                         const wardbook::v1::ListContactsRequest* request,
                                         wardbook::v1::ListContactsResponse* response) override;

 private:
  const CaseworkParts parts_;
  CaseCommands commands_;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_RESPONSE_SERVICE_H_
