#include "services/rulepack/day.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"

namespace wardbook::rulepack {
namespace {

// Whether `text` has a digit wherever `form` has a 0, and is the same elsewhere.
bool HasForm(absl::string_view text, absl::string_view form) {
  if (text.size() != form.size()) return false;
  for (size_t i = 0; i < form.size(); ++i) {
    const bool fits = form[i] == '0' ? absl::ascii_isdigit(static_cast<unsigned char>(text[i]))
                                     : text[i] == form[i];
    if (!fits) return false;
  }
  return true;
}

}  // namespace

std::optional<absl::CivilDay> ParseDay(absl::string_view text) {
  if (!HasForm(text, "0000-00-00")) return std::nullopt;
  int year = 0;
  int month = 0;
  int day = 0;
  if (!absl::SimpleAtoi(text.substr(0, 4), &year) || !absl::SimpleAtoi(text.substr(5, 2), &month) ||
      !absl::SimpleAtoi(text.substr(8, 2), &day)) {
    return std::nullopt;
  }
  // A civil day brings 31 June into July; that is another day than was written.
  const absl::CivilDay normal(year, month, day);
  if (normal.month() != month || normal.day() != day) return std::nullopt;
  return normal;
}

std::string DayText(absl::CivilDay day) {
  return absl::StrFormat("%04d-%02d-%02d", day.year(), day.month(), day.day());
}

absl::CivilDay AddMonths(absl::CivilDay day, int months) {
  const absl::CivilMonth month = absl::CivilMonth(day) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  return std::min(absl::CivilDay(month) + (day.day() - 1), last);
}

std::optional<TimeOfDay> ParseTimeOfDay(absl::string_view text) {
  TimeOfDay time;
  if (!HasForm(text, "00:00") || !absl::SimpleAtoi(text.substr(0, 2), &time.hour) ||
      !absl::SimpleAtoi(text.substr(3, 2), &time.minute) || time.hour > 23 || time.minute > 59) {
    return std::nullopt;
  }
  return time;
}

}  // namespace wardbook::rulepack
