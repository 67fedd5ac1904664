// Referrals to Lancashire Safeguarding: a door to the case.

#ifndef SERVICES_CASEWORK_REFERRAL_SERVICE_H_
#define SERVICES_CASEWORK_REFERRAL_SERVICE_H_

#include <source_location>

#include "services/casework/case_commands.h"
#include "services/casework/casework_parts.h"
#include "wardbook/v1/referral_service.grpc.pb.h"

namespace wardbook::casework {

// Safe for concurrent use.
class ReferralService final : public wardbook::v1::ReferralService::CallbackService {
 public:
  explicit ReferralService(const CaseworkParts& parts) : parts_(parts), commands_(parts) {}

  grpc::ServerUnaryReactor* ReferCase(grpc::CallbackServerContext* context,
                                      const wardbook::v1::ReferCaseRequest* request,
                                      wardbook::v1::ReferCaseResponse* response) override;
  grpc::ServerUnaryReactor* PrepareReferralSection(
      grpc::CallbackServerContext* context,
      const wardbook::v1::PrepareReferralSectionRequest* request,
      wardbook::v1::PrepareReferralSectionResponse* response) override;
  grpc::ServerUnaryReactor* ShowReferralForm(
      grpc::CallbackServerContext* context, const wardbook::v1::ShowReferralFormRequest* request,
      wardbook::v1::ShowReferralFormResponse* response) override;
  grpc::ServerUnaryReactor* RecordReferralSubmitted(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RecordReferralSubmittedRequest* request,
      wardbook::v1::RecordReferralSubmittedResponse* response) override;
  grpc::ServerUnaryReactor* AcknowledgeReferral(
      grpc::CallbackServerContext* context, const wardbook::v1::AcknowledgeReferralRequest* request,
      wardbook::v1::AcknowledgeReferralResponse* response) override;
  grpc::ServerUnaryReactor* RecordReferralOutcome(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RecordReferralOutcomeRequest* request,
      wardbook::v1::RecordReferralOutcomeResponse* response) override;
  grpc::ServerUnaryReactor* RecordReferralAdvice(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RecordReferralAdviceRequest* request,
      wardbook::v1::RecordReferralAdviceResponse* response) override;
  grpc::ServerUnaryReactor* RequestMoreInformation(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RequestMoreInformationRequest* request,
      wardbook::v1::RequestMoreInformationResponse* response) override;
  grpc::ServerUnaryReactor* GiveMoreInformation(
      grpc::CallbackServerContext* context, const wardbook::v1::GiveMoreInformationRequest* request,
      wardbook::v1::GiveMoreInformationResponse* response) override;
  grpc::ServerUnaryReactor* RecordThresholdMet(
      grpc::CallbackServerContext* context, const wardbook::v1::RecordThresholdMetRequest* request,
      wardbook::v1::RecordThresholdMetResponse* response) override;
  grpc::ServerUnaryReactor* RecordReferralMeeting(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RecordReferralMeetingRequest* request,
      wardbook::v1::RecordReferralMeetingResponse* response) override;
  grpc::ServerUnaryReactor* OpenReferralStrand(
      grpc::CallbackServerContext* context, const wardbook::v1::OpenReferralStrandRequest* request,
      wardbook::v1::OpenReferralStrandResponse* response) override;
  grpc::ServerUnaryReactor* RecordStrandOutcome(
      grpc::CallbackServerContext* context, const wardbook::v1::RecordStrandOutcomeRequest* request,
      wardbook::v1::RecordStrandOutcomeResponse* response) override;
  grpc::ServerUnaryReactor* RecordClosingAction(
      grpc::CallbackServerContext* context, const wardbook::v1::RecordClosingActionRequest* request,
      wardbook::v1::RecordClosingActionResponse* response) override;
  grpc::ServerUnaryReactor* CloseReferral(grpc::CallbackServerContext* context,
                                          const wardbook::v1::CloseReferralRequest* request,
                                          wardbook::v1::CloseReferralResponse* response) override;
  grpc::ServerUnaryReactor* WithdrawReferral(
      grpc::CallbackServerContext* context, const wardbook::v1::WithdrawReferralRequest* request,
      wardbook::v1::WithdrawReferralResponse* response) override;

 private:
  template <class Response>
  using FillAnswer = void (*)(const CaseOutcome&, Response&);

  // Takes what nothing refuses to anybody who may see the case: neither how it is
  // sent nor that the case has moved on.
  template <class Read, class Request, class Response>
  grpc::ServerUnaryReactor* TakeAlways(
      grpc::CallbackServerContext* context, const Request* request, Response* response, Read read,
      FillAnswer<Response> fill, std::source_location handler = std::source_location::current());
  // Runs it under the frame, and under one of the server's own where the frame is
  // refused.
  template <class Command, class Response>
  void Insist(const runtime::Call& call, runtime::CommandFrame frame, Command command,
              Response& response, FillAnswer<Response> fill, runtime::Finish finish);

  const CaseworkParts parts_;
  CaseCommands commands_;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_REFERRAL_SERVICE_H_
