#include "services/casework/evidence_download.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/synchronization/notification.h"
#include "services/casework/domain/commands.h"
#include "services/casework/domain/decide.h"
#include "services/casework/seen_case.h"
#include "services/kernel/reason.h"
#include "services/runtime/refusal.h"
#include "storage/base/status_macros.h"
#include "wardbook/events/v1/access_event.pb.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::casework {
namespace {

namespace v1 = wardbook::v1;

using kernel::Reason;
using runtime::Refuse;
using wardbook::events::v1::EvidenceFiled;
// So little that over the slowest connection that the gateway serves, 4 KiB a second, it is
// taken within half a minute, long before a stream's patience ends; and enough for 150 MiB a
// second, two thirds of what whole chunks have, and more than any school's line.
constexpr size_t kMessageBytesMax = 128 << 10;

using NextPart = runtime::NextMessage<v1::DownloadEvidenceResponse>;

// The event that put the file in evidence, when the caller may open the file now.
absl::StatusOr<EvidenceFiled> AskForFile(const runtime::Call& call, const SeenCase& seen,
                                         const EvidenceId& id) {
  const CaseState& state = seen.card().state;
  const std::optional<kernel::Rejected> rejected =
      Refuses(state, RevealFile{.by = By{call.caller.actor, call.now}, .evidence_id = id});
  if (rejected.has_value()) {
    return runtime::OfSeenCase(runtime::OfCase(Refuse(*rejected), seen.ref.text()));
  }
  for (const FiledEvidence& file : state.evidence) {
    if (file.id == id) return file.filed;
  }
  return Refuse(Reason::kNoSuchEvidence, "evidence_id");
}

// Waits until it is durable that the caller opened the file.
absl::Status RecordOpening(const CaseworkParts& parts, const runtime::Call& call,
                           const SeenCase& seen, const EvidenceId& id) {
  wardbook::events::v1::AccessEvent event;
  event.mutable_evidence_revealed()->set_case_ref(seen.ref.text());
  event.mutable_evidence_revealed()->set_evidence_id(id.Bytes());
  absl::Status recorded;
  absl::Notification done;
  parts.access.RecordReveal(call, seen.ref, std::move(event), [&](absl::Status status) {
    recorded = std::move(status);
    done.Notify();
  });
  done.WaitForNotification();
  return recorded;
}

// Gives the description, then piece after piece. Before each it is asked who calls,
// and then the case: in the middle of a long file sessions end, roles change, and an
// indecent image may come to be suspected. To take a piece is a use of the session,
// because a large file may take longer than a session may be idle.
class Download {
 public:
  Download(const CaseworkParts& parts, const grpc::CallbackServerContext& context,
           kernel::CaseRef ref, const EvidenceId& id, EvidenceFiled filed)
      : parts_(parts), context_(context), ref_(std::move(ref)), id_(id), filed_(std::move(filed)) {}

  absl::StatusOr<bool> operator()(v1::DownloadEvidenceResponse* response) {
    if (!described_) {
      v1::EvidenceDescription& description = *response->mutable_description();
      description.set_file_name(filed_.file_name());
      description.set_media_type(filed_.media_type());
      description.set_size(filed_.size());
      description.set_sha256(filed_.sha256());
      described_ = true;
      return true;
    }
    if (offset_ == filed_.size() && chunk_.empty()) return false;
    WARDBOOK_ASSIGN_OR_RETURN(const runtime::Call call, parts_.rpc.Authenticate(context_));
    WARDBOOK_ASSIGN_OR_RETURN(const SeenCase seen,
                              FindCase(parts_.cases, parts_.vault, call.caller, ref_.text()));
    WARDBOOK_RETURN_IF_ERROR(AskForFile(call, seen, id_).status());
    if (chunk_.empty()) {
      WARDBOOK_ASSIGN_OR_RETURN(chunk_,
                                parts_.evidence.ReadChunk(call.caller.school, id_, offset_));
      if (chunk_.empty()) return absl::DataLossError("a file in evidence has lost its end");
      offset_ += chunk_.size();
    }
    response->set_data(chunk_.substr(0, kMessageBytesMax));
    chunk_.erase(0, kMessageBytesMax);
    return true;
  }

 private:
  const CaseworkParts parts_;
  const grpc::CallbackServerContext& context_;
  const kernel::CaseRef ref_;
  const EvidenceId id_;
  const EvidenceFiled filed_;
  bool described_ = false;
  // What was read and not yet given, which ends at the offset.
  std::string chunk_;
  uint64_t offset_ = 0;
};

absl::StatusOr<NextPart> Open(const CaseworkParts& parts, const runtime::Call& call,
                              const grpc::CallbackServerContext& context,
                              const v1::DownloadEvidenceRequest& request) {
  WARDBOOK_ASSIGN_OR_RETURN(const SeenCase seen,
                            FindCase(parts.cases, parts.vault, call.caller, request.case_ref()));
  // What is no id is the id of no file.
  const EvidenceId id = EvidenceId::FromHex(request.evidence_id()).value_or(EvidenceId());
  WARDBOOK_ASSIGN_OR_RETURN(EvidenceFiled filed, AskForFile(call, seen, id));
  WARDBOOK_RETURN_IF_ERROR(RecordOpening(parts, call, seen, id));
  return Download(parts, context, seen.ref, id, std::move(filed));
}

}  // namespace

absl::StatusOr<NextPart> OpenDownload(const CaseworkParts& parts, const runtime::Call& call,
                                      const grpc::CallbackServerContext& context,
                                      const v1::DownloadEvidenceRequest& request) {
  absl::StatusOr<NextPart> opened = Open(parts, call, context, request);
  if (!opened.ok()) return runtime::OfRequest(request, opened.status());
  return opened;
}

}  // namespace wardbook::casework
