// Random bytes and ids from the kernel's generator. Safe for concurrent use.

#ifndef STORAGE_CRYPTO_RANDOM_H_
#define STORAGE_CRYPTO_RANDOM_H_

#include <cstddef>
#include <string>

#include "absl/time/time.h"
#include "storage/base/ids.h"

namespace wardbook::crypto {

void FillRandom(void* out, size_t size);
std::string RandomBytes(size_t size);

template <class Id>
Id RandomId() {
  Id id;
  FillRandom(id.data(), Id::kSize);
  return id;
}

// A UUIDv7 (RFC 9562 section 5.7) for `now`.
EventId NewEventId(absl::Time now);

// A UUIDv4 (RFC 9562 section 5.4).
RequestId NewRequestId();

}  // namespace wardbook::crypto

#endif  // STORAGE_CRYPTO_RANDOM_H_
