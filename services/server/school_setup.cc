#include "services/server/school_setup.h"

#include <memory>

#include "absl/time/clock.h"
#include "services/access/accounts.h"
#include "services/access/sessions.h"
#include "services/people/bootstrap.h"
#include "services/people/register.h"
#include "services/people/streams.h"
#include "services/runtime/receipts.h"
#include "services/runtime/transactor.h"
#include "services/server/key_files.h"
#include "services/server/stores.h"
#include "storage/base/status_macros.h"

namespace wardbook::server {

absl::StatusOr<SchoolSetUp> SetUpSchool(const Config& config, const NewSchool& school) {
  WARDBOOK_ASSIGN_OR_RETURN(const KeyFiles keys, ReadKeyFiles(config.keys_directory));
  WARDBOOK_ASSIGN_OR_RETURN(const std::unique_ptr<Stores> stores,
                            OpenStores(config.data_directory, keys));
  const runtime::ReceiptWriter receipts(keys.signer);
  runtime::Transactor<people::SchoolAggregate> schools(*stores->log, *stores->vault, receipts);
  runtime::Transactor<people::PersonAggregate> people(*stores->log, *stores->vault, receipts);
  const absl::Time now = absl::Now();
  WARDBOOK_ASSIGN_OR_RETURN(
      const SchoolId id,
      people::RegisterSchool(schools, stores->schools, {school.name, school.short_name}, now));
  WARDBOOK_ASSIGN_OR_RETURN(
      const PersonId administrator,
      people::RegisterFirstAdministrator(people, id, school.administrator_name, now));
  WARDBOOK_ASSIGN_OR_RETURN(const auto directory,
                            people::Register::Open(*stores->log, *stores->vault));
  WARDBOOK_ASSIGN_OR_RETURN(const auto sessions,
                            access::Sessions::Open(stores->sessions, *directory, now));
  WARDBOOK_ASSIGN_OR_RETURN(const auto accounts,
                            access::Accounts::Open(stores->accounts, *sessions));
  WARDBOOK_ASSIGN_OR_RETURN(const runtime::AccountCode code,
                            accounts->Issue(id, administrator, school.administrator_user, now));
  return SchoolSetUp{id.Hex(), code.code};
}

}  // namespace wardbook::server
