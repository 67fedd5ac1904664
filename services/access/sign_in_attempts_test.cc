#include "services/access/sign_in_attempts.h"

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::access {
namespace {

using testing::IsOk;
using testing::StatusIs;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);
constexpr auto kExhausted = absl::StatusCode::kResourceExhausted;

TEST(SignInAttempts, AnAccountIsLockedUntilTheWindowIsOver) {
  SignInAttempts attempts;
  for (int i = 0; i < kAttemptsPerAccountMax; ++i) {
    EXPECT_OK(attempts.Begin("a", absl::StrCat("peer", i), kNow));
  }
  EXPECT_THAT(attempts.Begin("a", "another", kNow + kAttemptWindow - absl::Seconds(1)),
              StatusIs(kExhausted));
  EXPECT_OK(attempts.Begin("b", "another", kNow));
  EXPECT_OK(attempts.Begin("a", "another", kNow + kAttemptWindow));
}

TEST(SignInAttempts, APeerIsLockedWhateverAccountsItTries) {
  SignInAttempts attempts;
  for (int i = 0; i < kAttemptsPerPeerMax; ++i) {
    EXPECT_OK(attempts.Begin(absl::StrCat("account", i), "peer", kNow));
  }
  EXPECT_THAT(attempts.Begin("a", "peer", kNow), StatusIs(kExhausted));
  EXPECT_OK(attempts.Begin("a", "another", kNow));
}

TEST(SignInAttempts, SuccessesAreNotCounted) {
  SignInAttempts attempts;
  for (int i = 0; i < 2 * kAttemptsPerPeerMax; ++i) {
    ASSERT_OK(attempts.Begin("a", "peer", kNow));
    attempts.Succeed("a", "peer");
  }
}

}  // namespace
}  // namespace wardbook::access
