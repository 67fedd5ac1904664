// The number of a serialised field of a protobuf message.

#ifndef STORAGE_BUNDLE_FIELD_NUMBER_H_
#define STORAGE_BUNDLE_FIELD_NUMBER_H_

#include "absl/strings/string_view.h"

namespace wardbook::bundle {

// `field` begins with its tag; 0, which is no field's number, if it does not.
int FieldNumber(absl::string_view field);

}  // namespace wardbook::bundle

#endif  // STORAGE_BUNDLE_FIELD_NUMBER_H_
