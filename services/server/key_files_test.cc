#include "services/server/key_files.h"

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/strings/match.h"
#include "gtest/gtest.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::server {
namespace {

using testing::IsOk;
using testing::IsOkAndHolds;
using testing::StatusIs;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);
constexpr absl::Duration kValidity = absl::Hours(24 * 825);

TEST(KeyFiles, TheCertificateIsRenewedAndTheOtherKeysStay) {
  const testing::ScratchDirectory scratch;
  ASSERT_OK(MakeKeyFiles(scratch.path(), "wardbook.example", {"localhost"}, kNow));
  ASSERT_OK_AND_ASSIGN(const KeyFiles before, ReadKeyFiles(scratch.path()));
  EXPECT_EQ(before.certificate_expire_time, kNow + kValidity);

  const absl::Time later = kNow + kValidity - absl::Hours(24);
  EXPECT_THAT(RenewCertificateFile(scratch.path(), later), IsOkAndHolds(later + kValidity));
  ASSERT_OK_AND_ASSIGN(const KeyFiles after, ReadKeyFiles(scratch.path()));
  EXPECT_EQ(after.certificate_expire_time, later + kValidity);
  EXPECT_NE(after.certificate_pem, before.certificate_pem);
  EXPECT_EQ(after.private_key_pem, before.private_key_pem);
  EXPECT_EQ(after.master_key.view(), before.master_key.view());
}

TEST(KeyFiles, AreMadeInANewDirectoryAndNeverOverwritten) {
  const testing::ScratchDirectory scratch;
  const std::string directory = scratch.At("etc/wardbook/keys");
  ASSERT_OK(MakeKeyFiles(directory, "wardbook.example", {"localhost"}, kNow));
  ASSERT_OK_AND_ASSIGN(const KeyFiles before, ReadKeyFiles(directory));
  EXPECT_THAT(MakeKeyFiles(directory, "wardbook.example", {"localhost"}, kNow),
              StatusIs(absl::StatusCode::kAlreadyExists));
  ASSERT_OK_AND_ASSIGN(const KeyFiles after, ReadKeyFiles(directory));
  EXPECT_EQ(after.master_key.view(), before.master_key.view());
  for (const char* const made : {"etc", "etc/wardbook", "etc/wardbook/keys"}) {
    using std::filesystem::perms;
    const perms mode = std::filesystem::status(scratch.At(made)).permissions();
    EXPECT_NE(mode & perms::others_exec, perms::none) << made << ": nobody reaches what is public";
  }
  for (const auto& file : std::filesystem::directory_iterator(directory)) {
    EXPECT_NE(file.path().extension(), ".new") << file.path();
  }
}

TEST(KeyFiles, WhatACrashHasLeftBesideAFileIsNoKey) {
  const testing::ScratchDirectory scratch;
  std::ofstream(scratch.At("master.key.new")) << "half";
  ASSERT_OK(MakeKeyFiles(scratch.path(), "wardbook.example", {"localhost"}, kNow));
  EXPECT_OK(ReadKeyFiles(scratch.path()));
}

TEST(KeyFiles, OnlyACertificateThatIsThereIsRenewed) {
  const testing::ScratchDirectory scratch;
  EXPECT_THAT(RenewCertificateFile(scratch.path(), kNow), StatusIs(absl::StatusCode::kNotFound));
}

}  // namespace
}  // namespace wardbook::server
