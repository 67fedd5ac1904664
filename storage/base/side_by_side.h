// Doing the same for many things that each wait for the disk.

#ifndef STORAGE_BASE_SIDE_BY_SIDE_H_
#define STORAGE_BASE_SIDE_BY_SIDE_H_

#include <cstddef>
#include <functional>
#include <thread>

#include "absl/functional/function_ref.h"

namespace wardbook {

// Calls `work` with each number below `count`, on several threads at a time if there are
// many, this one among them, and returns when all calls have. A county's schools are
// opened so: each waits for some dozens of reads, one after the other. Where the machine
// has no more threads to give, those that there are make all calls.
void SideBySide(size_t count, absl::FunctionRef<void(size_t)> work);

// The same on threads that `begin` makes, which throws std::system_error where it cannot.
void SideBySide(size_t count, absl::FunctionRef<void(size_t)> work,
                absl::FunctionRef<std::thread(const std::function<void()>&)> begin);

}  // namespace wardbook

#endif  // STORAGE_BASE_SIDE_BY_SIDE_H_
