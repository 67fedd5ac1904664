// What the registers are asked about a case: about whom, and about when.

#ifndef SERVICES_CASEWORK_DOMAIN_REGISTER_CHECK_H_
#define SERVICES_CASEWORK_DOMAIN_REGISTER_CHECK_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "services/casework/domain/case_state.h"
#include "services/kernel/period.h"
#include "services/rulepack/working_calendar.h"
#include "storage/base/ids.h"
#include "wardbook/events/v1/case_event.pb.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::casework {

// Somebody of a case who is in the school's register.
struct PersonOfCase {
  PersonId id;
  // As the report has it; empty where it gives only the id.
  std::string name;
  std::set<wardbook::events::v1::Capacity> capacities;
  bool is_reporter = false;
  // Found by a name that the report gives alone.
  bool is_presumed = false;
  // Or was one.
  bool is_pupil = false;
};

// Each once, in the order of the report; the reporter last unless they are named
// in it.
std::vector<PersonOfCase> PeopleOfCase(const wardbook::events::v1::IncidentReported& reported,
                                       const PersonId& reporter);

// The minute in which it happened, or the whole day of the school's clock where
// the time is not known. Nothing for a date that there is not.
std::optional<kernel::Period> WhenItHappened(const wardbook::events::v1::LocalDateTime& happened_at,
                                             const rulepack::WorkingCalendar& calendar);

// The clauses concerned under which an entry of a register may matter: contacts
// with children and families are declared (P06, P19 with P34), the school is
// written of with permission (P07 with P26 and P27), parents consent to images
// (P10 with P31), and a phone may be kept on (P16, P17 with P28).
std::set<wardbook::events::v1::BreachClause> RegisterClauses(const CaseState& state);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_REGISTER_CHECK_H_
