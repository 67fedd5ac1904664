// What the registers have of the people of a case, as those who handle it read it.

#ifndef SERVICES_CASEWORK_CASE_REGISTERS_H_
#define SERVICES_CASEWORK_CASE_REGISTERS_H_

#include "absl/status/statusor.h"
#include "services/casework/casework_parts.h"
#include "services/casework/seen_case.h"
#include "services/runtime/rpc.h"
#include "wardbook/v1/case_service.pb.h"

namespace wardbook::casework {

// A refusal for kRoleRequired or kSubject: the caller does not handle the case.
// Reads the log and the registers, and may wait for their views. UNAVAILABLE: a
// view is too far behind.
absl::StatusOr<wardbook::v1::CheckRegistersResponse> RegistersOfCase(const CaseworkParts& parts,
                                                                     const runtime::Call& call,
                                                                     const SeenCase& seen);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CASE_REGISTERS_H_
