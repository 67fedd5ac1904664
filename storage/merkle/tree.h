// An append-only Merkle tree of RFC 6962 whose nodes are kept elsewhere.
//
// Only perfect subtrees are ever stored: node (level, index) is the root over
// the leaves [index << level, (index + 1) << level), final from the moment its
// last leaf is there. Any root, inclusion proof or consistency proof of any
// size is made from O(log n) of them.

#ifndef STORAGE_MERKLE_TREE_H_
#define STORAGE_MERKLE_TREE_H_

#include <cstdint>
#include <functional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/base/ids.h"

namespace wardbook::merkle {

struct NodeId {
  uint32_t level = 0;
  uint64_t index = 0;

  friend bool operator==(const NodeId&, const NodeId&) = default;
};

struct Node {
  NodeId id;
  Hash hash;
};

// Reads one stored node. What it fails with is what the caller gets.
using NodeReader = std::function<absl::StatusOr<Hash>(NodeId)>;

// The right edge of a tree: all that is needed to append to it and to know its
// root. A value, 32 bytes a level. Thread-compatible.
class Frontier {
 public:
  // The tree without leaves.
  Frontier() = default;

  // The right edge of the stored tree with `size` leaves.
  static absl::StatusOr<Frontier> Load(uint64_t size, const NodeReader& read);

  uint64_t size() const { return size_; }
  Hash Root() const;

  // Adds a leaf by its hash and appends to `nodes` every node that is final now:
  // the leaf itself and each subtree that it completes.
  void Append(const Hash& leaf_hash, std::vector<Node>* nodes);

 private:
  uint64_t size_ = 0;
  // The roots of the perfect subtrees of the right edge, largest first.
  std::vector<Hash> peaks_;
};

// The root of the first `size` leaves. Fails only as `read` fails.
absl::StatusOr<Hash> RootAt(uint64_t size, const NodeReader& read);

// RFC 6962 section 2.1.1. OUT_OF_RANGE: not `index` < `size`.
absl::StatusOr<std::vector<Hash>> InclusionProof(uint64_t index, uint64_t size,
                                                 const NodeReader& read);

// RFC 6962 section 2.1.2; empty for an old size of 0 and for equal sizes.
// OUT_OF_RANGE: not `old_size` <= `new_size`.
absl::StatusOr<std::vector<Hash>> ConsistencyProof(uint64_t old_size, uint64_t new_size,
                                                   const NodeReader& read);

// Whether `proof` shows that `leaf_hash` is leaf `index` of the tree with `size`
// leaves and root `root`. `size` and `root` must come from one trusted source,
// such as a checkpoint: a root does not tell of how many leaves it is. DATA_LOSS:
// it does not; the message says why.
absl::Status VerifyInclusion(const Hash& leaf_hash, uint64_t index, uint64_t size,
                             const std::vector<Hash>& proof, const Hash& root);

// Whether `proof` shows that the tree of `old_root` is a prefix of that of
// `new_root`. Each size and its root must come from one trusted source.
// DATA_LOSS: it does not; the message says why.
absl::Status VerifyConsistency(uint64_t old_size, const Hash& old_root, uint64_t new_size,
                               const Hash& new_root, const std::vector<Hash>& proof);

}  // namespace wardbook::merkle

#endif  // STORAGE_MERKLE_TREE_H_
