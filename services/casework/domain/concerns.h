// Low-level concerns about one person, and whether they form a pattern (KCSIE part
// four, section two).

#ifndef SERVICES_CASEWORK_DOMAIN_CONCERNS_H_
#define SERVICES_CASEWORK_DOMAIN_CONCERNS_H_

#include <set>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "wardbook/events/v1/values.pb.h"
#include "wardbook/rules/v1/rule_pack.pb.h"

namespace wardbook::casework {

struct Concern {
  // The day on which it was reported, in the school's clock.
  absl::CivilDay day;
  std::set<wardbook::events::v1::BreachClause> clauses;
};

// Why the concerns about one person form a pattern, in plain words; none where
// they do not. A pattern asks somebody to look at them together.
std::vector<std::string> PatternsOf(const std::vector<Concern>& concerns,
                                    const wardbook::rules::v1::ConcernPattern& rule);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_CONCERNS_H_
