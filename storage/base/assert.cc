#include "storage/base/assert.h"

#include <cstdio>
#include <cstdlib>

namespace wardbook {

void AssertionFailed(const char* file, int line, const char* expression) {
  std::fprintf(stderr, "%s:%d: assertion failed: %s\n", file, line, expression);
  std::abort();
}

}  // namespace wardbook
