#include "clients/cli/words.h"

#include <google/protobuf/util/time_util.h>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "storage/base/status_macros.h"

namespace wardbook::cli {
namespace {

using ::google::protobuf::EnumDescriptor;
using ::google::protobuf::EnumValueDescriptor;

// What the names of all enumerators begin with, by the name of the first.
std::string PrefixOf(const EnumDescriptor& type) {
  return std::string(absl::StripSuffix(type.value(0)->name(), "UNSPECIFIED"));
}

std::optional<absl::CivilDay> ParseDay(absl::string_view text) {
  absl::CivilDay day;
  const std::vector<std::string> parts = absl::StrSplit(text, '/');
  const std::string iso =
      parts.size() == 3 ? absl::StrCat(parts[2], "-", parts[1], "-", parts[0]) : std::string(text);
  // "2026-5-1" and years of any length would parse as well.
  if (iso.size() != 10 || !absl::ParseCivilTime(iso, &day)) return std::nullopt;
  return day;
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

absl::TimeZone SchoolTimeZone() {
  absl::TimeZone zone;
  return absl::LoadTimeZone("Europe/London", &zone) ? zone : absl::LocalTimeZone();
}

std::string TimeInWords(absl::Time time) {
  return absl::FormatTime("%-d %B %Y, %H:%M", time, SchoolTimeZone());
}

std::string TimeInWords(const google::protobuf::Timestamp& time) {
  return TimeInWords(TimeOf(time));
}

absl::Time TimeOf(const google::protobuf::Timestamp& time) {
  return absl::FromUnixSeconds(time.seconds()) + absl::Nanoseconds(time.nanos());
}

absl::StatusOr<events::v1::LocalDateTime> ParseLocalDateTime(absl::string_view date,
                                                             absl::string_view time) {
  const std::optional<absl::CivilDay> day = ParseDay(date);
  if (!day.has_value()) {
    return absl::InvalidArgumentError("Write the date as YYYY-MM-DD, such as 2026-05-14.");
  }
  absl::CivilMinute minute(*day);
  if (!time.empty()) {
    const std::string both = absl::StrCat(absl::FormatCivilTime(*day), "T", time);
    if (time.size() != 5 || !absl::ParseCivilTime(both, &minute)) {
      return absl::InvalidArgumentError("Write the time as HH:MM, such as 14:30.");
    }
  }
  const absl::TimeZone::TimeInfo info = SchoolTimeZone().At(absl::CivilSecond(minute));
  if (info.kind == absl::TimeZone::TimeInfo::SKIPPED && !time.empty()) {
    return absl::InvalidArgumentError(
        "There was no such time that night: the clocks went forward.");
  }
  events::v1::LocalDateTime local;
  local.set_date(absl::FormatCivilTime(*day));
  local.set_time(std::string(time));
  local.set_utc_offset_minutes(SchoolTimeZone().At(info.pre).offset / 60);
  return local;
}

absl::StatusOr<google::protobuf::Timestamp> ParseInstant(absl::string_view text) {
  const std::pair<absl::string_view, absl::string_view> parts =
      absl::StrSplit(text, absl::MaxSplits(absl::ByAnyChar(" T"), 1));
  WARDBOOK_ASSIGN_OR_RETURN(const events::v1::LocalDateTime local,
                            ParseLocalDateTime(parts.first, parts.second));
  absl::CivilMinute minute;
  const std::string time = local.time().empty() ? "00:00" : local.time();
  if (!absl::ParseCivilTime(absl::StrCat(local.date(), "T", time), &minute)) {
    return absl::InvalidArgumentError("Write the time as \"YYYY-MM-DD HH:MM\".");
  }
  const absl::Time instant = SchoolTimeZone().At(absl::CivilSecond(minute)).pre;
  return google::protobuf::util::TimeUtil::SecondsToTimestamp(absl::ToUnixSeconds(instant));
}

}  // namespace wardbook::cli
