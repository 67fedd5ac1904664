// The contract by which slices learn whether the Headteacher is absent, and who
// acts meanwhile (P39).

#ifndef SERVICES_RUNTIME_HEAD_COVER_H_
#define SERVICES_RUNTIME_HEAD_COVER_H_

#include <optional>

#include "absl/time/time.h"
#include "storage/base/ids.h"

namespace wardbook::runtime {

// An absence of the Headteacher, from a moment on and until another.
struct HeadAbsence {
  AbsenceId id;
  PersonId headteacher;
  // The member of the leadership team who acts.
  PersonId deputy;
  absl::Time from;
  absl::Time until = absl::InfiniteFuture();
};

// Safe for concurrent use. Answers from memory.
class HeadCover {
 public:
  virtual ~HeadCover() = default;

  // The recorded absence at `time`. Nothing while a Headteacher is present, and
  // for a time at which the school has none.
  virtual std::optional<HeadAbsence> AbsenceAt(const SchoolId& school, absl::Time time) const = 0;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_HEAD_COVER_H_
