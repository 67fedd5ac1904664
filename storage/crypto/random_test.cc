#include "storage/crypto/random.h"

#include <set>

#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::crypto {
namespace {

using ::testing::Eq;
using ::testing::Lt;
using ::testing::Ne;
using ::testing::SizeIs;
using ::testing::StartsWith;

// Enough that a bit which is wrong half of the time does not pass by chance.
constexpr int kIds = 200;

template <class Id>
int VersionOf(const Id& id) {
  return id.data()[6] >> 4;
}

template <class Id>
int VariantOf(const Id& id) {
  return id.data()[8] >> 6;
}

TEST(RandomBytes, HasTheSizeAskedFor) {
  EXPECT_THAT(RandomBytes(0), SizeIs(0));
  EXPECT_THAT(RandomBytes(1000), SizeIs(1000));
  EXPECT_THAT(RandomBytes(16), Ne(RandomBytes(16)));
}

TEST(RandomId, DoesNotRepeat) {
  std::set<SchoolId> ids;
  for (int i = 0; i < kIds; ++i) ids.insert(RandomId<SchoolId>());
  EXPECT_THAT(ids, SizeIs(kIds));
}

TEST(NewEventId, IsTheUuidOfVersionSevenForTheTime) {
  // The time of the example in RFC 9562 appendix A.6.
  const absl::Time now = absl::FromUnixMillis(0x017f22e279b0);
  std::set<EventId> ids;
  for (int i = 0; i < kIds; ++i) {
    const EventId id = NewEventId(now);
    EXPECT_THAT(id.Hex(), StartsWith("017f22e279b07"));
    EXPECT_THAT(VersionOf(id), Eq(7));
    EXPECT_THAT(VariantOf(id), Eq(2));
    ids.insert(id);
  }
  EXPECT_THAT(ids, SizeIs(kIds));
}

TEST(NewEventId, SortsByTime) {
  const absl::Time now = absl::FromUnixSeconds(1'700'000'000);
  for (int i = 0; i < kIds; ++i) {
    EXPECT_THAT(NewEventId(now + absl::Milliseconds(i)),
                Lt(NewEventId(now + absl::Milliseconds(i + 1))));
  }
}

TEST(NewEventId, AClockBefore1970GivesAUuidAllTheSame) {
  const EventId id = NewEventId(absl::FromUnixSeconds(-1));
  EXPECT_THAT(id.Hex(), StartsWith("000000000000"));
  EXPECT_THAT(VersionOf(id), Eq(7));
}

TEST(NewRequestId, IsAUuidOfVersionFour) {
  std::set<RequestId> ids;
  for (int i = 0; i < kIds; ++i) {
    const RequestId id = NewRequestId();
    EXPECT_THAT(VersionOf(id), Eq(4));
    EXPECT_THAT(VariantOf(id), Eq(2));
    ids.insert(id);
  }
  EXPECT_THAT(ids, SizeIs(kIds));
}

}  // namespace
}  // namespace wardbook::crypto
