#include "services/audit/signed_head.h"

#include "storage/base/status_macros.h"

namespace wardbook::audit {

absl::StatusOr<SignedHead> SignHead(const AuditParts& parts, const SchoolId& school) {
  WARDBOOK_RETURN_IF_ERROR(parts.write_status(school));
  SignedHead signed_head;
  WARDBOOK_ASSIGN_OR_RETURN(signed_head.head, parts.log.Head(school));
  WARDBOOK_ASSIGN_OR_RETURN(
      signed_head.checkpoint,
      parts.receipts.Checkpoint(school, signed_head.head.size, signed_head.head.root));
  return signed_head;
}

}  // namespace wardbook::audit
