#include "storage/bundle/extract_bundle.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/bundle/sample_case_for_test.h"
#include "storage/bundle/verify_bundle.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::bundle {
namespace {

using ::wardbook::testing::ScratchDirectory;
using ::wardbook::testing::StatusIs;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void WriteFile(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

BundleReport Verify(const BundleSource& source, const SampleCaseForTest& sample) {
  absl::StatusOr<BundleReport> report = VerifyBundle(source, sample.signer().verifier());
  EXPECT_OK(report);
  return *std::move(report);
}

TEST(ExtractBundle, WritesEveryEntryOfAFile) {
  const SampleCaseForTest sample;
  const ScratchDirectory scratch;
  const std::string bundle = sample.Write();
  WriteFile(scratch.At("case.zip"), bundle);
  ASSERT_OK_AND_ASSIGN(const BundleSource source, OpenBundleFile(scratch.At("case.zip")));
  const BundleReport report = Verify(source, sample);
  ASSERT_EQ(report.verdict, Verdict::kIntact);

  ASSERT_OK(ExtractBundle(source, report, scratch.At("case")));

  Entries extracted;
  for (const auto& file : std::filesystem::recursive_directory_iterator(scratch.At("case"))) {
    if (!file.is_regular_file()) continue;
    extracted[std::filesystem::relative(file.path(), scratch.At("case")).string()] =
        ReadFile(file.path().string());
    struct stat attributes;
    ASSERT_EQ(stat(file.path().c_str(), &attributes), 0);
    EXPECT_EQ(attributes.st_mode & 0777, 0600u);
  }
  Entries expected = ReadEntries(bundle);
  expected.erase("manifest");
  EXPECT_EQ(extracted, expected);
}

TEST(ExtractBundle, AlteredBundleIsNotExtracted) {
  const SampleCaseForTest sample;
  const ScratchDirectory scratch;
  std::string bundle = sample.Write();
  bundle[bundle.size() / 2] ^= 1;
  const BundleSource source = BundleInMemory(bundle);
  EXPECT_THAT(ExtractBundle(source, Verify(source, sample), scratch.At("case")),
              StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_FALSE(std::filesystem::exists(scratch.At("case")));
}

TEST(ExtractBundle, FileThatIsThereIsLeftAlone) {
  const SampleCaseForTest sample;
  const ScratchDirectory scratch;
  const std::string bundle = sample.Write();
  const BundleSource source = BundleInMemory(bundle);
  std::filesystem::create_directory(scratch.At("case"));
  WriteFile(scratch.At("case/index.html"), "mine");
  std::filesystem::create_symlink(scratch.At("elsewhere"), scratch.At("case/records.pb"));
  EXPECT_THAT(ExtractBundle(source, Verify(source, sample), scratch.At("case")),
              StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_EQ(ReadFile(scratch.At("case/index.html")), "mine");
  EXPECT_FALSE(std::filesystem::exists(scratch.At("elsewhere")));
}

TEST(ExtractBundle, BundleThatChangedSinceIsDataLossAndLeavesNoSuchFile) {
  SampleCaseForTest sample;
  const ScratchDirectory scratch;
  std::string bundle = sample.Write();
  const BundleSource source = BundleInMemory(bundle);
  const BundleReport report = Verify(source, sample);
  bundle[bundle.find(sample.file(sample.picture())) + 50] ^= 1;
  EXPECT_THAT(ExtractBundle(source, report, scratch.At("case")),
              StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_FALSE(std::filesystem::exists(scratch.At("case/" + sample.picture_path())));
}

TEST(OpenBundleFile, SaysWhyItCannot) {
  const ScratchDirectory scratch;
  EXPECT_THAT(OpenBundleFile(scratch.At("none.zip")), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(OpenBundleFile(scratch.path()), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST(OpenBundleFile, FileThatGetsShorterIsUnavailable) {
  const SampleCaseForTest sample;
  const ScratchDirectory scratch;
  WriteFile(scratch.At("case.zip"), sample.Write());
  ASSERT_OK_AND_ASSIGN(const BundleSource source, OpenBundleFile(scratch.At("case.zip")));
  std::filesystem::resize_file(scratch.At("case.zip"), 100);
  EXPECT_THAT(VerifyBundle(source, std::nullopt), StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace wardbook::bundle
