// Whom to turn to, by the rules in force.

#ifndef SERVICES_CASEWORK_CONTACTS_H_
#define SERVICES_CASEWORK_CONTACTS_H_

#include "services/rulepack/rule_packs.h"

namespace wardbook::casework {

// The contact of the rules that leads there; null when they have none.
const wardbook::rules::v1::Contact* FindContact(const rulepack::RulePack& rules,
                                                wardbook::rules::v1::ContactKind kind);

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CONTACTS_H_
