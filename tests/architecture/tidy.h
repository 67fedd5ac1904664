// Rules of the tree that neither the compiler nor clang-format keeps.

#ifndef TESTS_ARCHITECTURE_TIDY_H_
#define TESTS_ARCHITECTURE_TIDY_H_

#include <vector>

#include "tests/architecture/source_tree.h"

namespace wardbook::architecture {

// Lines of more than 100 columns (includes and CMake may have them), white space
// at the end of a line, a last line without an end, tabs in C++, words that
// postpone work, locks whose annotations no compiler checks, and include guards
// that are missing or not named after the file.
std::vector<Violation> TidyFile(const SourceFile& file);

// Every x_test.cc that the CMakeLists.txt of its folder does not name: it would
// never run.
std::vector<Violation> TestsThatNeverRun(const std::vector<SourceFile>& files);

// Every folder of storage that keeps bytes, and services itself, without a
// README.md.
std::vector<Violation> FoldersWithoutReadme(const std::vector<SourceFile>& files);

}  // namespace wardbook::architecture

#endif  // TESTS_ARCHITECTURE_TIDY_H_
