#include "clients/cli/due_screen.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/string_view.h"
#include "clients/cli/words.h"

namespace wardbook::cli {
namespace {

// ABOUT stands for the case, the entry or the version; a reminder and a policy are
// named by the same.
struct Remedy {
  v1::DueKind kind;
  absl::string_view command;
};

constexpr Remedy kRemedies[] = {
    {v1::DUE_KIND_INFORM_POLICE, "wardbook police inform ABOUT --help"},
    {v1::DUE_KIND_ACKNOWLEDGE_REPORT, "wardbook incident acknowledge ABOUT --help"},
    {v1::DUE_KIND_HAND_ON, "wardbook case escalate ABOUT --help"},
    {v1::DUE_KIND_REFER_ALLEGATION, "wardbook referral make ABOUT --help"},
    {v1::DUE_KIND_FOLLOW_UP_ADVICE, "wardbook advice record ABOUT --help"},
    {v1::DUE_KIND_FOLLOW_UP_REFERRAL, "wardbook case note ABOUT --help"},
    {v1::DUE_KIND_ACKNOWLEDGE_REFERRAL, "wardbook referral acknowledge ABOUT --help"},
    {v1::DUE_KIND_FOLLOW_UP_OUTCOME, "wardbook case note ABOUT --help"},
    {v1::DUE_KIND_RECORD_OUTCOME, "wardbook referral outcome ABOUT --help"},
    {v1::DUE_KIND_REVIEW_CASE, "wardbook case show ABOUT"},
    {v1::DUE_KIND_DECIDE_PERMISSION, "wardbook permission show ABOUT"},
    {v1::DUE_KIND_RENEW_PERMISSION, "wardbook permission request --help"},
    {v1::DUE_KIND_REVIEW_JUSTIFICATION, "wardbook justification show ABOUT"},
    {v1::DUE_KIND_SEEK_JUSTIFICATION_ADVICE, "wardbook justification show ABOUT"},
    {v1::DUE_KIND_CLOSE_JUSTIFICATION, "wardbook justification show ABOUT"},
    {v1::DUE_KIND_ACKNOWLEDGE_DECLARATION, "wardbook declaration show ABOUT"},
    {v1::DUE_KIND_RECONFIRM_DECLARATION, "wardbook declaration update ABOUT --help"},
    {v1::DUE_KIND_RETURN_PHONE, "wardbook phone return ABOUT --help"},
    {v1::DUE_KIND_REVIEW_POLICY, "wardbook policy review --help"},
    {v1::DUE_KIND_ISSUE_REMINDER, "wardbook policy remind --help"},
    {v1::DUE_KIND_ACKNOWLEDGE_POLICY, "wardbook policy text"},
    {v1::DUE_KIND_ACKNOWLEDGE_REMINDER, "wardbook policy status"},
    {v1::DUE_KIND_REVIEW_PROFILE, "wardbook profile-review confirm"},
    {v1::DUE_KIND_ASK_FOR_PROFILE_REVIEWS, "wardbook profile-review list"},
    {v1::DUE_KIND_DECIDE_THRESHOLD, "wardbook threshold decide ABOUT --help"},
    {v1::DUE_KIND_READ_LATE_WORD, "wardbook case show ABOUT"},
    {v1::DUE_KIND_ASSESS_DATA_BREACH, "wardbook data-breach assess ABOUT --help"},
    {v1::DUE_KIND_SETTLE_DISAGREEMENT, "wardbook disagreement resolve ABOUT --help"},
};

std::string Counted(int64_t count, absl::string_view one) {
  return absl::StrCat(count, " ", one, count == 1 ? "" : "s");
}

// "Overdue for 2 days, since 14 May 2026, 2:30 pm."
std::string WhenInWords(const v1::DueItem& item, absl::Time now) {
  const absl::Time due = TimeOf(item.due_time());
  if (item.overdue()) {
    return absl::StrCat("Overdue for ", DurationInWords(now - due), ", since ", EndInWords(due),
                        ".");
  }
  return absl::StrCat("Due in ", DurationInWords(due - now), ", by ", EndInWords(due), ".");
}

void ShowItem(const v1::DueItem& item, absl::Time now, Screen& screen) {
  screen.Line("  ", item.what());
  screen.Line(
      "    ", WhenInWords(item, now),
      item.clause().empty() ? "" : absl::StrCat(" Clause ", item.clause(), " of the policy."));
  screen.Line("    Next: ", item.next_step());
  const std::string command = CommandFor(item);
  if (!command.empty()) screen.Command("    ", command);
}

}  // namespace

std::string DurationInWords(absl::Duration duration) {
  if (duration < absl::Minutes(1)) return "less than a minute";
  if (duration < absl::Hours(2)) return Counted(absl::ToInt64Minutes(duration), "minute");
  if (duration < absl::Hours(48)) return Counted(absl::ToInt64Hours(duration), "hour");
  return Counted(absl::ToInt64Hours(duration) / 24, "day");
}

std::string CommandFor(const v1::DueItem& item) {
  const std::string about = !item.case_ref().empty()   ? item.case_ref()
                            : !item.entry_id().empty() ? item.entry_id()
                                                       : item.policy_id();
  for (const Remedy& remedy : kRemedies) {
    if (remedy.kind == item.kind()) {
      return absl::StrReplaceAll(remedy.command, {{"ABOUT", Quoted(about)}});
    }
  }
  return "";
}

void ShowDueCount(const v1::DueCount& count, Screen& screen) {
  for (const std::string& banner : count.banners()) screen.Line(banner);
  if (count.due() == 0) {
    screen.Line("Nothing waits for you.");
    return;
  }
  const std::string things = Counted(count.due(), "thing");
  const absl::string_view wait = count.due() == 1 ? " waits for you" : " wait for you";
  if (count.overdue() == 0) {
    screen.Line(things, wait, "; none is overdue.");
  } else {
    screen.Line(things, wait, "; ", count.overdue(), count.overdue() == 1 ? " is" : " are",
                " overdue.");
  }
}

void ShowDueList(const google::protobuf::RepeatedPtrField<v1::DueItem>& items,
                 const v1::DueCount& count, absl::Time now, Screen& screen) {
  ShowDueCount(count, screen);
  enum class Part { kNone, kOverdue, kDue };
  Part part = Part::kNone;
  for (const v1::DueItem& item : items) {
    const Part its_part = item.overdue() ? Part::kOverdue : Part::kDue;
    if (its_part != part) {
      part = its_part;
      screen.Blank();
      screen.Line(part == Part::kOverdue ? "Overdue:" : "Due:");
    }
    ShowItem(item, now, screen);
  }
}

}  // namespace wardbook::cli
