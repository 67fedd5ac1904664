// The ids that an event carries.

#ifndef SERVICES_AUDIT_IDS_IN_EVENT_H_
#define SERVICES_AUDIT_IDS_IN_EVENT_H_

#include <google/protobuf/message.h>

#include "absl/functional/function_ref.h"
#include "storage/base/ids.h"

namespace wardbook::audit {

// Calls `visit` for every field of `event` and of what is in it that has the size
// of an id, read as that of a person. A format does not say whose id a field holds:
// that of a file or a referral is of nobody in the register.
void ForEachId(const google::protobuf::Message& event,
               absl::FunctionRef<void(const PersonId&)> visit);

}  // namespace wardbook::audit

#endif  // SERVICES_AUDIT_IDS_IN_EVENT_H_
