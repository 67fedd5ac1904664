#include "services/casework/case_commands.h"

#include <optional>
#include <vector>

#include "services/casework/timeline.h"
#include "services/kernel/case_ref.h"
#include "services/kernel/reason.h"
#include "services/runtime/record_key.h"
#include "services/runtime/refusal.h"
#include "storage/base/assert.h"
#include "wardbook/v1/error.pb.h"

namespace wardbook::casework {
namespace {

// A conflict is read by a person, and travels in a trailer; who is further behind
// reads the case again.
constexpr size_t kConflictEntriesMax = 20;

}  // namespace

CaseTransactor::Done CaseCommands::ForWhoSees(const runtime::CommandFrame& frame,
                                              CaseTransactor::Done done) {
  return [this, caller = frame.caller, stream = frame.stream,
          done = std::move(done)](absl::StatusOr<CaseOutcome> outcome) mutable {
    if (outcome.ok() || runtime::IsRefusal(outcome.status())) return done(std::move(outcome));
    // Reads the log, which its own threads must not wait for.
    parts_.rpc.workers().Schedule([this, caller = std::move(caller), stream = std::move(stream),
                                   failure = outcome.status(), done = std::move(done)]() mutable {
      const std::optional<kernel::CaseRef> ref = kernel::CaseRef::OfStream(stream);
      WARDBOOK_ASSERT(ref.has_value());
      const absl::StatusOr<SeenCase> seen =
          FindCase(parts_.cases, parts_.vault, caller, ref->text());
      // Where the case itself cannot be read, FindCase fails for those alone who saw it last.
      const bool is_hidden = runtime::IsRefusal(seen.status());
      done(is_hidden ? seen.status() : std::move(failure));
    });
  };
}

void CaseCommands::RunDecision(runtime::CommandFrame frame, CaseTransactor::Decide decide,
                               CaseTransactor::Done done) {
  runtime::CommandFrame asked = frame;
  parts_.cases.Run(
      std::move(frame), std::move(decide),
      [this, asked = std::move(asked),
       done = std::move(done)](absl::StatusOr<CaseOutcome> outcome) mutable {
        // The key of the case was destroyed.
        if (runtime::IsKeyMissing(outcome.status())) {
          return done(runtime::Refuse(kernel::Reason::kNoSuchCase));
        }
        if (!runtime::IsRefusal(outcome.status(), kernel::Reason::kRevisionConflict)) {
          if (!outcome.ok() && !runtime::IsRefusal(outcome.status(), kernel::Reason::kNoSuchCase)) {
            return done(runtime::OfSeenCase(outcome.status()));
          }
          return done(std::move(outcome));
        }
        // Reads the log, which its own threads must not wait for.
        parts_.rpc.workers().Schedule([this, asked = std::move(asked), done = std::move(done),
                                       conflict = outcome.status()]() mutable {
          Explain(std::move(conflict), asked, std::move(done));
        });
      });
}

void CaseCommands::Explain(absl::Status conflict, const runtime::CommandFrame& frame,
                           CaseTransactor::Done done) {
  const std::optional<kernel::CaseRef> ref = kernel::CaseRef::OfStream(frame.stream);
  WARDBOOK_ASSERT(ref.has_value());
  const absl::StatusOr<SeenCase> seen =
      FindCase(parts_.cases, parts_.vault, frame.caller, ref->text());
  if (!seen.ok()) return done(seen.status());
  wardbook::v1::Conflict details;
  details.set_current_revision(seen->revision());
  std::vector<wardbook::v1::TimelineEntry> entries;
  if (frame.expected_revision.has_value()) {
    absl::StatusOr<TimelinePage> page = ReadTimeline(
        parts_, frame.caller, *seen,
        {.after_revision = *frame.expected_revision, .entries_max = kConflictEntriesMax},
        frame.now);
    if (!page.ok()) return done(page.status());
    entries = std::move(page->entries);
  }
  if (entries.empty()) return done(runtime::WithConflict(conflict, details));
  // To be shown entries is to see the case: it is recorded first, as for GetCase.
  wardbook::events::v1::AccessEvent viewed;
  viewed.mutable_case_viewed()->set_case_ref(ref->text());
  viewed.mutable_case_viewed()->set_revision(entries.back().revision());
  parts_.access.RecordReveal(
      runtime::Call{frame.caller, frame.now, std::nullopt}, *ref, std::move(viewed),
      [conflict = std::move(conflict), details = std::move(details), entries = std::move(entries),
       done = std::move(done)](const absl::Status& recorded) mutable {
        // The conflict is true whether or not it can be explained.
        if (recorded.ok()) {
          for (wardbook::v1::TimelineEntry& entry : entries) {
            *details.add_entries() = std::move(entry);
          }
        }
        done(runtime::WithConflict(conflict, details));
      });
}

}  // namespace wardbook::casework
