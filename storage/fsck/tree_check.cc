#include "storage/fsck/tree_check.h"

#include <bit>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/base/assert.h"
#include "storage/base/status_macros.h"
#include "storage/merkle/rfc6962.h"
#include "storage/merkle/tree.h"

namespace wardbook::fsck {
namespace {

// More levels than a tree of 2^64 leaves has.
constexpr size_t kLevels = 65;

bool HasNodeAtEdge(uint64_t size, size_t level) { return level < 64 && (size >> level) % 2 == 1; }

}  // namespace

absl::Status TreeCheck::Resume(uint64_t size) {
  size_ = size;
  edge_.assign(kLevels, {});
  for (uint32_t level = 0; level < 64; ++level) {
    if (!HasNodeAtEdge(size, level)) continue;
    const uint64_t index = (size >> level) - 1;
    std::optional<Hash> hash;
    if (level == 0) {
      WARDBOOK_RETURN_IF_ERROR(
          rows_.VisitRecords(school_, index, index + 1, [&](const storage::RecordRow& row) {
            hash = row.leaf_hash;
            return absl::OkStatus();
          }));
    } else {
      WARDBOOK_RETURN_IF_ERROR(
          rows_.VisitNodes(school_, {level, index}, 1, [&](merkle::NodeId, const Hash& stored) {
            hash = stored;
            return absl::OkStatus();
          }));
    }
    if (!hash.has_value()) {
      return absl::DataLossError(absl::StrCat("node ", level, "/", index, " is missing"));
    }
    edge_[level].hash = *hash;
  }
  return absl::OkStatus();
}

absl::Status TreeCheck::Add(const std::vector<CheckedLeaf>& leaves) {
  if (edge_.empty()) edge_.assign(kLevels, {});
  if (leaves.empty()) return absl::OkStatus();
  const uint64_t new_size = size_ + leaves.size();
  std::vector<CheckedLeaf> nodes = leaves;
  for (uint32_t level = 0; !nodes.empty(); ++level) {
    // The node that waited for a sibling comes first now.
    const bool waited = HasNodeAtEdge(size_, level);
    const CheckedLeaf last = nodes.back();
    if (waited) nodes.insert(nodes.begin(), edge_[level]);
    if (HasNodeAtEdge(new_size, level)) edge_[level] = last;
    WARDBOOK_RETURN_IF_ERROR(AddLevel(level + 1, new_size, &nodes));
  }
  size_ = new_size;
  return absl::OkStatus();
}

absl::Status TreeCheck::AddLevel(uint32_t level, uint64_t new_size,
                                 std::vector<CheckedLeaf>* nodes) {
  const uint64_t first = size_ >> level;
  const uint64_t count = (new_size >> level) - first;
  WARDBOOK_ASSERT(nodes->size() / 2 == count);
  std::vector<std::optional<Hash>> stored(count);
  std::vector<bool> unreadable(count);
  for (uint64_t next = 0; next < count;) {
    const absl::Status read = rows_.VisitNodes(school_, {level, first + next}, count - next,
                                               [&](merkle::NodeId id, const Hash& hash) {
                                                 stored[id.index - first] = hash;
                                                 next = id.index - first + 1;
                                                 return absl::OkStatus();
                                               });
    if (read.ok()) break;
    if (!absl::IsDataLoss(read)) return read;
    // A damaged block of a table takes some nodes with it; those behind it can be
    // read.
    report_((first + next) << level, std::string(read.message()));
    unreadable[next++] = true;
  }
  for (uint64_t i = 0; i < count; ++i) {
    const CheckedLeaf& left = (*nodes)[2 * i];
    const CheckedLeaf& right = (*nodes)[2 * i + 1];
    const bool damaged_below = left.damaged || right.damaged;
    CheckedLeaf node{merkle::NodeHash(left.hash, right.hash), false};
    if (unreadable[i]) {
      (*nodes)[i] = node;
      continue;
    }
    if (stored[i] != node.hash) {
      node.damaged = true;
      const uint64_t begin = (first + i) << level;
      if (!stored[i].has_value() || !damaged_below) {
        report_(begin, absl::StrCat("node ", level, "/", first + i, " over records ", begin, " to ",
                                    begin + (uint64_t{1} << level) - 1,
                                    stored[i].has_value() ? " is another" : " is missing"));
      }
      if (stored[i].has_value() && damaged_below) node.hash = *stored[i];
    }
    (*nodes)[i] = node;
  }
  nodes->resize(count);
  return absl::OkStatus();
}

Hash TreeCheck::Root() const {
  std::optional<Hash> root;
  for (size_t level = 0; level < 64; ++level) {
    if (!HasNodeAtEdge(size_, level)) continue;
    root = root.has_value() ? merkle::NodeHash(edge_[level].hash, *root) : edge_[level].hash;
  }
  return root.value_or(merkle::EmptyRoot());
}

}  // namespace wardbook::fsck
