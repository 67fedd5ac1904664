#include "services/casework/escalation_service.h"

#include <utility>

#include "absl/status/statusor.h"

namespace wardbook::casework {
namespace {

namespace v1 = wardbook::v1;

absl::StatusOr<EscalateCase> ReadEscalateCase(const v1::EscalateCaseRequest& request, By by) {
  return EscalateCase{.by = std::move(by), .reasons = request.reasons()};
}

absl::StatusOr<SeekAdvice> ReadSeekAdvice(const v1::SeekAdviceRequest& request, By by) {
  return SeekAdvice{.by = std::move(by),
                    .asked_of = request.asked_of(),
                    .channel = request.channel(),
                    .question = request.question(),
                    .reference = request.reference()};
}

absl::StatusOr<RecordAdvice> ReadRecordAdvice(const v1::RecordAdviceRequest& request, By by) {
  return RecordAdvice{.by = std::move(by),
                      .adviser_name = request.adviser_name(),
                      .adviser_role = request.adviser_role(),
                      .advice = request.advice(),
                      .may_proceed = request.may_proceed(),
                      .reference = request.reference()};
}

// A case that was handed on before has a route and no new event.
void FillRoute(const CaseOutcome&, const CaseCard& card, v1::EscalateCaseResponse& response) {
  response.set_route(card.state.route);
}

}  // namespace

grpc::ServerUnaryReactor* EscalationService::EscalateCase(grpc::CallbackServerContext* context,
                                                          const v1::EscalateCaseRequest* request,
                                                          v1::EscalateCaseResponse* response) {
  return commands_.Take(context, request, response, ReadEscalateCase, FillRoute);
}

grpc::ServerUnaryReactor* EscalationService::SeekAdvice(grpc::CallbackServerContext* context,
                                                        const v1::SeekAdviceRequest* request,
                                                        v1::SeekAdviceResponse* response) {
  return commands_.Take(context, request, response, ReadSeekAdvice);
}

grpc::ServerUnaryReactor* EscalationService::RecordAdvice(grpc::CallbackServerContext* context,
                                                          const v1::RecordAdviceRequest* request,
                                                          v1::RecordAdviceResponse* response) {
  return commands_.Take(context, request, response, ReadRecordAdvice);
}

}  // namespace wardbook::casework
