#include "services/runtime/access_streams.h"

#include <utility>
#include <vector>

#include "services/runtime/event_sealing.h"
#include "services/runtime/record_key.h"
#include "storage/base/status_macros.h"
#include "storage/record/record.h"

namespace wardbook::runtime {
namespace {

// The first event of a stream may meet another first one; the second attempt
// then finds the stream and appends whatever it holds.
constexpr int kAppendAttemptsMax = 2;

}  // namespace

void AccessStreams::Append(AccessRecord record, Done done) {
  Attempt(std::move(record), std::move(done), kAppendAttemptsMax);
}

absl::StatusOr<storage::AppendRequest> AccessStreams::Seal(const AccessRecord& record) const {
  const SchoolId& school = record.caller.school;
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<storage::StoredRecord> first,
                            log_.ReadStream(school, record.stream, /*from_revision=*/1,
                                            /*limit=*/1));
  vault::VaultKey key;
  if (first.empty()) {
    WARDBOOK_ASSIGN_OR_RETURN(key, vault_.NewKey());
  } else {
    WARDBOOK_ASSIGN_OR_RETURN(const record::RecordView view,
                              record::ParseRecord(first.front().bytes));
    key.id = view.header.key_id;
    WARDBOOK_ASSIGN_OR_RETURN(key.key, FindRecordKey(vault_, key.id));
  }
  WARDBOOK_ASSIGN_OR_RETURN(
      SealedForLog sealed,
      SealForLog({record.caller, record.stream, record.request_id, record.now}, key, record.event));
  storage::AppendRequest request;
  request.school = school;
  request.stream = record.stream;
  request.expected =
      first.empty() ? storage::ExpectedRevision::None() : storage::ExpectedRevision::Any();
  request.request_id = record.request_id;
  request.fingerprint = record.fingerprint;
  request.events.push_back(std::move(sealed.event));
  return request;
}

// The second attempt is made on the log's own thread: it comes once in the life
// of a stream at the most, and the one record that it reads is in memory still.
void AccessStreams::Attempt(AccessRecord record, Done done, int attempts_left) {
  absl::StatusOr<storage::AppendRequest> request = Seal(record);
  if (!request.ok()) return done(request.status());
  log_.Append(*std::move(request),
              [this, attempts_left, record = std::move(record),
               done = std::move(done)](absl::StatusOr<storage::Appended> appended) mutable {
                if (appended.status().code() == absl::StatusCode::kAborted && attempts_left > 1) {
                  return Attempt(std::move(record), std::move(done), attempts_left - 1);
                }
                done(std::move(appended));
              });
}

}  // namespace wardbook::runtime
