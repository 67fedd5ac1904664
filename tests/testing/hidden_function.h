// The functions of a shared library that stand behind functions of the same name in a
// test program.

#ifndef TESTS_TESTING_HIDDEN_FUNCTION_H_
#define TESTS_TESTING_HIDDEN_FUNCTION_H_

#include <dlfcn.h>

#include "storage/base/assert.h"

namespace wardbook::testing {

// The library's own function of this mangled name.
template <class Function>
Function* Hidden(const char* name) {
  void* const symbol = dlsym(RTLD_NEXT, name);
  WARDBOOK_ASSERT(symbol != nullptr);
  return reinterpret_cast<Function*>(symbol);
}

}  // namespace wardbook::testing

#endif  // TESTS_TESTING_HIDDEN_FUNCTION_H_
