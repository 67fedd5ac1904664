// Classifying, investigating and deciding cases: a door to the case.

#ifndef SERVICES_CASEWORK_INVESTIGATION_SERVICE_H_
#define SERVICES_CASEWORK_INVESTIGATION_SERVICE_H_

#include "services/casework/case_commands.h"
#include "services/casework/casework_parts.h"
#include "wardbook/v1/investigation_service.grpc.pb.h"

namespace wardbook::casework {

// Safe for concurrent use.
class InvestigationService final : public wardbook::v1::InvestigationService::CallbackService {
 public:
  explicit InvestigationService(const CaseworkParts& parts) : commands_(parts) {}

  grpc::ServerUnaryReactor* ClassifyCase(grpc::CallbackServerContext* context,
                                         const wardbook::v1::ClassifyCaseRequest* request,
                                         wardbook::v1::ClassifyCaseResponse* response) override;
  grpc::ServerUnaryReactor* RaiseSuitabilityQuestion(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RaiseSuitabilityQuestionRequest* request,
      wardbook::v1::RaiseSuitabilityQuestionResponse* response) override;
  grpc::ServerUnaryReactor* DecideHarmThreshold(
      grpc::CallbackServerContext* context, const wardbook::v1::DecideHarmThresholdRequest* request,
      wardbook::v1::DecideHarmThresholdResponse* response) override;
  grpc::ServerUnaryReactor* StartInvestigation(
      grpc::CallbackServerContext* context, const wardbook::v1::StartInvestigationRequest* request,
      wardbook::v1::StartInvestigationResponse* response) override;
  grpc::ServerUnaryReactor* RecordInvestigationStep(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RecordInvestigationStepRequest* request,
      wardbook::v1::RecordInvestigationStepResponse* response) override;
  grpc::ServerUnaryReactor* RecordFinding(grpc::CallbackServerContext* context,
                                          const wardbook::v1::RecordFindingRequest* request,
                                          wardbook::v1::RecordFindingResponse* response) override;
  grpc::ServerUnaryReactor* BarInvestigation(
      grpc::CallbackServerContext* context, const wardbook::v1::BarInvestigationRequest* request,
      wardbook::v1::BarInvestigationResponse* response) override;
  grpc::ServerUnaryReactor* RecordDisciplinaryDecision(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RecordDisciplinaryDecisionRequest* request,
      wardbook::v1::RecordDisciplinaryDecisionResponse* response) override;
  grpc::ServerUnaryReactor* RecordDisciplinaryReference(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RecordDisciplinaryReferenceRequest* request,
      wardbook::v1::RecordDisciplinaryReferenceResponse* response) override;
  grpc::ServerUnaryReactor* InformGoverningBody(
      grpc::CallbackServerContext* context, const wardbook::v1::InformGoverningBodyRequest* request,
      wardbook::v1::InformGoverningBodyResponse* response) override;
  grpc::ServerUnaryReactor* RecordGoverningBodyAction(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RecordGoverningBodyActionRequest* request,
      wardbook::v1::RecordGoverningBodyActionResponse* response) override;
  grpc::ServerUnaryReactor* AssessDataBreach(
      grpc::CallbackServerContext* context, const wardbook::v1::AssessDataBreachRequest* request,
      wardbook::v1::AssessDataBreachResponse* response) override;
  grpc::ServerUnaryReactor* RecordBarringOutcome(
      grpc::CallbackServerContext* context,
      const wardbook::v1::RecordBarringOutcomeRequest* request,
      wardbook::v1::RecordBarringOutcomeResponse* response) override;

 private:
  CaseCommands commands_;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_INVESTIGATION_SERVICE_H_
