// Referrals to Lancashire Safeguarding: a door to the case.

#ifndef SERVICES_CASEWORK_REFERRAL_SERVICE_H_
#define SERVICES_CASEWORK_REFERRAL_SERVICE_H_

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
  grpc::ServerUnaryReactor* AcknowledgeReferral(
      grpc::CallbackServerContext* context, const wardbook::v1::AcknowledgeReferralRequest* request,
      wardbook::v1::AcknowledgeReferralResponse* response) override;
  grpc::ServerUnaryReactor* RecordReferralOutcome(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RecordReferralOutcomeRequest* request,
      wardbook::v1::RecordReferralOutcomeResponse* response) override;

 private:
  // Takes it under the frame, and under one of the server's own where the frame
  // is refused: nothing about how a referral is sent is a reason to turn it away.
  void Refer(const runtime::Call& call, const wardbook::v1::ReferCaseRequest& request,
             runtime::CommandFrame frame, wardbook::v1::ReferCaseResponse& response,
             runtime::Finish finish);

  const CaseworkParts parts_;
  CaseCommands commands_;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_REFERRAL_SERVICE_H_
