// The full check of a school: its log, with the keys of all records and the pin, and the
// files in evidence that the records name.

#ifndef SERVICES_AUDIT_FULL_CHECK_H_
#define SERVICES_AUDIT_FULL_CHECK_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/base/ids.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/event_log.h"
#include "storage/evidence/evidence_store.h"
#include "storage/fsck/fsck.h"
#include "storage/log_rows.h"
#include "storage/vault/vault.h"

namespace wardbook::audit {

// What is checked. All of it outlives the check.
struct CheckedStores {
  const storage::EventLog& log;
  // Of the same log.
  const storage::LogRows& rows;
  const vault::Vault& vault;
  const evidence::EvidenceStore& evidence;
};

// Checks the records from `options.from` on with what stands by them and what they stand
// for. `options` has neither `find_key` nor `check_event`: they are made of `stores`.
// Fails as fsck::Check does.
absl::StatusOr<fsck::CheckReport> FullCheck(const CheckedStores& stores, const SchoolId& school,
                                            fsck::CheckOptions options);

// What was found, a line each and `lines_max` at most, each naming the record; the last
// says how many more there are.
std::vector<std::string> FaultLines(const fsck::CheckReport& report, size_t lines_max);

}  // namespace wardbook::audit

#endif  // SERVICES_AUDIT_FULL_CHECK_H_
