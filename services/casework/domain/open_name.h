// Somebody whom a report is about and of whom it gives the name alone.

#ifndef SERVICES_CASEWORK_DOMAIN_OPEN_NAME_H_
#define SERVICES_CASEWORK_DOMAIN_OPEN_NAME_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::casework {

struct OpenName {
  std::string name;
  // Whether a part of a name is enough: it may be an adult of the school.
  bool in_part = false;

  // Whether it may mean somebody of this name.
  bool MayMean(absl::string_view registered) const;
};

bool IsPupil(wardbook::events::v1::PersonCategory category);

// Also somebody of whom the reporter does not say how they are connected with
// the school.
bool MayBeAdultOfSchool(wardbook::events::v1::PersonCategory category);

// Nothing unless it is a subject by name alone. Pupils are no users, so that nothing
// has to be kept from one; a former pupil may come back to work here.
std::optional<OpenName> OpenNameOf(const wardbook::events::v1::Party& party);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_OPEN_NAME_H_
