#include "tests/architecture/source_tree.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::architecture {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::Field;
using ::wardbook::testing::StatusIs;

void WriteFile(const std::string& path, const std::string& text) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path) << text;
}

TEST(ReadTree, FindsFilesOfAllDepthsInOrder) {
  const wardbook::testing::ScratchDirectory root;
  WriteFile(root.At("storage/vault/vault.h"), "vault");
  WriteFile(root.At("storage/event_log.h"), "log");
  WriteFile(root.At("proto/x.proto"), "not asked for");
  ASSERT_OK_AND_ASSIGN(const std::vector<SourceFile> files, ReadTree(root.path(), {"storage"}));
  EXPECT_THAT(files, ElementsAre(Field(&SourceFile::path, "storage/event_log.h"),
                                 Field(&SourceFile::path, "storage/vault/vault.h")));
  EXPECT_THAT(files.front().text, Eq("log"));
}

TEST(ReadTree, LeavesOutWhatNpmInstalls) {
  const wardbook::testing::ScratchDirectory root;
  WriteFile(root.At("clients/web/main.ts"), "");
  WriteFile(root.At("clients/web/node_modules/left/pad.ts"), "");
  ASSERT_OK_AND_ASSIGN(const std::vector<SourceFile> files, ReadTree(root.path(), {"clients"}));
  EXPECT_THAT(files, ElementsAre(Field(&SourceFile::path, "clients/web/main.ts")));
}

TEST(ReadTree, FailsWhereAFolderIsMissing) {
  const wardbook::testing::ScratchDirectory root;
  EXPECT_THAT(ReadTree(root.path(), {"storage"}), StatusIs(absl::StatusCode::kUnavailable));
}

TEST(Describe, IsWhatEditorsJumpTo) {
  EXPECT_THAT(Describe({"storage/x.cc", 7, "wrong"}), Eq("storage/x.cc:7: wrong"));
  EXPECT_THAT(Describe({"storage", 0, "wrong"}), Eq("storage: wrong"));
}

TEST(Paths, ComeApartAtTheLastSlash) {
  EXPECT_THAT(FolderOf("storage/base/ids.h"), Eq("storage/base"));
  EXPECT_THAT(NameOf("storage/base/ids.h"), Eq("ids.h"));
  EXPECT_THAT(FolderOf("ids.h"), Eq(""));
  EXPECT_THAT(NameOf("ids.h"), Eq("ids.h"));
}

}  // namespace
}  // namespace wardbook::architecture
