#include "tests/testing/scratch_directory.h"

#include <stdlib.h>

#include <filesystem>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "storage/base/assert.h"

namespace wardbook::testing {

ScratchDirectory::ScratchDirectory()
    : path_((std::filesystem::temp_directory_path() / "wardbook-XXXXXX").string()) {
  WARDBOOK_ASSERT(mkdtemp(path_.data()) != nullptr);
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;  // What is left is in the directory for temporary files.
  std::filesystem::remove_all(path_, ignored);
}

std::string ScratchDirectory::At(absl::string_view name) const {
  return absl::StrCat(path_, "/", name);
}

}  // namespace wardbook::testing
