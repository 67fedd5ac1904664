// The contract by which any slice asks whether a permission was in force,
// without seeing the slice that keeps the registers.

#ifndef SERVICES_RUNTIME_PERMISSIONS_H_
#define SERVICES_RUNTIME_PERMISSIONS_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "storage/base/ids.h"
#include "wardbook/events/v1/register_values.pb.h"

namespace wardbook::runtime {

struct PermissionInForce {
  // The entry of the register.
  std::string entry_id;
  absl::Time from;
  // In the infinite future while no end is known.
  absl::Time until;
};

// Safe for concurrent use.
class Permissions {
 public:
  virtual ~Permissions() = default;

  // The permission of this kind that the person had at that moment: the
  // applicant, or the child of a phone or a photograph. Nothing when there was
  // none. Reads the disk, and may wait for a view, so it is called on a worker.
  // UNAVAILABLE: the view is too far behind.
  virtual absl::StatusOr<std::optional<PermissionInForce>> InForce(
      const SchoolId& school, wardbook::events::v1::PermissionKind kind, const PersonId& person,
      absl::Time time) const = 0;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_PERMISSIONS_H_
