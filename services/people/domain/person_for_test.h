// What the tests of the decisions about a person are written in.

#ifndef SERVICES_PEOPLE_DOMAIN_PERSON_FOR_TEST_H_
#define SERVICES_PEOPLE_DOMAIN_PERSON_FOR_TEST_H_

#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "gtest/gtest.h"
#include "services/people/domain/decide.h"

namespace wardbook::people {

inline const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

inline PersonId Person(uint8_t digit) {
  PersonId person;
  person.data()[0] = digit;
  return person;
}

inline By Administrator(absl::Time now = kNow) {
  return {{Person(1), {kernel::Role::kAdministrator}}, now};
}

// Decides, and takes what comes of it into the state.
template <class Command>
size_t Apply(PersonState& state, const Command& command) {
  const PersonDecision decision = Decide(state, command);
  const auto* events = std::get_if<std::vector<wardbook::events::v1::PersonEvent>>(&decision);
  if (events == nullptr) {
    ADD_FAILURE() << "refused";
    return 0;
  }
  for (const wardbook::events::v1::PersonEvent& event : *events)
    Evolve(state, event, {command.by.actor.person, command.by.now});
  return events->size();
}

template <class Command>
kernel::Rejected RefusalOf(const PersonState& state, const Command& command) {
  const PersonDecision decision = Decide(state, command);
  const auto* rejected = std::get_if<kernel::Rejected>(&decision);
  if (rejected == nullptr) {
    ADD_FAILURE() << "not refused";
    return {kernel::Reason::kFieldMissing, "not refused"};
  }
  return *rejected;
}

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_DOMAIN_PERSON_FOR_TEST_H_
