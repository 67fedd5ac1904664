// Between the roles of the wire and those of the rules.

#ifndef SERVICES_RUNTIME_ROLES_H_
#define SERVICES_RUNTIME_ROLES_H_

#include <optional>

#include "services/kernel/actor.h"
#include "storage/base/assert.h"
#include "wardbook/events/v1/values.pb.h"

namespace wardbook::runtime {

inline wardbook::events::v1::Role RoleToWire(kernel::Role role) {
  switch (role) {
    case kernel::Role::kStaff:
      return wardbook::events::v1::ROLE_STAFF;
    case kernel::Role::kLineManager:
      return wardbook::events::v1::ROLE_LINE_MANAGER;
    case kernel::Role::kHeadteacher:
      return wardbook::events::v1::ROLE_HEADTEACHER;
    case kernel::Role::kSeniorLeadership:
      return wardbook::events::v1::ROLE_SENIOR_LEADERSHIP;
    case kernel::Role::kSafeguardingLead:
      return wardbook::events::v1::ROLE_SAFEGUARDING_LEAD;
    case kernel::Role::kChairOfGovernors:
      return wardbook::events::v1::ROLE_CHAIR_OF_GOVERNORS;
    case kernel::Role::kSafeguardingOfficer:
      return wardbook::events::v1::ROLE_SAFEGUARDING_OFFICER;
    case kernel::Role::kAuditor:
      return wardbook::events::v1::ROLE_AUDITOR;
    case kernel::Role::kAdministrator:
      return wardbook::events::v1::ROLE_ADMINISTRATOR;
  }
  WARDBOOK_ASSERT(false);
}

// Nothing for no role, and for one that this version does not know.
inline std::optional<kernel::Role> RoleFromWire(wardbook::events::v1::Role wire) {
  for (kernel::Role role :
       {kernel::Role::kStaff, kernel::Role::kLineManager, kernel::Role::kHeadteacher,
        kernel::Role::kSeniorLeadership, kernel::Role::kSafeguardingLead,
        kernel::Role::kChairOfGovernors, kernel::Role::kSafeguardingOfficer, kernel::Role::kAuditor,
        kernel::Role::kAdministrator}) {
    if (RoleToWire(role) == wire) return role;
  }
  return std::nullopt;
}

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_ROLES_H_
