#include "services/schoolpolicy/review_banner.h"

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "storage/base/assert.h"

namespace wardbook::schoolpolicy {
namespace {

std::string DayInWords(absl::CivilDay day) {
  return absl::StrCat(
      day.day(), " ",
      absl::FormatTime("%B %Y", absl::FromCivil(day, absl::UTCTimeZone()), absl::UTCTimeZone()));
}

}  // namespace

std::string ReviewBanner(const PolicyVersion& version, const ReviewDue& due) {
  const std::string day = DayInWords(version.review_on);
  switch (due.stage) {
    case ReviewStage::kLater:
      return "";
    case ReviewStage::kReminded:
      return absl::StrCat("The school's policy is due for review on ", day, ".");
    case ReviewStage::kOverdue:
      return absl::StrCat("The school's policy was due for review on ", day,
                          ". It stays in force, and all work goes on.");
  }
  WARDBOOK_ASSERT(false);
}

}  // namespace wardbook::schoolpolicy
