// The rows of the view of a register. A generation holds
//   'e' STREAM                     a RegisterRow, sealed with the entry's key
//   'p' STREAM                     its RegisterPlaces
//   'a' ~POSITION                  STREAM: every entry, newest first
//   'm' PERSON ~POSITION           STREAM: by who made it
//   'h' PERSON ~POSITION           STREAM: by whom it is about
//   'd' DECIDER ~POSITION          STREAM: what waits for whoever decides
//   'f' UNTIL POSITION             STREAM: what is in force, by its end
// All but the first hold random ids, asset tags and numbers of the log only.
// POSITION is that of the entry's first record, so that an entry keeps its place;
// ~ turns it round. UNTIL is in seconds since 1970, all ones for no end.

#ifndef SERVICES_REGISTERS_REGISTER_ROWS_H_
#define SERVICES_REGISTERS_REGISTER_ROWS_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/registers/domain/entry.h"
#include "services/registers/streams.h"
#include "services/runtime/view_store.h"
#include "storage/base/ids.h"
#include "wardbook/views/v1/register_row.pb.h"

namespace wardbook::registers {

std::string EntryKey(absl::string_view stream);
std::string PlacesKey(absl::string_view stream);

// What the keys of an index begin with.
std::string AllPrefix();
std::string MadeByPrefix(const PersonId& person);
std::string AboutPrefix(const PersonId& person);
// Of what nobody in particular decides, for no decider.
std::string ToDecidePrefix(events::Decider decider);
std::string InForcePrefix();
// The first key of what ends after `time`.
std::string InForceKey(absl::Time time);

// Where an entry stands in the indexes.
wardbook::views::v1::RegisterPlaces PlacesOf(const Entry& entry, uint64_t opened_position);

// The entry that a row is of.
Entry EntryOf(const wardbook::views::v1::RegisterRow& row);

// An entry that does not exist when there is no such row. DATA_LOSS: the row is
// not one.
absl::StatusOr<Entry> FindEntry(const runtime::ViewStore& store,
                                const runtime::ViewGeneration& generation,
                                absl::string_view stream);

}  // namespace wardbook::registers

#endif  // SERVICES_REGISTERS_REGISTER_ROWS_H_
