#include "storage/base/durable_directory.h"

#include <filesystem>
#include <fstream>

#include "gtest/gtest.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook {
namespace {

namespace fs = std::filesystem;
using testing::ScratchDirectory;
using testing::StatusIs;

TEST(DurableDirectory, IsMadeWithTheWayToItForItsOwnerAlone) {
  const ScratchDirectory scratch;
  ASSERT_OK(CreateDurableDirectory(scratch.At("a/b/c")));
  for (const char* made : {"a", "a/b", "a/b/c"}) {
    EXPECT_TRUE(fs::is_directory(scratch.At(made))) << made;
    EXPECT_EQ(fs::status(scratch.At(made)).permissions(), fs::perms::owner_all) << made;
  }
}

TEST(DurableDirectory, MayEndInASlashAndMayBeThere) {
  const ScratchDirectory scratch;
  ASSERT_OK(CreateDurableDirectory(scratch.At("a/b/")));
  EXPECT_TRUE(fs::is_directory(scratch.At("a/b")));
  EXPECT_OK(CreateDurableDirectory(scratch.At("a/b/")));
  EXPECT_OK(CreateDurableDirectory(scratch.At("a")));
  EXPECT_OK(SyncDirectory(scratch.At("a/")));
}

TEST(DurableDirectory, InThePlaceOfAFileIsUnavailable) {
  const ScratchDirectory scratch;
  std::ofstream(scratch.At("file")) << "content";
  EXPECT_THAT(CreateDurableDirectory(scratch.At("file")), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(CreateDurableDirectory(scratch.At("file/a")),
              StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(SyncDirectory(scratch.At("nothing")), StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace wardbook
