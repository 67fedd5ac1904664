// The door to the school's policy and to the clause catalogue.

#ifndef SERVICES_SCHOOLPOLICY_POLICY_SERVICE_H_
#define SERVICES_SCHOOLPOLICY_POLICY_SERVICE_H_

#include <cstdint>

#include "absl/status/status.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "services/runtime/rpc.h"
#include "services/schoolpolicy/domain/decide.h"
#include "services/schoolpolicy/policy_parts.h"
#include "services/schoolpolicy/policy_reader.h"
#include "wardbook/v1/policy_service.grpc.pb.h"
#include "wardbook/v1/policy_service.pb.h"

namespace wardbook::schoolpolicy {

// Safe for concurrent use.
class PolicyService final : public wardbook::v1::PolicyService::CallbackService {
 public:
  explicit PolicyService(const PolicyParts& parts) : parts_(parts), reader_(parts) {}

  grpc::ServerUnaryReactor* DraftPolicyVersion(
      grpc::CallbackServerContext* context, const wardbook::v1::DraftPolicyVersionRequest* request,
      wardbook::v1::DraftPolicyVersionResponse* response) override;
  grpc::ServerUnaryReactor* RevisePolicyDraft(
      grpc::CallbackServerContext* context, const wardbook::v1::RevisePolicyDraftRequest* request,
      wardbook::v1::RevisePolicyDraftResponse* response) override;
  grpc::ServerUnaryReactor* SignPolicyVersion(
      grpc::CallbackServerContext* context, const wardbook::v1::SignPolicyVersionRequest* request,
      wardbook::v1::SignPolicyVersionResponse* response) override;
  grpc::ServerUnaryReactor* ApprovePolicyVersion(
      grpc::CallbackServerContext* context,
      const wardbook::v1::ApprovePolicyVersionRequest* request,
      wardbook::v1::ApprovePolicyVersionResponse* response) override;
  grpc::ServerUnaryReactor* RecordPolicyReview(
      grpc::CallbackServerContext* context, const wardbook::v1::RecordPolicyReviewRequest* request,
      wardbook::v1::RecordPolicyReviewResponse* response) override;
  grpc::ServerUnaryReactor* AcknowledgePolicy(
      grpc::CallbackServerContext* context, const wardbook::v1::AcknowledgePolicyRequest* request,
      wardbook::v1::AcknowledgePolicyResponse* response) override;
  grpc::ServerUnaryReactor* IssuePreventionReminder(
      grpc::CallbackServerContext* context,
      const wardbook::v1::IssuePreventionReminderRequest* request,
      wardbook::v1::IssuePreventionReminderResponse* response) override;
  grpc::ServerUnaryReactor* AcknowledgePreventionReminder(
      grpc::CallbackServerContext* context,
      const wardbook::v1::AcknowledgePreventionReminderRequest* request,
      wardbook::v1::AcknowledgePreventionReminderResponse* response) override;
  grpc::ServerUnaryReactor* GetPolicyStatus(
      grpc::CallbackServerContext* context, const wardbook::v1::GetPolicyStatusRequest* request,
      wardbook::v1::GetPolicyStatusResponse* response) override;
  grpc::ServerUnaryReactor* GetPolicyVersion(
      grpc::CallbackServerContext* context, const wardbook::v1::GetPolicyVersionRequest* request,
      wardbook::v1::GetPolicyVersionResponse* response) override;
  grpc::ServerUnaryReactor* ListPolicyVersions(
      grpc::CallbackServerContext* context, const wardbook::v1::ListPolicyVersionsRequest* request,
      wardbook::v1::ListPolicyVersionsResponse* response) override;
  grpc::ServerUnaryReactor* ListPolicyAcknowledgements(
      grpc::CallbackServerContext* context,
      const wardbook::v1::ListPolicyAcknowledgementsRequest* request,
      wardbook::v1::ListPolicyAcknowledgementsResponse* response) override;
  grpc::ServerUnaryReactor* GetClause(grpc::CallbackServerContext* context,
                                      const wardbook::v1::GetClauseRequest* request,
                                      wardbook::v1::GetClauseResponse* response) override;
  grpc::ServerUnaryReactor* ListClauses(grpc::CallbackServerContext* context,
                                        const wardbook::v1::ListClausesRequest* request,
                                        wardbook::v1::ListClausesResponse* response) override;

 private:
  // Who commands, on which day, under which rules.
  By ByCaller(const runtime::Call& call) const;

  // Runs a command on the policy of the caller's school and answers when the
  // register shows what it came to.
  template <class Request, class Response, class Command>
  void Run(const runtime::Call& call, const Request& request, Response* response, Command command,
           runtime::Finish finish);

  // Has the register show the school's policy at that revision, which the transactor has
  // recorded. Fails when it would show less: cases pin the version that it shows.
  absl::Status Show(const SchoolId& school, uint64_t revision);

  const PolicyParts parts_;
  const PolicyReader reader_;
};

}  // namespace wardbook::schoolpolicy

#endif  // SERVICES_SCHOOLPOLICY_POLICY_SERVICE_H_
