// The streams of the registers, what a transactor needs of them, and what each
// register is called where.

#ifndef SERVICES_REGISTERS_STREAMS_H_
#define SERVICES_REGISTERS_STREAMS_H_

#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "services/registers/domain/entry.h"
#include "services/runtime/stream_reader.h"
#include "wardbook/events/v1/register_event.pb.h"
#include "wardbook/v1/register.pb.h"

namespace wardbook::registers {

struct RegisterNames {
  Register reg;
  wardbook::v1::Register wire;
  // What the names of its streams begin with.
  absl::string_view stream_prefix;
  // The view of its entries.
  absl::string_view view;
};

absl::Span<const RegisterNames> AllRegisters();
const RegisterNames& NamesOf(Register reg);
// Nothing for no register, and for one that this version does not know.
std::optional<Register> RegisterFromWire(wardbook::v1::Register wire);

// An entry of a register: its stream is the register's prefix and the id.
struct EntryRef {
  Register reg;
  // A device's tag, else 32 hexadecimal digits: random, or the person id of the
  // child whose photo consents they are.
  std::string id;

  std::string Stream() const;

  friend bool operator==(const EntryRef&, const EntryRef&) = default;
};

// Nothing when `id` is not one of that register.
std::optional<EntryRef> ParseEntryRef(Register reg, absl::string_view id);
// The entry of a stream of the register; nothing for other streams.
std::optional<EntryRef> EntryOfStream(Register reg, absl::string_view stream);

struct RegisterAggregate {
  using State = Entry;
  using Event = events::RegisterEvent;
  static void Evolve(Entry& entry, const runtime::Recorded<Event>& recorded) {
    registers::Evolve(entry,
                      {recorded.event, recorded.header.actor, recorded.header.recorded_time});
  }
};

}  // namespace wardbook::registers

#endif  // SERVICES_REGISTERS_STREAMS_H_
