// Days as files, events and requests write them: YYYY-MM-DD.

#ifndef SERVICES_RULEPACK_DAY_H_
#define SERVICES_RULEPACK_DAY_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"

namespace wardbook::rulepack {

// Nothing when `text` is not exactly ten characters that name a day there is.
std::optional<absl::CivilDay> ParseDay(absl::string_view text);

// `day` is of the years 0 to 9999.
std::string DayText(absl::CivilDay day);

// The same day so many months later; the month's last day where it has no such
// day.
absl::CivilDay AddMonths(absl::CivilDay day, int months);

// A time of day.
struct TimeOfDay {
  int hour = 0;
  int minute = 0;
};

// Nothing when `text` is not exactly HH:MM from 00:00 to 23:59.
std::optional<TimeOfDay> ParseTimeOfDay(absl::string_view text);

}  // namespace wardbook::rulepack

#endif  // SERVICES_RULEPACK_DAY_H_
