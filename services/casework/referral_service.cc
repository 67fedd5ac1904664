#include "services/casework/referral_service.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "services/kernel/reason.h"
#include "services/runtime/refusal.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/random.h"

namespace wardbook::casework {
namespace {

namespace v1 = wardbook::v1;

// Nothing for an empty text, which stands for the newest referral.
absl::StatusOr<std::optional<ReferralId>> ReadReferralId(const std::string& hex) {
  if (hex.empty()) return std::nullopt;
  const std::optional<ReferralId> id = ReferralId::FromHex(hex);
  if (!id.has_value()) return runtime::Refuse(kernel::Reason::kFieldInvalid, "referral_id");
  return id;
}

casework::ReferCase ReadReferCase(const v1::ReferCaseRequest& request, By by) {
  return casework::ReferCase{.by = std::move(by),
                             .referral_id = crypto::RandomId<ReferralId>(),
                             .intent = request.intent(),
                             .reasons = request.reasons()};
}

absl::StatusOr<AcknowledgeReferral> ReadAcknowledgeReferral(
    const v1::AcknowledgeReferralRequest& request, By by) {
  AcknowledgeReferral command{.by = std::move(by),
                              .referral_id = std::nullopt,
                              .reference = request.reference(),
                              .message = request.message()};
  WARDBOOK_ASSIGN_OR_RETURN(command.referral_id, ReadReferralId(request.referral_id()));
  return command;
}

absl::StatusOr<RecordReferralOutcome> ReadRecordReferralOutcome(
    const v1::RecordReferralOutcomeRequest& request, By by) {
  RecordReferralOutcome command{.by = std::move(by),
                                .referral_id = std::nullopt,
                                .outcome = request.outcome(),
                                .reasons = request.reasons()};
  WARDBOOK_ASSIGN_OR_RETURN(command.referral_id, ReadReferralId(request.referral_id()));
  return command;
}

void FillReferral(const CaseOutcome& outcome, v1::ReferCaseResponse& response) {
  for (const auto& event : outcome.events) {
    if (!event.has_case_referred()) continue;
    const auto& referred = event.case_referred();
    response.set_referral_id(
        ReferralId::FromBytes(referred.referral_id()).value_or(ReferralId()).Hex());
    *response.mutable_missing_items() = referred.missing_items();
  }
}

}  // namespace

grpc::ServerUnaryReactor* ReferralService::ReferCase(grpc::CallbackServerContext* context,
                                                     const v1::ReferCaseRequest* request,
                                                     v1::ReferCaseResponse* response) {
  return parts_.rpc.Unary(context, [this, request, response](const runtime::Call& call,
                                                             runtime::Finish finish) {
    const absl::StatusOr<kernel::CaseRef> ref = ReadCaseRef(request->case_ref());
    if (!ref.ok()) return finish(ref.status());
    absl::StatusOr<runtime::CommandFrame> frame = parts_.rpc.Frame(call, *request, ref->Stream());
    // A request that cannot be told from another one is taken as a new one.
    if (!frame.ok()) frame = parts_.rpc.OwnFrame(call, ref->Stream());
    frame->expected_revision.reset();
    Refer(call, *request, *std::move(frame), *response, std::move(finish));
  });
}

void ReferralService::Refer(const runtime::Call& call, const v1::ReferCaseRequest& request,
                            runtime::CommandFrame frame, v1::ReferCaseResponse& response,
                            runtime::Finish finish) {
  CaseTransactor::Done answer =
      [this, call, &request, &response, stream = frame.stream,
       finish = std::move(finish)](absl::StatusOr<CaseOutcome> outcome) mutable {
        if (runtime::IsRefusal(outcome.status(), kernel::Reason::kRequestIdReused) ||
            runtime::IsRefusal(outcome.status(), kernel::Reason::kRevisionConflict)) {
          return Refer(call, request, parts_.rpc.OwnFrame(call, std::move(stream)), response,
                       std::move(finish));
        }
        if (!outcome.ok()) return finish(outcome.status());
        response.set_revision(outcome->revision);
        FillReferral(*outcome, response);
        *response.mutable_receipt() = std::move(outcome->receipt);
        finish(absl::OkStatus());
      };
  commands_.Run(std::move(frame), ReadReferCase(request, ByCaller(parts_, call)),
                std::move(answer));
}

grpc::ServerUnaryReactor* ReferralService::AcknowledgeReferral(
    grpc::CallbackServerContext* context, const v1::AcknowledgeReferralRequest* request,
    v1::AcknowledgeReferralResponse* response) {
  return commands_.Take(context, request, response, ReadAcknowledgeReferral);
}

grpc::ServerUnaryReactor* ReferralService::RecordReferralOutcome(
    grpc::CallbackServerContext* context, const v1::RecordReferralOutcomeRequest* request,
    v1::RecordReferralOutcomeResponse* response) {
  return commands_.Take(context, request, response, ReadRecordReferralOutcome);
}

}  // namespace wardbook::casework
