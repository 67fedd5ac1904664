// What happens in cases: a few histories, from the report to the closure, as the
// rules of the domain decide them. All people and texts are invented.

#ifndef TESTS_BENCH_CASE_HISTORIES_H_
#define TESTS_BENCH_CASE_HISTORIES_H_

#include <string>
#include <vector>

#include "storage/base/ids.h"

namespace wardbook::bench {

// An event as the log stores it, and who does it.
struct HistoryEvent {
  enum class Actor { kTeacher, kHead, kOfficer };
  Actor actor = Actor::kTeacher;
  std::string type;
  std::string bytes;
};

// What one request records.
using HistoryStep = std::vector<HistoryEvent>;
using CaseHistory = std::vector<HistoryStep>;

// From the short one that a school settles itself to the long one that goes to
// Lancashire Safeguarding. Ends the program where the rules refuse a step: then
// it is no history of a case any more.
std::vector<CaseHistory> MakeCaseHistories();

// A note of `bytes` bytes.
HistoryEvent MakeNote(size_t bytes);

}  // namespace wardbook::bench

#endif  // TESTS_BENCH_CASE_HISTORIES_H_
