// Doing the same for many things that each wait for the disk.

#ifndef STORAGE_BASE_SIDE_BY_SIDE_H_
#define STORAGE_BASE_SIDE_BY_SIDE_H_

#include <cstddef>

#include "absl/functional/function_ref.h"

namespace wardbook {

// Calls `work` with each number below `count`, on several threads at a time if there are
// many, this one among them, and returns when all calls have. A county's schools are
// opened so: each waits for some dozens of reads, one after the other.
void SideBySide(size_t count, absl::FunctionRef<void(size_t)> work);

}  // namespace wardbook

#endif  // STORAGE_BASE_SIDE_BY_SIDE_H_
