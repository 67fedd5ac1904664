// What the audit service is made of.

#ifndef SERVICES_AUDIT_AUDIT_PARTS_H_
#define SERVICES_AUDIT_AUDIT_PARTS_H_

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/runtime/caller.h"
#include "services/runtime/case_access.h"
#include "services/runtime/receipts.h"
#include "services/runtime/rpc.h"
#include "storage/base/ids.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/event_log.h"
#include "storage/evidence/evidence_store.h"
#include "storage/log_rows.h"
#include "storage/vault/vault.h"

namespace wardbook::audit {

// Copied freely; all that it refers to outlives the service. The functions may
// be called on any thread, several at a time.
struct AuditParts {
  runtime::Rpc& rpc;
  const storage::EventLog& log;
  // Of the same log.
  const storage::LogRows& rows;
  const vault::Vault& vault;
  const evidence::EvidenceStore& evidence;
  const runtime::ReceiptWriter& receipts;
  const runtime::Directory& directory;
  runtime::CaseAccess& case_access;
  // OK when the school takes records and its checkpoints may be signed.
  runtime::WriteStatus write_status;
  // The checkpoint that is kept outside of the log; nothing when there is none.
  std::function<absl::StatusOr<std::optional<checkpoint::Checkpoint>>(const SchoolId&)> pinned;
  // The school's name on the page of a bundle; empty if it is not to be shown.
  std::function<std::string(const SchoolId&)> school_name;
  // In which the page of a bundle shows times; each says which clock it is.
  absl::TimeZone time_zone;
  // A client that takes nothing of a stream for so long is given up: its
  // connection may be dead, and a thread waits for it.
  std::chrono::nanoseconds patience = std::chrono::minutes(1);
};

}  // namespace wardbook::audit

#endif  // SERVICES_AUDIT_AUDIT_PARTS_H_
