#include "services/casework/referral_service.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "services/casework/domain/referral_form.h"
#include "services/casework/domain/referral_state.h"
#include "services/casework/referral_copy.h"
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

absl::StatusOr<casework::ReferCase> ReadReferCase(const v1::ReferCaseRequest& request, By by) {
  casework::ReferCase command{.by = std::move(by),
                              .referral_id = crypto::RandomId<ReferralId>(),
                              .intent = request.intent(),
                              .reasons = request.reasons()};
  if (request.has_child_referral()) command.child_referral = request.child_referral();
  return command;
}

// An id that is none names no referral of the case, which is recorded and not
// refused.
absl::StatusOr<casework::RecordReferralSubmitted> ReadSubmitted(
    const v1::RecordReferralSubmittedRequest& request, By by) {
  casework::RecordReferralSubmitted command{.by = std::move(by),
                                            .referral_id = std::nullopt,
                                            .new_referral_id = crypto::RandomId<ReferralId>(),
                                            .form_reference = request.form_reference(),
                                            .submitted_at = request.submitted_at(),
                                            .submitted_by = request.submitted_by()};
  if (!request.referral_id().empty()) {
    command.referral_id = ReferralId::FromHex(request.referral_id()).value_or(ReferralId());
  }
  return command;
}

absl::StatusOr<AcknowledgeReferral> ReadAcknowledgeReferral(
    const v1::AcknowledgeReferralRequest& request, By by) {
  AcknowledgeReferral command{.by = std::move(by),
                              .referral_id = std::nullopt,
                              .reference = request.reference(),
                              .message = request.message(),
                              .conveyed_by = request.conveyed_by()};
  WARDBOOK_ASSIGN_OR_RETURN(command.referral_id, ReadReferralId(request.referral_id()));
  return command;
}

absl::StatusOr<RecordReferralOutcome> ReadRecordReferralOutcome(
    const v1::RecordReferralOutcomeRequest& request, By by) {
  RecordReferralOutcome command{.by = std::move(by),
                                .referral_id = std::nullopt,
                                .outcome = request.outcome(),
                                .reasons = request.reasons(),
                                .conveyed_by = request.conveyed_by()};
  WARDBOOK_ASSIGN_OR_RETURN(command.referral_id, ReadReferralId(request.referral_id()));
  return command;
}

absl::StatusOr<casework::PrepareReferralSection> ReadSection(
    const v1::PrepareReferralSectionRequest& request, By by) {
  casework::PrepareReferralSection command{
      .by = std::move(by),
      .referral_id = std::nullopt,
      .section = request.section(),
      .fields = {request.fields().begin(), request.fields().end()}};
  WARDBOOK_ASSIGN_OR_RETURN(command.referral_id, ReadReferralId(request.referral_id()));
  return command;
}

absl::StatusOr<casework::RecordReferralAdvice> ReadAdvice(
    const v1::RecordReferralAdviceRequest& request, By by) {
  casework::RecordReferralAdvice command{.by = std::move(by),
                                         .referral_id = std::nullopt,
                                         .advice = request.advice(),
                                         .conveyed_by = request.conveyed_by()};
  WARDBOOK_ASSIGN_OR_RETURN(command.referral_id, ReadReferralId(request.referral_id()));
  return command;
}

absl::StatusOr<casework::RequestMoreInformation> ReadQuestion(
    const v1::RequestMoreInformationRequest& request, By by) {
  casework::RequestMoreInformation command{.by = std::move(by),
                                           .referral_id = std::nullopt,
                                           .question = request.question(),
                                           .conveyed_by = request.conveyed_by()};
  WARDBOOK_ASSIGN_OR_RETURN(command.referral_id, ReadReferralId(request.referral_id()));
  return command;
}

absl::StatusOr<casework::GiveMoreInformation> ReadInformation(
    const v1::GiveMoreInformationRequest& request, By by) {
  casework::GiveMoreInformation command{
      .by = std::move(by), .referral_id = std::nullopt, .information = request.information()};
  WARDBOOK_ASSIGN_OR_RETURN(command.referral_id, ReadReferralId(request.referral_id()));
  return command;
}

absl::StatusOr<casework::RecordThresholdMet> ReadThreshold(
    const v1::RecordThresholdMetRequest& request, By by) {
  casework::RecordThresholdMet command{.by = std::move(by),
                                       .referral_id = std::nullopt,
                                       .reasons = request.reasons(),
                                       .conveyed_by = request.conveyed_by()};
  WARDBOOK_ASSIGN_OR_RETURN(command.referral_id, ReadReferralId(request.referral_id()));
  return command;
}

absl::StatusOr<casework::RecordReferralMeeting> ReadMeeting(
    const v1::RecordReferralMeetingRequest& request, By by) {
  casework::RecordReferralMeeting command{.by = std::move(by),
                                          .referral_id = std::nullopt,
                                          .meeting = request.meeting(),
                                          .number = request.number(),
                                          .held_at = request.held_at(),
                                          .attendees = request.attendees(),
                                          .actions = request.actions()};
  WARDBOOK_ASSIGN_OR_RETURN(command.referral_id, ReadReferralId(request.referral_id()));
  return command;
}

absl::StatusOr<casework::OpenReferralStrand> ReadStrand(
    const v1::OpenReferralStrandRequest& request, By by) {
  casework::OpenReferralStrand command{.by = std::move(by),
                                       .referral_id = std::nullopt,
                                       .strand = request.strand(),
                                       .reference = request.reference(),
                                       .details = request.details(),
                                       .conveyed_by = request.conveyed_by()};
  WARDBOOK_ASSIGN_OR_RETURN(command.referral_id, ReadReferralId(request.referral_id()));
  return command;
}

absl::StatusOr<casework::RecordClosingAction> ReadClosingAction(
    const v1::RecordClosingActionRequest& request, By by) {
  casework::RecordClosingAction command{.by = std::move(by),
                                        .referral_id = std::nullopt,
                                        .action = request.action(),
                                        .decision = request.decision(),
                                        .details = request.details()};
  WARDBOOK_ASSIGN_OR_RETURN(command.referral_id, ReadReferralId(request.referral_id()));
  return command;
}

absl::StatusOr<casework::CloseReferral> ReadClose(const v1::CloseReferralRequest& request, By by) {
  casework::CloseReferral command{.by = std::move(by),
                                  .referral_id = std::nullopt,
                                  .summary = request.summary(),
                                  .conveyed_by = request.conveyed_by()};
  WARDBOOK_ASSIGN_OR_RETURN(command.referral_id, ReadReferralId(request.referral_id()));
  return command;
}

absl::StatusOr<casework::WithdrawReferral> ReadWithdraw(const v1::WithdrawReferralRequest& request,
                                                        By by) {
  casework::WithdrawReferral command{.by = std::move(by),
                                     .referral_id = std::nullopt,
                                     .reasons = request.reasons(),
                                     .superseded_by_id = std::nullopt,
                                     .conveyed_by = request.conveyed_by()};
  WARDBOOK_ASSIGN_OR_RETURN(command.referral_id, ReadReferralId(request.referral_id()));
  if (!request.superseded_by_id().empty()) {
    command.superseded_by_id = ReferralId::FromHex(request.superseded_by_id());
    if (!command.superseded_by_id) {
      return runtime::Refuse(kernel::Reason::kFieldInvalid, "superseded_by_id");
    }
  }
  return command;
}

// The outcome as referrals name it; nothing for one that they do not have.
std::optional<wardbook::events::v1::ReferralOutcome> OutcomeOf(
    wardbook::rules::v1::OutcomeKind kind) {
  switch (kind) {
    case wardbook::rules::v1::OUTCOME_KIND_SUBSTANTIATED:
      return wardbook::events::v1::REFERRAL_OUTCOME_SUBSTANTIATED;
    case wardbook::rules::v1::OUTCOME_KIND_MALICIOUS:
      return wardbook::events::v1::REFERRAL_OUTCOME_MALICIOUS;
    case wardbook::rules::v1::OUTCOME_KIND_FALSE:
      return wardbook::events::v1::REFERRAL_OUTCOME_FALSE;
    case wardbook::rules::v1::OUTCOME_KIND_UNSUBSTANTIATED:
      return wardbook::events::v1::REFERRAL_OUTCOME_UNSUBSTANTIATED;
    case wardbook::rules::v1::OUTCOME_KIND_UNFOUNDED:
      return wardbook::events::v1::REFERRAL_OUTCOME_UNFOUNDED;
    default:
      return std::nullopt;
  }
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

void FillSubmitted(const CaseOutcome& outcome, v1::RecordReferralSubmittedResponse& response) {
  for (const auto& event : outcome.events) {
    if (!event.has_referral_submitted()) continue;
    const auto& submitted = event.referral_submitted();
    response.set_referral_id(
        ReferralId::FromBytes(submitted.referral_id()).value_or(ReferralId()).Hex());
    *response.mutable_missing_items() = submitted.missing_items();
  }
}

void FillPrepared(const CaseOutcome& outcome, const CaseCard* card,
                  v1::PrepareReferralSectionResponse& response) {
  if (card == nullptr) return;
  const Referral* referral = NewestOpenReferral(card->state);
  for (const auto& event : outcome.events) {
    const auto id = ReferralId::FromBytes(event.referral_section_prepared().referral_id());
    referral = id ? FindReferral(card->state, id) : nullptr;
  }
  for (const std::string& item : MissingOfForm(card->state, referral)) {
    response.add_missing_items(item);
  }
}

void FillClosed(const CaseOutcome& outcome, const CaseCard*, v1::CloseReferralResponse& response) {
  for (const auto& event : outcome.events) {
    *response.mutable_missing_items() = event.referral_closed().missing_items();
  }
}

// The form of the referral that the request names, as the caller may see it.
struct ShownForm {
  v1::ShowReferralFormResponse response;
  wardbook::events::v1::AccessEvent shown;
};

absl::StatusOr<ShownForm> MakeForm(const CaseworkParts& parts, const runtime::Call& call,
                                   const SeenCase& seen,
                                   const v1::ShowReferralFormRequest& request) {
  const CaseState& state = seen.card().state;
  if (const auto rejected = Refuses(state, casework::ShowReferralForm{ByCaller(parts, call)})) {
    return runtime::OfSeenCase(runtime::Refuse(*rejected));
  }
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<ReferralId> id,
                            ReadReferralId(request.referral_id()));
  const Referral* referral = id ? FindReferral(state, id) : NewestOpenReferral(state);
  if (id && referral == nullptr) {
    return runtime::Refuse(kernel::Reason::kNotReferred, "referral_id");
  }
  ShownForm form;
  form.response = CopyOut(state, referral, parts.rules.At(call.now));
  auto& shown = *form.shown.mutable_referral_form_shown();
  shown.set_case_ref(seen.ref.text());
  shown.set_revision(seen.revision());
  if (referral != nullptr) shown.set_referral_id(referral->id.Bytes());
  return form;
}

}  // namespace

template <class Read, class Request, class Response>
grpc::ServerUnaryReactor* ReferralService::TakeAlways(grpc::CallbackServerContext* context,
                                                      const Request* request, Response* response,
                                                      Read read, FillAnswer<Response> fill,
                                                      std::source_location handler) {
  return parts_.rpc.Unary(
      context,
      [this, request, response, read, fill](const runtime::Call& call, runtime::Finish finish) {
        finish = runtime::FinishFor(*request, std::move(finish));
        const absl::StatusOr<kernel::CaseRef> ref = ReadCaseRef(request->case_ref());
        if (!ref.ok()) return finish(ref.status());
        absl::StatusOr<runtime::CommandFrame> frame =
            parts_.rpc.Frame(call, *request, ref->Stream());
        // A request that cannot be told from another one is taken as a new one.
        if (!frame.ok()) frame = parts_.rpc.OwnFrame(call, ref->Stream());
        frame->expected_revision.reset();
        auto command = read(*request, ByCaller(parts_, call));
        if (!command.ok()) return finish(command.status());
        Insist(call, *std::move(frame), *std::move(command), *response, fill, std::move(finish));
      },
      handler);
}

template <class Command, class Response>
void ReferralService::Insist(const runtime::Call& call, runtime::CommandFrame frame,
                             Command command, Response& response, FillAnswer<Response> fill,
                             runtime::Finish finish) {
  CaseTransactor::Done answer =
      [this, call, command, &response, fill, stream = frame.stream,
       finish = std::move(finish)](absl::StatusOr<CaseOutcome> outcome) mutable {
        if (runtime::IsRefusal(outcome.status(), kernel::Reason::kRequestIdReused) ||
            runtime::IsRefusal(outcome.status(), kernel::Reason::kRevisionConflict)) {
          return Insist(call, parts_.rpc.OwnFrame(call, std::move(stream)), std::move(command),
                        response, fill, std::move(finish));
        }
        if (!outcome.ok()) return finish(outcome.status());
        response.set_revision(outcome->revision);
        fill(*outcome, response);
        *response.mutable_receipt() = std::move(outcome->receipt);
        finish(absl::OkStatus());
      };
  commands_.Run(std::move(frame), std::move(command), std::move(answer));
}

grpc::ServerUnaryReactor* ReferralService::ReferCase(grpc::CallbackServerContext* context,
                                                     const v1::ReferCaseRequest* request,
                                                     v1::ReferCaseResponse* response) {
  return TakeAlways(context, request, response, ReadReferCase, FillReferral);
}

grpc::ServerUnaryReactor* ReferralService::RecordReferralSubmitted(
    grpc::CallbackServerContext* context, const v1::RecordReferralSubmittedRequest* request,
    v1::RecordReferralSubmittedResponse* response) {
  return TakeAlways(context, request, response, ReadSubmitted, FillSubmitted);
}

grpc::ServerUnaryReactor* ReferralService::ShowReferralForm(
    grpc::CallbackServerContext* context, const v1::ShowReferralFormRequest* request,
    v1::ShowReferralFormResponse* response) {
  return parts_.rpc.UnaryOnWorker(
      context, [this, request, response](const runtime::Call& call, runtime::Finish finish) {
        finish = runtime::FinishFor(*request, std::move(finish));
        const absl::StatusOr<SeenCase> seen =
            FindCase(parts_.cases, parts_.vault, call.caller, request->case_ref());
        if (!seen.ok()) return finish(seen.status());
        absl::StatusOr<ShownForm> form = MakeForm(parts_, call, *seen, *request);
        if (!form.ok()) return finish(form.status());
        parts_.access.RecordReveal(call, seen->ref, std::move(form->shown),
                                   [response, shown = std::move(form->response),
                                    finish = std::move(finish)](absl::Status recorded) mutable {
                                     if (recorded.ok()) *response = std::move(shown);
                                     finish(std::move(recorded));
                                   });
      });
}

grpc::ServerUnaryReactor* ReferralService::PrepareReferralSection(
    grpc::CallbackServerContext* context, const v1::PrepareReferralSectionRequest* request,
    v1::PrepareReferralSectionResponse* response) {
  return commands_.Take(context, request, response, ReadSection, FillPrepared);
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

grpc::ServerUnaryReactor* ReferralService::RecordReferralAdvice(
    grpc::CallbackServerContext* context, const v1::RecordReferralAdviceRequest* request,
    v1::RecordReferralAdviceResponse* response) {
  return commands_.Take(context, request, response, ReadAdvice);
}

grpc::ServerUnaryReactor* ReferralService::RequestMoreInformation(
    grpc::CallbackServerContext* context, const v1::RequestMoreInformationRequest* request,
    v1::RequestMoreInformationResponse* response) {
  return commands_.Take(context, request, response, ReadQuestion);
}

grpc::ServerUnaryReactor* ReferralService::GiveMoreInformation(
    grpc::CallbackServerContext* context, const v1::GiveMoreInformationRequest* request,
    v1::GiveMoreInformationResponse* response) {
  return commands_.Take(context, request, response, ReadInformation);
}

grpc::ServerUnaryReactor* ReferralService::RecordThresholdMet(
    grpc::CallbackServerContext* context, const v1::RecordThresholdMetRequest* request,
    v1::RecordThresholdMetResponse* response) {
  return commands_.Take(context, request, response, ReadThreshold);
}

grpc::ServerUnaryReactor* ReferralService::RecordReferralMeeting(
    grpc::CallbackServerContext* context, const v1::RecordReferralMeetingRequest* request,
    v1::RecordReferralMeetingResponse* response) {
  return commands_.Take(context, request, response, ReadMeeting);
}

grpc::ServerUnaryReactor* ReferralService::OpenReferralStrand(
    grpc::CallbackServerContext* context, const v1::OpenReferralStrandRequest* request,
    v1::OpenReferralStrandResponse* response) {
  return commands_.Take(context, request, response, ReadStrand);
}

grpc::ServerUnaryReactor* ReferralService::RecordClosingAction(
    grpc::CallbackServerContext* context, const v1::RecordClosingActionRequest* request,
    v1::RecordClosingActionResponse* response) {
  return commands_.Take(context, request, response, ReadClosingAction);
}

grpc::ServerUnaryReactor* ReferralService::CloseReferral(grpc::CallbackServerContext* context,
                                                         const v1::CloseReferralRequest* request,
                                                         v1::CloseReferralResponse* response) {
  return commands_.Take(context, request, response, ReadClose, FillClosed);
}

grpc::ServerUnaryReactor* ReferralService::WithdrawReferral(
    grpc::CallbackServerContext* context, const v1::WithdrawReferralRequest* request,
    v1::WithdrawReferralResponse* response) {
  return commands_.Take(context, request, response, ReadWithdraw);
}

grpc::ServerUnaryReactor* ReferralService::RecordStrandOutcome(
    grpc::CallbackServerContext* context, const v1::RecordStrandOutcomeRequest* request,
    v1::RecordStrandOutcomeResponse* response) {
  const auto read = [this](const v1::RecordStrandOutcomeRequest& asked,
                           By by) -> absl::StatusOr<casework::RecordStrandOutcome> {
    const rulepack::RulePack& pack = parts_.rules.At(by.now);
    casework::RecordStrandOutcome command{.by = std::move(by),
                                          .referral_id = std::nullopt,
                                          .strand = asked.strand(),
                                          .outcome = asked.outcome(),
                                          .reasons = asked.reasons(),
                                          .conveyed_by = asked.conveyed_by(),
                                          .rule_pack_id = pack.pack_id(),
                                          .categories = {}};
    for (const auto& known : pack.outcomes()) {
      const auto outcome = OutcomeOf(known.kind());
      if (outcome) command.categories.push_back({*outcome, known.words()});
    }
    WARDBOOK_ASSIGN_OR_RETURN(command.referral_id, ReadReferralId(asked.referral_id()));
    return command;
  };
  return commands_.Take(context, request, response, read);
}

}  // namespace wardbook::casework
