// The checks that the decisions about a person share. Each answers with the
// refusal, or with nothing when all is well.

#ifndef SERVICES_PEOPLE_DOMAIN_CHECKS_H_
#define SERVICES_PEOPLE_DOMAIN_CHECKS_H_

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/kernel/decision.h"
#include "services/people/domain/decide.h"
#include "services/people/domain/person_state.h"

namespace wardbook::people {

kernel::Refusal RequireAdministrator(const By& by);

// That an administrator acts on somebody who is there.
kernel::Refusal RequireKnown(const PersonState& state, const By& by);

// That a protobuf timestamp can hold the time.
kernel::Refusal RequireTime(absl::Time time, absl::string_view field);

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_DOMAIN_CHECKS_H_
