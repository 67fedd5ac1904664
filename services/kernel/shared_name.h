// Names that no one person has (P15).

#ifndef SERVICES_KERNEL_SHARED_NAME_H_
#define SERVICES_KERNEL_SHARED_NAME_H_

#include "absl/strings/string_view.h"

namespace wardbook::kernel {

// Whether the name is made of nothing but words for places, groups and things that
// several people share, such as "school.office", "Year 3 Team" or "supply2". A
// person's name that has one such word is not: "June Office".
bool IsSharedName(absl::string_view name);

}  // namespace wardbook::kernel

#endif  // SERVICES_KERNEL_SHARED_NAME_H_
