// Holds the tree to layers.txt.

#include <algorithm>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/architecture/layers.h"
#include "tests/architecture/source_tree.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::architecture {
namespace {

using ::testing::Contains;
using ::testing::Field;

TEST(Tree, IncludesOnlyWhatItsLayersAllow) {
  ASSERT_OK_AND_ASSIGN(const std::vector<SourceFile> files,
                       ReadTree(WARDBOOK_SOURCE_DIR, {"storage", "services", "clients", "tests"}));
  // The header that everything stands on: the walk did not miss the tree.
  ASSERT_THAT(files, Contains(Field(&SourceFile::path, "storage/base/ids.h")));
  const auto table = std::find_if(files.begin(), files.end(), [](const SourceFile& file) {
    return file.path == "tests/architecture/layers.txt";
  });
  ASSERT_TRUE(table != files.end());
  ASSERT_OK_AND_ASSIGN(const Layers layers, Layers::Parse(table->text));
  for (const Violation& violation : layers.Check(files)) ADD_FAILURE() << Describe(violation);
}

}  // namespace
}  // namespace wardbook::architecture
