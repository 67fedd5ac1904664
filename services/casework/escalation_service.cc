#include "services/casework/escalation_service.h"

#include <utility>

#include "absl/status/statusor.h"
#include "services/casework/contacts.h"
#include "services/kernel/text.h"

namespace wardbook::casework {
namespace {

namespace v1 = wardbook::v1;

absl::StatusOr<EscalateCase> ReadEscalateCase(const v1::EscalateCaseRequest& request, By by) {
  return EscalateCase{.by = std::move(by), .reasons = request.reasons()};
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
  const auto read = [this](const v1::SeekAdviceRequest& asked,
                           By by) -> absl::StatusOr<casework::SeekAdvice> {
    casework::SeekAdvice command{.by = std::move(by),
                                 .asked_of = asked.asked_of(),
                                 .channel = asked.channel(),
                                 .question = asked.question(),
                                 .reference = asked.reference()};
    const auto* const advice = FindContact(parts_.rules.At(command.by.now),
                                           wardbook::rules::v1::CONTACT_KIND_SAFEGUARDING_ADVICE);
    if (kernel::IsBlank(command.asked_of) && advice != nullptr) command.asked_of = advice->name();
    return command;
  };
  return commands_.Take(context, request, response, read);
}

grpc::ServerUnaryReactor* EscalationService::RecordAdvice(grpc::CallbackServerContext* context,
                                                          const v1::RecordAdviceRequest* request,
                                                          v1::RecordAdviceResponse* response) {
  return commands_.Take(context, request, response, ReadRecordAdvice);
}

}  // namespace wardbook::casework
