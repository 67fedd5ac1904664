#include "storage/rocksdb/log_answer.h"

#include "storage/base/status_macros.h"

namespace wardbook::storage {

absl::Status OtherContent() {
  return absl::AlreadyExistsError("the request id was used for other content");
}

absl::StatusOr<Appended> AnswerAgain(const LogTables& tables, const SchoolId& school,
                                     const RequestRow& row, const Hash& fingerprint) {
  if (row.fingerprint != fingerprint) return OtherContent();
  Appended appended;
  appended.stream = row.stream;
  appended.first_position = row.first_position;
  appended.first_revision = row.first_revision;
  WARDBOOK_ASSIGN_OR_RETURN(appended.leaf_hashes,
                            tables.LeafHashes(school, row.first_position, row.event_count));
  appended.replayed = true;
  return appended;
}

}  // namespace wardbook::storage
