#include "services/access/sign_in_attempts.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::access {
namespace {

using testing::IsOk;
using testing::StatusIs;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);
constexpr auto kExhausted = absl::StatusCode::kResourceExhausted;

// Fails as often as it is let: how many attempts were let through.
int Fail(SignInAttempts& attempts, absl::string_view account, absl::string_view address, int times,
         absl::Time now = kNow) {
  int admitted = 0;
  for (int i = 0; i < times; ++i) admitted += attempts.Begin(account, address, now).ok() ? 1 : 0;
  return admitted;
}

void SignIn(SignInAttempts& attempts, absl::string_view account, absl::string_view address) {
  ASSERT_OK(attempts.Begin(account, address, kNow));
  attempts.Succeed(account, address);
}

TEST(SignInAttempts, APairIsLockedUntilTheWindowIsOver) {
  SignInAttempts attempts;
  EXPECT_EQ(Fail(attempts, "head", "here", kAttemptsPerPairMax + 1), kAttemptsPerPairMax);
  EXPECT_THAT(attempts.Begin("head", "here", kNow + kAttemptWindow - absl::Seconds(1)),
              StatusIs(kExhausted));
  EXPECT_OK(attempts.Begin("head", "here", kNow + kAttemptWindow));
}

TEST(SignInAttempts, WhoTriesFromElsewhereLocksNobodyOut) {
  SignInAttempts attempts;
  Fail(attempts, "head", "far away", 2 * kAttemptsPerPairMax);
  EXPECT_OK(attempts.Begin("head", "school", kNow));
}

TEST(SignInAttempts, AnAccountThatManyAddressesTryIsSlowedDown) {
  SignInAttempts attempts;
  for (int i = 0; i < kAttemptsPerAccountMax; ++i) {
    ASSERT_OK(attempts.Begin("head", absl::StrCat("address ", i), kNow));
  }
  EXPECT_THAT(attempts.Begin("head", "one more", kNow), StatusIs(kExhausted));
  EXPECT_OK(attempts.Begin("head", "one more", kNow + kSlowedInterval));
  EXPECT_THAT(attempts.Begin("head", "yet another", kNow + kSlowedInterval), StatusIs(kExhausted));
  EXPECT_OK(attempts.Begin("deputy", "one more", kNow));
}

TEST(SignInAttempts, AnAddressThatTriesManyAccountsIsSlowedDown) {
  SignInAttempts attempts;
  for (int i = 0; i < kAttemptsPerAddressMax; ++i) {
    ASSERT_OK(attempts.Begin(absl::StrCat("account ", i), "school", kNow));
  }
  EXPECT_THAT(attempts.Begin("head", "school", kNow), StatusIs(kExhausted));
  EXPECT_OK(attempts.Begin("head", "school", kNow + kSlowedInterval));
  EXPECT_OK(attempts.Begin("head", "home", kNow));
}

TEST(SignInAttempts, WhoSignedInThereBeforeIsKeptOutByNobodyElse) {
  SignInAttempts attempts;
  SignIn(attempts, "head", "school");
  Fail(attempts, "a pupil's guess", "school", 2 * kAttemptsPerAddressMax);
  for (int i = 0; i < 2 * kAttemptsPerAddressMax; ++i) {
    Fail(attempts, absl::StrCat("guess ", i), "school", 1);
    Fail(attempts, "head", absl::StrCat("address ", i), 1);
  }
  EXPECT_THAT(attempts.Begin("deputy", "school", kNow), StatusIs(kExhausted));
  EXPECT_EQ(Fail(attempts, "head", "school", 2 * kAttemptsPerPairMax), kAttemptsPerPairMax)
      << "but who sits down there guesses no more than others";
  EXPECT_OK(attempts.Begin("head", "school", kNow + kSlowedInterval)) << "and locks nobody out";
}

TEST(SignInAttempts, SuccessesAreNotCounted) {
  SignInAttempts attempts;
  for (int i = 0; i < 2 * kAttemptsPerAddressMax; ++i) {
    const std::string account = absl::StrCat("account ", i);
    ASSERT_OK(attempts.Begin(account, "school", kNow));
    attempts.Succeed(account, "school");
  }
  for (int i = 0; i < 2 * kAttemptsPerPairMax; ++i) SignIn(attempts, "head", "school");
}

TEST(SignInAttempts, AWindowThatBeginsInTheFutureIsOver) {
  SignInAttempts attempts;
  const absl::Time ahead = kNow + absl::Hours(24 * 365);
  Fail(attempts, "head", "school", kAttemptsPerPairMax, ahead);
  EXPECT_OK(attempts.Begin("head", "school", kNow));
}

TEST(SignInAttempts, SoManyPairsAreRememberedAndTheLastOnesStay) {
  SignInAttempts attempts(/*known_pairs_max=*/2);
  for (const char* account : {"first", "second", "first", "third"}) {
    SignIn(attempts, account, "school");
  }
  for (int i = 0; i < 2 * kAttemptsPerAddressMax; ++i) {
    Fail(attempts, absl::StrCat("guess ", i), "school", 1);
  }
  EXPECT_OK(attempts.Begin("first", "school", kNow));
  EXPECT_OK(attempts.Begin("third", "school", kNow));
  EXPECT_THAT(attempts.Begin("second", "school", kNow), StatusIs(kExhausted));
}

TEST(SignInAttempts, WhatNobodyHasLookedIntoCountsNothing) {
  SignInAttempts attempts;
  SignIn(attempts, "head", "school");
  for (const char* address : {"school", "elsewhere"}) {
    for (int i = 0; i < 2 * kAttemptsPerAccountMax; ++i) {
      ASSERT_OK(attempts.Begin("head", address, kNow)) << address;
      attempts.Withdraw("head", address);
    }
    EXPECT_EQ(Fail(attempts, "head", address, kAttemptsPerPairMax), kAttemptsPerPairMax);
  }
}

}  // namespace
}  // namespace wardbook::access
