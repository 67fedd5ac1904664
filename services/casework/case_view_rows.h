// The rows of the view of cases. A generation holds
//   'c' STREAM                            a CaseRow, sealed with the case's key
//   'p' STREAM                            its CasePlaces
//   'w' POSITION                          STREAM, by the case's last change
//   'i' AUDIENCE OPEN PERSON ~POSITION    STREAM, newest first
// All but the first hold random ids and numbers of the log only. POSITION is
// that of the case's last change, for its reporter that of the report; ~ turns
// it round, so that a scan meets the newest first.

#ifndef SERVICES_CASEWORK_CASE_VIEW_ROWS_H_
#define SERVICES_CASEWORK_CASE_VIEW_ROWS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/casework/case_card.h"
#include "services/casework/domain/case_state.h"
#include "services/casework/domain/dues.h"
#include "services/kernel/actor.h"
#include "services/kernel/case_ref.h"
#include "services/runtime/view_store.h"
#include "storage/base/ids.h"
#include "wardbook/views/v1/case_row.pb.h"

namespace wardbook::casework {

// Whom an index is for. Each holds at least the cases that they may see; who
// really may is decided by SightOf.
enum class AudienceKind : char {
  kChair = 'c',
  kLeadership = 'l',
  kLineManager = 'm',
  kOfficer = 'o',
  kReporter = 'r',
};

struct Audience {
  AudienceKind kind;
  PersonId person;  // Zero unless the audience is one person.
};

// The last holds the low-level concerns, whether they are open or not, under the
// position of the report.
enum class Openness : char { kOpen = 'o', kClosed = 'c', kLowLevelConcern = 'l' };

// Where a case stands in the log.
struct CasePositions {
  uint64_t reported = 0;
  uint64_t changed = 0;
};

// Of one index: a case and the position it stands under.
struct IndexEntry {
  uint64_t position = 0;
  std::string stream;
};

std::string CaseKey(absl::string_view stream);
std::string PlacesKey(absl::string_view stream);
std::string ChangeKey(uint64_t position);
// What the keys of an index begin with.
std::string IndexPrefix(const Audience& audience, Openness openness);

wardbook::views::v1::CaseRow RowOf(const kernel::CaseRef& ref, const CaseCard& card,
                                   const CasePositions& positions);
// The keys under which the case stands in 'w' and 'i'.
wardbook::views::v1::CasePlaces PlacesOf(const CaseCard& card, const CasePositions& positions);

// The audiences whose indexes together hold every case that `actor` handles.
std::vector<Audience> HandlingAudiencesOf(const kernel::Actor& actor);

// As much of the case as says who sees it, and no more.
CaseState StateOfRow(const wardbook::views::v1::CaseRow& row);

// What `viewer` may see of the case: SightOf of the state that the row is of.
Sight SightOfRow(const wardbook::views::v1::CaseRow& row, const kernel::Actor& viewer);

// The clocks that run in the case. Nothing for a row of version 2 and before, which
// does not say. DATA_LOSS: a clock is of no kind that this version knows.
absl::StatusOr<std::optional<std::vector<Clock>>> ClocksOfRow(
    const wardbook::views::v1::CaseRow& row);

// Nothing when there is no such case. DATA_LOSS: the row is not one.
absl::StatusOr<std::optional<wardbook::views::v1::CaseRow>> FindCaseRow(
    const runtime::ViewStore& store, const runtime::ViewGeneration& generation,
    absl::string_view stream);

// At most `limit` entries of an index with positions below `before`, newest
// first.
absl::StatusOr<std::vector<IndexEntry>> ScanIndex(const runtime::ViewStore& store,
                                                  const runtime::ViewGeneration& generation,
                                                  absl::string_view prefix, uint64_t before,
                                                  size_t limit);

// At most `limit` cases that changed last at `from` or later, oldest change
// first.
absl::StatusOr<std::vector<IndexEntry>> ScanChanges(const runtime::ViewStore& store,
                                                    const runtime::ViewGeneration& generation,
                                                    uint64_t from, size_t limit);

// Whether the case stands in an index that begins with one of `prefixes`.
absl::StatusOr<bool> StandsIn(const runtime::ViewStore& store,
                              const runtime::ViewGeneration& generation, absl::string_view stream,
                              absl::Span<const std::string> prefixes);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CASE_VIEW_ROWS_H_
