#include "services/server/school_setup.h"

#include <memory>
#include <optional>

#include "absl/strings/string_view.h"
#include "absl/time/clock.h"
#include "services/access/accounts.h"
#include "services/access/sessions.h"
#include "services/people/bootstrap.h"
#include "services/people/register.h"
#include "services/people/school_register.h"
#include "services/people/streams.h"
#include "services/runtime/receipts.h"
#include "services/runtime/refusal.h"
#include "services/runtime/transactor.h"
#include "services/runtime/worker_pool.h"
#include "services/server/key_files.h"
#include "services/server/stores.h"
#include "storage/base/status_macros.h"

namespace wardbook::server {

namespace {

// The administrator whom an earlier call has registered, if any.
std::optional<PersonId> FindAdministrator(const people::Register& directory, const SchoolId& school,
                                          absl::string_view name, absl::Time now) {
  for (const PersonId& person :
       directory.HoldersForGood(school, wardbook::events::v1::ROLE_ADMINISTRATOR, now)) {
    const std::optional<runtime::PersonEntry> entry = directory.Find(school, person, now);
    if (entry && absl::string_view(entry->name) == name) return person;
  }
  return std::nullopt;
}

}  // namespace

absl::StatusOr<SchoolSetUp> SetUpSchool(const Config& config, const NewSchool& school) {
  const people::NewSchool command{school.name, school.short_name};
  WARDBOOK_RETURN_IF_ERROR(people::CheckSchool(command, school.administrator_name));
  if (!access::CheckUserName(school.administrator_user).ok()) {
    return runtime::Refuse(kernel::Reason::kFieldInvalid, "user");
  }
  WARDBOOK_ASSIGN_OR_RETURN(const KeyFiles keys, ReadKeyFiles(config.keys_directory));
  WARDBOOK_ASSIGN_OR_RETURN(const std::unique_ptr<Stores> stores,
                            OpenStores(config.data_directory, keys));
  const absl::Time now = absl::Now();
  WARDBOOK_ASSIGN_OR_RETURN(const auto directory,
                            people::Register::Open(*stores->log, *stores->vault));
  WARDBOOK_ASSIGN_OR_RETURN(const auto sessions,
                            access::Sessions::Open(stores->sessions, *directory, now));
  WARDBOOK_ASSIGN_OR_RETURN(const auto accounts,
                            access::Accounts::Open(stores->accounts, *sessions));
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<SchoolId> there,
                            people::FindShortName(stores->schools, school.short_name));
  if (there && accounts->HasAny(*there)) {
    return absl::AlreadyExistsError("a school with this short name is set up already");
  }

  const runtime::ReceiptWriter receipts(keys.signer);
  runtime::WorkerPool workers(1);
  runtime::Transactor<people::SchoolAggregate> schools(*stores->log, *stores->vault, receipts,
                                                       workers);
  runtime::Transactor<people::PersonAggregate> people(*stores->log, *stores->vault, receipts,
                                                      workers);
  WARDBOOK_ASSIGN_OR_RETURN(const SchoolId id,
                            people::RegisterSchool(schools, stores->schools, command, now));
  std::optional<PersonId> administrator =
      FindAdministrator(*directory, id, school.administrator_name, now);
  if (!administrator) {
    WARDBOOK_ASSIGN_OR_RETURN(administrator, people::RegisterFirstAdministrator(
                                                 people, id, school.administrator_name, now));
  }
  WARDBOOK_ASSIGN_OR_RETURN(
      const absl::Time expire_time,
      accounts->CheckIssue(id, *administrator, school.administrator_user, now));
  WARDBOOK_RETURN_IF_ERROR(
      people::RecordAccountIssue(people, id, *administrator, expire_time, now));
  WARDBOOK_ASSIGN_OR_RETURN(const runtime::AccountCode code,
                            accounts->Issue(id, *administrator, school.administrator_user, now));
  return SchoolSetUp{id.Hex(), code.code};
}

}  // namespace wardbook::server
