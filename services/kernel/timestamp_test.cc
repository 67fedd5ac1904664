#include "services/kernel/timestamp.h"

#include "absl/time/civil_time.h"
#include "gtest/gtest.h"

namespace wardbook::kernel {
namespace {

TEST(Timestamp, HasSecondsAndNanosecondsFromTheSecondOn) {
  const google::protobuf::Timestamp timestamp =
      TimestampOf(absl::FromUnixSeconds(7) + absl::Nanoseconds(9));
  EXPECT_EQ(timestamp.seconds(), 7);
  EXPECT_EQ(timestamp.nanos(), 9);
}

TEST(Timestamp, CountsNanosecondsForwardsAlsoBefore1970) {
  const google::protobuf::Timestamp timestamp =
      TimestampOf(absl::FromUnixSeconds(-7) - absl::Nanoseconds(1));
  EXPECT_EQ(timestamp.seconds(), -8);
  EXPECT_EQ(timestamp.nanos(), 999'999'999);
}

TEST(Timestamp, IsTheSameTimeOnTheWayBack) {
  for (int year : {1, 1969, 1970, 2025, 9999}) {
    const absl::Time time =
        absl::FromCivil(absl::CivilSecond(year, 12, 31, 23, 59, 59), absl::UTCTimeZone()) +
        absl::Nanoseconds(123'456'789);
    EXPECT_EQ(TimeOf(TimestampOf(time)), time) << year;
  }
}

}  // namespace
}  // namespace wardbook::kernel
