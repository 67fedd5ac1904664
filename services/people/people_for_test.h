// A log in memory with what is needed to record people in it.

#ifndef SERVICES_PEOPLE_PEOPLE_FOR_TEST_H_
#define SERVICES_PEOPLE_PEOPLE_FOR_TEST_H_

#include <memory>
#include <string>

#include "services/people/bootstrap.h"
#include "services/people/register.h"
#include "services/people/school_register.h"
#include "services/people/streams.h"
#include "services/runtime/receipts.h"
#include "services/runtime/transactor.h"
#include "services/runtime/worker_pool.h"
#include "storage/checkpoint/signed_note.h"
#include "storage/crypto/secret.h"
#include "storage/vault/secret_table.h"
#include "storage/vault/vault.h"
#include "tests/testing/deaf_log.h"
#include "tests/testing/memory_key_value.h"

namespace wardbook::people {

struct PeopleForTest {
  const crypto::Secret master_key = crypto::Secret::Random();
  testing::DeafLog log;
  testing::MemoryKeyValue store;
  std::unique_ptr<vault::Vault> vault =
      *vault::Vault::Open(std::make_unique<testing::MemoryKeyValue>(), master_key);
  vault::SecretTable short_names{store, master_key, "schools"};
  runtime::ReceiptWriter receipts{
      *checkpoint::NoteSigner::Create("wardbook.example", crypto::Secret::Random())};
  runtime::WorkerPool workers{2};
  runtime::Transactor<PersonAggregate> people{log, *vault, receipts, workers};
  runtime::Transactor<SchoolAggregate> schools{log, *vault, receipts, workers};

  absl::StatusOr<SchoolId> AddSchool(const std::string& short_name, absl::Time now) {
    return RegisterSchool(schools, short_names, {"Fernhill Example School", short_name}, now);
  }
};

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_PEOPLE_FOR_TEST_H_
