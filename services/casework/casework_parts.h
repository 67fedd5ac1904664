// What the services of the case are made of.

#ifndef SERVICES_CASEWORK_CASEWORK_PARTS_H_
#define SERVICES_CASEWORK_CASEWORK_PARTS_H_

#include "services/casework/case_aggregate.h"
#include "services/casework/case_listing.h"
#include "services/rulepack/rule_packs.h"
#include "services/runtime/caller.h"
#include "services/runtime/case_access.h"
#include "services/runtime/head_cover.h"
#include "services/runtime/policy_in_force.h"
#include "services/runtime/register_entries.h"
#include "services/runtime/rpc.h"
#include "storage/event_log.h"
#include "storage/evidence/evidence_store.h"
#include "storage/vault/vault.h"

namespace wardbook::casework {

// Copied freely; all that it refers to outlives the services.
struct CaseworkParts {
  runtime::Rpc& rpc;
  CaseTransactor& cases;
  runtime::CaseAccess& access;
  storage::EventLog& log;
  vault::Vault& vault;
  evidence::EvidenceStore& evidence;
  const runtime::Directory& directory;
  CaseListing& listing;
  // A case pins what was in force when it happened and when it was decided.
  const runtime::PolicyInForce& policies;
  const rulepack::RulePacks& rules;
  const runtime::HeadCover& head_cover;
  const runtime::RegisterEntries& registers;
};

}  // namespace wardbook::casework

#endif  // SERVICES_CASEWORK_CASEWORK_PARTS_H_
