// Numbers as big-endian bytes, the order in which keys sort like numbers.

#ifndef STORAGE_BASE_BIG_ENDIAN_H_
#define STORAGE_BASE_BIG_ENDIAN_H_

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace wardbook {

inline void AppendBigEndian64(std::string* out, uint64_t value) {
  char bytes[8];
  for (int i = 0; i < 8; ++i) bytes[i] = static_cast<char>((value >> (56 - 8 * i)) & 0xff);
  out->append(bytes, sizeof(bytes));
}

inline void AppendBigEndian32(std::string* out, uint32_t value) {
  char bytes[4];
  for (int i = 0; i < 4; ++i) bytes[i] = static_cast<char>((value >> (24 - 8 * i)) & 0xff);
  out->append(bytes, sizeof(bytes));
}

// `bytes` has at least 8 bytes.
inline uint64_t ReadBigEndian64(absl::string_view bytes) {
  uint64_t value = 0;
  for (size_t i = 0; i < 8; ++i) value = (value << 8) | static_cast<uint8_t>(bytes[i]);
  return value;
}

// `bytes` has at least 4 bytes.
inline uint32_t ReadBigEndian32(absl::string_view bytes) {
  uint32_t value = 0;
  for (size_t i = 0; i < 4; ++i) value = (value << 8) | static_cast<uint8_t>(bytes[i]);
  return value;
}

}  // namespace wardbook

#endif  // STORAGE_BASE_BIG_ENDIAN_H_
