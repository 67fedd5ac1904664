// Rebuilding a school's tree from its records and comparing every node with the
// stored one.

#ifndef STORAGE_FSCK_TREE_CHECK_H_
#define STORAGE_FSCK_TREE_CHECK_H_

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "storage/base/ids.h"
#include "storage/log_rows.h"

namespace wardbook::fsck {

// A leaf as found: damaged when its record is missing or is not what it hashes.
struct CheckedLeaf {
  Hash hash;
  bool damaged = false;
};

// Says that the record at `position` is at fault.
using ReportFault = std::function<void(uint64_t position, std::string what)>;

// Thread-compatible.
class TreeCheck {
 public:
  // `rows` outlives the check.
  TreeCheck(const storage::LogRows& rows, const SchoolId& school, ReportFault report)
      : rows_(rows), school_(school), report_(std::move(report)) {}

  // Begins with the tree of the first `size` leaves as it is stored. DATA_LOSS:
  // it cannot be read. UNAVAILABLE: the disk does not answer.
  absl::Status Resume(uint64_t size);

  // Adds the leaves that come next and compares every node that is final with
  // them. A node that differs is reported by the first record under it, unless
  // one of the two below it was: then the stored one is believed, so that one
  // fault is not reported again at every level. Fails as LogRows does.
  absl::Status Add(const std::vector<CheckedLeaf>& leaves);

  uint64_t size() const { return size_; }
  Hash Root() const;

 private:
  // The nodes of one level that are final with the leaves added, and those of
  // the level below that they are made of.
  absl::Status AddLevel(uint32_t level, uint64_t new_size, std::vector<CheckedLeaf>* nodes);

  const storage::LogRows& rows_;
  const SchoolId school_;
  const ReportFault report_;

  uint64_t size_ = 0;
  // For each level with an odd number of nodes, the last one, which waits for
  // its sibling. The others are meaningless.
  std::vector<CheckedLeaf> edge_;
};

}  // namespace wardbook::fsck

#endif  // STORAGE_FSCK_TREE_CHECK_H_
