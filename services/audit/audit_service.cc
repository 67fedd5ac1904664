#include "services/audit/audit_service.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/functional/any_invocable.h"
#include "services/audit/access_list.h"
#include "services/audit/case_export.h"
#include "services/audit/case_history.h"
#include "services/audit/log_check.h"
#include "services/audit/page.h"
#include "services/audit/pushed_stream.h"
#include "services/audit/signed_head.h"
#include "services/runtime/refusal.h"
#include "storage/base/status_macros.h"
#include "wardbook/events/v1/access_event.pb.h"

namespace wardbook::audit {
namespace {

using ::wardbook::v1::CheckLogResponse;
using ::wardbook::v1::ExportBundleResponse;

// At work at the same time; the others wait for their turn. An export takes the
// memory of its case's records, a check most of a core.
constexpr int kExportsMax = 4;
constexpr int kChecksMax = 2;

// What a message of an export carries: large enough that a message costs little,
// small enough that those which wait take little memory.
constexpr size_t kPieceBytes = 256 << 10;

// Cuts the bytes of a bundle into messages. Thread-compatible.
class PieceWriter {
 public:
  explicit PieceWriter(PushedStream<ExportBundleResponse>& stream) : stream_(stream) {}

  absl::Status Write(absl::string_view bytes) {
    while (!bytes.empty()) {
      std::string& data = *piece_.mutable_data();
      const size_t taken = std::min(kPieceBytes - data.size(), bytes.size());
      data.append(bytes.data(), taken);
      bytes.remove_prefix(taken);
      if (data.size() == kPieceBytes) WARDBOOK_RETURN_IF_ERROR(Flush());
    }
    return absl::OkStatus();
  }

  absl::Status Flush() {
    return piece_.data().empty() ? absl::OkStatus()
                                 : stream_.Push(std::exchange(piece_, ExportBundleResponse()));
  }

 private:
  PushedStream<ExportBundleResponse>& stream_;
  ExportBundleResponse piece_;
};

void AddHashes(const std::vector<Hash>& hashes,
               google::protobuf::RepeatedPtrField<std::string>* out) {
  for (const Hash& hash : hashes) out->Add(hash.Bytes());
}

// What the log says of a request, in the words of the API.
absl::Status OfLog(const absl::Status& status) {
  return absl::IsOutOfRange(status) ? runtime::Refuse(kernel::Reason::kBeyondLog) : status;
}

// A body for Rpc::UnaryOnWorker that ends the call with what `answer` comes to.
auto Answering(absl::AnyInvocable<absl::Status(const runtime::Call&) &&> answer) {
  return [answer = std::move(answer)](const runtime::Call& call, runtime::Finish finish) mutable {
    finish(OfLog(std::move(answer)(call)));
  };
}

}  // namespace

AuditService::AuditService(AuditParts parts)
    : parts_(std::move(parts)), exports_(kExportsMax), checks_(kChecksMax) {}

grpc::ServerUnaryReactor* AuditService::GetHistory(grpc::CallbackServerContext* context,
                                                   const wardbook::v1::GetHistoryRequest* request,
                                                   wardbook::v1::GetHistoryResponse* response) {
  return parts_.rpc.UnaryOnWorker(
      context, [this, request, response](const runtime::Call& call, runtime::Finish finish) {
        finish = runtime::FinishFor(*request, std::move(finish));
        const absl::StatusOr<Page> page = ReadPage(request->page_size(), request->page_token());
        if (!page.ok()) return finish(page.status());
        const absl::StatusOr<runtime::VisibleCase> visible =
            parts_.case_access.FindWhole(call, request->case_ref());
        if (!visible.ok()) return finish(visible.status());
        absl::StatusOr<wardbook::v1::GetHistoryResponse> history =
            ReadHistory(parts_.log, call.caller.school, *visible, *page);
        if (!history.ok()) return finish(history.status());

        wardbook::events::v1::AccessEvent event;
        event.mutable_history_read()->set_case_ref(visible->ref.text());
        event.mutable_history_read()->set_revision(history->entries().rbegin()->revision());
        *response = *std::move(history);
        // A response goes out with OK only, so nothing is shown before it is recorded.
        parts_.case_access.RecordReveal(call, visible->ref, std::move(event), std::move(finish));
      });
}

grpc::ServerUnaryReactor* AuditService::ListAccess(grpc::CallbackServerContext* context,
                                                   const wardbook::v1::ListAccessRequest* request,
                                                   wardbook::v1::ListAccessResponse* response) {
  return parts_.rpc.UnaryOnWorker(
      context, Answering([this, request, response](const runtime::Call& call) -> absl::Status {
        WARDBOOK_ASSIGN_OR_RETURN(const Page page,
                                  ReadPage(request->page_size(), request->page_token()));
        // Those who see all of a case are its handlers and the officers.
        const absl::StatusOr<runtime::VisibleCase> visible =
            parts_.case_access.FindWhole(call, request->case_ref());
        if (!visible.ok()) return runtime::OfRequest(*request, visible.status());
        WARDBOOK_ASSIGN_OR_RETURN(*response, ReadAccessList(parts_, call, visible->ref, page));
        return absl::OkStatus();
      }));
}

grpc::ServerUnaryReactor* AuditService::ListRefusals(
    grpc::CallbackServerContext* context, const wardbook::v1::ListRefusalsRequest* request,
    wardbook::v1::ListRefusalsResponse* response) {
  return parts_.rpc.UnaryOnWorker(
      context, Answering([this, request, response](const runtime::Call& call) -> absl::Status {
        if (!call.caller.actor.Has(kernel::Role::kAuditor)) {
          return runtime::Refuse(kernel::Reason::kRoleRequired);
        }
        WARDBOOK_ASSIGN_OR_RETURN(const Page page,
                                  ReadPage(request->page_size(), request->page_token()));
        WARDBOOK_ASSIGN_OR_RETURN(*response, ReadRefusals(parts_, call, page));
        return absl::OkStatus();
      }));
}

grpc::ServerUnaryReactor* AuditService::GetCheckpoint(
    grpc::CallbackServerContext* context, const wardbook::v1::GetCheckpointRequest*,
    wardbook::v1::GetCheckpointResponse* response) {
  return parts_.rpc.UnaryOnWorker(
      context, Answering([this, response](const runtime::Call& call) -> absl::Status {
        WARDBOOK_ASSIGN_OR_RETURN(SignedHead head, SignHead(parts_, call.caller.school));
        response->set_checkpoint(std::move(head.checkpoint));
        response->set_verifier_key(parts_.receipts.signer().verifier().Text());
        return absl::OkStatus();
      }));
}

grpc::ServerUnaryReactor* AuditService::GetInclusionProof(
    grpc::CallbackServerContext* context, const wardbook::v1::GetInclusionProofRequest* request,
    wardbook::v1::GetInclusionProofResponse* response) {
  return parts_.rpc.UnaryOnWorker(
      context, Answering([this, request, response](const runtime::Call& call) -> absl::Status {
        WARDBOOK_ASSIGN_OR_RETURN(const std::vector<Hash> hashes,
                                  parts_.log.InclusionProof(call.caller.school, request->position(),
                                                            request->tree_size()));
        wardbook::log::v1::InclusionProof& proof = *response->mutable_proof();
        proof.set_leaf_index(request->position());
        proof.set_tree_size(request->tree_size());
        AddHashes(hashes, proof.mutable_hashes());
        return absl::OkStatus();
      }));
}

grpc::ServerUnaryReactor* AuditService::GetConsistencyProof(
    grpc::CallbackServerContext* context, const wardbook::v1::GetConsistencyProofRequest* request,
    wardbook::v1::GetConsistencyProofResponse* response) {
  return parts_.rpc.UnaryOnWorker(
      context, Answering([this, request, response](const runtime::Call& call) -> absl::Status {
        WARDBOOK_ASSIGN_OR_RETURN(
            const std::vector<Hash> hashes,
            parts_.log.ConsistencyProof(call.caller.school, request->old_size(),
                                        request->new_size()));
        wardbook::log::v1::ConsistencyProof& proof = *response->mutable_proof();
        proof.set_old_size(request->old_size());
        proof.set_new_size(request->new_size());
        AddHashes(hashes, proof.mutable_hashes());
        return absl::OkStatus();
      }));
}

grpc::ServerWriteReactor<ExportBundleResponse>* AuditService::ExportBundle(
    grpc::CallbackServerContext* context, const wardbook::v1::ExportBundleRequest* request) {
  return StartStream<ExportBundleResponse>(
      parts_.rpc, exports_, parts_.patience, context,
      [this, context, request](const runtime::Call& call,
                               PushedStream<ExportBundleResponse>& stream) -> absl::Status {
        PieceWriter pieces(stream);
        const absl::Status exported =
            ExportCase(parts_, call, *context, *request,
                       [&pieces](absl::string_view bytes) { return pieces.Write(bytes); });
        if (!exported.ok()) return runtime::OfRequest(*request, exported);
        return pieces.Flush();
      });
}

grpc::ServerWriteReactor<CheckLogResponse>* AuditService::CheckLog(
    grpc::CallbackServerContext* context, const wardbook::v1::CheckLogRequest* request) {
  return StartStream<CheckLogResponse>(
      parts_.rpc, checks_, parts_.patience, context,
      [this, request](const runtime::Call& call,
                      PushedStream<CheckLogResponse>& stream) -> absl::Status {
        if (!call.caller.actor.HasAny({kernel::Role::kAuditor, kernel::Role::kAdministrator})) {
          return runtime::Refuse(kernel::Reason::kRoleRequired);
        }
        return OfLog(CheckSchoolLog(
            parts_, call.caller.school, request->from_position(),
            [&stream](CheckLogResponse response) { return stream.Push(std::move(response)); }));
      });
}

}  // namespace wardbook::audit
