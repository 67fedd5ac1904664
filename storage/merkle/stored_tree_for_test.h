// A tree with its nodes in memory, for the tests of this folder only.

#ifndef STORAGE_MERKLE_STORED_TREE_FOR_TEST_H_
#define STORAGE_MERKLE_STORED_TREE_FOR_TEST_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "storage/base/ids.h"
#include "storage/merkle/rfc6962.h"
#include "storage/merkle/tree.h"

namespace wardbook::merkle {

class StoredTreeForTest {
 public:
  // A tree of `size` leaves that all differ.
  static StoredTreeForTest OfSize(uint64_t size) {
    StoredTreeForTest tree;
    for (uint64_t i = 0; i < size; ++i) tree.Append(absl::StrCat("leaf ", i));
    return tree;
  }

  // The nodes that became final.
  std::vector<Node> Append(absl::string_view leaf) {
    std::vector<Node> nodes;
    frontier_.Append(LeafHash(leaf), &nodes);
    for (const Node& node : nodes) {
      if (levels_.size() <= node.id.level) levels_.resize(node.id.level + 1);
      levels_[node.id.level].push_back(node.hash);
    }
    return nodes;
  }

  const Frontier& frontier() const { return frontier_; }
  Hash Leaf(uint64_t index) const { return levels_[0][static_cast<size_t>(index)]; }
  Hash Root(uint64_t size) const { return *RootAt(size, Reader()); }

  // Valid as long as the tree. NOT_FOUND: a node that is not stored.
  NodeReader Reader() const {
    return [this](NodeId id) -> absl::StatusOr<Hash> {
      if (id.level >= levels_.size() || id.index >= levels_[id.level].size()) {
        return absl::NotFoundError(absl::StrCat("no node ", id.level, "/", id.index));
      }
      return levels_[id.level][static_cast<size_t>(id.index)];
    };
  }

 private:
  Frontier frontier_;
  std::vector<std::vector<Hash>> levels_;
};

}  // namespace wardbook::merkle

#endif  // STORAGE_MERKLE_STORED_TREE_FOR_TEST_H_
