#include "services/casework/seen_case.h"

#include <optional>
#include <source_location>
#include <utility>

#include "services/kernel/reason.h"
#include "services/runtime/record_key.h"
#include "services/runtime/refusal.h"
#include "services/runtime/rpc.h"
#include "storage/base/status_macros.h"

namespace wardbook::casework {

absl::StatusOr<kernel::CaseRef> ReadCaseRef(absl::string_view text) {
  std::optional<kernel::CaseRef> ref = kernel::CaseRef::Parse(text);
  if (!ref.has_value()) return runtime::Refuse(kernel::Reason::kNoSuchCase);
  return *std::move(ref);
}

namespace {

// What the caller is told of a case that cannot be read. A reference that was never
// given out is answered with kNoSuchCase, and so must be one of a case that they do
// not see: else the fault tells them that there is one.
absl::Status OfUnreadable(const CaseTransactor& cases, const runtime::Caller& caller,
                          const kernel::CaseRef& ref, const absl::Status& fault) {
  if (cases.LastSightOf(caller, ref) != Sight::kNone) return fault;
  // For its line in the log only.
  runtime::Rpc::Conclude(std::source_location::current(), fault);
  return runtime::Refuse(kernel::Reason::kNoSuchCase);
}

}  // namespace

absl::StatusOr<SeenCase> FindCase(CaseTransactor& cases, const vault::Vault& vault,
                                  const runtime::Caller& caller, absl::string_view case_ref) {
  WARDBOOK_ASSIGN_OR_RETURN(kernel::CaseRef ref, ReadCaseRef(case_ref));
  absl::StatusOr<std::shared_ptr<const CaseSnapshot>> snapshot =
      cases.Load(caller.school, ref.Stream());
  // The key of the case was destroyed, and with it all that can be shown.
  if (runtime::IsKeyMissing(snapshot.status())) {
    return runtime::Refuse(kernel::Reason::kNoSuchCase);
  }
  if (!snapshot.ok()) return OfUnreadable(cases, caller, ref, snapshot.status());
  if ((*snapshot)->revision == 0) return runtime::Refuse(kernel::Reason::kNoSuchCase);
  // What is still in memory must not outlive the key.
  const absl::Status key = vault.Find(*(*snapshot)->key_id).status();
  if (absl::IsNotFound(key)) return runtime::Refuse(kernel::Reason::kNoSuchCase);
  if (!key.ok()) return OfUnreadable(cases, caller, ref, key);
  const Sight sight = SightOf((*snapshot)->state.state, caller.actor);
  if (sight == Sight::kNone) return runtime::Refuse(kernel::Reason::kNoSuchCase);
  return SeenCase{std::move(ref), *std::move(snapshot), sight};
}

}  // namespace wardbook::casework
