#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "clients/cli/aside_file.h"
#include "clients/cli/commands.h"
#include "clients/cli/program.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/bundle/sample_case_for_test.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class VerifyCommandTest : public ::testing::Test {
 protected:
  VerifyCommandTest() {
    // Neither a home nor a session: nobody is signed in anywhere.
    ::unsetenv("HOME");
    ::unsetenv("XDG_CONFIG_HOME");
    ::unsetenv("WARDBOOK_CONFIG_DIR");
    Save(sample_.Write());
  }

  void Save(const std::string& bundle) { EXPECT_OK(ReplaceFile(path_, bundle)); }

  ExitCode Verify(std::vector<const char*> arguments = {}) {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    Program program({.in = in, .out = out, .err = err});
    AddVerifyCommand(program);
    std::vector<const char*> argv = {"wardbook", "verify", path_.c_str()};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    const ExitCode code = program.Run(static_cast<int>(argv.size()), argv.data());
    out_ = out.str();
    err_ = err.str();
    return code;
  }

  const testing::ScratchDirectory scratch_;
  const bundle::SampleCaseForTest sample_;
  const std::string path_ = scratch_.At("case.zip");
  std::string out_;
  std::string err_;
};

TEST_F(VerifyCommandTest, IntactBundleIsSaidToBeSoBeforeAnythingElse) {
  const std::string key = sample_.signer().verifier().Text();
  EXPECT_EQ(Verify({"--key", key.c_str()}), ExitCode::kOk);
  EXPECT_THAT(out_, StartsWith("Intact"));
  const size_t proved = out_.find("\nProved:");
  const size_t not_proved = out_.find("\nCannot be proved by this file:");
  ASSERT_NE(proved, std::string::npos);
  ASSERT_NE(not_proved, std::string::npos);
  EXPECT_LT(proved, not_proved);
}

TEST_F(VerifyCommandTest, JsonSaysTheVerdictAndTheFacts) {
  EXPECT_EQ(Verify({"--json"}), ExitCode::kOk);
  EXPECT_THAT(out_, HasSubstr(R"("verdict":"intact")"));
  EXPECT_THAT(out_, HasSubstr(R"("caseRef":"WB-7K4D-9QX2")"));
  EXPECT_THAT(out_, HasSubstr(R"("keySource":"named-by-bundle")"));
}

TEST_F(VerifyCommandTest, ChangedBundleIsNotVerifiedAndNothingIsTakenOut) {
  std::string bundle = sample_.Write();
  bundle[bundle.size() / 2] ^= 1;
  Save(bundle);
  const std::string directory = scratch_.At("out");
  EXPECT_EQ(Verify({"--extract", directory.c_str()}), ExitCode::kNotVerified);
  EXPECT_THAT(out_, StartsWith("Altered: this is not what the server exported."));
  EXPECT_THAT(out_, HasSubstr("\nWhat is wrong:\n"));
  EXPECT_FALSE(std::filesystem::exists(directory));
}

TEST_F(VerifyCommandTest, KeyMayBeTheFileThatHoldsIt) {
  const std::string file = scratch_.At("verifier.key");
  EXPECT_OK(ReplaceFile(file, sample_.signer().verifier().Text() + "\n"));
  EXPECT_EQ(Verify({"--key", file.c_str()}), ExitCode::kOk);
  EXPECT_THAT(out_, HasSubstr("which you gave"));
}

TEST_F(VerifyCommandTest, FilesAreNotTakenOutOverOthers) {
  const std::string directory = scratch_.At("out");
  EXPECT_EQ(Verify({"--extract", directory.c_str()}), ExitCode::kOk);
  EXPECT_EQ(Verify({"--extract", directory.c_str()}), ExitCode::kFailed);
  EXPECT_THAT(err_, HasSubstr("empty or not there yet"));
}

TEST_F(VerifyCommandTest, BundleUnderAnotherKeyIsNotVerified) {
  const std::string key = bundle::SampleCaseForTest().signer().verifier().Text();
  EXPECT_EQ(Verify({"--key", key.c_str()}), ExitCode::kNotVerified);
  EXPECT_THAT(out_, StartsWith("Altered or from elsewhere: it is signed with another key"));
}

TEST_F(VerifyCommandTest, FilesOfAnIntactBundleAreTakenOut) {
  const std::string directory = scratch_.At("out");
  EXPECT_EQ(Verify({"--extract", directory.c_str()}), ExitCode::kOk);
  EXPECT_TRUE(std::filesystem::exists(directory + "/" + sample_.picture_path()));
}

TEST_F(VerifyCommandTest, WhatIsNoKeyIsUsageAndWhatIsNoFileIsNotFound) {
  EXPECT_EQ(Verify({"--key", "no key"}), ExitCode::kUsage);
  EXPECT_THAT(err_, HasSubstr("verifier.key"));
  std::filesystem::remove(path_);
  EXPECT_EQ(Verify(), ExitCode::kNotFound);
}

}  // namespace
}  // namespace wardbook::cli
