// The head of a school's log under the server's signature.

#ifndef SERVICES_AUDIT_SIGNED_HEAD_H_
#define SERVICES_AUDIT_SIGNED_HEAD_H_

#include <string>

#include "absl/status/statusor.h"
#include "services/audit/audit_parts.h"
#include "storage/base/ids.h"
#include "storage/event_log.h"

namespace wardbook::audit {

struct SignedHead {
  storage::TreeHead head;
  // A signed note.
  std::string checkpoint;
};

// Signs nothing for a school that takes no records: what such a log says may not
// be what was signed before. Fails then as AuditParts::write_status does;
// otherwise as EventLog::Head.
absl::StatusOr<SignedHead> SignHead(const AuditParts& parts, const SchoolId& school);

}  // namespace wardbook::audit

#endif  // SERVICES_AUDIT_SIGNED_HEAD_H_
