#include "storage/crypto/random.h"

#include <sodium.h>

#include <algorithm>
#include <cstdint>

#include "storage/crypto/sodium.h"

namespace wardbook::crypto {
namespace {

// RFC 9562 section 4: the version is the high half of byte 6, the variant the
// two high bits of byte 8.
template <class Id>
void SetVersion(uint8_t version, Id* id) {
  id->data()[6] = static_cast<uint8_t>((version << 4) | (id->data()[6] & 0x0f));
  id->data()[8] = static_cast<uint8_t>(0x80 | (id->data()[8] & 0x3f));
}

}  // namespace

void FillRandom(void* out, size_t size) {
  RequireSodium();
  randombytes_buf(out, size);
}

std::string RandomBytes(size_t size) {
  std::string bytes(size, '\0');
  FillRandom(bytes.data(), size);
  return bytes;
}

EventId NewEventId(absl::Time now) {
  EventId id = RandomId<EventId>();
  // A clock before 1970 is wrong anyway; the id must still be a UUIDv7.
  const int64_t unix_ms = std::max<int64_t>(absl::ToUnixMillis(now), 0);
  for (int i = 0; i < 6; ++i) id.data()[i] = static_cast<uint8_t>((unix_ms >> (40 - 8 * i)) & 0xff);
  SetVersion(7, &id);
  return id;
}

RequestId NewRequestId() {
  RequestId id = RandomId<RequestId>();
  SetVersion(4, &id);
  return id;
}

}  // namespace wardbook::crypto
