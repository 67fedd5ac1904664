// A log in memory with what is needed to record a school's policy in it.

#ifndef SERVICES_SCHOOLPOLICY_POLICIES_FOR_TEST_H_
#define SERVICES_SCHOOLPOLICY_POLICIES_FOR_TEST_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/notification.h"
#include "services/rulepack/rule_packs.h"
#include "services/runtime/receipts.h"
#include "services/runtime/transactor.h"
#include "services/runtime/worker_pool.h"
#include "services/schoolpolicy/domain/policy_for_test.h"
#include "services/schoolpolicy/policy_parts.h"
#include "services/schoolpolicy/policy_register.h"
#include "storage/checkpoint/signed_note.h"
#include "storage/crypto/random.h"
#include "storage/crypto/secret.h"
#include "storage/vault/vault.h"
#include "tests/testing/deaf_log.h"
#include "tests/testing/memory_key_value.h"

namespace wardbook::schoolpolicy {

struct PoliciesForTest {
  testing::DeafLog log;
  std::unique_ptr<vault::Vault> vault =
      *vault::Vault::Open(std::make_unique<testing::MemoryKeyValue>(), crypto::Secret::Random());
  runtime::ReceiptWriter receipts{
      *checkpoint::NoteSigner::Create("wardbook.example", crypto::Secret::Random())};
  runtime::WorkerPool workers{2};
  PolicyTransactor transactor{log, *vault, receipts, workers};
  std::unique_ptr<const rulepack::RulePacks> rules = *rulepack::RulePacks::Shipped();

  // Records what the command comes to.
  template <class Command>
  absl::Status Record(const SchoolId& school, const Command& command) {
    runtime::CommandFrame frame;
    frame.caller.school = school;
    frame.caller.actor = command.by.actor;
    frame.stream = PolicyStream(school);
    frame.request_id = crypto::NewRequestId();
    frame.now = kNow;
    absl::Notification answered;
    absl::Status status;
    transactor.Run(
        std::move(frame), [&](const PolicyState& state) { return Decide(state, command); },
        [&](auto outcome) {
          status = outcome.status();
          answered.Notify();
        });
    answered.WaitForNotification();
    return status;
  }
};

}  // namespace wardbook::schoolpolicy

#endif  // SERVICES_SCHOOLPOLICY_POLICIES_FOR_TEST_H_
