#include "storage/merkle/rfc6962.h"

#include "storage/crypto/sha256.h"

namespace wardbook::merkle {
namespace {

// One byte tells leaves from nodes, so that nobody can pass off the children of
// a node as the data of a leaf.
constexpr absl::string_view kLeafPrefix("\x00", 1);
constexpr absl::string_view kNodePrefix("\x01", 1);

}  // namespace

Hash LeafHash(absl::string_view data) { return crypto::Sha256({kLeafPrefix, data}); }

Hash NodeHash(const Hash& left, const Hash& right) {
  return crypto::Sha256({kNodePrefix, left.view(), right.view()});
}

Hash EmptyRoot() { return crypto::Sha256(""); }

}  // namespace wardbook::merkle
