// The seed of a test program's random tests: that of WARDBOOK_TEST_SEED if it is
// set, else a new one; printed, so that a failure can be repeated.

#ifndef TESTS_TESTING_SEED_H_
#define TESTS_TESTING_SEED_H_

#include <cstdint>

namespace wardbook::testing {

// The same all through a process. From the first call on rapidcheck draws from
// it too, unless RC_PARAMS says otherwise. Safe for concurrent use.
uint64_t TestSeed();

}  // namespace wardbook::testing

#endif  // TESTS_TESTING_SEED_H_
