// The hashes of RFC 6962 section 2.1. Pure; safe for concurrent use.

#ifndef STORAGE_MERKLE_RFC6962_H_
#define STORAGE_MERKLE_RFC6962_H_

#include "absl/strings/string_view.h"
#include "storage/base/ids.h"

namespace wardbook::merkle {

// SHA-256 of 0x00 and the leaf's data.
Hash LeafHash(absl::string_view data);

// SHA-256 of 0x01 and both children.
Hash NodeHash(const Hash& left, const Hash& right);

// The root of the tree without leaves: SHA-256 of nothing.
Hash EmptyRoot();

}  // namespace wardbook::merkle

#endif  // STORAGE_MERKLE_RFC6962_H_
