// Who is told of a report, and from whom it is kept.

#ifndef SERVICES_CASEWORK_DOMAIN_ROUTING_H_
#define SERVICES_CASEWORK_DOMAIN_ROUTING_H_

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "services/casework/domain/case_state.h"
#include "services/casework/domain/commands.h"
#include "services/casework/domain/fields.h"
#include "storage/base/ids.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::casework {

struct Telling {
  wardbook::events::v1::Route route = wardbook::events::v1::ROUTE_UNSPECIFIED;
  // Who holds the office, without those whom the case is kept from.
  std::set<PersonId> told;
  // Whom a subject without an id may be.
  std::set<PersonId> presumed_subjects;
  // Of those told, the one who seeks the advice (P40); unsuitable material only.
  std::optional<PersonId> recipient = std::nullopt;
  // Why it is a member of the leadership team who was told (P39).
  std::optional<AbsenceId> head_absence = std::nullopt;
};

// Nothing goes to anybody whom it is or may be about. What is about the
// Headteacher goes to the Chair of Governors, and where there is no Chair free of
// it, or it is about the Chair, past the school to the safeguarding officers (KCSIE
// part four). Where the reporter says that it is not about the Headteacher, a
// surname that they share is no sign of it. Otherwise a
// report goes to the Headteacher and the safeguarding lead, or, of cyber-bullying
// and of one's own act, to the line manager where the reporter chooses them
// (P45). Unsuitable material goes to the Headteacher alone and, while an absence of
// theirs is recorded, to the member of the leadership team who acts, or another
// one if that person is not free (P39).
Telling WhomToTell(const ReportIncident& command);

// Who holds a case from now on of which `conflicted` must know no more (P45). A
// conflict of the Headteacher's is treated like a case about them.
Telling WhomToTellInstead(const CaseState& state, const DeclareConflict& command);

// P39: refuses a report of unsuitable material that is meant for the leadership
// team while the Headteacher is there to receive it. kHeadteacherReceives.
Refusal CheckReceiver(const ReportIncident& command, const Telling& telling);

// What somebody is where the reporter and the register differ: a child where the
// register has one; else an adult of the school where either of them says so, in the
// words of the reporter if they do.
wardbook::events::v1::PersonCategory CategoryOf(wardbook::events::v1::PersonCategory reported,
                                                wardbook::events::v1::PersonCategory registered);

// Whether somebody does what is the Headteacher's: the member of the leadership team
// who acts in a recorded absence; any of them between two Headteachers, when nobody
// is absent; and the safeguarding lead of a school without a leadership team, where
// nobody could be recorded as acting.
bool StandsInForHeadteacher(const kernel::Actor& actor, const std::optional<AbsenceOfHead>& absence,
                            const std::vector<RegisteredPerson>& school);

bool Holds(const std::vector<RegisteredPerson>& school, const PersonId& person, kernel::Role role);

// As the register has it; empty for somebody who is not in it.
std::string NameOf(const std::vector<RegisteredPerson>& school, const PersonId& person);

// Refuses a report that names an adult of the school by name alone and does not
// say whether that is the Headteacher. kAboutHeadteacherNotAsked.
Refusal CheckHeadteacherQuestion(const ReportIncident& command);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_ROUTING_H_
