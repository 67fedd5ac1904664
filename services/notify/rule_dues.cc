#include "services/notify/rule_dues.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "services/kernel/actor.h"
#include "services/kernel/timestamp.h"
#include "storage/base/moment.h"

namespace wardbook::notify {

using kernel::Role;

absl::StatusOr<runtime::Dues> RuleDues::DuesFor(const runtime::Call& call, Moment) const {
  runtime::Dues dues;
  const absl::Time since = rules_.BankHolidaysEndSoonFrom();
  if (call.now < since || !call.caller.actor.HasAny({Role::kAdministrator, Role::kHeadteacher,
                                                     Role::kSeniorLeadership})) {
    return dues;
  }
  wardbook::v1::DueItem item;
  item.set_kind(wardbook::v1::DUE_KIND_ADD_BANK_HOLIDAYS);
  *item.mutable_since_time() = kernel::TimestampOf(since);
  *item.mutable_due_time() =
      kernel::TimestampOf(rules_.calendar().StartOf(rules_.bank_holidays_until() + 1));
  item.set_what(absl::StrCat("Wardbook knows no bank holidays after ",
                             rules_.bank_holidays_until().year(),
                             ". What is due in working days would come too early."));
  item.set_next_step("Ask the technician to install the newest rules on the server.");
  dues.items.push_back(std::move(item));
  return dues;
}

}  // namespace wardbook::notify
