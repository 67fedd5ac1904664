// Working days in England: Monday to Friday without the bank holidays, in the
// clock on the wall of an English school. School holidays are working days: a
// child at risk does not wait for the end of term.

#ifndef SERVICES_RULEPACK_WORKING_CALENDAR_H_
#define SERVICES_RULEPACK_WORKING_CALENDAR_H_

#include <cstdint>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace wardbook::rulepack {

// Immutable. Outside the years whose bank holidays it knows, every day from
// Monday to Friday is a working day, so that a time that is due there comes too
// early rather than too late.
class WorkingCalendar {
 public:
  // FAILED_PRECONDITION: this computer does not know the time zone.
  static absl::StatusOr<WorkingCalendar> Create(absl::flat_hash_set<absl::CivilDay> bank_holidays);

  // The clock on the wall of an English school.
  absl::TimeZone zone() const { return zone_; }

  // The day that it is in an English school.
  absl::CivilDay DayOf(absl::Time time) const;
  // The first moment of a day there.
  absl::Time StartOf(absl::CivilDay day) const;

  bool IsWorkingDay(absl::CivilDay day) const;

  // The same time of day, `days` working days later. What happens on a day that
  // is none counts as having happened when the next working day began: one
  // working day after a Saturday ends with Monday. Later times are never due
  // earlier.
  absl::Time AddWorkingDays(absl::Time from, uint32_t days) const;

  // The same time of day, `days` days later, whatever days they are. A time that
  // the day does not have is the moment when its clocks go forward.
  absl::Time AddDays(absl::Time from, uint32_t days) const;

  // A time of day there; in the hour that October has twice it is the first.
  absl::Time TimeOf(absl::CivilMinute minute) const;

 private:
  WorkingCalendar(absl::TimeZone zone, absl::flat_hash_set<absl::CivilDay> bank_holidays)
      : zone_(zone), bank_holidays_(std::move(bank_holidays)) {}

  absl::TimeZone zone_;
  absl::flat_hash_set<absl::CivilDay> bank_holidays_;
};

}  // namespace wardbook::rulepack

#endif  // SERVICES_RULEPACK_WORKING_CALENDAR_H_
