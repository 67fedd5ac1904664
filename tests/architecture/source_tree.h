// The text files of the repository, as its own rules see them.

#ifndef TESTS_ARCHITECTURE_SOURCE_TREE_H_
#define TESTS_ARCHITECTURE_SOURCE_TREE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace wardbook::architecture {

struct SourceFile {
  // From the root of the repository, with slashes: "storage/base/ids.h".
  std::string path;
  std::string text;
};

struct Include {
  // 1-based.
  size_t line;
  // What stands between the quotes or angle brackets.
  std::string path;
};

// Something in the tree that breaks a rule.
struct Violation {
  std::string path;
  // 1-based; 0 where no line is to blame.
  size_t line;
  std::string what;

  friend bool operator==(const Violation&, const Violation&) = default;
};

// "path:line: what", which editors can jump to.
std::string Describe(const Violation& violation);

// The part of `path` before its last slash, and after it.
absl::string_view FolderOf(absl::string_view path);
absl::string_view NameOf(absl::string_view path);

// Whether `path` is a header or source file of C++.
bool IsCpp(absl::string_view path);

// Whether `path` is code that only tests link: x_test.cc, x_for_test.h.
bool IsTestCode(absl::string_view path);

// Every #include of a file, also within conditions.
std::vector<Include> IncludesOf(const SourceFile& file);

// All regular files below the folders of `root`, ordered by path; what npm
// installs is left out. UNAVAILABLE: one cannot be read.
absl::StatusOr<std::vector<SourceFile>> ReadTree(absl::string_view root,
                                                 const std::vector<std::string>& folders);

}  // namespace wardbook::architecture

#endif  // TESTS_ARCHITECTURE_SOURCE_TREE_H_
