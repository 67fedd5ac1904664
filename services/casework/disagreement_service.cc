#include "services/casework/disagreement_service.h"

#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "services/casework/consultation.h"

namespace wardbook::casework {
namespace {

namespace v1 = wardbook::v1;

std::optional<uint64_t> RevisionOrNewest(uint64_t revision) {
  return revision == 0 ? std::nullopt : std::optional(revision);
}

absl::StatusOr<casework::ResolveDisagreement> ReadResolve(
    const v1::ResolveDisagreementRequest& request, By by) {
  return casework::ResolveDisagreement{
      .by = std::move(by),
      .disagreement_revision = RevisionOrNewest(request.disagreement_revision()),
      .how = request.how()};
}

// The stage as it was recorded; nothing when it was recorded before by another
// request.
void FillRaised(const CaseOutcome& outcome, const CaseCard*,
                v1::RaiseDisagreementResponse& response) {
  for (const auto& event : outcome.events) {
    *response.mutable_due_time() = event.disagreement_raised().due_time();
    response.set_stage_words(event.disagreement_raised().stage_words());
  }
}

void FillEscalated(const CaseOutcome& outcome, const CaseCard*,
                   v1::EscalateDisagreementResponse& response) {
  for (const auto& event : outcome.events) {
    *response.mutable_due_time() = event.disagreement_escalated().due_time();
    response.set_stage_words(event.disagreement_escalated().stage_words());
  }
}

}  // namespace

grpc::ServerUnaryReactor* DisagreementService::RaiseDisagreement(
    grpc::CallbackServerContext* context, const v1::RaiseDisagreementRequest* request,
    v1::RaiseDisagreementResponse* response) {
  const auto read = [this](const v1::RaiseDisagreementRequest& asked,
                           By by) -> absl::StatusOr<casework::RaiseDisagreement> {
    const absl::Time now = by.now;
    return casework::RaiseDisagreement{
        .by = std::move(by),
        .disputed_revision = asked.disputed_revision(),
        .reasons = asked.reasons(),
        .immediate_significant_harm = asked.immediate_significant_harm(),
        .rules = DisagreementRulesFrom(parts_.rules, now)};
  };
  return commands_.Take(context, request, response, read, FillRaised);
}

grpc::ServerUnaryReactor* DisagreementService::EscalateDisagreement(
    grpc::CallbackServerContext* context, const v1::EscalateDisagreementRequest* request,
    v1::EscalateDisagreementResponse* response) {
  const auto read = [this](const v1::EscalateDisagreementRequest& asked,
                           By by) -> absl::StatusOr<casework::EscalateDisagreement> {
    const absl::Time now = by.now;
    return casework::EscalateDisagreement{
        .by = std::move(by),
        .disagreement_revision = RevisionOrNewest(asked.disagreement_revision()),
        .stage = asked.stage(),
        .to_whom = asked.to_whom(),
        .rules = DisagreementRulesFrom(parts_.rules, now)};
  };
  return commands_.Take(context, request, response, read, FillEscalated);
}

grpc::ServerUnaryReactor* DisagreementService::ResolveDisagreement(
    grpc::CallbackServerContext* context, const v1::ResolveDisagreementRequest* request,
    v1::ResolveDisagreementResponse* response) {
  return commands_.Take(context, request, response, ReadResolve);
}

}  // namespace wardbook::casework
