#include "services/people/people_dues.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/kernel/actor.h"
#include "services/kernel/timestamp.h"
#include "services/people/domain/decide.h"
#include "storage/base/moment.h"

namespace wardbook::people {
namespace {

using kernel::Role;
using wardbook::v1::DueItem;

DueItem ItemOf(wardbook::v1::DueKind kind, absl::Time since, absl::Time due, std::string what,
               absl::string_view next_step) {
  DueItem item;
  item.set_kind(kind);
  *item.mutable_since_time() = kernel::TimestampOf(since);
  *item.mutable_due_time() = kernel::TimestampOf(due);
  item.set_what(std::move(what));
  item.set_clause("P13");
  item.set_next_step(std::string(next_step));
  return item;
}

}  // namespace

absl::StatusOr<runtime::Dues> PeopleDues::DuesFor(const runtime::Call& call, Moment) const {
  const bool sees_to_all = call.caller.actor.HasAny({Role::kHeadteacher, Role::kSeniorLeadership});
  runtime::Dues dues;
  int overdue = 0;
  absl::Time since_when = absl::InfiniteFuture();
  people_.Visit(call.caller.school, [&](const Entry& entry) {
    const bool is_own = entry.id == call.caller.actor.person;
    if ((!is_own && !sees_to_all) || entry.state.HasReviewedProfile(call.now)) return;
    const std::optional<absl::Time> since = entry.state.WorksSince(call.now);
    if (!since.has_value()) return;
    const absl::Time due = ProfileReviewDue(*since);
    if (is_own) {
      dues.items.push_back(ItemOf(wardbook::v1::DUE_KIND_REVIEW_PROFILE, *since, due,
                                  "You have not reviewed what can be seen of you online.",
                                  "Look at your own pages as a stranger would, and confirm it. "
                                  "Nobody asks for your accounts."));
    } else if (due <= call.now) {
      ++overdue;
      since_when = std::min(since_when, due);
    }
  });
  if (overdue > 0) {
    dues.items.push_back(ItemOf(wardbook::v1::DUE_KIND_ASK_FOR_PROFILE_REVIEWS, since_when,
                                since_when,
                                absl::StrCat(overdue, overdue == 1 ? " person has" : " people have",
                                             " not reviewed what can be seen of them online."),
                                "Ask them to."));
  }
  return dues;
}

}  // namespace wardbook::people
