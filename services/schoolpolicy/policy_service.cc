#include "services/schoolpolicy/policy_service.h"

#include <optional>
#include <string>
#include <utility>

#include "services/runtime/refusal.h"
#include "services/schoolpolicy/clauses.h"
#include "services/schoolpolicy/page.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/random.h"
#include "storage/crypto/sha256.h"

namespace wardbook::schoolpolicy {
namespace {

using grpc::CallbackServerContext;
using grpc::ServerUnaryReactor;
using runtime::Call;
using runtime::Finish;
namespace v1 = wardbook::v1;

v1::Clause ToWire(const Clause& clause) {
  v1::Clause wire;
  wire.set_number(std::string(clause.number));
  wire.set_title(std::string(clause.title));
  wire.set_words(std::string(clause.words));
  wire.set_binds(std::string(clause.binds));
  wire.set_force(clause.force == ClauseForce::kRule ? v1::CLAUSE_FORCE_RULE
                                                    : v1::CLAUSE_FORCE_ADVICE);
  wire.set_rule(std::string(clause.rule));
  for (const kernel::Reason reason : RefusalsOf(clause)) {
    const kernel::ReasonText& text = kernel::Describe(reason);
    v1::ClauseRefusal& refusal = *wire.add_refusals();
    refusal.set_code(std::string(text.code));
    refusal.set_message(std::string(text.message));
    refusal.set_next_step(std::string(text.next_step));
  }
  return wire;
}

absl::Status ReadClause(const v1::GetClauseRequest& request, v1::GetClauseResponse* response) {
  const Clause* clause = FindClause(request.number());
  if (clause == nullptr) return runtime::Refuse(kernel::Reason::kNoSuchClause, "number");
  *response->mutable_clause() = ToWire(*clause);
  return absl::OkStatus();
}

absl::Status ReadClauses(const v1::ListClausesRequest& request, v1::ListClausesResponse* response) {
  WARDBOOK_ASSIGN_OR_RETURN(
      const PageRange page,
      TakePage(
          request, Clauses().size(), [](size_t i) { return std::string(Clauses()[i].number); },
          response));
  for (size_t i = page.begin; i < page.end; ++i) *response->add_clauses() = ToWire(Clauses()[i]);
  return absl::OkStatus();
}

// The id that a response tells: of what this request recorded, also when it was
// recorded by the same request earlier.
void SetRecordedId(const wardbook::events::v1::PolicyEvent& event,
                   v1::DraftPolicyVersionResponse* response) {
  const auto id = PolicyVersionId::FromBytes(event.policy_version_drafted().version_id());
  response->set_version_id(id.value_or(PolicyVersionId()).Hex());
}
void SetRecordedId(const wardbook::events::v1::PolicyEvent& event,
                   v1::IssuePreventionReminderResponse* response) {
  const auto id = ReminderId::FromBytes(event.prevention_reminder_issued().reminder_id());
  response->set_reminder_id(id.value_or(ReminderId()).Hex());
}

}  // namespace

By PolicyService::ByCaller(const Call& call) const {
  return {call.caller.actor, parts_.rules.calendar().DayOf(call.now),
          parts_.rules.At(call.now).policy_reviews().months_max()};
}

template <class Request, class Response, class Command>
void PolicyService::Run(const Call& call, const Request& request, Response* response,
                        Command command, Finish finish) {
  const SchoolId school = call.caller.school;
  finish = runtime::FinishFor(request, std::move(finish));
  absl::StatusOr<runtime::CommandFrame> frame =
      parts_.rpc.Frame(call, request, PolicyStream(school));
  if (!frame.ok()) return finish(frame.status());
  parts_.transactor.Run(
      *std::move(frame),
      [command = std::move(command)](const PolicyState& state) { return Decide(state, command); },
      [this, school, response, finish = std::move(finish)](auto outcome) mutable {
        if (!outcome.ok()) return finish(outcome.status());
        if constexpr (requires { SetRecordedId(outcome->events.front(), response); }) {
          if (!outcome->events.empty()) SetRecordedId(outcome->events.front(), response);
        }
        response->set_revision(outcome->revision);
        *response->mutable_receipt() = std::move(outcome->receipt);
        parts_.rpc.workers().Schedule(
            [this, school, revision = outcome->revision, finish = std::move(finish)]() mutable {
              finish(runtime::OfRecorded(Show(school, revision)));
            });
      });
}

absl::Status PolicyService::Show(const SchoolId& school, uint64_t revision) {
  if (const auto recorded = parts_.transactor.Remembered(school, PolicyStream(school))) {
    parts_.policies.TakeIn(school, *recorded);
  }
  if (parts_.policies.Find(school)->revision >= revision) return absl::OkStatus();
  return parts_.policies.Refresh(school);
}

ServerUnaryReactor* PolicyService::DraftPolicyVersion(CallbackServerContext* context,
                                                      const v1::DraftPolicyVersionRequest* request,
                                                      v1::DraftPolicyVersionResponse* response) {
  return parts_.rpc.Unary(context, [=, this](const Call& call, Finish finish) {
    schoolpolicy::DraftPolicyVersion command{ByCaller(call), crypto::RandomId<PolicyVersionId>(),
                                             request->title(), request->content(),
                                             crypto::Sha256(request->content())};
    Run(call, *request, response, std::move(command), std::move(finish));
  });
}

ServerUnaryReactor* PolicyService::RevisePolicyDraft(CallbackServerContext* context,
                                                     const v1::RevisePolicyDraftRequest* request,
                                                     v1::RevisePolicyDraftResponse* response) {
  return parts_.rpc.Unary(context, [=, this](const Call& call, Finish finish) {
    schoolpolicy::RevisePolicyDraft command{
        ByCaller(call), PolicyVersionId::FromHex(request->version_id()), request->title(),
        request->content(), crypto::Sha256(request->content())};
    Run(call, *request, response, std::move(command), std::move(finish));
  });
}

ServerUnaryReactor* PolicyService::SignPolicyVersion(CallbackServerContext* context,
                                                     const v1::SignPolicyVersionRequest* request,
                                                     v1::SignPolicyVersionResponse* response) {
  return parts_.rpc.Unary(context, [=, this](const Call& call, Finish finish) {
    schoolpolicy::SignPolicyVersion command{
        ByCaller(call), PolicyVersionId::FromHex(request->version_id()), request->office(),
        Hash::FromHex(request->content_sha256())};
    Run(call, *request, response, std::move(command), std::move(finish));
  });
}

ServerUnaryReactor* PolicyService::ApprovePolicyVersion(
    CallbackServerContext* context, const v1::ApprovePolicyVersionRequest* request,
    v1::ApprovePolicyVersionResponse* response) {
  return parts_.rpc.Unary(context, [=, this](const Call& call, Finish finish) {
    schoolpolicy::ApprovePolicyVersion command{ByCaller(call),
                                               PolicyVersionId::FromHex(request->version_id()),
                                               request->approved_on(), request->review_on()};
    Run(call, *request, response, std::move(command), std::move(finish));
  });
}

ServerUnaryReactor* PolicyService::RecordPolicyReview(CallbackServerContext* context,
                                                      const v1::RecordPolicyReviewRequest* request,
                                                      v1::RecordPolicyReviewResponse* response) {
  return parts_.rpc.Unary(context, [=, this](const Call& call, Finish finish) {
    schoolpolicy::RecordPolicyReview command{ByCaller(call),
                                             request->outcome(),
                                             request->reviewed_on(),
                                             request->next_review_on(),
                                             PolicyVersionId::FromHex(request->new_version_id()),
                                             request->notes()};
    Run(call, *request, response, std::move(command), std::move(finish));
  });
}

ServerUnaryReactor* PolicyService::AcknowledgePolicy(CallbackServerContext* context,
                                                     const v1::AcknowledgePolicyRequest* request,
                                                     v1::AcknowledgePolicyResponse* response) {
  return parts_.rpc.Unary(context, [=, this](const Call& call, Finish finish) {
    schoolpolicy::AcknowledgePolicy command{ByCaller(call),
                                            PolicyVersionId::FromHex(request->version_id()),
                                            call.caller.actor.person,
                                            {}};
    if (!request->person_id().empty()) {
      // Somebody who is nobody is not the caller either.
      command.person = PersonId::FromHex(request->person_id()).value_or(PersonId());
    }
    for (const int tick : request->ticks()) {
      command.ticks.push_back(static_cast<wardbook::events::v1::SaferOnlinePoint>(tick));
    }
    Run(call, *request, response, std::move(command), std::move(finish));
  });
}

ServerUnaryReactor* PolicyService::IssuePreventionReminder(
    CallbackServerContext* context, const v1::IssuePreventionReminderRequest* request,
    v1::IssuePreventionReminderResponse* response) {
  return parts_.rpc.Unary(context, [=, this](const Call& call, Finish finish) {
    schoolpolicy::IssuePreventionReminder command{ByCaller(call), crypto::RandomId<ReminderId>(),
                                                  request->message()};
    Run(call, *request, response, std::move(command), std::move(finish));
  });
}

ServerUnaryReactor* PolicyService::AcknowledgePreventionReminder(
    CallbackServerContext* context, const v1::AcknowledgePreventionReminderRequest* request,
    v1::AcknowledgePreventionReminderResponse* response) {
  return parts_.rpc.Unary(context, [=, this](const Call& call, Finish finish) {
    schoolpolicy::AcknowledgePreventionReminder command{
        ByCaller(call), ReminderId::FromHex(request->reminder_id())};
    Run(call, *request, response, std::move(command), std::move(finish));
  });
}

ServerUnaryReactor* PolicyService::GetPolicyStatus(CallbackServerContext* context,
                                                   const v1::GetPolicyStatusRequest* request,
                                                   v1::GetPolicyStatusResponse* response) {
  return parts_.rpc.Unary(context, [=, this](const Call& call, Finish finish) {
    finish(reader_.ReadStatus(call, *request, response));
  });
}

ServerUnaryReactor* PolicyService::GetPolicyVersion(CallbackServerContext* context,
                                                    const v1::GetPolicyVersionRequest* request,
                                                    v1::GetPolicyVersionResponse* response) {
  return parts_.rpc.Unary(context, [=, this](const Call& call, Finish finish) {
    finish(reader_.ReadVersion(call, *request, response));
  });
}

ServerUnaryReactor* PolicyService::ListPolicyVersions(CallbackServerContext* context,
                                                      const v1::ListPolicyVersionsRequest* request,
                                                      v1::ListPolicyVersionsResponse* response) {
  return parts_.rpc.Unary(context, [=, this](const Call& call, Finish finish) {
    finish(reader_.ListVersions(call, *request, response));
  });
}

ServerUnaryReactor* PolicyService::ListPolicyAcknowledgements(
    CallbackServerContext* context, const v1::ListPolicyAcknowledgementsRequest* request,
    v1::ListPolicyAcknowledgementsResponse* response) {
  return parts_.rpc.Unary(context, [=, this](const Call& call, Finish finish) {
    finish(reader_.ListAcknowledgements(call, *request, response));
  });
}

ServerUnaryReactor* PolicyService::GetClause(CallbackServerContext* context,
                                             const v1::GetClauseRequest* request,
                                             v1::GetClauseResponse* response) {
  return parts_.rpc.Unary(
      context, [=](const Call&, Finish finish) { finish(ReadClause(*request, response)); });
}

ServerUnaryReactor* PolicyService::ListClauses(CallbackServerContext* context,
                                               const v1::ListClausesRequest* request,
                                               v1::ListClausesResponse* response) {
  return parts_.rpc.Unary(
      context, [=](const Call&, Finish finish) { finish(ReadClauses(*request, response)); });
}

}  // namespace wardbook::schoolpolicy
