#include "storage/bundle/written_time.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace wardbook::bundle {
namespace {

// %p writes AM and PM.
std::string Formatted(absl::string_view format, absl::Time time, absl::TimeZone zone) {
  return absl::FormatTime(format, time, zone);
}

std::string Half(absl::Time time, absl::TimeZone zone) {
  return absl::AsciiStrToLower(Formatted("%p", time, zone));
}

// The hour of a twelve-hour clock, without a leading zero.
std::string Hour(absl::Time time, absl::TimeZone zone) {
  const int hour = zone.At(time).cs.hour() % 12;
  return absl::StrCat(hour == 0 ? 12 : hour);
}

}  // namespace

std::optional<absl::TimeZone> SchoolTimeZone() {
  absl::TimeZone zone;
  if (!absl::LoadTimeZone("Europe/London", &zone)) return std::nullopt;
  return zone;
}

std::string WrittenDate(absl::CivilDay day) {
  const absl::TimeZone utc = absl::UTCTimeZone();
  return Formatted("%-d %B %Y", absl::FromCivil(day, utc), utc);
}

std::string WrittenTime(absl::Time time, absl::TimeZone zone) {
  return absl::StrCat(Formatted("%-d %B %Y, ", time, zone), Hour(time, zone),
                      Formatted(":%M ", time, zone), Half(time, zone));
}

std::string WrittenSecond(absl::Time time, absl::TimeZone zone) {
  return absl::StrCat(Formatted("%-d %B %Y, ", time, zone), Hour(time, zone),
                      Formatted(":%M:%S ", time, zone), Half(time, zone),
                      Formatted(" %Z", time, zone));
}

std::string WrittenStoredDate(absl::string_view date) {
  absl::CivilDay day;
  return absl::ParseCivilTime(date, &day) ? WrittenDate(day) : std::string(date);
}

std::string WrittenStoredTimeOfDay(absl::string_view time) {
  const absl::TimeZone utc = absl::UTCTimeZone();
  absl::CivilMinute minute;
  if (!absl::ParseCivilTime(absl::StrCat("2000-01-01T", time), &minute)) return std::string(time);
  const absl::Time at = absl::FromCivil(absl::CivilSecond(minute), utc);
  return absl::StrCat(Hour(at, utc), Formatted(":%M ", at, utc), Half(at, utc));
}

}  // namespace wardbook::bundle
