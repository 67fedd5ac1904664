#include "services/casework/access_log.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/casework/domain/commands.h"
#include "services/casework/domain/decide.h"
#include "services/casework/seen_case.h"
#include "services/kernel/reason.h"
#include "services/runtime/caller.h"
#include "services/runtime/event_sealing.h"
#include "services/runtime/refusal.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/random.h"
#include "storage/record/record.h"

namespace wardbook::casework {
namespace {

// The first event of a stream may meet another first one; the second attempt
// then finds the stream and appends whatever it holds.
constexpr int kAttemptsMax = 2;

}  // namespace

struct AccessLog::Reveal {
  runtime::Caller caller;
  absl::Time now;
  std::string stream;
  RequestId request_id;
  wardbook::events::v1::AccessEvent event;
  absl::AnyInvocable<void(absl::Status)> done;
};

absl::StatusOr<runtime::VisibleCase> AccessLog::FindWhole(const runtime::Call& call,
                                                          absl::string_view case_ref) {
  WARDBOOK_ASSIGN_OR_RETURN(SeenCase seen, FindCase(cases_, vault_, call.caller, case_ref));
  if (!seen.IsWhole()) return runtime::Refuse(kernel::Reason::kNoSuchCase);
  return runtime::VisibleCase{std::move(seen.ref), seen.snapshot->revision};
}

absl::StatusOr<runtime::VisibleCase> AccessLog::FindForExport(const runtime::Call& call,
                                                              absl::string_view case_ref) {
  WARDBOOK_ASSIGN_OR_RETURN(SeenCase seen, FindCase(cases_, vault_, call.caller, case_ref));
  // Who is shown a part of a case is answered like one who sees nothing of it.
  if (!seen.IsWhole()) return runtime::Refuse(kernel::Reason::kNoSuchCase);
  const std::optional<kernel::Rejected> rejected =
      Refuses(seen.card().state, ExportCase{.by = By{call.caller.actor, call.now}});
  if (rejected.has_value()) return runtime::Refuse(*rejected);
  return runtime::VisibleCase{std::move(seen.ref), seen.snapshot->revision};
}

void AccessLog::RecordReveal(const runtime::Call& call, const kernel::CaseRef& ref,
                             wardbook::events::v1::AccessEvent event,
                             absl::AnyInvocable<void(absl::Status)> done) {
  Append(Reveal{call.caller, call.now, ref.AccessStream(), crypto::NewRequestId(), std::move(event),
                std::move(done)},
         kAttemptsMax);
}

// No decision depends on what the stream holds, so nothing of it is read but
// the key of its first record.
absl::StatusOr<storage::AppendRequest> AccessLog::Seal(const Reveal& reveal) const {
  const SchoolId& school = reveal.caller.school;
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<storage::StoredRecord> first,
                            log_.ReadStream(school, reveal.stream, /*from_revision=*/1,
                                            /*limit=*/1));
  vault::VaultKey key;
  if (first.empty()) {
    WARDBOOK_ASSIGN_OR_RETURN(key, vault_.NewKey());
  } else {
    WARDBOOK_ASSIGN_OR_RETURN(const record::RecordView view,
                              record::ParseRecord(first.front().bytes));
    key.id = view.header.key_id;
    WARDBOOK_ASSIGN_OR_RETURN(key.key, vault_.Find(key.id));
  }
  WARDBOOK_ASSIGN_OR_RETURN(
      runtime::SealedForLog sealed,
      runtime::SealForLog({reveal.caller, reveal.stream, reveal.request_id, reveal.now}, key,
                          reveal.event));
  storage::AppendRequest request;
  request.school = school;
  request.stream = reveal.stream;
  request.expected =
      first.empty() ? storage::ExpectedRevision::None() : storage::ExpectedRevision::Any();
  request.request_id = reveal.request_id;
  // The request is the server's own and is never sent twice.
  request.fingerprint = crypto::RandomId<Hash>();
  request.events.push_back(std::move(sealed.event));
  return request;
}

// The second attempt is made on the log's own thread: it comes once in the life
// of a stream at the most, and the one record that it reads is in memory still.
void AccessLog::Append(Reveal reveal, int attempts_left) {
  absl::StatusOr<storage::AppendRequest> request = Seal(reveal);
  if (!request.ok()) return reveal.done(request.status());
  log_.Append(*std::move(request), [this, attempts_left, reveal = std::move(reveal)](
                                       absl::StatusOr<storage::Appended> appended) mutable {
    if (appended.status().code() == absl::StatusCode::kAborted && attempts_left > 1) {
      return Append(std::move(reveal), attempts_left - 1);
    }
    reveal.done(appended.status());
  });
}

}  // namespace wardbook::casework
