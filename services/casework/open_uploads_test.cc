#include "services/casework/open_uploads.h"

#include <utility>

#include "gtest/gtest.h"
#include "services/kernel/reason.h"
#include "services/runtime/refusal.h"
#include "storage/crypto/random.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::casework {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

class OpenUploadsTest : public ::testing::Test {
 protected:
  // Opens one; says whether it may be.
  bool Open(uint64_t size, absl::Time now = kNow) {
    absl::StatusOr<OpenUploads::Place> place = uploads_.Reserve(ada_, size, now);
    if (!place.ok()) {
      EXPECT_TRUE(runtime::IsRefusal(place.status(), kernel::Reason::kUploadsOpen));
      return false;
    }
    last_ = crypto::RandomId<EvidenceId>();
    (*std::move(place)).Name(last_);
    return true;
  }

  const OpenUploads::Owner ada_{crypto::RandomId<SchoolId>(), crypto::RandomId<PersonId>()};
  OpenUploads uploads_;
  EvidenceId last_;
};

TEST_F(OpenUploadsTest, APersonHasSoManyHoweverSmallTheyAre) {
  for (int i = 0; i < kOpenUploadsOfPersonMax; ++i) ASSERT_TRUE(Open(1)) << i;
  EXPECT_FALSE(Open(1));
  const OpenUploads::Owner bob{ada_.school, crypto::RandomId<PersonId>()};
  EXPECT_TRUE(uploads_.Reserve(bob, 1, kNow).ok());
  uploads_.Close(last_);
  EXPECT_TRUE(Open(1));
  EXPECT_FALSE(Open(1));
  EXPECT_TRUE(Open(1, kNow + kOpenAgeMax)) << "those of before are swept";
}

TEST_F(OpenUploadsTest, WhatIsNotOpenedAfterAllCountsNoLonger) {
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(uploads_.Reserve(ada_, kOpenBytesOfPersonMax, kNow).ok());
  }
  EXPECT_TRUE(Open(kOpenBytesOfPersonMax));
  EXPECT_FALSE(Open(1));
}

}  // namespace
}  // namespace wardbook::casework
