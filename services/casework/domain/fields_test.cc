#include "services/casework/domain/fields.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/casework/domain/case_for_test.h"

namespace wardbook::casework {
namespace {

using kernel::Reason;
using kernel::Rejected;
using ::testing::Eq;
using ::testing::Optional;

TEST(AllowPast, TakesOnlyDatesThatExist) {
  for (absl::string_view date : {"2024-02-29", "2025-05-14", "1999-12-31"}) {
    EXPECT_THAT(AllowPast({date, "", 0}, "at", kNow), Eq(std::nullopt));
  }
  for (absl::string_view date : {"2025-02-29", "2025-13-01", "2025-00-10", "2025-01-00",
                                 "2025-1-01", "20250101", "2025-01-0a", "+025-01-01"}) {
    EXPECT_THAT(AllowPast({date, "", 0}, "at", kNow),
                Optional(Rejected{Reason::kFieldInvalid, "at.date"}));
  }
}

TEST(AllowPast, TakesOnlyTimesThatExist) {
  for (absl::string_view time : {"00:00", "23:59"}) {
    EXPECT_THAT(AllowPast({"2025-05-13", time, 0}, "at", kNow), Eq(std::nullopt));
  }
  for (absl::string_view time : {"24:00", "12:60", "9:30", "0930", "09:3x"}) {
    EXPECT_THAT(AllowPast({"2025-05-13", time, 0}, "at", kNow),
                Optional(Rejected{Reason::kFieldInvalid, "at.time"}));
  }
}

TEST(AllowPast, ComparesInTheClockOfThePlace) {
  const absl::Time just_past_midnight_in_summer =
      absl::FromCivil(absl::CivilMinute(2025, 5, 13, 23, 5), absl::UTCTimeZone());
  EXPECT_THAT(AllowPast({"2025-05-14", "00:05", 60}, "at", just_past_midnight_in_summer),
              Eq(std::nullopt));
  EXPECT_THAT(AllowPast({"2025-05-14", "00:06", 60}, "at", just_past_midnight_in_summer),
              Optional(Rejected{Reason::kFutureTime, "at.time"}));
  EXPECT_THAT(AllowPast({"2025-05-14", "00:05", 0}, "at", just_past_midnight_in_summer),
              Optional(Rejected{Reason::kFutureTime, "at.date"}));
}

TEST(AllowPast, TakesOffsetsOfUpToFourteenHours) {
  EXPECT_THAT(AllowPast({"2025-05-13", "", 840}, "at", kNow), Eq(std::nullopt));
  EXPECT_THAT(AllowPast({"2025-05-13", "", -840}, "at", kNow), Eq(std::nullopt));
  for (int minutes : {841, -841}) {
    EXPECT_THAT(AllowPast({"2025-05-13", "", minutes}, "at", kNow),
                Optional(Rejected{Reason::kFieldInvalid, "at.utc_offset_minutes"}));
  }
}

}  // namespace
}  // namespace wardbook::casework
