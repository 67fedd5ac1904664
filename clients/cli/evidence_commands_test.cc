#include <filesystem>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "clients/cli/aside_file.h"
#include "clients/cli/program_for_test.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/crypto/sha256.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class EvidenceCommandsTest : public ProgramTest {
 protected:
  EvidenceCommandsTest() {
    SignIn();
    EXPECT_OK(ReplaceFile(scratch_.At("print.png"), content_));
  }

  Outcome FileIt() {
    return Run({"evidence", "file", "WB-7K4D-9QX2", scratch_.At("print.png"), "--indecent-image",
                "no", "--kind", "screen-print", "--seen-date", "2026-01-14", "--time-not-known",
                "It shows none.", "--platform", "Facebook"});
  }

  // More than two streams' worth of chunks, the last one short.
  const std::string content_ = std::string(
      EvidenceForTest::kChunkBytes * EvidenceForTest::kChunksBeforeBreak * 2 + 500, 'p');
};

TEST_F(EvidenceCommandsTest, UploadGoesOnAfterEveryBreakFromWhatArrived) {
  evidence_.SetSha256(crypto::Sha256(content_).Bytes());
  const Outcome outcome = FileIt();
  EXPECT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
  EXPECT_GE(evidence_.breaks(), 2);
  EXPECT_EQ(evidence_.bytes(), content_);
  EXPECT_EQ(evidence_.filed().case_ref(), "WB-7K4D-9QX2");
  EXPECT_EQ(evidence_.filed().sighting().date(), "2026-01-14");
  EXPECT_EQ(evidence_.filed().sighting().utc_offset_minutes(), 0);
  EXPECT_EQ(evidence_.filed().sighting().time_not_known_because(), "It shows none.");
}

TEST_F(EvidenceCommandsTest, FilingThatWasRefusedForWhatWasSaidOfItSaysHowToGoOn) {
  v1::Refusal refusal;
  refusal.set_code("R-SIGHTING");
  refusal.set_field("sighting.time");
  evidence_.RefuseToFile(RefusedAs(grpc::StatusCode::INVALID_ARGUMENT, refusal));
  const Outcome outcome = FileIt();
  EXPECT_EQ(outcome.code, ExitCode::kRefused);
  EXPECT_THAT(outcome.err, HasSubstr("Look at: --seen-time, or --time-not-known\n"));
  EXPECT_THAT(outcome.err,
              HasSubstr(absl::StrCat("\n  wardbook evidence resume ", std::string(32, 'b'), " ")));
}

TEST_F(EvidenceCommandsTest, FileThatCanNeverBeFiledIsNotToBeSentAgain) {
  v1::Refusal refusal;
  refusal.set_code("R-FILE-TYPE");
  evidence_.RefuseToFile(RefusedAs(grpc::StatusCode::INVALID_ARGUMENT, refusal));
  EXPECT_THAT(FileIt().err, Not(HasSubstr("evidence resume")));
}

TEST_F(EvidenceCommandsTest, WhatIsNoFileIsSaidToBeNone) {
  const auto file = [](const std::string& path) {
    return Run(
        {"evidence", "file", "WB-7K4D-9QX2", path, "--indecent-image", "no", "--kind", "original"});
  };
  const Outcome directory = file(scratch_.path());
  EXPECT_EQ(directory.code, ExitCode::kUsage);
  EXPECT_THAT(directory.err, HasSubstr("is not a file."));
  EXPECT_EQ(file(scratch_.At("missing.png")).code, ExitCode::kNotFound);
}

TEST_F(EvidenceCommandsTest, ServerThatFiledOtherBytesIsFoundOut) {
  evidence_.SetSha256(crypto::Sha256("other").Bytes());
  EXPECT_EQ(FileIt().code, ExitCode::kNotVerified);
}

TEST_F(EvidenceCommandsTest, DownloadIsSavedOnlyWhenItsHashIsThatOfTheFile) {
  evidence_.SetBytes(content_);
  const std::string path = scratch_.At("saved.png");
  const std::vector<std::string> download = {"evidence",           "download", "WB-7K4D-9QX2",
                                             std::string(32, 'b'), "--out",    path};
  evidence_.SetSha256(crypto::Sha256("other").Bytes());
  EXPECT_EQ(Run(download).code, ExitCode::kNotVerified);
  EXPECT_FALSE(std::filesystem::exists(path));
  evidence_.SetSha256(crypto::Sha256(content_).Bytes());
  EXPECT_EQ(Run(download).code, ExitCode::kOk);
  EXPECT_THAT(ReadWholeFile(path), testing::IsOkAndHolds(content_));
}

TEST_F(EvidenceCommandsTest, DownloadReplacesNoFile) {
  evidence_.SetBytes(content_);
  evidence_.SetSha256(crypto::Sha256(content_).Bytes());
  const std::string path = scratch_.At("own.png");
  ASSERT_OK(ReplaceFile(path, "their own"));
  const Outcome outcome =
      Run({"evidence", "download", "WB-7K4D-9QX2", std::string(32, 'b'), "--out", path});
  EXPECT_EQ(outcome.code, ExitCode::kFailed);
  EXPECT_THAT(outcome.err, HasSubstr(absl::StrCat("There is already a file ", path)));
  EXPECT_THAT(outcome.err, HasSubstr("Next: Save it under another name"));
  EXPECT_THAT(ReadWholeFile(path), testing::IsOkAndHolds("their own"));
}

}  // namespace
}  // namespace wardbook::cli
