// The full check of a school's log, told step by step.

#ifndef SERVICES_AUDIT_LOG_CHECK_H_
#define SERVICES_AUDIT_LOG_CHECK_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "services/audit/audit_parts.h"
#include "storage/base/ids.h"
#include "wardbook/v1/audit_service.pb.h"

namespace wardbook::audit {

// Checks the records from `from` on with what stands by them and what they stand for,
// telling `push` how far it has come about every second, and in the end the verdict. When
// `push` fails, the check stops and fails alike. Otherwise fails as fsck::Check does.
absl::Status CheckSchoolLog(const AuditParts& parts, const SchoolId& school, uint64_t from,
                            absl::FunctionRef<absl::Status(wardbook::v1::CheckLogResponse)> push);

}  // namespace wardbook::audit

#endif  // SERVICES_AUDIT_LOG_CHECK_H_
