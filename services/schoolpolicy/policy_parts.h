// What the policy service works with; all of it outlives the service.

#ifndef SERVICES_SCHOOLPOLICY_POLICY_PARTS_H_
#define SERVICES_SCHOOLPOLICY_POLICY_PARTS_H_

#include "services/rulepack/rule_packs.h"
#include "services/runtime/caller.h"
#include "services/runtime/rpc.h"
#include "services/runtime/transactor.h"
#include "services/schoolpolicy/policy_register.h"

namespace wardbook::schoolpolicy {

using PolicyTransactor = runtime::Transactor<PolicyAggregate>;

struct PolicyParts {
  runtime::Rpc& rpc;
  PolicyTransactor& transactor;
  PolicyRegister& policies;
  const runtime::Directory& directory;
  const rulepack::RulePacks& rules;
};

}  // namespace wardbook::schoolpolicy

#endif  // SERVICES_SCHOOLPOLICY_POLICY_PARTS_H_
