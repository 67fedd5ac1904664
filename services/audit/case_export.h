// The export of a case as a bundle: all of its records, its files, its proofs.

#ifndef SERVICES_AUDIT_CASE_EXPORT_H_
#define SERVICES_AUDIT_CASE_EXPORT_H_

#include "absl/status/status.h"
#include "grpcpp/server_context.h"
#include "services/audit/audit_parts.h"
#include "services/runtime/rpc.h"
#include "storage/bundle/zip_writer.h"
#include "wardbook/v1/audit_service.pb.h"

namespace wardbook::audit {

// Writes the bundle to `sink`, after it is recorded that it is exported. Waits
// for the log and for `sink`; holds the records in memory, and of files a chunk
// at a time. Before each chunk it is asked anew who calls, by `context`, and
// whether they may take the case away.
//
// A refusal of FindForExport's; for kNotSignedIn when the session has ended
// meanwhile; for kFieldMissing or kFieldTooLong of the purpose; for
// kBundleTooLarge. DATA_LOSS: what is stored is not what was recorded, so no
// bundle of it would verify. Otherwise fails as SignHead, the log, the vault, the
// evidence store and the sink do; what `sink` has is to be thrown away then.
absl::Status ExportCase(const AuditParts& parts, const runtime::Call& call,
                        const grpc::CallbackServerContext& context,
                        const wardbook::v1::ExportBundleRequest& request, bundle::BundleSink sink);

}  // namespace wardbook::audit

#endif  // SERVICES_AUDIT_CASE_EXPORT_H_
