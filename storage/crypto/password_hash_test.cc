#include "storage/crypto/password_hash.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::crypto {
namespace {

using ::testing::Ne;
using ::testing::StartsWith;

// From the test program of Argon2's reference implementation.
constexpr absl::string_view kHashOfPassword =
    "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

TEST(PasswordMatches, KnownAnswer) {
  EXPECT_TRUE(PasswordMatches(kHashOfPassword, "password"));
  EXPECT_FALSE(PasswordMatches(kHashOfPassword, "passwore"));
}

TEST(HashPassword, IsArgon2idWithItsParametersInIt) {
  ASSERT_OK_AND_ASSIGN(const std::string hash, HashPassword("correct horse"));
  EXPECT_THAT(hash, StartsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
}

TEST(HashPassword, MatchesOnlyThePassword) {
  ASSERT_OK_AND_ASSIGN(const std::string hash, HashPassword("correct horse"));
  EXPECT_TRUE(PasswordMatches(hash, "correct horse"));
  EXPECT_FALSE(PasswordMatches(hash, "correct horsf"));
  EXPECT_FALSE(PasswordMatches(hash, "correct hors"));
  EXPECT_FALSE(PasswordMatches(hash, ""));
}

TEST(HashPassword, SaltsEveryHash) {
  ASSERT_OK_AND_ASSIGN(const std::string first, HashPassword("same"));
  ASSERT_OK_AND_ASSIGN(const std::string second, HashPassword("same"));
  EXPECT_THAT(first, Ne(second));
}

TEST(PasswordMatches, NothingMatchesWhatIsNoHash) {
  EXPECT_FALSE(PasswordMatches("", ""));
  EXPECT_FALSE(PasswordMatches("password", "password"));
  EXPECT_FALSE(PasswordMatches(std::string(1000, '$'), "password"));
  // What stands behind a NUL must not be overlooked.
  EXPECT_FALSE(
      PasswordMatches(absl::StrCat(kHashOfPassword, absl::string_view("\0x", 2)), "password"));
}

}  // namespace
}  // namespace wardbook::crypto
