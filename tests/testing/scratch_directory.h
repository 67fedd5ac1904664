// A directory of its own for one test, removed when it goes.

#ifndef TESTS_TESTING_SCRATCH_DIRECTORY_H_
#define TESTS_TESTING_SCRATCH_DIRECTORY_H_

#include <string>

#include "absl/strings/string_view.h"

namespace wardbook::testing {

class ScratchDirectory {
 public:
  // Aborts when it cannot be made.
  ScratchDirectory();
  ~ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;

  const std::string& path() const { return path_; }
  // The path of `name` in it.
  std::string At(absl::string_view name) const;

 private:
  std::string path_;
};

}  // namespace wardbook::testing

#endif  // TESTS_TESTING_SCRATCH_DIRECTORY_H_
