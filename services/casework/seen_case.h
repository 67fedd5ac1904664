// A case found for somebody who may see it.

#ifndef SERVICES_CASEWORK_SEEN_CASE_H_
#define SERVICES_CASEWORK_SEEN_CASE_H_

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/casework/case_aggregate.h"
#include "services/casework/domain/case_state.h"
#include "services/kernel/case_ref.h"
#include "services/runtime/caller.h"
#include "storage/vault/vault.h"

namespace wardbook::casework {

// Immutable.
struct SeenCase {
  kernel::CaseRef ref;
  std::shared_ptr<const CaseSnapshot> snapshot;
  // Never kNone.
  Sight sight;

  const CaseCard& card() const { return snapshot->state; }
  uint64_t revision() const { return snapshot->revision; }
  // Whether the viewer sees all of it.
  bool IsWhole() const { return SeesWhole(sight); }
};

// A refusal for kNoSuchCase when `text` is not a reference at all, so that a
// slip of the pen is answered like a case that is not there.
absl::StatusOr<kernel::CaseRef> ReadCaseRef(absl::string_view text);

// A refusal for kNoSuchCase when the case does not exist, was disposed of, or
// is not for the caller to see: one answer for all of them. Where the case cannot
// be read, those who saw it last are told so and all others the same as ever; the
// fault is logged then, without the reference. May read the log:
// a case that nobody has asked for since the server was started is read once,
// whoever asks, and then answered from memory, while a reference that was never
// given out costs one look at the log each time.
absl::StatusOr<SeenCase> FindCase(CaseTransactor& cases, const vault::Vault& vault,
                                  const runtime::Caller& caller, absl::string_view case_ref);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_SEEN_CASE_H_
