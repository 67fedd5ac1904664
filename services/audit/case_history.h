// The history of a case as it is stored.

#ifndef SERVICES_AUDIT_CASE_HISTORY_H_
#define SERVICES_AUDIT_CASE_HISTORY_H_

#include "absl/status/statusor.h"
#include "services/audit/page.h"
#include "services/runtime/case_access.h"
#include "storage/base/ids.h"
#include "storage/event_log.h"
#include "wardbook/v1/audit_service.pb.h"

namespace wardbook::audit {

// A page of the case's records, none after the revision that `visible` names:
// at most so many, and no more bytes than a message may have. A refusal for
// kFieldInvalid: the page is not one of the case. Otherwise fails as
// EventLog::ReadStream does.
absl::StatusOr<wardbook::v1::GetHistoryResponse> ReadHistory(const storage::EventLog& log,
                                                             const SchoolId& school,
                                                             const runtime::VisibleCase& visible,
                                                             const Page& page);

}  // namespace wardbook::audit

#endif  // SERVICES_AUDIT_CASE_HISTORY_H_
