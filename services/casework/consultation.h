// What some commands need to know of the school besides the case.

#ifndef SERVICES_CASEWORK_CONSULTATION_H_
#define SERVICES_CASEWORK_CONSULTATION_H_

#include <optional>
#include <vector>

#include "absl/time/time.h"
#include "services/casework/casework_parts.h"
#include "services/casework/domain/commands.h"
#include "services/casework/domain/response_commands.h"
#include "services/rulepack/rule_packs.h"
#include "services/runtime/rpc.h"

namespace wardbook::casework {

// Everybody of the register, for the moment of the call.
std::vector<RegisteredPerson> SchoolOf(const CaseworkParts& parts, const runtime::Call& call);

// The absence of the Headteacher that is recorded for the moment of the call.
std::optional<AbsenceOfHead> HeadAbsenceOf(const CaseworkParts& parts, const runtime::Call& call);

// The stages of the moment, each as if it began now. Where harm is feared a
// stage ends with the working day that it begins on, or with the next one when
// that is none.
DisagreementRules DisagreementRulesFrom(const rulepack::RulePacks& rules, absl::Time now);

// Fills in what the command takes from the register. One overload for each command
// that takes something.
void Consult(const CaseworkParts& parts, const runtime::Call& call, HandOverRecipient& command);
void Consult(const CaseworkParts& parts, const runtime::Call& call, DeclareConflict& command);
void Consult(const CaseworkParts& parts, const runtime::Call& call, InformGoverningBody& command);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CONSULTATION_H_
