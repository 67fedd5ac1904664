// An entry as it stood at a time: what another slice is told of it.

#ifndef SERVICES_REGISTERS_ENTRY_AT_THE_TIME_H_
#define SERVICES_REGISTERS_ENTRY_AT_THE_TIME_H_

#include <cstddef>

#include "services/kernel/period.h"
#include "services/registers/domain/entry.h"
#include "services/registers/streams.h"
#include "services/runtime/register_entries.h"

namespace wardbook::registers {

// `entry` exists.
runtime::EntryAtTheTime AtTheTime(const EntryRef& ref, const Entry& entry,
                                  const kernel::Period& when);

// Whether a parent ever consented to photographs or refused or withdrew that.
bool HasPhotoAnswer(const Entry& consent);

// Puts what was in force first, then the newest, and leaves out what is more than
// `entries_max`.
void KeepFirst(runtime::EntriesOfPerson& person, size_t entries_max);

}  // namespace wardbook::registers

#endif  // SERVICES_REGISTERS_ENTRY_AT_THE_TIME_H_
