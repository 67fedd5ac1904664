#include "services/access/sessions.h"

#include "gtest/gtest.h"
#include "services/access/directory_for_test.h"
#include "services/runtime/refusal.h"
#include "storage/crypto/random.h"
#include "tests/testing/borrowed_key_value.h"
#include "tests/testing/memory_key_value.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::access {
namespace {

using testing::IsOk;
using testing::MemoryKeyValue;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

bool NotSignedIn(const absl::StatusOr<runtime::Caller>& caller) {
  return runtime::IsRefusal(caller.status(), kernel::Reason::kNotSignedIn);
}

class SessionsTest : public ::testing::Test {
 protected:
  SessionsTest() { directory_.Add(school_, person_, "Ada Example", {kernel::Role::kStaff}); }

  std::unique_ptr<Sessions> Open(absl::Time now = kNow) {
    auto sessions = Sessions::Open(table_, directory_, now);
    EXPECT_OK(sessions);
    return *std::move(sessions);
  }

  const SchoolId school_ = crypto::RandomId<SchoolId>();
  const PersonId person_ = crypto::RandomId<PersonId>();
  const crypto::Secret master_key_ = crypto::Secret::Random();
  MemoryKeyValue store_;
  vault::SecretTable table_{store_, master_key_, "sessions"};
  DirectoryForTest directory_;
};

TEST_F(SessionsTest, ATokenStandsForThePersonWithTheirRoles) {
  auto sessions = Open();
  ASSERT_OK_AND_ASSIGN(const OpenedSession opened, sessions->Begin(school_, person_, kNow));
  ASSERT_OK_AND_ASSIGN(const runtime::Caller caller, sessions->Authenticate(opened.token, kNow));
  EXPECT_EQ(caller.school, school_);
  EXPECT_EQ(caller.actor.person, person_);
  EXPECT_EQ(caller.session, opened.caller.session);
  EXPECT_TRUE(caller.actor.Has(kernel::Role::kStaff));
  EXPECT_TRUE(NotSignedIn(sessions->Authenticate("", kNow)));
  std::string forged = opened.token;
  forged[40] = forged[40] == 'A' ? 'B' : 'A';
  EXPECT_TRUE(NotSignedIn(sessions->Authenticate(forged, kNow)));
}

TEST_F(SessionsTest, AnIdleSessionEnds) {
  auto sessions = Open();
  ASSERT_OK_AND_ASSIGN(const OpenedSession opened, sessions->Begin(school_, person_, kNow));
  const absl::Time used = kNow + kSessionIdleMax - absl::Seconds(1);
  EXPECT_OK(sessions->Authenticate(opened.token, used));
  EXPECT_OK(sessions->Authenticate(opened.token, used + kSessionIdleMax - absl::Seconds(1)));
  EXPECT_TRUE(NotSignedIn(sessions->Authenticate(opened.token, used + 2 * kSessionIdleMax)));
}

TEST_F(SessionsTest, WhatTheServerChecksOnItsOwnIsNoUse) {
  auto sessions = Open();
  ASSERT_OK_AND_ASSIGN(const OpenedSession opened, sessions->Begin(school_, person_, kNow));
  for (absl::Duration idle; idle < kSessionIdleMax; idle += absl::Seconds(20)) {
    ASSERT_OK_AND_ASSIGN(const runtime::Caller caller, sessions->Check(opened.token, kNow + idle));
    ASSERT_EQ(caller.actor.person, person_);
  }
  EXPECT_TRUE(NotSignedIn(sessions->Check(opened.token, kNow + kSessionIdleMax)));
  EXPECT_TRUE(NotSignedIn(sessions->Authenticate(opened.token, kNow + kSessionIdleMax)));
}

TEST_F(SessionsTest, ASessionFromWhenTheClockStoodAheadHasEnded) {
  const absl::Time ahead = kNow + absl::Hours(24 * 365 * 3);
  auto sessions = Open(ahead);
  ASSERT_OK_AND_ASSIGN(const OpenedSession opened, sessions->Begin(school_, person_, ahead));
  EXPECT_TRUE(NotSignedIn(sessions->Authenticate(opened.token, kNow)));
  EXPECT_TRUE(NotSignedIn(Open()->Authenticate(opened.token, kNow))) << "nor after a restart";
  // The sweep of ended ones begins anew, too.
  sessions->SweepNowAndThen(ahead);
  sessions->SweepNowAndThen(kNow);
  EXPECT_EQ(sessions->ExpireTime(opened.caller.session), std::nullopt);
}

TEST_F(SessionsTest, SessionsThatHaveEndedAreDeletedWithOneSyncNowAndThen) {
  testing::KeyValueControl control;
  testing::BorrowedKeyValue disk(store_, control);
  vault::SecretTable table(disk, master_key_, "sessions");
  ASSERT_OK_AND_ASSIGN(const auto sessions, Sessions::Open(table, directory_, kNow));
  sessions->SweepNowAndThen(kNow);
  std::vector<OpenedSession> opened;
  for (int i = 0; i < 3; ++i) {
    ASSERT_OK_AND_ASSIGN(opened.emplace_back(), sessions->Begin(school_, person_, kNow));
  }
  const int before = control.synced_writes();
  sessions->SweepNowAndThen(kNow + absl::Minutes(1));
  sessions->SweepNowAndThen(kNow + kSessionIdleMax);
  EXPECT_EQ(control.synced_writes(), before + 1);
  for (const OpenedSession& session : opened) {
    EXPECT_TRUE(NotSignedIn(Open()->Authenticate(session.token, kNow))) << "the row is gone";
  }
}

TEST_F(SessionsTest, AClockThatIsSetBackALittleEndsNothing) {
  auto sessions = Open();
  ASSERT_OK_AND_ASSIGN(const OpenedSession opened, sessions->Begin(school_, person_, kNow));
  EXPECT_OK(sessions->Authenticate(opened.token, kNow - absl::Seconds(2)));
}

TEST_F(SessionsTest, ABusySessionEndsToo) {
  auto sessions = Open();
  ASSERT_OK_AND_ASSIGN(const OpenedSession opened, sessions->Begin(school_, person_, kNow));
  absl::Time now = kNow;
  for (; now < kNow + kSessionLength; now += absl::Minutes(30)) {
    ASSERT_OK(sessions->Authenticate(opened.token, now));
  }
  EXPECT_TRUE(NotSignedIn(sessions->Authenticate(opened.token, now)));
}

TEST_F(SessionsTest, SessionsSurviveARestartUntilTheyExpire) {
  ASSERT_OK_AND_ASSIGN(const OpenedSession opened, Open()->Begin(school_, person_, kNow));
  EXPECT_OK(Open(kNow + absl::Hours(1))->Authenticate(opened.token, kNow + absl::Hours(1)));
  EXPECT_TRUE(
      NotSignedIn(Open(kNow + kSessionLength)->Authenticate(opened.token, kNow + kSessionLength)));
  // The start that found it expired has deleted it.
  EXPECT_TRUE(NotSignedIn(Open()->Authenticate(opened.token, kNow)));
}

TEST_F(SessionsTest, WhoSignsOutStaysOutAfterARestart) {
  auto sessions = Open();
  ASSERT_OK_AND_ASSIGN(const OpenedSession opened, sessions->Begin(school_, person_, kNow));
  ASSERT_OK(sessions->End(opened.caller.session));
  EXPECT_TRUE(NotSignedIn(sessions->Authenticate(opened.token, kNow)));
  EXPECT_TRUE(NotSignedIn(Open()->Authenticate(opened.token, kNow)));
}

TEST_F(SessionsTest, AnEndThatCouldNotBeWrittenIsWrittenWithTheNext) {
  testing::KeyValueControl control;
  testing::BorrowedKeyValue disk(store_, control);
  vault::SecretTable table(disk, master_key_, "sessions");
  ASSERT_OK_AND_ASSIGN(const auto sessions, Sessions::Open(table, directory_, kNow));
  ASSERT_OK_AND_ASSIGN(const OpenedSession opened, sessions->Begin(school_, person_, kNow));
  control.FailNextWrite();
  EXPECT_FALSE(sessions->EndAll(school_, person_, std::nullopt).ok());
  EXPECT_TRUE(NotSignedIn(sessions->Authenticate(opened.token, kNow)));
  ASSERT_OK(sessions->EndAll(school_, person_, std::nullopt));
  EXPECT_TRUE(NotSignedIn(Open()->Authenticate(opened.token, kNow)));
}

TEST_F(SessionsTest, WhoHoldsNoRoleIsNotSignedIn) {
  auto sessions = Open();
  ASSERT_OK_AND_ASSIGN(const OpenedSession opened, sessions->Begin(school_, person_, kNow));
  directory_.Add(school_, person_, "Ada Example", {});
  EXPECT_TRUE(NotSignedIn(sessions->Authenticate(opened.token, kNow)));
  EXPECT_TRUE(runtime::IsRefusal(sessions->Begin(school_, person_, kNow).status(),
                                 kernel::Reason::kSignInFailed));
}

TEST_F(SessionsTest, AFullDiskThatKeepsAnEndedSessionsRowKeepsNobodyFromStarting) {
  ASSERT_OK_AND_ASSIGN(const OpenedSession opened, Open()->Begin(school_, person_, kNow));
  testing::KeyValueControl control;
  testing::BorrowedKeyValue full(store_, control);
  vault::SecretTable table(full, master_key_, "sessions");
  control.FailWrites();
  const absl::Time later = kNow + kSessionLength;
  ASSERT_OK_AND_ASSIGN(const auto sessions, Sessions::Open(table, directory_, later));
  EXPECT_EQ(control.failed_writes(), 1);
  EXPECT_TRUE(NotSignedIn(sessions->Authenticate(opened.token, later)));
}

}  // namespace
}  // namespace wardbook::access
