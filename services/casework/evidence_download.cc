#include "services/casework/evidence_download.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/synchronization/notification.h"
#include "services/casework/seen_case.h"
#include "services/casework/timeline.h"
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

// The event that put the file in evidence, when the caller may open the file.
absl::StatusOr<EvidenceFiled> FindFile(const CaseworkParts& parts, const runtime::Call& call,
                                       const SeenCase& seen, const EvidenceId& id) {
  // The timeline of a reporter holds the files that they filed and no others.
  WARDBOOK_ASSIGN_OR_RETURN(
      const std::vector<v1::TimelineEntry> entries,
      ReadTimeline(parts, call.caller, seen,
                   {.after_revision = 0, .entries_max = std::numeric_limits<size_t>::max()},
                   call.now));
  for (const v1::TimelineEntry& entry : entries) {
    const EvidenceFiled& filed = entry.event().evidence_filed();
    if (entry.event().has_evidence_filed() && id.view() == filed.evidence_id()) return filed;
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

// Gives the description, then chunk after chunk.
class Download {
 public:
  Download(const evidence::EvidenceStore& store, const SchoolId& school, const EvidenceId& id,
           EvidenceFiled filed)
      : store_(store), school_(school), id_(id), filed_(std::move(filed)) {}

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
    if (offset_ == filed_.size()) return false;
    WARDBOOK_ASSIGN_OR_RETURN(std::string chunk, store_.ReadChunk(school_, id_, offset_));
    if (chunk.empty()) return absl::DataLossError("a file in evidence has lost its end");
    offset_ += chunk.size();
    response->set_data(std::move(chunk));
    return true;
  }

 private:
  const evidence::EvidenceStore& store_;
  const SchoolId school_;
  const EvidenceId id_;
  const EvidenceFiled filed_;
  bool described_ = false;
  uint64_t offset_ = 0;
};

}  // namespace

absl::StatusOr<runtime::NextMessage<v1::DownloadEvidenceResponse>> OpenDownload(
    const CaseworkParts& parts, const runtime::Call& call,
    const v1::DownloadEvidenceRequest& request) {
  WARDBOOK_ASSIGN_OR_RETURN(const SeenCase seen,
                            FindCase(parts.cases, call.caller, request.case_ref()));
  if (seen.card().state.indecent_image_suspected) return Refuse(Reason::kIndecentImageNoStore);
  const std::optional<EvidenceId> id = EvidenceId::FromHex(request.evidence_id());
  if (!id.has_value()) return Refuse(Reason::kNoSuchEvidence, "evidence_id");
  WARDBOOK_ASSIGN_OR_RETURN(EvidenceFiled filed, FindFile(parts, call, seen, *id));
  WARDBOOK_RETURN_IF_ERROR(RecordOpening(parts, call, seen, *id));
  return Download(parts.evidence, call.caller.school, *id, std::move(filed));
}

}  // namespace wardbook::casework
