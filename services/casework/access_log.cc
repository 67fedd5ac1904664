#include "services/casework/access_log.h"

#include <optional>
#include <string>
#include <utility>

#include "services/casework/domain/commands.h"
#include "services/casework/domain/decide.h"
#include "services/casework/seen_case.h"
#include "services/kernel/reason.h"
#include "services/runtime/refusal.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/random.h"

namespace wardbook::casework {
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
  if (rejected.has_value()) return runtime::OfSeenCase(runtime::Refuse(*rejected));
  return runtime::VisibleCase{std::move(seen.ref), seen.snapshot->revision};
}

void AccessLog::RecordReveal(const runtime::Call& call, const kernel::CaseRef& ref,
                             wardbook::events::v1::AccessEvent event,
                             absl::AnyInvocable<void(absl::Status)> done) {
  // The request is the server's own and is never sent twice.
  streams_.Append(
      {.caller = call.caller,
       .now = call.now,
       .stream = ref.AccessStream(),
       .request_id = crypto::NewRequestId(),
       .fingerprint = crypto::RandomId<Hash>(),
       .event = std::move(event)},
      [done = std::move(done)](const auto& appended) mutable { done(appended.status()); });
}

std::optional<std::string> AccessLog::StreamOf(const runtime::Caller& caller,
                                               absl::string_view case_ref) const {
  const absl::StatusOr<SeenCase> seen = FindCase(cases_, vault_, caller, case_ref);
  if (!seen.ok()) return std::nullopt;
  return seen->ref.AccessStream();
}

std::optional<std::string> AccessLog::StreamOf(const SchoolId& school,
                                               absl::string_view case_ref) const {
  const std::optional<kernel::CaseRef> ref = kernel::CaseRef::Parse(case_ref);
  if (!ref.has_value()) return std::nullopt;
  const auto snapshot = cases_.Load(school, ref->Stream());
  // What cannot be read now is there nevertheless.
  if (snapshot.ok() && (*snapshot)->revision == 0) return std::nullopt;
  return ref->AccessStream();
}

}  // namespace wardbook::casework
