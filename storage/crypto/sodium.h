// The start of libsodium, for this folder only.

#ifndef STORAGE_CRYPTO_SODIUM_H_
#define STORAGE_CRYPTO_SODIUM_H_

namespace wardbook::crypto {

// Starts libsodium once: it picks the fastest code that the processor has and
// opens the kernel's generator. Everything that calls libsodium calls this
// first. Safe for concurrent use.
void RequireSodium();

}  // namespace wardbook::crypto

#endif  // STORAGE_CRYPTO_SODIUM_H_
