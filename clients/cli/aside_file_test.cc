#include "clients/cli/aside_file.h"

#include <filesystem>
#include <iterator>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::cli {
namespace {

using ::testing::HasSubstr;
using ::wardbook::testing::IsOkAndHolds;
using ::wardbook::testing::StatusIs;

class AsideFileTest : public ::testing::Test {
 protected:
  int FileCount() const {
    const std::filesystem::directory_iterator files(scratch_.path());
    return static_cast<int>(std::distance(begin(files), end(files)));
  }

  const testing::ScratchDirectory scratch_;
  const std::string path_ = scratch_.At("copy.png");
};

TEST_F(AsideFileTest, OfTheProgramItselfTakesThePlaceOfTheLast) {
  ASSERT_OK(ReplaceFile(path_, "first"));
  ASSERT_OK(ReplaceFile(path_, "second"));
  EXPECT_THAT(ReadWholeFile(path_), IsOkAndHolds("second"));
}

TEST_F(AsideFileTest, LeavesAFileAloneThatMayBeAnybodys) {
  ASSERT_OK(ReplaceFile(path_, "theirs"));
  const absl::Status refused = AsideFile::Create(path_, Existing::kKept).status();
  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kAlreadyExists));
  EXPECT_THAT(std::string(refused.message()), HasSubstr(path_));
  // A link counts, also one to nowhere.
  std::filesystem::create_symlink(scratch_.At("nowhere"), scratch_.At("link"));
  EXPECT_THAT(AsideFile::Create(scratch_.At("link"), Existing::kKept).status(),
              StatusIs(absl::StatusCode::kAlreadyExists));
}

TEST_F(AsideFileTest, LeavesAFileAloneThatHasComeMeanwhile) {
  {
    ASSERT_OK_AND_ASSIGN(const auto file, AsideFile::Create(path_, Existing::kKept));
    ASSERT_OK(file->Append("mine"));
    ASSERT_OK(ReplaceFile(path_, "theirs"));
    EXPECT_THAT(file->Commit(), StatusIs(absl::StatusCode::kAlreadyExists));
  }
  EXPECT_THAT(ReadWholeFile(path_), IsOkAndHolds("theirs"));
  EXPECT_EQ(FileCount(), 1) << "nothing else is left";
}

TEST_F(AsideFileTest, IsThereWholeWhereThereWasNone) {
  ASSERT_OK_AND_ASSIGN(const auto file, AsideFile::Create(path_, Existing::kKept));
  ASSERT_OK(file->Append("mine"));
  ASSERT_OK(file->Commit());
  EXPECT_THAT(ReadWholeFile(path_), IsOkAndHolds("mine"));
  EXPECT_EQ(FileCount(), 1);
}

}  // namespace
}  // namespace wardbook::cli
