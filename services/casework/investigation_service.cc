#include "services/casework/investigation_service.h"

#include <google/protobuf/repeated_field.h>

#include <optional>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "services/casework/case_summary.h"
#include "services/kernel/reason.h"
#include "services/runtime/refusal.h"

namespace wardbook::casework {
namespace {

namespace events = wardbook::events::v1;
namespace v1 = wardbook::v1;

template <class Enum>
std::vector<Enum> EnumsIn(const google::protobuf::RepeatedField<int>& numbers) {
  std::vector<Enum> values;
  for (const int number : numbers) values.push_back(static_cast<Enum>(number));
  return values;
}

template <class Request>
Considered ConsideredIn(const Request& request) {
  return {request.wishes_treatment(), request.wishes_reasons()};
}

absl::StatusOr<ClassifyCase> ReadClassifyCase(const v1::ClassifyCaseRequest& request, By by) {
  return ClassifyCase{.by = std::move(by),
                      .cyber_bullying = request.cyber_bullying(),
                      .technologies = EnumsIn<events::Technology>(request.technologies()),
                      .conduct = EnumsIn<events::BullyingConduct>(request.conduct()),
                      .target = request.target(),
                      .power_and_control = request.power_and_control(),
                      .breached_clauses = EnumsIn<events::BreachClause>(request.breached_clauses()),
                      .reasons = request.reasons()};
}

absl::StatusOr<RaiseSuitabilityQuestion> ReadRaiseSuitabilityQuestion(
    const v1::RaiseSuitabilityQuestionRequest& request, By by) {
  return RaiseSuitabilityQuestion{.by = std::move(by), .reasons = request.reasons()};
}

absl::StatusOr<DecideHarmThreshold> ReadDecideHarmThreshold(
    const v1::DecideHarmThresholdRequest& request, By by) {
  return DecideHarmThreshold{.by = std::move(by),
                             .threshold = request.threshold(),
                             .limbs = EnumsIn<events::HarmLimb>(request.limbs()),
                             .reasons = request.reasons(),
                             .considered = ConsideredIn(request)};
}

absl::StatusOr<StartInvestigation> ReadStartInvestigation(
    const v1::StartInvestigationRequest& request, By by, const SchoolRegister& people) {
  StartInvestigation command{.by = std::move(by),
                             .investigator = {},
                             .investigator_name = {},
                             .scope = request.scope(),
                             .bar_lifted_how = request.bar_lifted_how(),
                             .replaces_why = request.replaces_why()};
  const std::optional<PersonId> investigator = request.investigator_id().empty()
                                                   ? command.by.actor.person
                                                   : PersonId::FromHex(request.investigator_id());
  std::optional<runtime::PersonEntry> person;
  if (investigator.has_value()) {
    person = people.directory.Find(people.school, *investigator, command.by.now);
  }
  if (!person.has_value()) {
    return runtime::Refuse(kernel::Reason::kNoSuchPerson, "investigator_id");
  }
  command.investigator = {person->id, {}, std::move(person->names)};
  // The record must say who it was when the register no longer does.
  command.investigator_name = person->name;
  return command;
}

absl::StatusOr<RecordInvestigationStep> ReadRecordInvestigationStep(
    const v1::RecordInvestigationStepRequest& request, By by) {
  return RecordInvestigationStep{.by = std::move(by),
                                 .kind = request.kind(),
                                 .what = request.what(),
                                 .with_whom = request.with_whom(),
                                 .done_at = request.done_at()};
}

absl::StatusOr<RecordFinding> ReadRecordFinding(const v1::RecordFindingRequest& request, By by) {
  return RecordFinding{.by = std::move(by),
                       .finding = request.finding(),
                       .reasons = request.reasons(),
                       .allegation_outcome = request.allegation_outcome(),
                       .considered = ConsideredIn(request)};
}

absl::StatusOr<BarInvestigation> ReadBarInvestigation(const v1::BarInvestigationRequest& request,
                                                      By by) {
  return BarInvestigation{.by = std::move(by),
                          .barred_by = request.barred_by(),
                          .officer = request.officer(),
                          .reference = request.reference(),
                          .instruction = request.instruction()};
}

absl::StatusOr<RecordDisciplinaryDecision> ReadRecordDisciplinaryDecision(
    const v1::RecordDisciplinaryDecisionRequest& request, By by) {
  return RecordDisciplinaryDecision{.by = std::move(by),
                                    .decision = request.decision(),
                                    .reasons = request.reasons(),
                                    .considered = ConsideredIn(request)};
}

absl::StatusOr<RecordDisciplinaryReference> ReadRecordDisciplinaryReference(
    const v1::RecordDisciplinaryReferenceRequest& request, By by) {
  return RecordDisciplinaryReference{.by = std::move(by),
                                     .procedure = request.procedure(),
                                     .stage = request.stage(),
                                     .reference = request.reference()};
}

absl::StatusOr<InformGoverningBody> ReadInformGoverningBody(
    const v1::InformGoverningBodyRequest& request, By by) {
  return InformGoverningBody{.by = std::move(by), .summary = request.summary(), .school = {}};
}

absl::StatusOr<RecordGoverningBodyAction> ReadRecordGoverningBodyAction(
    const v1::RecordGoverningBodyActionRequest& request, By by) {
  return RecordGoverningBodyAction{.by = std::move(by),
                                   .minute_reference = request.minute_reference()};
}

absl::StatusOr<AssessDataBreach> ReadAssessDataBreach(const v1::AssessDataBreachRequest& request,
                                                      By by) {
  return AssessDataBreach{.by = std::move(by),
                          .assessment = request.assessment(),
                          .reasons = request.reasons(),
                          .commissioner_reference = request.commissioner_reference()};
}

absl::StatusOr<RecordBarringOutcome> ReadRecordBarringOutcome(
    const v1::RecordBarringOutcomeRequest& request, By by) {
  return RecordBarringOutcome{.by = std::move(by),
                              .outcome = request.outcome(),
                              .person_name = request.person_name(),
                              .decided_at = request.decided_at(),
                              .reference = request.reference()};
}

// What remains after the decision, so that whoever decided sees what comes next.
template <class Response>
void FillRemaining(const CaseOutcome&, const CaseCard* card, Response& response) {
  if (card != nullptr) *response.mutable_remaining_steps() = RemainingStepsOf(card->state);
}

}  // namespace

grpc::ServerUnaryReactor* InvestigationService::ClassifyCase(grpc::CallbackServerContext* context,
                                                             const v1::ClassifyCaseRequest* request,
                                                             v1::ClassifyCaseResponse* response) {
  return commands_.Take(context, request, response, ReadClassifyCase,
                        FillRemaining<v1::ClassifyCaseResponse>);
}

grpc::ServerUnaryReactor* InvestigationService::RaiseSuitabilityQuestion(
    grpc::CallbackServerContext* context, const v1::RaiseSuitabilityQuestionRequest* request,
    v1::RaiseSuitabilityQuestionResponse* response) {
  return commands_.Take(context, request, response, ReadRaiseSuitabilityQuestion,
                        FillRemaining<v1::RaiseSuitabilityQuestionResponse>);
}

grpc::ServerUnaryReactor* InvestigationService::DecideHarmThreshold(
    grpc::CallbackServerContext* context, const v1::DecideHarmThresholdRequest* request,
    v1::DecideHarmThresholdResponse* response) {
  return commands_.Take(context, request, response, ReadDecideHarmThreshold,
                        FillRemaining<v1::DecideHarmThresholdResponse>);
}

grpc::ServerUnaryReactor* InvestigationService::StartInvestigation(
    grpc::CallbackServerContext* context, const v1::StartInvestigationRequest* request,
    v1::StartInvestigationResponse* response) {
  return commands_.Take(context, request, response, ReadStartInvestigation,
                        FillRemaining<v1::StartInvestigationResponse>);
}

grpc::ServerUnaryReactor* InvestigationService::RecordInvestigationStep(
    grpc::CallbackServerContext* context, const v1::RecordInvestigationStepRequest* request,
    v1::RecordInvestigationStepResponse* response) {
  return commands_.Take(context, request, response, ReadRecordInvestigationStep,
                        FillRemaining<v1::RecordInvestigationStepResponse>);
}

grpc::ServerUnaryReactor* InvestigationService::RecordFinding(
    grpc::CallbackServerContext* context, const v1::RecordFindingRequest* request,
    v1::RecordFindingResponse* response) {
  return commands_.Take(context, request, response, ReadRecordFinding,
                        FillRemaining<v1::RecordFindingResponse>);
}

grpc::ServerUnaryReactor* InvestigationService::BarInvestigation(
    grpc::CallbackServerContext* context, const v1::BarInvestigationRequest* request,
    v1::BarInvestigationResponse* response) {
  return commands_.Take(context, request, response, ReadBarInvestigation,
                        FillRemaining<v1::BarInvestigationResponse>);
}

grpc::ServerUnaryReactor* InvestigationService::RecordDisciplinaryDecision(
    grpc::CallbackServerContext* context, const v1::RecordDisciplinaryDecisionRequest* request,
    v1::RecordDisciplinaryDecisionResponse* response) {
  return commands_.Take(context, request, response, ReadRecordDisciplinaryDecision,
                        FillRemaining<v1::RecordDisciplinaryDecisionResponse>);
}

grpc::ServerUnaryReactor* InvestigationService::RecordDisciplinaryReference(
    grpc::CallbackServerContext* context, const v1::RecordDisciplinaryReferenceRequest* request,
    v1::RecordDisciplinaryReferenceResponse* response) {
  return commands_.Take(context, request, response, ReadRecordDisciplinaryReference,
                        FillRemaining<v1::RecordDisciplinaryReferenceResponse>);
}

grpc::ServerUnaryReactor* InvestigationService::InformGoverningBody(
    grpc::CallbackServerContext* context, const v1::InformGoverningBodyRequest* request,
    v1::InformGoverningBodyResponse* response) {
  return commands_.Take(context, request, response, ReadInformGoverningBody,
                        FillRemaining<v1::InformGoverningBodyResponse>);
}

grpc::ServerUnaryReactor* InvestigationService::RecordGoverningBodyAction(
    grpc::CallbackServerContext* context, const v1::RecordGoverningBodyActionRequest* request,
    v1::RecordGoverningBodyActionResponse* response) {
  return commands_.Take(context, request, response, ReadRecordGoverningBodyAction,
                        FillRemaining<v1::RecordGoverningBodyActionResponse>);
}

grpc::ServerUnaryReactor* InvestigationService::AssessDataBreach(
    grpc::CallbackServerContext* context, const v1::AssessDataBreachRequest* request,
    v1::AssessDataBreachResponse* response) {
  return commands_.Take(context, request, response, ReadAssessDataBreach,
                        FillRemaining<v1::AssessDataBreachResponse>);
}

grpc::ServerUnaryReactor* InvestigationService::RecordBarringOutcome(
    grpc::CallbackServerContext* context, const v1::RecordBarringOutcomeRequest* request,
    v1::RecordBarringOutcomeResponse* response) {
  return commands_.Take(context, request, response, ReadRecordBarringOutcome,
                        FillRemaining<v1::RecordBarringOutcomeResponse>);
}

}  // namespace wardbook::casework
