#include "clients/cli/words.h"

#include <google/protobuf/util/time_util.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "storage/base/assert.h"
#include "storage/base/status_macros.h"
#include "storage/bundle/written_time.h"

namespace wardbook::cli {
namespace {

using ::google::protobuf::EnumDescriptor;
using ::google::protobuf::EnumValueDescriptor;

// What the names of all enumerators begin with, by the name of the first.
std::string PrefixOf(const EnumDescriptor& type) {
  return std::string(absl::StripSuffix(type.value(0)->name(), "UNSPECIFIED"));
}

bool IsDigits(absl::string_view text, size_t size_max) {
  return !text.empty() && text.size() <= size_max &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<absl::CivilDay> ParseDay(absl::string_view text) {
  text = absl::StripAsciiWhitespace(text);
  const std::vector<std::string> parts = absl::StrSplit(text, '/');
  if (parts.size() == 3) {
    // A year of two digits is a guess, and evidence is no place for one.
    if (!IsDigits(parts[0], 2) || !IsDigits(parts[1], 2) || !IsDigits(parts[2], 4)) {
      return std::nullopt;
    }
    const auto padded = [](const std::string& part) {
      return absl::StrCat(part.size() == 1 ? "0" : "", part);
    };
    return ParseDay(absl::StrCat(parts[2], "-", padded(parts[1]), "-", padded(parts[0])));
  }
  absl::CivilDay day;
  // "2026-5-1" and years of any length would parse as well.
  if (text.size() == 10 && absl::ParseCivilTime(text, &day)) return day;
  absl::Time midnight;
  if (absl::ParseTime("%d %b %E4Y", text, &midnight, nullptr)) {
    return absl::ToCivilDay(midnight, absl::UTCTimeZone());
  }
  return std::nullopt;
}

// The time of day as HH:MM. "9:30" alone is refused: it may be of the morning or
// of the evening.
std::optional<std::string> ParseTimeOfDay(absl::string_view text) {
  std::string time = absl::AsciiStrToLower(absl::StrReplaceAll(text, {{" ", ""}, {".", ":"}}));
  const bool pm = absl::EndsWith(time, "pm");
  const bool twelve_hours = pm || absl::EndsWith(time, "am");
  if (twelve_hours) time.resize(time.size() - 2);
  const std::vector<std::string> parts = absl::StrSplit(time, ':');
  int hour = 0;
  int minute = 0;
  if (parts.size() > 2 || !IsDigits(parts[0], 2) || !absl::SimpleAtoi(parts[0], &hour)) {
    return std::nullopt;
  }
  if (parts.size() == 2 &&
      (!IsDigits(parts[1], 2) || parts[1].size() != 2 || !absl::SimpleAtoi(parts[1], &minute))) {
    return std::nullopt;
  }
  if (minute > 59) return std::nullopt;
  if (!twelve_hours) {
    if (parts.size() != 2 || parts[0].size() != 2 || hour > 23) return std::nullopt;
    return absl::StrFormat("%02d:%02d", hour, minute);
  }
  if (hour < 1 || hour > 12) return std::nullopt;
  return absl::StrFormat("%02d:%02d", hour % 12 + (pm ? 12 : 0), minute);
}

// Of a date and a time of day that have been parsed before.
absl::CivilMinute MinuteOf(absl::string_view date, absl::string_view time_of_day) {
  absl::CivilMinute minute;
  const bool is_minute = absl::ParseCivilTime(absl::StrCat(date, "T", time_of_day), &minute);
  WARDBOOK_ASSERT(is_minute);
  return minute;
}

}  // namespace

std::string Word(const EnumValueDescriptor& value) {
  const std::string name(absl::StripPrefix(value.name(), PrefixOf(*value.type())));
  return absl::StrReplaceAll(absl::AsciiStrToLower(name), {{"_", "-"}});
}

std::vector<std::string> Words(const EnumDescriptor& type) {
  std::vector<std::string> words;
  for (int i = 1; i < type.value_count(); ++i) words.push_back(Word(*type.value(i)));
  return words;
}

std::optional<int> NumberOfWord(const EnumDescriptor& type, absl::string_view word) {
  for (int i = 1; i < type.value_count(); ++i) {
    if (Word(*type.value(i)) == word) return type.value(i)->number();
  }
  return std::nullopt;
}

std::string TimeInWords(absl::Time time) {
  const std::optional<absl::TimeZone> school = bundle::SchoolTimeZone();
  if (!school.has_value()) {
    return absl::StrCat(bundle::WrittenTime(time, absl::UTCTimeZone()), " UTC");
  }
  std::string words = bundle::WrittenTime(time, *school);
  const absl::CivilSecond on_the_wall = absl::ToCivilSecond(time, *school);
  if (school->At(on_the_wall).kind == absl::TimeZone::TimeInfo::REPEATED) {
    absl::StrAppend(&words, absl::FormatTime(" %Z", time, *school));
  }
  return words;
}

std::string TimeInWords(const google::protobuf::Timestamp& time) {
  return TimeInWords(TimeOf(time));
}

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

absl::StatusOr<events::v1::LocalDateTime> ParseLocalDateTime(absl::string_view date,
                                                             absl::string_view time) {
  const std::optional<absl::TimeZone> school = bundle::SchoolTimeZone();
  if (!school.has_value()) {
    return absl::FailedPreconditionError(
        "This computer does not know the clock of England: the package tzdata is missing.");
  }
  const std::optional<absl::CivilDay> day = ParseDay(date);
  if (!day.has_value()) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", date, "\" is no date. Write it as 14/05/2026 or 2026-05-14."));
  }
  absl::CivilMinute minute(*day);
  std::string time_of_day;
  if (!time.empty()) {
    const std::optional<std::string> parsed = ParseTimeOfDay(time);
    if (!parsed.has_value()) {
      return absl::InvalidArgumentError(
          absl::StrCat("\"", time, "\" is no time of day. Write it as 20:40 or 8:40pm."));
    }
    time_of_day = *parsed;
    minute = MinuteOf(absl::FormatCivilTime(*day), time_of_day);
  }
  const absl::TimeZone::TimeInfo info = school->At(absl::CivilSecond(minute));
  if (info.kind == absl::TimeZone::TimeInfo::SKIPPED && !time.empty()) {
    return absl::InvalidArgumentError(
        "There was no such time that night: the clocks went forward.");
  }
  events::v1::LocalDateTime local;
  local.set_date(absl::FormatCivilTime(*day));
  local.set_time(time_of_day);
  local.set_utc_offset_minutes(school->At(info.pre).offset / 60);
  return local;
}

absl::StatusOr<google::protobuf::Timestamp> ParseInstant(absl::string_view text) {
  // The date may have spaces itself, and so may the time.
  size_t date_size = text.size();
  for (size_t i = 0; i < text.size(); ++i) {
    if ((text[i] == ' ' || text[i] == 'T') && ParseDay(text.substr(0, i)).has_value()) {
      date_size = i;
      break;
    }
  }
  const absl::string_view time =
      absl::StripAsciiWhitespace(text.substr(std::min(date_size + 1, text.size())));
  WARDBOOK_ASSIGN_OR_RETURN(const events::v1::LocalDateTime local,
                            ParseLocalDateTime(text.substr(0, date_size), time));
  const absl::Duration offset = absl::Minutes(local.utc_offset_minutes());
  const absl::CivilMinute minute =
      MinuteOf(local.date(), local.time().empty() ? "00:00" : local.time());
  const absl::Time instant =
      absl::FromCivil(absl::CivilSecond(minute), absl::UTCTimeZone()) - offset;
  return google::protobuf::util::TimeUtil::SecondsToTimestamp(absl::ToUnixSeconds(instant));
}

absl::StatusOr<google::protobuf::Timestamp> ParseEnd(absl::string_view text) {
  const std::optional<absl::CivilDay> day = ParseDay(text);
  return day.has_value() ? ParseInstant(absl::FormatCivilTime(*day + 1)) : ParseInstant(text);
}

absl::StatusOr<google::protobuf::Timestamp> ParseBeginning(absl::string_view text, absl::Time now) {
  const std::optional<absl::CivilDay> day = ParseDay(text);
  const std::optional<absl::TimeZone> school = bundle::SchoolTimeZone();
  if (!day.has_value() || !school.has_value() || absl::ToCivilDay(now, *school) != *day) {
    return ParseInstant(text);
  }
  const int64_t minutes = absl::ToUnixSeconds(now + absl::Minutes(1)) / 60;
  return google::protobuf::util::TimeUtil::SecondsToTimestamp(minutes * 60);
}

absl::StatusOr<MomentOrDay> ParseMomentOrDay(absl::string_view text) {
  MomentOrDay asked;
  WARDBOOK_ASSIGN_OR_RETURN(asked.from, ParseInstant(text));
  if (const std::optional<absl::CivilDay> day = ParseDay(text)) {
    WARDBOOK_ASSIGN_OR_RETURN(asked.until, ParseInstant(absl::FormatCivilTime(*day + 1)));
  }
  return asked;
}

std::string EndInWords(absl::Time end) {
  const std::optional<absl::TimeZone> zone = bundle::SchoolTimeZone();
  if (!zone.has_value()) return TimeInWords(end);
  const absl::CivilSecond wall = absl::ToCivilSecond(end, *zone);
  const absl::CivilDay day(wall);
  if (wall != absl::CivilSecond(day)) return TimeInWords(end);
  const absl::CivilDay ended = day - 1;
  return absl::StrCat("the end of ", ended.day(), " ",
                      absl::FormatTime("%B %Y", absl::FromCivil(ended, *zone), *zone));
}

std::string CaseRefOf(absl::string_view text) {
  constexpr size_t kDigits = 8;
  std::string digits;
  for (const char c : text) {
    if (c == '-' || c == ' ') continue;
    if (!absl::ascii_isalnum(static_cast<unsigned char>(c))) return std::string(text);
    digits.push_back(absl::ascii_toupper(static_cast<unsigned char>(c)));
  }
  if (digits.size() == kDigits + 2 && absl::StartsWith(digits, "WB")) digits.erase(0, 2);
  if (digits.size() != kDigits) return std::string(text);
  // As the server reads them: no reference has the letters I, L and O.
  absl::StrReplaceAll({{"I", "1"}, {"L", "1"}, {"O", "0"}}, &digits);
  return absl::StrCat("WB-", digits.substr(0, 4), "-", digits.substr(4));
}

std::string SizeInWords(uint64_t bytes) {
  constexpr uint64_t kKilo = 1000;
  if (bytes < kKilo) return absl::StrCat(bytes, bytes == 1 ? " byte" : " bytes");
  const auto size = static_cast<double>(bytes);
  if (bytes < kKilo * kKilo) return absl::StrFormat("%.1f kB", size / 1e3);
  if (bytes < kKilo * kKilo * kKilo) return absl::StrFormat("%.1f MB", size / 1e6);
  return absl::StrFormat("%.1f GB", size / 1e9);
}

std::string Quoted(absl::string_view text) {
  const bool is_plain = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isalnum(static_cast<unsigned char>(c)) || absl::StrContains("-_./:+,@%", c);
  });
  if (is_plain) return std::string(text);
  return absl::StrCat("'", absl::StrReplaceAll(text, {{"'", "'\\''"}}), "'");
}

}  // namespace wardbook::cli
