// Setting up a school while no server runs. All functions wait until what they
// record is durable; the server itself, actor zero, is who acts.

#ifndef SERVICES_PEOPLE_BOOTSTRAP_H_
#define SERVICES_PEOPLE_BOOTSTRAP_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/people/domain/decide.h"
#include "services/people/streams.h"
#include "services/runtime/transactor.h"
#include "storage/base/ids.h"
#include "storage/vault/secret_table.h"

namespace wardbook::people {

// Whether the two functions below would refuse: a refusal for the field "name" or
// "short_name" of the school, or "administrator".
absl::Status CheckSchool(const NewSchool& command, absl::string_view administrator_name);

// Registers a school under a new random id. Called again, it gives the same
// school. ALREADY_EXISTS: the short name is that of a school with another name. A
// refusal for a field.
absl::StatusOr<SchoolId> RegisterSchool(runtime::Transactor<SchoolAggregate>& transactor,
                                        vault::SecretTable& short_names, const NewSchool& command,
                                        absl::Time now);

// Registers somebody of staff who is the school's administrator. A refusal for
// the field "name".
absl::StatusOr<PersonId> RegisterFirstAdministrator(
    runtime::Transactor<PersonAggregate>& transactor, const SchoolId& school,
    absl::string_view name, absl::Time now);

// Records that the server issues a code for the account of a person of the
// school.
absl::Status RecordAccountIssue(runtime::Transactor<PersonAggregate>& transactor,
                                const SchoolId& school, const PersonId& person,
                                absl::Time code_expire_time, absl::Time now);

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_BOOTSTRAP_H_
