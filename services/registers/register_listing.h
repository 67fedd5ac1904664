// What the views of the registers answer: lists of entries, whether a permission
// was in force, and what there is about people.

#ifndef SERVICES_REGISTERS_REGISTER_LISTING_H_
#define SERVICES_REGISTERS_REGISTER_LISTING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "services/registers/domain/entry.h"
#include "services/registers/streams.h"
#include "services/runtime/permissions.h"
#include "services/runtime/projector.h"
#include "services/runtime/register_entries.h"
#include "services/runtime/rpc.h"
#include "wardbook/v1/register_service.pb.h"

namespace wardbook::registers {

struct ListedEntry {
  EntryRef ref;
  Entry entry;
};

struct EntryPage {
  std::vector<ListedEntry> entries;
  std::string next_token;
};

// Safe for concurrent use; reads the disk and may wait for a view, so it is
// called on a worker.
class RegisterListing : public runtime::Permissions, public runtime::RegisterEntries {
 public:
  // `projector` has the views of all registers and outlives the listing.
  explicit RegisterListing(runtime::Projector& projector) : projector_(projector) {}

  // Entries that the caller may see. A refusal for kFieldInvalid or
  // kFieldMissing. UNAVAILABLE: the view is too far behind.
  absl::StatusOr<EntryPage> List(const runtime::Call& call, Register reg,
                                 const wardbook::v1::ListEntriesRequest& request) const;

  // How often the child has brought a phone that was taken in, up to a hundred.
  absl::StatusOr<int32_t> CountBrought(const runtime::Call& call, const PersonId& child) const;

  absl::StatusOr<std::optional<runtime::PermissionInForce>> InForce(const SchoolId& school,
                                                                    events::PermissionKind kind,
                                                                    const PersonId& person,
                                                                    absl::Time time) const override;
  // That which was in force in a part of the period, as of a position that the caller
  // has seen.
  absl::StatusOr<std::optional<runtime::PermissionInForce>> InForceWithin(
      const SchoolId& school, events::PermissionKind kind, const PersonId& person,
      const kernel::Period& period, std::optional<uint64_t> position) const;

  absl::StatusOr<std::vector<runtime::EntriesOfPerson>> OfPeople(
      const SchoolId& school, absl::Span<const PersonId> people, const kernel::Period& when,
      std::optional<uint64_t> seen_position) const override;

 private:
  // A part of an index: keys from `start` on that begin with `prefix`.
  struct Range {
    std::string prefix;
    std::string start;
  };

  absl::StatusOr<runtime::ViewReading> Wait(const SchoolId& school, Register reg,
                                            std::optional<uint64_t> position) const;
  // The entries of a register that the person made or that are about them, newest
  // first, each once.
  absl::StatusOr<std::vector<ListedEntry>> EntriesOf(const runtime::ViewReading& reading,
                                                     Register reg, const PersonId& person) const;
  static std::vector<Range> RangesOf(const runtime::Call& call, Register reg,
                                     wardbook::v1::EntryList list);

  runtime::Projector& projector_;
};

}  // namespace wardbook::registers

#endif  // SERVICES_REGISTERS_REGISTER_LISTING_H_
