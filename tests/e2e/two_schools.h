// One running server with two schools for all tests of the program: started
// before the first, stopped after the last, when its log is looked at too.

#ifndef TESTS_E2E_TWO_SCHOOLS_H_
#define TESTS_E2E_TWO_SCHOOLS_H_

#include <cstdint>

#include "storage/checkpoint/checkpoint.h"
#include "tests/e2e/running_server.h"
#include "tests/e2e/school.h"

namespace wardbook::e2e {

RunningServer& Server();
// Two schools with the same user names.
const School& Oakfield();
const School& Elmbridge();

// Nothing may be recorded while this lives, in neither school, but that something
// was refused.
class NothingIsRecorded {
 public:
  NothingIsRecorded();
  ~NothingIsRecorded();
  NothingIsRecorded(const NothingIsRecorded&) = delete;
  NothingIsRecorded& operator=(const NothingIsRecorded&) = delete;

 private:
  // The log of a school, and how many of its records are of refusals.
  struct Recorded {
    explicit Recorded(const School& school);
    checkpoint::Checkpoint head;
    uint64_t refusals = 0;
  };
  static void ExpectOnlyRefusals(const Recorded& before, const School& school);

  const Recorded oakfield_;
  const Recorded elmbridge_;
};

}  // namespace wardbook::e2e

#endif  // TESTS_E2E_TWO_SCHOOLS_H_
