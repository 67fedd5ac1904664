#include "services/casework/case_commands.h"

#include <optional>
#include <vector>

#include "services/casework/timeline.h"
#include "services/kernel/case_ref.h"
#include "services/kernel/reason.h"
#include "services/runtime/refusal.h"
#include "storage/base/assert.h"
#include "wardbook/v1/error.pb.h"

namespace wardbook::casework {
namespace {

// A conflict is read by a person; who is further behind reads the case again.
constexpr size_t kConflictEntriesMax = 20;

}  // namespace

void CaseCommands::RunDecision(runtime::CommandFrame frame, CaseTransactor::Decide decide,
                               CaseTransactor::Done done) {
  runtime::CommandFrame asked = frame;
  parts_.cases.Run(
      std::move(frame), std::move(decide),
      [this, asked = std::move(asked),
       done = std::move(done)](absl::StatusOr<CaseOutcome> outcome) mutable {
        if (!runtime::IsRefusal(outcome.status(), kernel::Reason::kRevisionConflict)) {
          return done(std::move(outcome));
        }
        // Reads the log, which its own threads must not wait for.
        parts_.rpc.workers().Schedule(
            [this, asked = std::move(asked), done = std::move(done),
             conflict = outcome.status()]() mutable { done(Explain(conflict, asked)); });
      });
}

absl::Status CaseCommands::Explain(const absl::Status& conflict,
                                   const runtime::CommandFrame& frame) const {
  const std::optional<kernel::CaseRef> ref = kernel::CaseRef::OfStream(frame.stream);
  WARDBOOK_ASSERT(ref.has_value());
  const absl::StatusOr<SeenCase> seen = FindCase(parts_.cases, frame.caller, ref->text());
  if (!seen.ok()) return seen.status();
  wardbook::v1::Conflict details;
  details.set_current_revision(seen->revision());
  if (frame.expected_revision.has_value()) {
    absl::StatusOr<std::vector<wardbook::v1::TimelineEntry>> entries = ReadTimeline(
        parts_, frame.caller, *seen,
        {.after_revision = *frame.expected_revision, .entries_max = kConflictEntriesMax},
        frame.now);
    if (!entries.ok()) return entries.status();
    for (wardbook::v1::TimelineEntry& entry : *entries) {
      *details.add_entries() = std::move(entry);
    }
  }
  return runtime::WithConflict(conflict, details);
}

}  // namespace wardbook::casework
