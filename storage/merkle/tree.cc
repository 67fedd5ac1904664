#include "storage/merkle/tree.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "storage/base/assert.h"
#include "storage/base/status_macros.h"
#include "storage/merkle/rfc6962.h"

namespace wardbook::merkle {
namespace {

// Where RFC 6962 splits a tree of `size` > 1 leaves: the largest power of two
// below `size`.
uint64_t SplitOf(uint64_t size) { return std::bit_floor(size - 1); }

// The roots of the perfect subtrees that make up the `size` leaves from `start`
// on, largest first. `start` is a multiple of a power of two no less than
// `size`, as it is for every subtree of RFC 6962.
absl::StatusOr<std::vector<Hash>> ReadPeaks(uint64_t start, uint64_t size, const NodeReader& read) {
  std::vector<Hash> peaks;
  peaks.reserve(static_cast<size_t>(std::popcount(size)));
  for (uint64_t rest = size; rest != 0;) {
    const uint64_t leaves = std::bit_floor(rest);
    const auto level = static_cast<uint32_t>(std::countr_zero(leaves));
    WARDBOOK_ASSIGN_OR_RETURN(Hash peak, read(NodeId{level, (start + size - rest) >> level}));
    peaks.push_back(peak);
    rest -= leaves;
  }
  return peaks;
}

Hash FoldPeaks(absl::Span<const Hash> peaks) {
  if (peaks.empty()) return EmptyRoot();
  Hash root = peaks.back();
  for (size_t i = peaks.size() - 1; i-- > 0;) root = NodeHash(peaks[i], root);
  return root;
}

absl::StatusOr<Hash> SubtreeRoot(uint64_t start, uint64_t size, const NodeReader& read) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<Hash> peaks, ReadPeaks(start, size, read));
  return FoldPeaks(peaks);
}

bool IsOdd(uint64_t number) { return (number & 1) != 0; }

}  // namespace

absl::StatusOr<Frontier> Frontier::Load(uint64_t size, const NodeReader& read) {
  Frontier frontier;
  WARDBOOK_ASSIGN_OR_RETURN(frontier.peaks_, ReadPeaks(0, size, read));
  frontier.size_ = size;
  return frontier;
}

Hash Frontier::Root() const { return FoldPeaks(peaks_); }

void Frontier::Append(const Hash& leaf_hash, std::vector<Node>* nodes) {
  const uint64_t leaf = size_;
  Hash hash = leaf_hash;
  uint32_t level = 0;
  nodes->push_back({{level, leaf}, hash});
  // The new leaf is the last one of a subtree for every peak that it stands
  // directly behind: these are the trailing ones of its index.
  while (IsOdd(leaf >> level)) {
    hash = NodeHash(peaks_.back(), hash);
    peaks_.pop_back();
    ++level;
    nodes->push_back({{level, leaf >> level}, hash});
  }
  peaks_.push_back(hash);
  ++size_;
  WARDBOOK_ASSERT(peaks_.size() == static_cast<size_t>(std::popcount(size_)));
}

absl::StatusOr<Hash> RootAt(uint64_t size, const NodeReader& read) {
  return SubtreeRoot(0, size, read);
}

absl::StatusOr<std::vector<Hash>> InclusionProof(uint64_t index, uint64_t size,
                                                 const NodeReader& read) {
  if (index >= size) {
    return absl::OutOfRangeError(absl::StrCat("no leaf ", index, " in a tree of size ", size));
  }
  // From the root down to the leaf; a proof goes up.
  std::vector<Hash> siblings;
  for (uint64_t start = 0, leaves = size; leaves > 1;) {
    const uint64_t split = SplitOf(leaves);
    if (index < start + split) {
      WARDBOOK_ASSIGN_OR_RETURN(Hash right, SubtreeRoot(start + split, leaves - split, read));
      siblings.push_back(right);
      leaves = split;
    } else {
      WARDBOOK_ASSIGN_OR_RETURN(Hash left, SubtreeRoot(start, split, read));
      siblings.push_back(left);
      start += split;
      leaves -= split;
    }
  }
  std::reverse(siblings.begin(), siblings.end());
  return siblings;
}

absl::StatusOr<std::vector<Hash>> ConsistencyProof(uint64_t old_size, uint64_t new_size,
                                                   const NodeReader& read) {
  if (old_size > new_size) {
    return absl::OutOfRangeError(
        absl::StrCat("a tree of size ", new_size, " has no older tree of size ", old_size));
  }
  if (old_size == 0 || old_size == new_size) return std::vector<Hash>();

  // From the root down to the subtree that the older tree ends with.
  std::vector<Hash> hashes;
  uint64_t start = 0;
  uint64_t leaves = new_size;
  while (start + leaves != old_size) {
    const uint64_t split = SplitOf(leaves);
    if (old_size <= start + split) {
      WARDBOOK_ASSIGN_OR_RETURN(Hash right, SubtreeRoot(start + split, leaves - split, read));
      hashes.push_back(right);
      leaves = split;
    } else {
      WARDBOOK_ASSIGN_OR_RETURN(Hash left, SubtreeRoot(start, split, read));
      hashes.push_back(left);
      start += split;
      leaves -= split;
    }
  }
  // A subtree that is the whole older tree is left out: the verifier knows its
  // root.
  if (start != 0) {
    WARDBOOK_ASSIGN_OR_RETURN(Hash last, SubtreeRoot(start, leaves, read));
    hashes.push_back(last);
  }
  std::reverse(hashes.begin(), hashes.end());
  return hashes;
}

// RFC 9162 section 2.1.3.2, whose names for the two numbers are fn and sn.
absl::Status VerifyInclusion(const Hash& leaf_hash, uint64_t index, uint64_t size,
                             const std::vector<Hash>& proof, const Hash& root) {
  if (index >= size) {
    return absl::DataLossError(absl::StrCat("no leaf ", index, " in a tree of size ", size));
  }
  uint64_t node = index;
  uint64_t last = size - 1;
  Hash hash = leaf_hash;
  for (const Hash& sibling : proof) {
    if (last == 0) return absl::DataLossError("the inclusion proof is too long");
    if (IsOdd(node) || node == last) {
      hash = NodeHash(sibling, hash);
      // A node at the right edge without a sibling rises as it is.
      while (!IsOdd(node) && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = NodeHash(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  if (last != 0) return absl::DataLossError("the inclusion proof is too short");
  if (hash != root) return absl::DataLossError("the inclusion proof leads to another root");
  return absl::OkStatus();
}

// RFC 9162 section 2.1.4.2, whose names for the two numbers are fn and sn, and
// for the two hashes fr and sr.
absl::Status VerifyConsistency(uint64_t old_size, const Hash& old_root, uint64_t new_size,
                               const Hash& new_root, const std::vector<Hash>& proof) {
  if (old_size > new_size) {
    return absl::DataLossError(
        absl::StrCat("a tree of size ", new_size, " has no older tree of size ", old_size));
  }
  if (old_size == 0 || old_size == new_size) {
    if (!proof.empty()) return absl::DataLossError("the consistency proof is too long");
    if (old_size == 0 && old_root != EmptyRoot()) {
      return absl::DataLossError("the older root is not that of a tree without leaves");
    }
    if (old_size == new_size && old_root != new_root) {
      return absl::DataLossError("two trees of one size have different roots");
    }
    return absl::OkStatus();
  }

  absl::Span<const Hash> rest = proof;
  Hash first = old_root;
  if (!std::has_single_bit(old_size)) {
    if (rest.empty()) return absl::DataLossError("the consistency proof is too short");
    first = rest.front();
    rest.remove_prefix(1);
  }
  uint64_t node = old_size - 1;
  uint64_t last = new_size - 1;
  while (IsOdd(node)) {
    node >>= 1;
    last >>= 1;
  }
  Hash old_hash = first;
  Hash new_hash = first;
  for (const Hash& sibling : rest) {
    if (last == 0) return absl::DataLossError("the consistency proof is too long");
    if (IsOdd(node) || node == last) {
      old_hash = NodeHash(sibling, old_hash);
      new_hash = NodeHash(sibling, new_hash);
      while (!IsOdd(node) && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      new_hash = NodeHash(new_hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  if (last != 0) return absl::DataLossError("the consistency proof is too short");
  if (old_hash != old_root) {
    return absl::DataLossError("the consistency proof leads to another older root");
  }
  if (new_hash != new_root) {
    return absl::DataLossError("the consistency proof leads to another newer root");
  }
  return absl::OkStatus();
}

}  // namespace wardbook::merkle
