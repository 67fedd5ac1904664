// Who is told of a report, and from whom it is kept.

#ifndef SERVICES_CASEWORK_DOMAIN_ROUTING_H_
#define SERVICES_CASEWORK_DOMAIN_ROUTING_H_

#include <set>

#include "absl/strings/string_view.h"
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
};

// Nothing goes to anybody whom it is or may be about. What is about the
// Headteacher goes to the Chair of Governors, and where there is no Chair free of
// it, past the school to the safeguarding officers (KCSIE part four). Otherwise a
// report goes to the Headteacher and the safeguarding lead, or, of cyber-bullying
// and of one's own act, to the line manager where the reporter chooses them
// (P45).
Telling WhomToTell(const ReportIncident& command);

// Refuses a report that names an adult of the school by name alone and does not
// say whether that is the Headteacher. kAboutHeadteacherNotAsked.
Refusal CheckHeadteacherQuestion(const ReportIncident& command);

// Whether somebody may mean the person of this name: the same words whatever
// their case, blanks, dots and titles, or a title with the last name.
bool MayMean(absl::string_view given, absl::string_view registered);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_ROUTING_H_
