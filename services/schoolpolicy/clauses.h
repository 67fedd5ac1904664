// The clause catalogue: what the policy says, whom it binds, and what the
// service makes of it. The refusals of a clause are those whose reason names it
// (kernel/reason.h), so the two cannot drift apart.

#ifndef SERVICES_SCHOOLPOLICY_CLAUSES_H_
#define SERVICES_SCHOOLPOLICY_CLAUSES_H_

#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/kernel/reason.h"

namespace wardbook::schoolpolicy {

enum class ClauseForce {
  kRule,    // The server holds it.
  kAdvice,  // The policy says "should": the service asks and records.
};

struct Clause {
  // "P01" to "P48".
  absl::string_view number;
  absl::string_view title;
  // The words of the policy; the school's own names are left out.
  absl::string_view words;
  // Who must keep to it.
  absl::string_view binds;
  ClauseForce force;
  // What the service does to hold it, or to support it where it is advice.
  absl::string_view rule;
};

// All clauses in order.
absl::Span<const Clause> Clauses();

// The clause with this number, such as "P41", in either case; null when there is
// none.
const Clause* FindClause(absl::string_view number);

// The reasons for which a command is refused under the clause, in the order of
// their catalogue.
std::vector<kernel::Reason> RefusalsOf(const Clause& clause);

}  // namespace wardbook::schoolpolicy

#endif  // SERVICES_SCHOOLPOLICY_CLAUSES_H_
