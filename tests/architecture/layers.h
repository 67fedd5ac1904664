// Who may include whom. The table is layers.txt, which says how it is read.

#ifndef TESTS_ARCHITECTURE_LAYERS_H_
#define TESTS_ARCHITECTURE_LAYERS_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "tests/architecture/source_tree.h"

namespace wardbook::architecture {

// Immutable.
class Layers {
 public:
  // INVALID_ARGUMENT: a line that is none, a group that is not defined above its
  // use, or a folder that stands twice.
  static absl::StatusOr<Layers> Parse(absl::string_view table);

  // What the C++ files among `files` include and may not, and the files in
  // folders that the table does not know.
  std::vector<Violation> Check(const std::vector<SourceFile>& files) const;

 private:
  // A path, or the beginning of one when it ends in a slash.
  using Patterns = std::vector<std::string>;

  Layers() = default;
  bool Allows(absl::string_view file, absl::string_view include) const;

  // Keyed by folder or by file.
  absl::flat_hash_map<std::string, Patterns> allowed_;
  // What test code may include besides, by the beginning of its path.
  absl::flat_hash_map<std::string, Patterns> allowed_in_tests_;
};

}  // namespace wardbook::architecture

#endif  // TESTS_ARCHITECTURE_LAYERS_H_
