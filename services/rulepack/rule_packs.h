// The rules that change with time, by the day they hold from.
//
//   const RulePack& pack = rules.At(happened);
//   absl::Time due = rules.calendar().AddWorkingDays(
//       happened, pack.periods().lado_referral_working_days());

#ifndef SERVICES_RULEPACK_RULE_PACKS_H_
#define SERVICES_RULEPACK_RULE_PACKS_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/rulepack/shipped_rules.h"
#include "services/rulepack/working_calendar.h"
#include "wardbook/rules/v1/rule_pack.pb.h"

namespace wardbook::rulepack {

using wardbook::rules::v1::RulePack;

// Immutable.
class RulePacks {
 public:
  // INVALID_ARGUMENT: the message names the file, the field and what to do.
  // FAILED_PRECONDITION: this computer does not know the school's time zone.
  static absl::StatusOr<std::unique_ptr<const RulePacks>> Parse(
      absl::Span<const RuleSource> sources);

  // All files of a directory that end in ".textproto". Fails as Parse does, or
  // NOT_FOUND: they cannot be read.
  static absl::StatusOr<std::unique_ptr<const RulePacks>> Load(const std::string& directory);

  // The rules that ship with the program.
  static absl::StatusOr<std::unique_ptr<const RulePacks>> Shipped();

  // The pack of that moment. The first pack reaches back for ever: what happened
  // before there were packs is held to the oldest rules that are known.
  const RulePack& At(absl::Time time) const;

  // When children go home on that day, on the clock of the school (P35).
  absl::Time HomeTimeOf(absl::CivilDay day) const;

  const WorkingCalendar& calendar() const { return calendar_; }
  // The last day of which it is known whether it is a bank holiday.
  absl::CivilDay bank_holidays_until() const { return bank_holidays_until_; }
  // From when on somebody has to add the bank holidays of the next year: half a year
  // before those that are known end, which is after they are published and well
  // before a clock runs into the new year.
  absl::Time BankHolidaysEndSoonFrom() const;
  // From the oldest to the newest.
  absl::Span<const RulePack> packs() const { return packs_; }

 private:
  RulePacks(std::vector<RulePack> packs, std::vector<absl::Time> starts, WorkingCalendar calendar,
            absl::CivilDay bank_holidays_until)
      : packs_(std::move(packs)),
        starts_(std::move(starts)),
        calendar_(std::move(calendar)),
        bank_holidays_until_(bank_holidays_until) {}

  const std::vector<RulePack> packs_;
  // Since when each of them holds.
  const std::vector<absl::Time> starts_;
  const WorkingCalendar calendar_;
  const absl::CivilDay bank_holidays_until_;
};

}  // namespace wardbook::rulepack

#endif  // SERVICES_RULEPACK_RULE_PACKS_H_
