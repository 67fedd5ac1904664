#include "services/rulepack/working_calendar.h"

#include "absl/status/status.h"

namespace wardbook::rulepack {

absl::StatusOr<WorkingCalendar> WorkingCalendar::Create(
    absl::flat_hash_set<absl::CivilDay> bank_holidays) {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone("Europe/London", &zone)) {
    return absl::FailedPreconditionError(
        "this computer does not know the time zone Europe/London; install the package tzdata");
  }
  return WorkingCalendar(zone, std::move(bank_holidays));
}

absl::CivilDay WorkingCalendar::DayOf(absl::Time time) const {
  return absl::ToCivilDay(time, zone_);
}

absl::Time WorkingCalendar::StartOf(absl::CivilDay day) const {
  return absl::FromCivil(day, zone_);
}

bool WorkingCalendar::IsWorkingDay(absl::CivilDay day) const {
  const absl::Weekday weekday = absl::GetWeekday(day);
  return weekday != absl::Weekday::saturday && weekday != absl::Weekday::sunday &&
         !bank_holidays_.contains(day);
}

absl::Time WorkingCalendar::AddWorkingDays(absl::Time from, uint32_t days) const {
  const absl::TimeZone::CivilInfo wall = zone_.At(from);
  absl::CivilDay day(wall.cs);
  auto since_midnight = wall.cs - absl::CivilSecond(day);
  absl::Duration subsecond = wall.subsecond;
  if (!IsWorkingDay(day)) {
    since_midnight = 0;
    subsecond = absl::ZeroDuration();
    while (!IsWorkingDay(day)) ++day;
  }
  for (; days > 0; --days) {
    do ++day;
    while (!IsWorkingDay(day));
  }
  // The clocks change on Sundays, so a working day has every time of day once.
  return absl::FromCivil(absl::CivilSecond(day) + since_midnight, zone_) + subsecond;
}

absl::Time WorkingCalendar::AddDays(absl::Time from, uint32_t days) const {
  const absl::TimeZone::CivilInfo wall = zone_.At(from);
  const absl::CivilDay day = absl::CivilDay(wall.cs) + days;
  const absl::CivilSecond later =
      absl::CivilSecond(day) + (wall.cs - absl::CivilSecond(absl::CivilDay(wall.cs)));
  return absl::FromCivil(later, zone_) + wall.subsecond;
}

absl::Time WorkingCalendar::TimeOf(absl::CivilMinute minute) const {
  return absl::FromCivil(minute, zone_);
}

}  // namespace wardbook::rulepack
