// The schools of this server: their names, in memory, and the short names that
// people sign in under, in a table where nobody can read them.

#ifndef SERVICES_PEOPLE_SCHOOL_REGISTER_H_
#define SERVICES_PEOPLE_SCHOOL_REGISTER_H_

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/runtime/schools.h"
#include "storage/base/ids.h"
#include "storage/event_log.h"
#include "storage/vault/secret_table.h"
#include "storage/vault/vault.h"

namespace wardbook::people {

// Immutable but for the table: schools are added while no server runs.
class SchoolRegister : public runtime::SchoolDirectory {
 public:
  // Reads every school's name. `short_names` is the table "schools" and outlives
  // the register. UNAVAILABLE: the disk does not answer.
  static absl::StatusOr<std::unique_ptr<SchoolRegister>> Open(
      const storage::EventLog& log, const vault::Vault& vault,
      const vault::SecretTable& short_names);

  // The schools whose names cannot be read, and why not.
  const std::vector<std::pair<SchoolId, absl::Status>>& failures() const { return failures_; }

  std::optional<std::string> NameOf(const SchoolId& school) const override;
  absl::StatusOr<std::optional<SchoolId>> FindByShortName(
      absl::string_view short_name) const override;

 private:
  explicit SchoolRegister(const vault::SecretTable& short_names) : short_names_(short_names) {}

  const vault::SecretTable& short_names_;
  absl::flat_hash_map<SchoolId, std::string> names_;
  std::vector<std::pair<SchoolId, absl::Status>> failures_;
};

// The school with this short name. DATA_LOSS: the row is not a school's id.
absl::StatusOr<std::optional<SchoolId>> FindShortName(const vault::SecretTable& short_names,
                                                      absl::string_view short_name);

}  // namespace wardbook::people

#endif  // SERVICES_PEOPLE_SCHOOL_REGISTER_H_
