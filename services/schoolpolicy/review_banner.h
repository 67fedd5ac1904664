// Where the policy stands with its review, in a sentence for everybody (P02).

#ifndef SERVICES_SCHOOLPOLICY_REVIEW_BANNER_H_
#define SERVICES_SCHOOLPOLICY_REVIEW_BANNER_H_

#include <string>

#include "services/schoolpolicy/domain/policy_state.h"
#include "services/schoolpolicy/domain/review_due.h"

namespace wardbook::schoolpolicy {

// Empty while no reminder is due.
std::string ReviewBanner(const PolicyVersion& version, const ReviewDue& due);

}  // namespace wardbook::schoolpolicy

#endif  // SERVICES_SCHOOLPOLICY_REVIEW_BANNER_H_
