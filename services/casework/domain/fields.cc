#include "services/casework/domain/fields.h"

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "services/casework/domain/commands.h"
#include "services/casework/domain/web_address.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;

// No clock on Earth is further from UTC.
constexpr int kUtcOffsetMinutesMax = 14 * 60;

// The number that `digits` are; nothing when one is not a digit.
std::optional<int> ParseDigits(absl::string_view digits) {
  int number = 0;
  for (char c : digits) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

std::optional<absl::CivilDay> ParseDate(absl::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const std::optional<int> year = ParseDigits(text.substr(0, 4));
  const std::optional<int> month = ParseDigits(text.substr(5, 2));
  const std::optional<int> day = ParseDigits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const absl::CivilDay date(*year, *month, *day);
  // A civil day normalises 30 February to another day.
  if (date.year() != *year || date.month() != *month || date.day() != *day) return std::nullopt;
  return date;
}

struct ClockTime {
  int hour = 0;
  int minute = 0;
};

std::optional<ClockTime> ParseTime(absl::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const std::optional<int> hour = ParseDigits(text.substr(0, 2));
  const std::optional<int> minute = ParseDigits(text.substr(3, 2));
  if (!hour || !minute || *hour > 23 || *minute > 59) return std::nullopt;
  return ClockTime{*hour, *minute};
}

Rejected Refuse(Reason reason, absl::string_view field, absl::string_view part) {
  return {reason, absl::StrCat(field, ".", part)};
}

}  // namespace

std::string OrOwnName(const std::string& said, const By& by) {
  return IsBlank(said) ? by.name : said;
}

Refusal FirstOf(std::initializer_list<Refusal> refusals) {
  for (const Refusal& refusal : refusals) {
    if (refusal) return refusal;
  }
  return std::nullopt;
}

Refusal RequirePast(const wardbook::events::v1::LocalDateTime& when, absl::string_view field,
                    absl::Time now) {
  if (when.date().empty()) return Refuse(Reason::kFieldMissing, field, "date");
  return AllowPast({when.date(), when.time(), when.utc_offset_minutes()}, field, now);
}

Refusal AllowPastTime(const std::optional<wardbook::events::v1::LocalDateTime>& when,
                      absl::string_view field, absl::Time now) {
  return when ? RequirePast(*when, field, now) : std::nullopt;
}

Refusal AllowPlace(const wardbook::events::v1::OnlinePlace& place, absl::string_view field) {
  return FirstOf({
      AllowText(place.platform(), absl::StrCat(field, ".platform"), kLineCharactersMax),
      AllowText(place.address(), absl::StrCat(field, ".address"), kLineCharactersMax),
      AllowText(place.account(), absl::StrCat(field, ".account"), kLineCharactersMax),
  });
}

std::string FirstCharacters(std::string text, size_t characters_max) {
  size_t characters = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) == 0x80) continue;
    if (characters++ == characters_max) {
      text.resize(i);
      break;
    }
  }
  return text;
}

std::string PlaceInWords(absl::string_view text) {
  return FirstCharacters(WithoutAddresses(kernel::ReplaceInvalidUtf8(text)), kLineCharactersMax);
}

Refusal AllowPast(const LocalMoment& moment, absl::string_view field, absl::Time now) {
  if (moment.utc_offset_minutes < -kUtcOffsetMinutesMax ||
      moment.utc_offset_minutes > kUtcOffsetMinutesMax) {
    return Refuse(Reason::kFieldInvalid, field, "utc_offset_minutes");
  }
  const std::optional<absl::CivilDay> date = ParseDate(moment.date);
  const std::optional<ClockTime> time = ParseTime(moment.time);
  if (!moment.date.empty() && !date) return Refuse(Reason::kFieldInvalid, field, "date");
  if (!moment.time.empty() && !time) return Refuse(Reason::kFieldInvalid, field, "time");
  if (!date) return std::nullopt;

  const absl::CivilMinute local_now =
      absl::ToCivilMinute(now + absl::Minutes(moment.utc_offset_minutes), absl::UTCTimeZone());
  if (*date > absl::CivilDay(local_now)) return Refuse(Reason::kFutureTime, field, "date");
  if (time && absl::CivilMinute(date->year(), date->month(), date->day(), time->hour,
                                time->minute) > local_now) {
    return Refuse(Reason::kFutureTime, field, "time");
  }
  return std::nullopt;
}

}  // namespace wardbook::casework
