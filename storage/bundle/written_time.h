// Dates and times as people in England write them.

#ifndef STORAGE_BUNDLE_WRITTEN_TIME_H_
#define STORAGE_BUNDLE_WRITTEN_TIME_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace wardbook::bundle {

// The clock on the wall of an English school; nothing on a computer without a
// database of time zones.
std::optional<absl::TimeZone> SchoolTimeZone();

// "14 May 2026".
std::string WrittenDate(absl::CivilDay day);

// "14 May 2026, 8:40 pm".
std::string WrittenTime(absl::Time time, absl::TimeZone zone);

// The same to the second and with the clock's name: "14 May 2026, 8:40:05 pm BST".
std::string WrittenSecond(absl::Time time, absl::TimeZone zone);

// A date stored as YYYY-MM-DD and a time of day stored as HH:MM, in words. What
// is stored otherwise is given back as it is.
std::string WrittenStoredDate(absl::string_view date);
std::string WrittenStoredTimeOfDay(absl::string_view time);

}  // namespace wardbook::bundle

#endif  // STORAGE_BUNDLE_WRITTEN_TIME_H_
