#include "storage/crypto/sodium.h"

#include <sodium.h>

#include "storage/base/assert.h"

namespace wardbook::crypto {

void RequireSodium() {
  static const bool started = sodium_init() >= 0;
  WARDBOOK_ASSERT(started);
}

}  // namespace wardbook::crypto
