#include "services/casework/case_dues.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/casework/case_view.h"
#include "services/casework/case_view_rows.h"
#include "services/casework/domain/dues.h"
#include "services/kernel/timestamp.h"
#include "storage/base/assert.h"
#include "storage/base/moment.h"
#include "storage/base/status_macros.h"

namespace wardbook::casework {
namespace {

using wardbook::v1::DueItem;
using wardbook::v1::DueKind;
using wardbook::views::v1::CaseRow;

// How many entries of an index are read at once.
constexpr size_t kEntriesPerRead = 256;

// A review that is weeks away is nothing to see to today.
constexpr absl::Duration kReviewShownBefore = absl::Hours(7 * 24);

struct Words {
  DueKind kind;
  absl::string_view what;
  absl::string_view clause;
  absl::string_view next_step;
};

// What the officers of Lancashire Safeguarding read, whose answer the school waits
// for.
Words WordsForOfficer(ClockKind kind) {
  if (kind == ClockKind::kReferralAcknowledgement) {
    return {wardbook::v1::DUE_KIND_ACKNOWLEDGE_REFERRAL, "a referral waits to be acknowledged.", "",
            "Acknowledge it, so that the school knows that it has arrived."};
  }
  return {wardbook::v1::DUE_KIND_RECORD_OUTCOME, "a referral waits for its outcome.", "",
          "Record the outcome, or tell the school how far it is."};
}

Words WordsOf(ClockKind kind) {
  switch (kind) {
    case ClockKind::kPolice:
      return {wardbook::v1::DUE_KIND_INFORM_POLICE,
              "an indecent image is suspected, and the police have not been informed.", "P37",
              "Call 999 in an emergency, else 101, now. Then record that you did."};
    case ClockKind::kAcknowledgement:
      return {wardbook::v1::DUE_KIND_ACKNOWLEDGE_REPORT,
              "nobody has told the reporter that the report was seen.", "P46",
              "Read it, and tell the reporter that it is being dealt with."};
    case ClockKind::kHandOn:
      return {wardbook::v1::DUE_KIND_HAND_ON,
              "a report that came to you as line manager is not handed on.", "P45",
              "Hand it on to the Headteacher."};
    case ClockKind::kAllegation:
      return {wardbook::v1::DUE_KIND_REFER_ALLEGATION,
              "it may be an allegation against an adult, and it is not referred.", "",
              "Refer it to Lancashire Safeguarding, or consult them if you are unsure; else decide "
              "that the harm threshold is not met."};
    case ClockKind::kAdvice:
      return {wardbook::v1::DUE_KIND_FOLLOW_UP_ADVICE,
              "the advice that was asked for has not come back.", "P41",
              "Ask Lancashire Safeguarding again. Record what they advise."};
    case ClockKind::kReferralAcknowledgement:
      return {wardbook::v1::DUE_KIND_FOLLOW_UP_REFERRAL,
              "the referral has not been acknowledged by Lancashire Safeguarding.", "",
              "If they do not acknowledge it in time, ask whether it has arrived, and note what "
              "they say."};
    case ClockKind::kReferralOutcome:
      return {wardbook::v1::DUE_KIND_FOLLOW_UP_OUTCOME, "the referral has no outcome yet.", "",
              "If none comes in time, ask Lancashire Safeguarding how far it is, and note what "
              "they say."};
    case ClockKind::kReview:
      return {wardbook::v1::DUE_KIND_REVIEW_CASE, "the case is to be reviewed.", "",
              "Look at where it stands, and add a note of the review."};
    case ClockKind::kThreshold:
      return {wardbook::v1::DUE_KIND_DECIDE_THRESHOLD,
              "it is not decided whether the harm threshold is met.", "P23",
              "Decide it with your reasons: it is met, a low-level concern, or conduct only."};
    case ClockKind::kDataBreach:
      return {wardbook::v1::DUE_KIND_ASSESS_DATA_BREACH,
              "personal data may have been disclosed, and nobody has assessed it.", "P09",
              "Assess it with the data protection officer; what is reportable goes to the "
              "Information Commissioner in time."};
    case ClockKind::kLateWord:
      return {wardbook::v1::DUE_KIND_READ_LATE_WORD,
              "it is closed, and something was written on it since then.", "P46",
              "Read it. Open the case again, or add a note of why it stays closed."};
    case ClockKind::kDisagreement:
      return {wardbook::v1::DUE_KIND_SETTLE_DISAGREEMENT,
              "a professional disagreement is not settled.", "",
              "Speak with each other, and record how it was settled; else take it to the next "
              "stage."};
  }
  WARDBOOK_ASSERT(false);
}

bool IsOfficers(ClockKind kind) {
  return kind == ClockKind::kReferralAcknowledgement || kind == ClockKind::kReferralOutcome;
}

DueItem ItemOf(const CaseRow& row, const Clock& clock, absl::Time due, Sight sight) {
  const Words words = sight == Sight::kOfficer && IsOfficers(clock.kind)
                          ? WordsForOfficer(clock.kind)
                          : WordsOf(clock.kind);
  DueItem item;
  item.set_kind(words.kind);
  item.set_case_ref(row.summary().case_ref());
  *item.mutable_since_time() = kernel::TimestampOf(clock.since);
  *item.mutable_due_time() = kernel::TimestampOf(due);
  item.set_what(absl::StrCat("Case ", row.summary().case_ref(), ": ", words.what));
  item.set_clause(std::string(words.clause));
  item.set_next_step(std::string(words.next_step));
  return item;
}

// Where everything stands in which the caller may have to act. What they reported
// is theirs whether it is open or not, and is as much as one person reports.
std::vector<std::string> IndexesOf(const kernel::Actor& actor) {
  std::vector<std::string> prefixes = {
      IndexPrefix({AudienceKind::kReporter, actor.person}, Openness::kOpen)};
  for (const Audience& audience : HandlingAudiencesOf(actor)) {
    prefixes.push_back(IndexPrefix(audience, Openness::kOpen));
  }
  return prefixes;
}

}  // namespace

absl::StatusOr<runtime::Dues> CaseDues::DuesFor(const runtime::Call& call, Moment deadline) const {
  const kernel::Actor& actor = call.caller.actor;
  WARDBOOK_ASSIGN_OR_RETURN(
      const runtime::ViewReading reading,
      projector_.WaitFor(call.caller.school, kCaseViewName, call.seen_position, deadline));
  const runtime::ViewStore& store = projector_.store();
  const std::vector<std::string> indexes = IndexesOf(actor);
  runtime::Dues dues;
  absl::flat_hash_set<std::string> seen;
  const auto add = [&](const std::string& stream) -> absl::Status {
    if (!seen.insert(stream).second) return absl::OkStatus();
    WARDBOOK_ASSIGN_OR_RETURN(const std::optional<CaseRow> row,
                              FindCaseRow(store, *reading.generation, stream));
    if (!row.has_value()) return absl::OkStatus();
    const Sight sight = SightOfRow(*row, actor);
    if (sight == Sight::kNone) return absl::OkStatus();
    WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::vector<Clock>> clocks, ClocksOfRow(*row));
    // A list without the clocks that an old row does not know would say that
    // there is nothing to do.
    if (!clocks.has_value()) {
      return absl::UnavailableError("the list of cases is being made anew; try again soon");
    }
    for (const Clock& clock : *clocks) {
      if (!HasToAct(clock.kind, sight, row->summary().route())) continue;
      const absl::Time due = DueTimeOf(clock, rules_);
      if (clock.kind == ClockKind::kReview && due > call.now + kReviewShownBefore) continue;
      dues.items.push_back(ItemOf(*row, clock, due, sight));
    }
    return absl::OkStatus();
  };
  for (const std::string& prefix : indexes) {
    uint64_t before = std::numeric_limits<uint64_t>::max();
    for (;;) {
      WARDBOOK_ASSIGN_OR_RETURN(
          const std::vector<IndexEntry> entries,
          ScanIndex(store, *reading.generation, prefix, before, kEntriesPerRead));
      for (const IndexEntry& entry : entries) WARDBOOK_RETURN_IF_ERROR(add(entry.stream));
      if (entries.size() < kEntriesPerRead) break;
      before = entries.back().position;
    }
  }
  // A case that changed meanwhile moved above what was still to be read.
  for (uint64_t next = reading.applied;;) {
    WARDBOOK_ASSIGN_OR_RETURN(const std::vector<IndexEntry> changes,
                              ScanChanges(store, *reading.generation, next, kEntriesPerRead));
    if (changes.empty()) break;
    for (const IndexEntry& change : changes) {
      next = change.position + 1;
      WARDBOOK_ASSIGN_OR_RETURN(const bool listed,
                                StandsIn(store, *reading.generation, change.stream, indexes));
      if (listed) WARDBOOK_RETURN_IF_ERROR(add(change.stream));
    }
  }
  return dues;
}

}  // namespace wardbook::casework
