// Assertions for what only a bug can make false; on in release builds too,
// because a wrong record is worse than a stopped server. What input, a disk or
// a peer can cause is an error, never an assertion.

#ifndef STORAGE_BASE_ASSERT_H_
#define STORAGE_BASE_ASSERT_H_

namespace wardbook {

// Prints where and what to stderr, and aborts.
[[noreturn]] void AssertionFailed(const char* file, int line, const char* expression);

}  // namespace wardbook

#define WARDBOOK_ASSERT(expression)    \
  ((expression) ? static_cast<void>(0) \
                : ::wardbook::AssertionFailed(__FILE__, __LINE__, #expression))

#endif  // STORAGE_BASE_ASSERT_H_
