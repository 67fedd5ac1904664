#include "services/schoolpolicy/policy_dues.h"

#include <memory>
#include <string>
#include <variant>

#include "absl/strings/string_view.h"
#include "services/kernel/timestamp.h"
#include "services/schoolpolicy/domain/decide.h"
#include "services/schoolpolicy/domain/dues.h"
#include "services/schoolpolicy/domain/review_due.h"
#include "services/schoolpolicy/review_banner.h"
#include "storage/base/assert.h"
#include "storage/base/moment.h"
#include "storage/base/status_macros.h"

namespace wardbook::schoolpolicy {
namespace {

using wardbook::v1::DueItem;
using wardbook::v1::DueKind;

struct Words {
  DueKind kind;
  absl::string_view what;
  absl::string_view clause;
  absl::string_view next_step;
};

Words WordsOf(Wait wait) {
  switch (wait) {
    case Wait::kReview:
      return {wardbook::v1::DUE_KIND_REVIEW_POLICY, "The school's policy is to be reviewed.", "P02",
              "Review it with the governors, and record what came of it."};
    case Wait::kReminder:
      return {wardbook::v1::DUE_KIND_ISSUE_REMINDER,
              "Staff are to be reminded to protect themselves from cyber-bullying.", "P05",
              "Write the reminder; everybody is asked to acknowledge it."};
    case Wait::kAcknowledgement:
      return {wardbook::v1::DUE_KIND_ACKNOWLEDGE_POLICY,
              "You have not acknowledged the school's policy.", "P03",
              "Read it, and then acknowledge it."};
    case Wait::kReminderAcknowledgement:
      return {wardbook::v1::DUE_KIND_ACKNOWLEDGE_REMINDER,
              "You have not acknowledged the reminder to protect yourself.", "P05",
              "Read it, and then acknowledge it; the status of the policy shows it."};
  }
  WARDBOOK_ASSERT(false);
}

DueItem ItemOf(const PolicyDue& due) {
  const Words words = WordsOf(due.wait);
  DueItem item;
  item.set_kind(words.kind);
  if (const auto* const version = std::get_if<PolicyVersionId>(&due.about)) {
    item.set_policy_id(version->Hex());
  } else if (const auto* const reminder = std::get_if<ReminderId>(&due.about)) {
    item.set_policy_id(reminder->Hex());
  }
  *item.mutable_since_time() = kernel::TimestampOf(due.since);
  *item.mutable_due_time() = kernel::TimestampOf(due.due);
  item.set_what(std::string(words.what));
  item.set_clause(std::string(words.clause));
  item.set_next_step(std::string(words.next_step));
  return item;
}

}  // namespace

absl::StatusOr<runtime::Dues> PolicyDues::DuesFor(const runtime::Call& call, Moment) const {
  // Whoever has just been told of a record by the log sees it here.
  WARDBOOK_RETURN_IF_ERROR(policies_.Refresh(call.caller.school));
  const std::shared_ptr<const PolicyEntry> policy = policies_.Find(call.caller.school);
  Asked asked{call.caller.actor};
  if (const auto person = directory_.Find(call.caller.school, call.caller.actor.person, call.now)) {
    asked.of_school_since = person->of_school_since;
  }
  runtime::Dues dues;
  for (const PolicyDue& due : DuesOf(policy->state, asked, rules_, call.now)) {
    dues.items.push_back(ItemOf(due));
  }
  const absl::CivilDay today = rules_.calendar().DayOf(call.now);
  const PolicyVersion* const version = policy->state.InForceOn(today);
  if (version == nullptr || !IsBound(call.caller.actor)) return dues;
  const auto& days = rules_.At(call.now).policy_reviews().reminder_days();
  const ReviewDue review = ReviewDueOn(today, version->review_on, {days.begin(), days.end()});
  if (review.stage == ReviewStage::kOverdue) {
    dues.banners.push_back(ReviewBanner(*version, review));
  }
  return dues;
}

}  // namespace wardbook::schoolpolicy
