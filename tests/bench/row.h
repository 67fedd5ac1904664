// One figure of the bench beside its goal, and where figures go.

#ifndef TESTS_BENCH_ROW_H_
#define TESTS_BENCH_ROW_H_

#include <cstdio>
#include <memory>
#include <optional>
#include <string>

namespace wardbook::bench {

struct Goal {
  enum class Bound { kAtLeast, kAtMost };
  Bound bound;
  double value;
};

inline Goal AtLeast(double value) { return {Goal::Bound::kAtLeast, value}; }
inline Goal AtMost(double value) { return {Goal::Bound::kAtMost, value}; }

struct Row {
  // What was measured, and under what load.
  std::string name;
  // Nothing if it could not be measured on this machine; `beside` then says why.
  std::optional<double> figure;
  // "of the null method", "events/s", "MB".
  std::string unit;
  // Nothing for a figure that stands there to compare with.
  std::optional<Goal> goal;
  // What the figure was made of: the rate and its floor, percentiles.
  std::string beside;
};

// A row with a goal that was not measured has not met it.
bool Met(const Row& row);

// Prints each row as a line of the table on the standard output and appends it to a
// file as a line of JSON, at once: what was measured stands there even if the bench
// fails later. A file that cannot be written ends the program. Thread-compatible.
class Rows {
 public:
  // Appends to what is there.
  explicit Rows(const std::string& path);

  void Add(const Row& row);

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };

  const std::unique_ptr<std::FILE, CloseFile> file_;
};

}  // namespace wardbook::bench

#endif  // TESTS_BENCH_ROW_H_
