#include "clients/cli/session_file.h"

#include <sys/stat.h>

#include <filesystem>

#include "clients/cli/aside_file.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::cli {
namespace {

using ::wardbook::testing::IsOkAndHolds;
using ::wardbook::testing::StatusIs;

SessionState Sample() {
  return {.destination = {.server = "wardbook.example:7443",
                          .school = "fernhill",
                          .user_name = "ada",
                          .ca_pem = "-----BEGIN CERTIFICATE-----\nAAAA\n\nBBBB\n"},
          .school = *SchoolId::FromHex("000102030405060708090a0b0c0d0e0f"),
          .token = "secret",
          .seen_position = 17};
}

mode_t ModeOf(const std::string& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0);
  return status.st_mode & 0777;
}

TEST(SessionFile, GivesBackWhatWasSaved) {
  const testing::ScratchDirectory scratch;
  const SessionFile file(scratch.At("a/b"));
  ASSERT_OK(file.Save(Sample()));
  EXPECT_THAT(file.Load(), IsOkAndHolds(Sample()));
}

TEST(SessionFile, IsForItsOwnerAloneWhateverWasThereBefore) {
  const testing::ScratchDirectory scratch;
  const SessionFile file(scratch.At("config"));
  ASSERT_OK(file.Save(Sample()));
  std::filesystem::permissions(scratch.At("config/session"), std::filesystem::perms::all);
  ASSERT_OK(file.Save(Sample()));
  EXPECT_EQ(ModeOf(scratch.At("config/session")), 0600u);
  EXPECT_EQ(ModeOf(scratch.At("config")), 0700u);
}

TEST(SessionFile, FileThatWasNotCommittedLeavesTheOldOneAndNothingElse) {
  const testing::ScratchDirectory scratch;
  const SessionFile file(scratch.path());
  ASSERT_OK(file.Save(Sample()));
  {
    ASSERT_OK_AND_ASSIGN(const auto aside,
                         AsideFile::Create(scratch.At("session"), Existing::kReplaced));
    ASSERT_OK(aside->Append("half of a sess"));
    EXPECT_THAT(file.Load(), IsOkAndHolds(Sample()));
  }
  EXPECT_THAT(file.Load(), IsOkAndHolds(Sample()));
  std::filesystem::directory_iterator files(scratch.path());
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST(SessionFile, SeenPositionOnlyRises) {
  const testing::ScratchDirectory scratch;
  const SessionFile file(scratch.path());
  ASSERT_OK(file.Save(Sample()));
  ASSERT_OK(file.Raise("secret", 12));
  EXPECT_EQ(file.Load()->seen_position, 17u);
  ASSERT_OK(file.Raise("secret", 18));
  EXPECT_EQ(file.Load()->seen_position, 18u);
  ASSERT_OK(file.Raise("of another session", 19));
  EXPECT_EQ(file.Load()->seen_position, 18u);
}

TEST(SessionFile, NobodyIsSignedInWithoutOne) {
  const testing::ScratchDirectory scratch;
  const SessionFile file(scratch.path());
  EXPECT_THAT(file.Load(), StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_OK(file.Raise("secret", 1));
  EXPECT_EQ(file.LastDestination(), std::nullopt);
}

TEST(SessionFile, SignedOutItKeepsWhereToSignInAndNothingElse) {
  const testing::ScratchDirectory scratch;
  const SessionFile file(scratch.path());
  ASSERT_OK(file.Save(Sample()));
  EXPECT_EQ(file.LastDestination(), Sample().destination);
  ASSERT_OK(file.SaveDestination(Sample().destination));
  EXPECT_THAT(file.Load(), StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_EQ(file.LastDestination(), Sample().destination);
  EXPECT_THAT(ReadWholeFile(scratch.At("session")),
              IsOkAndHolds(::testing::Not(::testing::HasSubstr("secret"))));
}

TEST(SessionFile, DamagedOneIsNotTakenForASession) {
  const testing::ScratchDirectory scratch;
  for (const char* content : {"", "wardbook session v1", "wardbook session v2\ntoken a\n\n"}) {
    ASSERT_OK(ReplaceFile(scratch.At("session"), content));
    EXPECT_THAT(SessionFile(scratch.path()).Load(), StatusIs(absl::StatusCode::kInternal));
    EXPECT_EQ(SessionFile(scratch.path()).LastDestination(), std::nullopt);
  }
}

}  // namespace
}  // namespace wardbook::cli
