// Holds the tree to the rules of tidy.h.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/architecture/source_tree.h"
#include "tests/architecture/tidy.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::architecture {
namespace {

using ::testing::Contains;
using ::testing::Field;

class Tree : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(files_, ReadTree(WARDBOOK_SOURCE_DIR,
                                          {"proto", "storage", "services", "clients", "tests"}));
    // The header that everything stands on: the walk did not miss the tree.
    ASSERT_THAT(files_, Contains(Field(&SourceFile::path, "storage/base/ids.h")));
  }

  static void ExpectNone(const std::vector<Violation>& violations) {
    for (const Violation& violation : violations) ADD_FAILURE() << Describe(violation);
  }

  std::vector<SourceFile> files_;
};

TEST_F(Tree, IsTidy) {
  for (const SourceFile& file : files_) ExpectNone(TidyFile(file));
}

TEST_F(Tree, RunsEveryTest) { ExpectNone(TestsThatNeverRun(files_)); }

TEST_F(Tree, ExplainsItsFolders) { ExpectNone(FoldersWithoutReadme(files_)); }

}  // namespace
}  // namespace wardbook::architecture
