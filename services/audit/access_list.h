// Who was shown what, and to whom what was refused, in plain words.

#ifndef SERVICES_AUDIT_ACCESS_LIST_H_
#define SERVICES_AUDIT_ACCESS_LIST_H_

#include "absl/status/statusor.h"
#include "services/audit/audit_parts.h"
#include "services/audit/page.h"
#include "services/kernel/case_ref.h"
#include "services/runtime/rpc.h"
#include "wardbook/v1/audit_service.pb.h"

namespace wardbook::audit {

// A page of the record of who saw what of the case and what was refused about it. Fails as
// runtime::ReadEvents does.
absl::StatusOr<wardbook::v1::ListAccessResponse> ReadAccessList(const AuditParts& parts,
                                                                const runtime::Call& call,
                                                                const kernel::CaseRef& ref,
                                                                const Page& page);

// A page of what was refused in the school elsewhere. Fails as runtime::ReadEvents
// does.
absl::StatusOr<wardbook::v1::ListRefusalsResponse> ReadRefusals(const AuditParts& parts,
                                                                const runtime::Call& call,
                                                                const Page& page);

}  // namespace wardbook::audit

#endif  // SERVICES_AUDIT_ACCESS_LIST_H_
