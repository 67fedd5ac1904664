#include "services/casework/domain/concerns.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/rulepack/day.h"

namespace wardbook::casework {
namespace {

using wardbook::events::v1::BreachClause;
using wardbook::rules::v1::ConcernPattern;

// Whether so many of the days lie within so many months of the first of them.
bool AreClose(std::vector<absl::CivilDay> days, const ConcernPattern& rule) {
  std::sort(days.begin(), days.end());
  const size_t needed = rule.concerns_min();
  for (size_t first = 0; first + needed <= days.size(); ++first) {
    const absl::CivilDay end =
        rulepack::AddMonths(days[first], static_cast<int>(rule.within_months()));
    if (days[first + needed - 1] <= end) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> PatternsOf(const std::vector<Concern>& concerns,
                                    const ConcernPattern& rule) {
  std::vector<std::string> patterns;
  std::vector<absl::CivilDay> days;
  std::map<BreachClause, uint32_t> by_clause;
  for (const Concern& concern : concerns) {
    days.push_back(concern.day);
    for (const BreachClause clause : concern.clauses) ++by_clause[clause];
  }
  if (AreClose(std::move(days), rule)) {
    patterns.push_back(absl::StrCat(rule.concerns_min(), " concerns or more within ",
                                    rule.within_months(), " months"));
  }
  for (const auto& [clause, count] : by_clause) {
    if (count < rule.same_clause_concerns_min()) continue;
    patterns.push_back(absl::StrFormat("%d concerns under P%02d", count, static_cast<int>(clause)));
  }
  return patterns;
}

}  // namespace wardbook::casework
