// A file in evidence on its way out.

#ifndef SERVICES_CASEWORK_EVIDENCE_DOWNLOAD_H_
#define SERVICES_CASEWORK_EVIDENCE_DOWNLOAD_H_

#include "absl/status/statusor.h"
#include "grpcpp/server_context.h"
#include "services/casework/casework_parts.h"
#include "services/runtime/rpc.h"
#include "wardbook/v1/evidence_service.pb.h"

namespace wardbook::casework {

// The messages of a download: the description, then the bytes. Waits until it is
// durable that the caller opened the file. Who handles the case may open every
// file, a reporter those that they filed. A refusal for kNoSuchCase or
// kNoSuchEvidence; for kIndecentImageNoStore where an indecent image is
// suspected: such a file has no way out. All of that is asked again before each
// chunk, and who calls by `context`, which outlives the messages; kNotSignedIn when
// the session has ended.
absl::StatusOr<runtime::NextMessage<wardbook::v1::DownloadEvidenceResponse>> OpenDownload(
    const CaseworkParts& parts, const runtime::Call& call,
    const grpc::CallbackServerContext& context,
    const wardbook::v1::DownloadEvidenceRequest& request);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_EVIDENCE_DOWNLOAD_H_
