#include "services/casework/domain/fields.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "services/casework/domain/commands.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;

// No clock on Earth is further from UTC.
constexpr int kUtcOffsetMinutesMax = 14 * 60;

// The length of the UTF-8 character that `text` begins with; 0 when it does not
// begin with one (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF).
size_t CharacterLength(absl::string_view text) {
  const auto byte = [text](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t first = byte(0);
  if (first < 0x80) return 1;
  size_t length = 0;
  uint8_t second_min = 0x80;
  uint8_t second_max = 0xBF;
  if (first >= 0xC2 && first <= 0xDF) {
    length = 2;
  } else if (first >= 0xE0 && first <= 0xEF) {
    length = 3;
    if (first == 0xE0) second_min = 0xA0;
    if (first == 0xED) second_max = 0x9F;
  } else if (first >= 0xF0 && first <= 0xF4) {
    length = 4;
    if (first == 0xF0) second_min = 0x90;
    if (first == 0xF4) second_max = 0x8F;
  } else {
    return 0;
  }
  if (text.size() < length) return 0;
  if (byte(1) < second_min || byte(1) > second_max) return 0;
  for (size_t i = 2; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  return length;
}

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

Refusal FirstOf(std::initializer_list<Refusal> refusals) {
  for (const Refusal& refusal : refusals) {
    if (refusal) return refusal;
  }
  return std::nullopt;
}

bool IsBlank(absl::string_view text) { return absl::StripAsciiWhitespace(text).empty(); }

std::optional<size_t> CountCharacters(absl::string_view text) {
  size_t count = 0;
  while (!text.empty()) {
    const size_t length = CharacterLength(text);
    if (length == 0) return std::nullopt;
    text.remove_prefix(length);
    ++count;
  }
  return count;
}

std::string ReplaceInvalidUtf8(absl::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const size_t length = CharacterLength(text);
    absl::StrAppend(&valid, length == 0 ? "\xEF\xBF\xBD" : text.substr(0, length));
    text.remove_prefix(std::max<size_t>(length, 1));
  }
  return valid;
}

Refusal RequireText(absl::string_view text, absl::string_view field, size_t characters_max) {
  if (IsBlank(text)) return Rejected{Reason::kFieldMissing, std::string(field)};
  return AllowText(text, field, characters_max);
}

Refusal AllowText(absl::string_view text, absl::string_view field, size_t characters_max) {
  const std::optional<size_t> characters = CountCharacters(text);
  if (!characters) return Rejected{Reason::kFieldInvalid, std::string(field)};
  if (*characters > characters_max) return Rejected{Reason::kFieldTooLong, std::string(field)};
  return std::nullopt;
}

Refusal RequirePast(const wardbook::events::v1::LocalDateTime& when, absl::string_view field,
                    absl::Time now) {
  if (when.date().empty()) return Refuse(Reason::kFieldMissing, field, "date");
  return AllowPast({when.date(), when.time(), when.utc_offset_minutes()}, field, now);
}

Refusal AllowPlace(const wardbook::events::v1::OnlinePlace& place, absl::string_view field) {
  return FirstOf({
      AllowText(place.platform(), absl::StrCat(field, ".platform"), kLineCharactersMax),
      AllowText(place.address(), absl::StrCat(field, ".address"), kLineCharactersMax),
      AllowText(place.account(), absl::StrCat(field, ".account"), kLineCharactersMax),
  });
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
