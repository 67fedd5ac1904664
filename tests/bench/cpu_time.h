// How long a process has run on a processor: unlike its rates, this is hardly
// disturbed by what else the machine does.

#ifndef TESTS_BENCH_CPU_TIME_H_
#define TESTS_BENCH_CPU_TIME_H_

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/time.h"
#include "tests/bench/fail.h"

namespace wardbook::bench {

// Of all threads of the process, in it and in the kernel for it.
inline absl::Duration CpuTimeOf(int process) {
  std::ifstream file(absl::StrCat("/proc/", process, "/stat"));
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  // The name stands in parentheses and may hold spaces; two fields behind it begins
  // the third, and the 14th and 15th are the ticks.
  constexpr size_t kUserTicks = 14 - 3;
  const size_t end_of_name = text.rfind(')');
  if (end_of_name == std::string::npos) Fail(absl::StrCat("no process ", process));
  const std::vector<std::string> fields = absl::StrSplit(text.substr(end_of_name + 2), ' ');
  int64_t user = 0;
  int64_t system = 0;
  if (!absl::SimpleAtoi(fields.at(kUserTicks), &user) ||
      !absl::SimpleAtoi(fields.at(kUserTicks + 1), &system)) {
    Fail("the kernel writes /proc in another way");
  }
  return absl::Seconds(1) * (user + system) / sysconf(_SC_CLK_TCK);
}

}  // namespace wardbook::bench

#endif  // TESTS_BENCH_CPU_TIME_H_
