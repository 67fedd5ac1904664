#include "storage/rocksdb/crc32c.h"

#if defined(__x86_64__)

#include <dlfcn.h>
#include <nmmintrin.h>

#include <cstring>

#include "storage/base/assert.h"

namespace rocksdb::crc32c {
namespace {

using Function = uint32_t (*)(uint32_t, const char*, size_t);

// RocksDB calls it on memory that its threads, which no sanitizer watches, pass on.
#if defined(__clang__)
#define WARDBOOK_CALLED_BY_ROCKSDB __attribute__((no_sanitize("address", "thread")))
#else
#define WARDBOOK_CALLED_BY_ROCKSDB
#endif

__attribute__((target("sse4.2"))) WARDBOOK_CALLED_BY_ROCKSDB uint32_t
ExtendByInstruction(uint32_t sum, const char* bytes, size_t size) {
  uint64_t inverted = ~sum;
  for (; size >= sizeof(uint64_t); bytes += sizeof(uint64_t), size -= sizeof(uint64_t)) {
    uint64_t word;
    __builtin_memcpy(&word, bytes, sizeof(word));
    inverted = _mm_crc32_u64(inverted, word);
  }
  auto rest = static_cast<uint32_t>(inverted);
  for (; size > 0; ++bytes, --size) rest = _mm_crc32_u8(rest, static_cast<uint8_t>(*bytes));
  return ~rest;
}

Function Choose() {
  if (__builtin_cpu_supports("sse4.2")) return ExtendByInstruction;
  void* const next = dlsym(RTLD_NEXT, "_ZN7rocksdb6crc32c6ExtendEjPKcm");
  WARDBOOK_ASSERT(next != nullptr);
  return reinterpret_cast<Function>(next);
}

}  // namespace

uint32_t Extend(uint32_t sum, const char* bytes, size_t size) {
  static const Function chosen = Choose();
  return chosen(sum, bytes, size);
}

}  // namespace rocksdb::crc32c

#endif

namespace wardbook::storage {

bool Crc32cIsRight() { return rocksdb::crc32c::Extend(0, "123456789", 9) == 0xe3069283; }

}  // namespace wardbook::storage
