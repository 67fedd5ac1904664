// How a program of the bench ends when what it measures does not work.

#ifndef TESTS_BENCH_FAIL_H_
#define TESTS_BENCH_FAIL_H_

#include <cstdio>
#include <cstdlib>
#include <string>

namespace wardbook::bench {

[[noreturn]] inline void Fail(const std::string& what) {
  std::fprintf(stderr, "bench: %s\n", what.c_str());
  std::exit(1);
}

}  // namespace wardbook::bench

#endif  // TESTS_BENCH_FAIL_H_
