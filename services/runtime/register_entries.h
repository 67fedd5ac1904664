// The contract by which a slice learns what the registers have of people, and how
// it stood at a time, without seeing the slice that keeps them.

#ifndef SERVICES_RUNTIME_REGISTER_ENTRIES_H_
#define SERVICES_RUNTIME_REGISTER_ENTRIES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/kernel/period.h"
#include "storage/base/ids.h"
#include "wardbook/events/v1/register_event.pb.h"
#include "wardbook/v1/register.pb.h"

namespace wardbook::runtime {

// A value.
struct EntryAtTheTime {
  enum class Standing {
    // On a part of the time that was asked about.
    kInForce,
    kNotInForce,
    // There is nothing that could be in force: a justification.
    kNoTerm,
  };

  wardbook::v1::Register in_register = wardbook::v1::REGISTER_UNSPECIFIED;
  std::string entry_id;
  // What opened it; of a photo consent the one that was in force, or the last
  // answer of a parent if none was.
  wardbook::events::v1::RegisterEvent event;
  PersonId recorded_by;
  absl::Time recorded_time;
  Standing standing = Standing::kNotInForce;
  // The term that makes it stand, or the last one; nothing when it never had one.
  // In the infinite future while no end is known.
  std::optional<kernel::Period> term;
  // The people whom the event names.
  std::vector<PersonId> people;
};

// A value.
struct EntriesOfPerson {
  PersonId person;
  // What was in force first, then the newest.
  std::vector<EntryAtTheTime> entries;
  // How many more there are.
  size_t left_out = 0;
  // Whether a parent ever answered about photographs of them.
  bool has_photo_answer = false;
};

// Safe for concurrent use.
class RegisterEntries {
 public:
  virtual ~RegisterEntries() = default;

  // The permissions, justifications, social contacts and photo consents that each
  // person made or that are about them, in the order of `people`. It does not ask
  // who may see them: the caller does. Reads the disk, and may wait for a view to
  // come as far as `seen_position`, so it is called on a worker. UNAVAILABLE: the
  // view is too far behind.
  virtual absl::StatusOr<std::vector<EntriesOfPerson>> OfPeople(
      const SchoolId& school, absl::Span<const PersonId> people, const kernel::Period& when,
      std::optional<uint64_t> seen_position) const = 0;
};

}  // namespace wardbook::runtime

#endif  // SERVICES_RUNTIME_REGISTER_ENTRIES_H_
