// Part one of the proof that the tree is right: it agrees with a slow reference
// that is RFC 6962's definitions written down, for every root and every proof of
// every tree up to a size.

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/merkle/rfc6962.h"
#include "storage/merkle/stored_tree_for_test.h"
#include "storage/merkle/tree.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::merkle {
namespace {

using ::testing::Eq;
using ::wardbook::testing::IsOkAndHolds;

// Past two levels of odd right edges on top of a perfect tree of 256.
constexpr uint64_t kLeavesMax = 300;

// RFC 6962 section 2.1, word for word: D[start:end] is the list of leaves. It
// remembers the roots that it has worked out, which changes none of them.
class Reference {
 public:
  explicit Reference(std::vector<Hash> leaves) : leaves_(std::move(leaves)) {}

  // MTH(D[start:end]).
  Hash Root(uint64_t start, uint64_t end) {
    const uint64_t n = end - start;
    if (n == 0) return EmptyRoot();
    if (n == 1) return leaves_[static_cast<size_t>(start)];
    const auto [known, is_new] = roots_.try_emplace({start, end});
    if (is_new) {
      const uint64_t k = LargestPowerOfTwoBelow(n);
      known->second = NodeHash(Root(start, start + k), Root(start + k, end));
    }
    return known->second;
  }

  // PATH(m, D[start:end]).
  std::vector<Hash> Path(uint64_t m, uint64_t start, uint64_t end) {
    const uint64_t n = end - start;
    if (n == 1) return {};
    const uint64_t k = LargestPowerOfTwoBelow(n);
    std::vector<Hash> path;
    if (m < k) {
      path = Path(m, start, start + k);
      path.push_back(Root(start + k, end));
    } else {
      path = Path(m - k, start + k, end);
      path.push_back(Root(start, start + k));
    }
    return path;
  }

  // PROOF(m, D[0:n]) for 0 < m < n; the RFC defines no other.
  std::vector<Hash> Proof(uint64_t m, uint64_t n) { return SubProof(m, 0, n, true); }

 private:
  static uint64_t LargestPowerOfTwoBelow(uint64_t n) {
    uint64_t k = 1;
    while (2 * k < n) k *= 2;
    return k;
  }

  // SUBPROOF(m, D[start:end], b).
  std::vector<Hash> SubProof(uint64_t m, uint64_t start, uint64_t end, bool b) {
    const uint64_t n = end - start;
    if (m == n) return b ? std::vector<Hash>() : std::vector<Hash>{Root(start, end)};
    const uint64_t k = LargestPowerOfTwoBelow(n);
    std::vector<Hash> proof;
    if (m <= k) {
      proof = SubProof(m, start, start + k, b);
      proof.push_back(Root(start + k, end));
    } else {
      proof = SubProof(m - k, start + k, end, false);
      proof.push_back(Root(start, start + k));
    }
    return proof;
  }

  std::vector<Hash> leaves_;
  std::map<std::pair<uint64_t, uint64_t>, Hash> roots_;
};

class TreeReference : public ::testing::Test {
 protected:
  TreeReference() : tree_(StoredTreeForTest::OfSize(kLeavesMax)), reference_(LeavesOf(tree_)) {}

  static std::vector<Hash> LeavesOf(const StoredTreeForTest& tree) {
    std::vector<Hash> leaves;
    for (uint64_t i = 0; i < kLeavesMax; ++i) leaves.push_back(tree.Leaf(i));
    return leaves;
  }

  StoredTreeForTest tree_;
  Reference reference_;
};

TEST_F(TreeReference, AgreesOnEveryRoot) {
  for (uint64_t size = 0; size <= kLeavesMax; ++size) {
    ASSERT_THAT(RootAt(size, tree_.Reader()), IsOkAndHolds(Eq(reference_.Root(0, size)))) << size;
  }
}

TEST_F(TreeReference, AgreesOnEveryInclusionProofAndTheProofVerifies) {
  for (uint64_t size = 1; size <= kLeavesMax; ++size) {
    const Hash root = reference_.Root(0, size);
    for (uint64_t index = 0; index < size; ++index) {
      const std::vector<Hash> expected = reference_.Path(index, 0, size);
      const auto proof = InclusionProof(index, size, tree_.Reader());
      ASSERT_TRUE(proof.ok() && *proof == expected) << index << " in " << size;
      ASSERT_OK(VerifyInclusion(tree_.Leaf(index), index, size, *proof, root))
          << index << " in " << size;
    }
  }
}

TEST_F(TreeReference, AgreesOnEveryConsistencyProofAndTheProofVerifies) {
  for (uint64_t new_size = 0; new_size <= kLeavesMax; ++new_size) {
    const Hash new_root = reference_.Root(0, new_size);
    for (uint64_t old_size = 0; old_size <= new_size; ++old_size) {
      const std::vector<Hash> expected = old_size == 0 || old_size == new_size
                                             ? std::vector<Hash>()
                                             : reference_.Proof(old_size, new_size);
      const auto proof = ConsistencyProof(old_size, new_size, tree_.Reader());
      ASSERT_TRUE(proof.ok() && *proof == expected) << old_size << " to " << new_size;
      ASSERT_OK(
          VerifyConsistency(old_size, reference_.Root(0, old_size), new_size, new_root, *proof))
          << old_size << " to " << new_size;
    }
  }
}

}  // namespace
}  // namespace wardbook::merkle
