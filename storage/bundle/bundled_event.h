// An event of a case as far as a bundle discloses it. The only file of the
// storage that knows what events are made of: it ties the files of a bundle to
// the entries that filed them, and lets a page show what an entry says.

#ifndef STORAGE_BUNDLE_BUNDLED_EVENT_H_
#define STORAGE_BUNDLE_BUNDLED_EVENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/base/ids.h"
#include "wardbook/events/v1/case_event.pb.h"
#include "wardbook/log/v1/bundle.pb.h"

namespace wardbook::bundle {

struct BundledEvent {
  // One top-level field that is disclosed.
  struct Field {
    // Its place among all fields of the event.
    uint64_t index = 0;
    // Its number in the message.
    int number = 0;
    // Which value of a repeated field it is, counted among those disclosed.
    int occurrence = 0;
  };

  // What is disclosed. Without a body for a type of event that this version
  // does not know.
  wardbook::events::v1::CaseEvent event;
  // In stored order. Only these: a number of fields takes no memory, whatever a
  // record claims.
  std::vector<Field> fields;
  // All, disclosed or withheld. 0 of a hidden event.
  uint64_t field_count = 0;
  // Whether nothing is known of it, not even how many fields it has.
  bool hidden = false;

  uint64_t withheld_count() const { return field_count - fields.size(); }

  // The concrete message; null for an unknown type.
  const google::protobuf::Message* message() const;
  // Whether nothing is withheld.
  bool IsWhole() const;
};

// A file that an event put in evidence, with what was disclosed of it.
struct FiledEvidence {
  EvidenceId id;
  std::string file_name;
  std::string media_type;
  uint64_t size = 0;
  Hash sha256;
};

// Puts the disclosed fields of an event of `event_type` together, of which the
// record has the `commitment`. DATA_LOSS: they are out of order, too many or not
// those of such an event, or the record counts fields and discloses none, which
// would prove the number. Does not check them against the commitment.
absl::StatusOr<BundledEvent> AssembleEvent(absl::string_view event_type, const Hash& commitment,
                                           const wardbook::log::v1::BundledRecord& bundled);

// Nothing when the event is not the filing of evidence, or what ties the file to
// it (its id, size and SHA-256) is withheld.
std::optional<FiledEvidence> FiledEvidenceOf(const BundledEvent& event);

// A date and time as people write it, such as "1 March 2025, 11:10 pm (an estimate)",
// an instant by the clock on the wall of an English school; nothing for a message
// of another kind.
std::optional<std::string> DateTimeText(const google::protobuf::Message& message);

}  // namespace wardbook::bundle

#endif  // STORAGE_BUNDLE_BUNDLED_EVENT_H_
