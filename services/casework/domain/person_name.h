// Names as people write them of each other.

#ifndef SERVICES_CASEWORK_DOMAIN_PERSON_NAME_H_
#define SERVICES_CASEWORK_DOMAIN_PERSON_NAME_H_

#include "absl/strings/string_view.h"

namespace wardbook::casework {

// Whether it is the same name: the same words whatever their case, blanks, dots and
// titles.
bool IsSameName(absl::string_view given, absl::string_view registered);

// Whether somebody may mean the person of this name: the last name alone, or with
// first names or initials that fit.
bool MayMean(absl::string_view given, absl::string_view registered);

// Whether a text names somebody: by any word of their name that has three letters
// or more, whatever its case. Titles, what stands in brackets, and words that
// describe and do not name, such as "a child", do not count.
bool IsNamedIn(absl::string_view text, absl::string_view name);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_DOMAIN_PERSON_NAME_H_
