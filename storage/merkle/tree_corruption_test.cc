// Part three of the proof that the tree is right: whatever is changed about a
// proof, it no longer verifies.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/merkle/rfc6962.h"
#include "storage/merkle/stored_tree_for_test.h"
#include "storage/merkle/tree.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::merkle {
namespace {

using ::wardbook::testing::IsOk;
using ::wardbook::testing::StatusIs;

// Every shape of right edge up to five levels, and a bit of the sixth.
constexpr uint64_t kLeavesMax = 40;

// Sizes to claim instead of the true one.
constexpr uint64_t kClaimedSizeMax = 2 * kLeavesMax + 2;

Hash Flipped(Hash hash) {
  hash.data()[17] ^= 0x04;
  return hash;
}

uint64_t SplitOf(uint64_t size) {
  uint64_t split = 1;
  while (2 * split < size) split *= 2;
  return split;
}

// The turns from the root to a leaf. A root does not tell of how many leaves it
// is, so a proof holds for every size in which the leaf is found by the same
// turns, and only for those. That is why a checkpoint signs size and root
// together.
std::string TurnsToLeaf(uint64_t index, uint64_t size) {
  if (size == 1) return "";
  const uint64_t split = SplitOf(size);
  return index < split ? absl::StrCat("L", TurnsToLeaf(index, split))
                       : absl::StrCat("R", TurnsToLeaf(index - split, size - split));
}

// The turns from the newer root to where the older tree ends, which bind a
// consistency proof in the same way.
std::string TurnsToOldEdge(uint64_t old_size, uint64_t new_size) {
  if (old_size == new_size) return "";
  const uint64_t split = SplitOf(new_size);
  return old_size <= split ? absl::StrCat("L", TurnsToOldEdge(old_size, split))
                           : absl::StrCat("R", TurnsToOldEdge(old_size - split, new_size - split));
}

// Calls `check` with every proof that differs from `proof` in one way: a hash
// changed, dropped, added or swapped with another. `extra` stands in no proof.
void ForEachCorruption(const std::vector<Hash>& proof, const Hash& extra,
                       const std::function<void(const std::vector<Hash>&)>& check) {
  for (size_t i = 0; i < proof.size(); ++i) {
    std::vector<Hash> changed = proof;
    changed[i] = Flipped(changed[i]);
    check(changed);

    std::vector<Hash> dropped = proof;
    dropped.erase(dropped.begin() + static_cast<std::ptrdiff_t>(i));
    check(dropped);

    std::vector<Hash> doubled = proof;
    doubled.insert(doubled.begin() + static_cast<std::ptrdiff_t>(i), proof[i]);
    check(doubled);

    for (size_t j = i + 1; j < proof.size(); ++j) {
      std::vector<Hash> swapped = proof;
      std::swap(swapped[i], swapped[j]);
      check(swapped);
    }
  }
  for (size_t i = 0; i <= proof.size(); ++i) {
    std::vector<Hash> longer = proof;
    longer.insert(longer.begin() + static_cast<std::ptrdiff_t>(i), extra);
    check(longer);
  }
  if (!proof.empty()) check({});
}

class TreeCorruption : public ::testing::Test {
 protected:
  using InclusionCheck =
      std::function<void(uint64_t index, uint64_t size, const std::vector<Hash>& proof)>;
  using ConsistencyCheck =
      std::function<void(uint64_t old_size, uint64_t new_size, const std::vector<Hash>& proof)>;

  TreeCorruption() : tree_(StoredTreeForTest::OfSize(kLeavesMax)) {
    for (uint64_t size = 0; size <= kLeavesMax; ++size) roots_.push_back(tree_.Root(size));
  }

  void ForEachInclusionProof(const InclusionCheck& check) const {
    for (uint64_t size = 1; size <= kLeavesMax; ++size) {
      for (uint64_t index = 0; index < size; ++index) {
        check(index, size, *InclusionProof(index, size, tree_.Reader()));
      }
    }
  }

  void ForEachConsistencyProof(const ConsistencyCheck& check) const {
    for (uint64_t new_size = 0; new_size <= kLeavesMax; ++new_size) {
      for (uint64_t old_size = 0; old_size <= new_size; ++old_size) {
        check(old_size, new_size, *ConsistencyProof(old_size, new_size, tree_.Reader()));
      }
    }
  }

  const Hash& Root(uint64_t size) const { return roots_[static_cast<size_t>(size)]; }

  const Hash extra_ = LeafHash("extra");
  StoredTreeForTest tree_;
  std::vector<Hash> roots_;
};

TEST_F(TreeCorruption, InclusionProofDoesNotHoldForAnotherLeafOrRoot) {
  ForEachInclusionProof([this](uint64_t index, uint64_t size, const std::vector<Hash>& proof) {
    EXPECT_THAT(VerifyInclusion(Flipped(tree_.Leaf(index)), index, size, proof, Root(size)),
                StatusIs(absl::StatusCode::kDataLoss));
    EXPECT_THAT(VerifyInclusion(tree_.Leaf(index), index, size, proof, Flipped(Root(size))),
                StatusIs(absl::StatusCode::kDataLoss));
  });
}

TEST_F(TreeCorruption, InclusionProofDoesNotHoldForAnotherIndex) {
  ForEachInclusionProof([this](uint64_t index, uint64_t size, const std::vector<Hash>& proof) {
    for (uint64_t other = 0; other <= size + 1; ++other) {
      if (other == index) continue;
      EXPECT_THAT(VerifyInclusion(tree_.Leaf(index), other, size, proof, Root(size)),
                  StatusIs(absl::StatusCode::kDataLoss))
          << index << " as " << other << " in " << size;
    }
  });
}

TEST_F(TreeCorruption, InclusionProofHoldsForNoSizeWithAnotherWayToTheLeaf) {
  ForEachInclusionProof([this](uint64_t index, uint64_t size, const std::vector<Hash>& proof) {
    for (uint64_t other = 0; other <= kClaimedSizeMax; ++other) {
      const absl::Status verified =
          VerifyInclusion(tree_.Leaf(index), index, other, proof, Root(size));
      if (other > index && TurnsToLeaf(index, other) == TurnsToLeaf(index, size)) {
        EXPECT_THAT(verified, IsOk()) << index << " in " << size << " as " << other;
      } else {
        EXPECT_THAT(verified, StatusIs(absl::StatusCode::kDataLoss))
            << index << " in " << size << " as " << other;
      }
    }
  });
}

TEST_F(TreeCorruption, InclusionProofDoesNotHoldWithAnyHashChangedDroppedAddedOrSwapped) {
  ForEachInclusionProof([this](uint64_t index, uint64_t size, const std::vector<Hash>& proof) {
    ForEachCorruption(proof, extra_, [&](const std::vector<Hash>& corrupted) {
      EXPECT_THAT(VerifyInclusion(tree_.Leaf(index), index, size, corrupted, Root(size)),
                  StatusIs(absl::StatusCode::kDataLoss))
          << index << " in " << size;
    });
  });
}

TEST_F(TreeCorruption, InclusionProofDoesNotPassOffANodeAsALeaf) {
  // The children of the root of two leaves, offered as a leaf of a tree of one.
  const Hash root = Root(2);
  EXPECT_THAT(VerifyInclusion(LeafHash(absl::StrCat(tree_.Leaf(0).view(), tree_.Leaf(1).view())), 0,
                              1, {}, root),
              StatusIs(absl::StatusCode::kDataLoss));
}

TEST_F(TreeCorruption, ConsistencyProofDoesNotHoldForAnotherRoot) {
  ForEachConsistencyProof(
      [this](uint64_t old_size, uint64_t new_size, const std::vector<Hash>& proof) {
        EXPECT_THAT(
            VerifyConsistency(old_size, Flipped(Root(old_size)), new_size, Root(new_size), proof),
            StatusIs(absl::StatusCode::kDataLoss));
        // The empty tree is a prefix of every tree.
        if (old_size == 0 && new_size != 0) return;
        EXPECT_THAT(
            VerifyConsistency(old_size, Root(old_size), new_size, Flipped(Root(new_size)), proof),
            StatusIs(absl::StatusCode::kDataLoss));
      });
}

TEST_F(TreeCorruption, ConsistencyProofDoesNotHoldForAnotherOldSize) {
  ForEachConsistencyProof(
      [this](uint64_t old_size, uint64_t new_size, const std::vector<Hash>& proof) {
        for (uint64_t other = 0; other <= new_size + 1; ++other) {
          if (other == old_size) continue;
          EXPECT_THAT(VerifyConsistency(other, Root(old_size), new_size, Root(new_size), proof),
                      StatusIs(absl::StatusCode::kDataLoss))
              << old_size << " as " << other << " to " << new_size;
        }
      });
}

TEST_F(TreeCorruption, ConsistencyProofHoldsForNoNewSizeWithAnotherWayToTheOldTree) {
  ForEachConsistencyProof(
      [this](uint64_t old_size, uint64_t new_size, const std::vector<Hash>& proof) {
        if (old_size == 0) return;
        for (uint64_t other = 0; other <= kClaimedSizeMax; ++other) {
          const absl::Status verified =
              VerifyConsistency(old_size, Root(old_size), other, Root(new_size), proof);
          if (other >= old_size &&
              TurnsToOldEdge(old_size, other) == TurnsToOldEdge(old_size, new_size)) {
            EXPECT_THAT(verified, IsOk()) << old_size << " to " << new_size << " as " << other;
          } else {
            EXPECT_THAT(verified, StatusIs(absl::StatusCode::kDataLoss))
                << old_size << " to " << new_size << " as " << other;
          }
        }
      });
}

TEST_F(TreeCorruption, ConsistencyProofDoesNotHoldWithAnyHashChangedDroppedAddedOrSwapped) {
  ForEachConsistencyProof([this](uint64_t old_size, uint64_t new_size,
                                 const std::vector<Hash>& proof) {
    ForEachCorruption(proof, extra_, [&](const std::vector<Hash>& corrupted) {
      EXPECT_THAT(VerifyConsistency(old_size, Root(old_size), new_size, Root(new_size), corrupted),
                  StatusIs(absl::StatusCode::kDataLoss))
          << old_size << " to " << new_size;
    });
  });
}

TEST_F(TreeCorruption, ConsistencyProofDoesNotHoldForAForkOfTheSameSize) {
  StoredTreeForTest fork;
  for (uint64_t i = 0; i < kLeavesMax; ++i)
    fork.Append(absl::StrCat(i < 20 ? "leaf " : "fork ", i));
  for (uint64_t old_size = 1; old_size < kLeavesMax; ++old_size) {
    const std::vector<Hash> proof = *ConsistencyProof(old_size, kLeavesMax, fork.Reader());
    const absl::Status verified =
        VerifyConsistency(old_size, Root(old_size), kLeavesMax, fork.Root(kLeavesMax), proof);
    if (old_size <= 20) {
      EXPECT_THAT(verified, IsOk()) << old_size;
    } else {
      EXPECT_THAT(verified, StatusIs(absl::StatusCode::kDataLoss)) << old_size;
    }
  }
}

}  // namespace
}  // namespace wardbook::merkle
