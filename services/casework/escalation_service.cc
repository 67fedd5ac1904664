#include "services/casework/escalation_service.h"

#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "services/casework/contacts.h"
#include "services/kernel/reason.h"
#include "services/kernel/text.h"
#include "services/runtime/refusal.h"

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
                      .reference = request.reference(),
                      .received_at = request.has_received_at()
                                         ? std::optional(request.received_at())
                                         : std::nullopt};
}

absl::StatusOr<HandOverRecipient> ReadHandOverRecipient(const v1::HandOverRecipientRequest& request,
                                                        By by) {
  const std::optional<PersonId> to = PersonId::FromHex(request.to_person_id());
  if (!to.has_value()) return runtime::Refuse(kernel::Reason::kNoSuchPerson, "to_person_id");
  return HandOverRecipient{.by = std::move(by),
                           .to = *to,
                           .reasons = request.reasons(),
                           .school = {},
                           .head_absence = std::nullopt};
}

absl::StatusOr<DeclareConflict> ReadDeclareConflict(const v1::DeclareConflictRequest& request,
                                                    By by) {
  std::optional<PersonId> person = by.actor.person;
  if (!request.person_id().empty()) person = PersonId::FromHex(request.person_id());
  if (!person.has_value()) return runtime::Refuse(kernel::Reason::kNoSuchPerson, "person_id");
  return DeclareConflict{.by = std::move(by),
                         .person = *person,
                         .reasons = request.reasons(),
                         .school = {},
                         .head_absence = std::nullopt};
}

absl::StatusOr<SettleName> ReadSettleName(const v1::SettleNameRequest& request, By by) {
  return SettleName{.by = std::move(by), .name = request.open_name(), .reasons = request.reasons()};
}

// Not to be read in the case by somebody from whom it is kept from now on.
void FillHolder(const CaseOutcome& outcome, const CaseCard*,
                v1::DeclareConflictResponse& response) {
  for (const auto& event : outcome.events) response.set_route(event.conflict_declared().route());
}

// A case that was handed on before has a route and no new event.
void FillRoute(const CaseOutcome&, const CaseCard* card, v1::EscalateCaseResponse& response) {
  if (card != nullptr) response.set_route(card->state.route);
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
    casework::SeekAdvice command{
        .by = std::move(by),
        .asked_of = asked.asked_of(),
        .channel = asked.channel(),
        .question = asked.question(),
        .reference = asked.reference(),
        .sought_at = asked.has_sought_at() ? std::optional(asked.sought_at()) : std::nullopt};
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

grpc::ServerUnaryReactor* EscalationService::HandOverRecipient(
    grpc::CallbackServerContext* context, const v1::HandOverRecipientRequest* request,
    v1::HandOverRecipientResponse* response) {
  return commands_.Take(context, request, response, ReadHandOverRecipient);
}

grpc::ServerUnaryReactor* EscalationService::DeclareConflict(
    grpc::CallbackServerContext* context, const v1::DeclareConflictRequest* request,
    v1::DeclareConflictResponse* response) {
  return commands_.Take(context, request, response, ReadDeclareConflict, FillHolder);
}

grpc::ServerUnaryReactor* EscalationService::SettleName(grpc::CallbackServerContext* context,
                                                        const v1::SettleNameRequest* request,
                                                        v1::SettleNameResponse* response) {
  return commands_.Take(context, request, response, ReadSettleName);
}

}  // namespace wardbook::casework
