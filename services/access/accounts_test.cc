#include "services/access/accounts.h"

#include "gtest/gtest.h"
#include "services/access/directory_for_test.h"
#include "services/runtime/refusal.h"
#include "storage/crypto/random.h"
#include "tests/testing/borrowed_key_value.h"
#include "tests/testing/memory_key_value.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::access {
namespace {

using kernel::Reason;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::MemoryKeyValue;
using testing::StatusIs;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);
constexpr char kPassword[] = "correct horse battery";
constexpr char kOther[] = "staple of another kind";

class AccountsTest : public ::testing::Test {
 protected:
  AccountsTest() {
    directory_.Add(school_, ada_, "Ada Example", {kernel::Role::kStaff});
    directory_.Add(school_, bob_, "Bob Example", {kernel::Role::kStaff});
    directory_.Add(elsewhere_, carol_, "Carol Example", {kernel::Role::kStaff});
  }

  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(sessions_, Sessions::Open(session_table_, directory_, kNow));
    ASSERT_OK_AND_ASSIGN(accounts_, Accounts::Open(table_, *sessions_));
  }

  // An account with a password.
  void Activate(const SchoolId& school, const PersonId& person, const std::string& name,
                absl::string_view password) {
    ASSERT_OK_AND_ASSIGN(const auto issued, accounts_->Issue(school, person, name, kNow));
    ASSERT_OK(accounts_->Activate({school, name}, issued.code, password, kNow));
  }

  const SchoolId school_ = crypto::RandomId<SchoolId>();
  const SchoolId elsewhere_ = crypto::RandomId<SchoolId>();
  const PersonId ada_ = crypto::RandomId<PersonId>();
  const PersonId bob_ = crypto::RandomId<PersonId>();
  const PersonId carol_ = crypto::RandomId<PersonId>();
  const crypto::Secret master_key_ = crypto::Secret::Random();
  MemoryKeyValue store_;
  testing::KeyValueControl account_rows_;
  testing::BorrowedKeyValue account_store_{store_, account_rows_};
  vault::SecretTable table_{account_store_, master_key_, "accounts"};
  testing::KeyValueControl session_rows_;
  testing::BorrowedKeyValue session_store_{store_, session_rows_};
  vault::SecretTable session_table_{session_store_, master_key_, "sessions"};
  DirectoryForTest directory_;
  std::unique_ptr<Sessions> sessions_;
  std::unique_ptr<Accounts> accounts_;
};

TEST_F(AccountsTest, ACodeSetsThePasswordThatSignsIn) {
  Activate(school_, ada_, "ada", kPassword);
  ASSERT_OK_AND_ASSIGN(const OpenedSession opened,
                       accounts_->SignIn({school_, "ada"}, kPassword, kNow));
  EXPECT_EQ(opened.caller.actor.person, ada_);
  EXPECT_OK(sessions_->Authenticate(opened.token, kNow));
}

TEST_F(AccountsTest, WhoHasAPasswordCanSignIn) {
  EXPECT_THAT(accounts_->CanSignIn(school_, ada_), IsOkAndHolds(false)) << "no account";
  ASSERT_OK_AND_ASSIGN(const auto issued, accounts_->Issue(school_, ada_, "ada", kNow));
  EXPECT_THAT(accounts_->CanSignIn(school_, ada_), IsOkAndHolds(false)) << "only a code";
  ASSERT_OK(accounts_->Activate({school_, "ada"}, issued.code, kPassword, kNow));
  EXPECT_THAT(accounts_->CanSignIn(school_, ada_), IsOkAndHolds(true));
  EXPECT_THAT(accounts_->CanSignIn(elsewhere_, ada_), IsOkAndHolds(false)) << "another school";
  ASSERT_OK(accounts_->Issue(school_, ada_, "ada", kNow));
  EXPECT_THAT(accounts_->CanSignIn(school_, ada_), IsOkAndHolds(false)) << "a new code";
}

TEST_F(AccountsTest, ACodeWorksOnceAndForSevenDays) {
  ASSERT_OK_AND_ASSIGN(const auto issued, accounts_->Issue(school_, ada_, "ada", kNow));
  const AccountName name{school_, "ada"};
  EXPECT_TRUE(
      runtime::IsRefusal(accounts_->Activate(name, issued.code, kPassword, kNow + kCodeLifetime),
                         Reason::kAccountCodeInvalid));
  EXPECT_OK(
      accounts_->Activate(name, issued.code, kPassword, kNow + kCodeLifetime - absl::Seconds(1)));
  EXPECT_TRUE(runtime::IsRefusal(accounts_->Activate(name, issued.code, kOther, kNow),
                                 Reason::kAccountCodeInvalid));
}

TEST_F(AccountsTest, ACodeFromWhenTheClockStoodAheadIsVoid) {
  ASSERT_OK_AND_ASSIGN(const auto issued, accounts_->Issue(school_, ada_, "ada", kNow));
  EXPECT_TRUE(runtime::IsRefusal(
      accounts_->Activate({school_, "ada"}, issued.code, kPassword, kNow - absl::Hours(24 * 365)),
      Reason::kAccountCodeInvalid));
  EXPECT_OK(accounts_->Activate({school_, "ada"}, issued.code, kPassword, kNow - absl::Seconds(1)));
}

TEST_F(AccountsTest, WhatCannotBeIssuedIsKnownBefore) {
  EXPECT_FALSE(accounts_->HasAny(school_));
  EXPECT_THAT(accounts_->CheckIssue(school_, ada_, "ada", kNow),
              IsOkAndHolds(kNow + kCodeLifetime));
  EXPECT_FALSE(accounts_->HasAny(school_)) << "nothing was issued";
  ASSERT_OK(accounts_->Issue(school_, ada_, "ada", kNow));
  EXPECT_TRUE(accounts_->HasAny(school_));
  EXPECT_FALSE(accounts_->HasAny(elsewhere_));
  EXPECT_OK(accounts_->CheckIssue(school_, ada_, "ada", kNow));
  EXPECT_TRUE(runtime::IsRefusal(accounts_->CheckIssue(school_, bob_, "ada", kNow).status(),
                                 Reason::kUserNameTaken));
  EXPECT_TRUE(runtime::IsRefusal(accounts_->CheckIssue(school_, bob_, "Bob", kNow).status(),
                                 Reason::kFieldInvalid));
}

TEST_F(AccountsTest, EveryFailureToSignInIsTheSameAnswer) {
  Activate(school_, ada_, "ada", kPassword);
  ASSERT_OK(accounts_->Issue(school_, bob_, "bob", kNow));
  const absl::Status wrong = accounts_->SignIn({school_, "ada"}, kOther, kNow).status();
  EXPECT_TRUE(runtime::IsRefusal(wrong, Reason::kSignInFailed));
  EXPECT_EQ(accounts_->SignIn({school_, "nobody"}, kOther, kNow).status(), wrong);
  EXPECT_EQ(accounts_->SignIn({std::nullopt, "ada"}, kPassword, kNow).status(), wrong);
  EXPECT_EQ(accounts_->SignIn({elsewhere_, "ada"}, kPassword, kNow).status(), wrong);
  EXPECT_EQ(accounts_->SignIn({school_, "bob"}, "", kNow).status(), wrong) << "no password yet";
}

TEST_F(AccountsTest, TwoSchoolsMayHaveTheSameUserName) {
  Activate(school_, ada_, "head", kPassword);
  Activate(elsewhere_, carol_, "head", kOther);
  ASSERT_OK_AND_ASSIGN(const OpenedSession here,
                       accounts_->SignIn({school_, "head"}, kPassword, kNow));
  EXPECT_EQ(here.caller.actor.person, ada_);
  ASSERT_OK_AND_ASSIGN(const OpenedSession there,
                       accounts_->SignIn({elsewhere_, "head"}, kOther, kNow));
  EXPECT_EQ(there.caller.actor.person, carol_);
  EXPECT_EQ(there.caller.school, elsewhere_);
}

TEST_F(AccountsTest, AUserNameBelongsToOnePersonOfTheSchool) {
  Activate(school_, ada_, "ada", kPassword);
  EXPECT_TRUE(runtime::IsRefusal(accounts_->Issue(school_, bob_, "ada", kNow).status(),
                                 Reason::kUserNameTaken));
  for (const char* bad : {"", "ab", "Ada", "a b c", "ada@home"}) {
    EXPECT_TRUE(runtime::IsRefusal(accounts_->Issue(school_, bob_, bad, kNow).status(),
                                   Reason::kFieldInvalid))
        << bad;
  }
}

TEST_F(AccountsTest, NoAccountIsThatOfAPlaceOrAGroup) {
  for (const char* name : {"office", "school-office", "class3", "supply"}) {
    EXPECT_TRUE(runtime::IsRefusal(accounts_->CheckIssue(school_, ada_, name, kNow).status(),
                                   Reason::kSharedAccount))
        << name;
    EXPECT_TRUE(runtime::IsRefusal(accounts_->Issue(school_, ada_, name, kNow).status(),
                                   Reason::kSharedAccount))
        << name;
  }
}

TEST_F(AccountsTest, APersonHasOneAccountAlsoAfterARestart) {
  Activate(school_, ada_, "ada", kPassword);
  Activate(school_, ada_, "ada.example", kOther);
  const auto has_one = [&] {
    EXPECT_TRUE(runtime::IsRefusal(accounts_->SignIn({school_, "ada"}, kPassword, kNow).status(),
                                   Reason::kSignInFailed));
    EXPECT_OK(accounts_->SignIn({school_, "ada.example"}, kOther, kNow));
  };
  has_one();
  ASSERT_OK_AND_ASSIGN(accounts_, Accounts::Open(table_, *sessions_));
  has_one();
}

TEST_F(AccountsTest, ANewCodeTakesThePasswordTheSessionsAndTheOldName) {
  Activate(school_, ada_, "ada", kPassword);
  ASSERT_OK_AND_ASSIGN(const OpenedSession opened,
                       accounts_->SignIn({school_, "ada"}, kPassword, kNow));
  // Also when the server was started in between.
  ASSERT_OK_AND_ASSIGN(accounts_, Accounts::Open(table_, *sessions_));
  ASSERT_OK(accounts_->Issue(school_, ada_, "ada.example", kNow));
  EXPECT_TRUE(runtime::IsRefusal(sessions_->Authenticate(opened.token, kNow).status(),
                                 Reason::kNotSignedIn));
  for (const char* name : {"ada", "ada.example"}) {
    EXPECT_TRUE(runtime::IsRefusal(accounts_->SignIn({school_, name}, kPassword, kNow).status(),
                                   Reason::kSignInFailed))
        << name;
  }
  EXPECT_OK(accounts_->Issue(school_, bob_, "ada", kNow)) << "the old name is free";
}

TEST_F(AccountsTest, ChangingThePasswordEndsTheOtherSessions) {
  Activate(school_, ada_, "ada", kPassword);
  ASSERT_OK_AND_ASSIGN(const OpenedSession mine,
                       accounts_->SignIn({school_, "ada"}, kPassword, kNow));
  ASSERT_OK_AND_ASSIGN(const OpenedSession other,
                       accounts_->SignIn({school_, "ada"}, kPassword, kNow));
  const absl::Status wrong = accounts_->ChangePassword(mine.caller, kOther, kOther);
  EXPECT_TRUE(runtime::IsRefusal(wrong, Reason::kOldPasswordWrong));
  EXPECT_THAT(wrong, StatusIs(absl::StatusCode::kInvalidArgument)) << "they are still signed in";
  EXPECT_TRUE(runtime::IsRefusal(accounts_->ChangePassword(mine.caller, kPassword, "too short"),
                                 Reason::kPasswordTooWeak));
  ASSERT_OK(accounts_->ChangePassword(mine.caller, kPassword, kOther));
  EXPECT_OK(sessions_->Authenticate(mine.token, kNow));
  EXPECT_TRUE(runtime::IsRefusal(sessions_->Authenticate(other.token, kNow).status(),
                                 Reason::kNotSignedIn));
  EXPECT_OK(accounts_->SignIn({school_, "ada"}, kOther, kNow));
}

TEST_F(AccountsTest, AnAccountIsRenamedInOneWrite) {
  Activate(school_, ada_, "ada", kPassword);
  const int before = account_rows_.synced_writes();
  ASSERT_OK(accounts_->Issue(school_, ada_, "ada.example", kNow));
  EXPECT_EQ(account_rows_.synced_writes(), before + 1);
  account_rows_.FailNextWrite();
  EXPECT_THAT(accounts_->Issue(school_, ada_, "another", kNow),
              StatusIs(absl::StatusCode::kUnavailable));
  ASSERT_OK_AND_ASSIGN(const auto issued, accounts_->Issue(school_, ada_, "ada.example", kNow));
  EXPECT_OK(accounts_->Activate({school_, "ada.example"}, issued.code, kPassword, kNow));
}

TEST_F(AccountsTest, WhatHasFailedBehindItsWriteIsToldAsDone) {
  Activate(school_, ada_, "ada", kPassword);
  ASSERT_OK_AND_ASSIGN(const OpenedSession mine,
                       accounts_->SignIn({school_, "ada"}, kPassword, kNow));
  account_rows_.FailBehindNextWrite();
  EXPECT_OK(accounts_->ChangePassword(mine.caller, kPassword, kOther));
  EXPECT_OK(accounts_->SignIn({school_, "ada"}, kOther, kNow));
  account_rows_.FailBehindNextWrite();
  ASSERT_OK_AND_ASSIGN(const auto issued, accounts_->Issue(school_, ada_, "ada.example", kNow));
  ASSERT_OK(accounts_->Activate({school_, "ada.example"}, issued.code, kPassword, kNow));
  ASSERT_OK(accounts_->Issue(school_, ada_, "another", kNow));
  EXPECT_TRUE(runtime::IsRefusal(
      accounts_->SignIn({school_, "ada.example"}, kPassword, kNow).status(), Reason::kSignInFailed))
      << "one account a person";
  EXPECT_EQ(account_rows_.failed_writes(), 2);
}

TEST_F(AccountsTest, WhoHearsThatSessionsCouldNotBeEndedHasThePasswordStill) {
  Activate(school_, ada_, "ada", kPassword);
  ASSERT_OK_AND_ASSIGN(const OpenedSession mine,
                       accounts_->SignIn({school_, "ada"}, kPassword, kNow));
  ASSERT_OK(accounts_->SignIn({school_, "ada"}, kPassword, kNow));
  session_rows_.FailNextWrite();
  EXPECT_THAT(accounts_->ChangePassword(mine.caller, kPassword, kOther),
              StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_OK(accounts_->SignIn({school_, "ada"}, kPassword, kNow));
  session_rows_.FailNextWrite();
  EXPECT_THAT(accounts_->Issue(school_, ada_, "ada.example", kNow),
              StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_OK(accounts_->SignIn({school_, "ada"}, kPassword, kNow));
}

TEST_F(AccountsTest, EndedSessionsThatCannotBeDeletedKeepNobodyFromSigningIn) {
  Activate(school_, ada_, "ada", kPassword);
  ASSERT_OK(accounts_->SignIn({school_, "ada"}, kPassword, kNow));
  session_rows_.FailNextWrite();
  EXPECT_OK(accounts_->SignIn({school_, "ada"}, kPassword, kNow + kSessionLength));
  EXPECT_EQ(session_rows_.failed_writes(), 1) << "what was to be deleted";
}

TEST_F(AccountsTest, NothingInTheStoreCanBeRead) {
  Activate(school_, ada_, "ada.longexample", kPassword);
  ASSERT_OK_AND_ASSIGN(const OpenedSession opened,
                       accounts_->SignIn({school_, "ada.longexample"}, kPassword, kNow));
  std::string stored;
  ASSERT_OK(store_.Scan("", "", [&](absl::string_view key, absl::string_view value) {
    stored.append(key.data(), key.size());
    stored.append(value.data(), value.size());
    return true;
  }));
  ASSERT_FALSE(stored.empty());
  for (const std::string& secret :
       {std::string("longexample"), std::string(kPassword), std::string("argon2"), ada_.Bytes(),
        school_.Bytes(), opened.caller.session.Bytes(), opened.token}) {
    EXPECT_EQ(stored.find(secret), std::string::npos);
  }
}

}  // namespace
}  // namespace wardbook::access
