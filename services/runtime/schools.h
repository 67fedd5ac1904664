// The contract by which slices learn of schools.

#ifndef SERVICES_RUNTIME_SCHOOLS_H_
#define SERVICES_RUNTIME_SCHOOLS_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/base/ids.h"

namespace wardbook::runtime {

// Safe for concurrent use.
class SchoolDirectory {
 public:
  virtual ~SchoolDirectory() = default;

  // The school's name; nothing when there is no such school. From memory.
  virtual std::optional<std::string> NameOf(const SchoolId& school) const = 0;

  // The school that people sign in to under this name; reads the disk. Fails as
  // vault::SecretTable::Get does.
  virtual absl::StatusOr<std::optional<SchoolId>> FindByShortName(
      absl::string_view short_name) const = 0;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_SCHOOLS_H_
