// Part two of the proof that the tree is right: the answers that Certificate
// Transparency's implementations agree on.

#include <cstdint>
#include <iterator>
#include <vector>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/merkle/stored_tree_for_test.h"
#include "storage/merkle/tree.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::merkle {
namespace {

using ::testing::Eq;
using ::wardbook::testing::IsOkAndHolds;

constexpr const char* kLeaves[] = {"",
                                   "00",
                                   "10",
                                   "2021",
                                   "3031",
                                   "40414243",
                                   "5051525354555657",
                                   "606162636465666768696a6b6c6d6e6f"};

// By size, from the tree without leaves on.
constexpr const char* kRoots[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

struct KnownInclusion {
  uint64_t index;
  uint64_t size;
  std::vector<const char*> proof;
};

const std::vector<KnownInclusion>& Inclusions() {
  static const auto* const inclusions = new std::vector<KnownInclusion>{
      {0, 1, {}},
      {0,
       8,
       {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}},
      {5,
       8,
       {"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}},
      {2, 3, {"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"}},
      {1,
       5,
       {"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}}};
  return *inclusions;
}

struct KnownConsistency {
  uint64_t old_size;
  uint64_t new_size;
  std::vector<const char*> proof;
};

const std::vector<KnownConsistency>& Consistencies() {
  static const auto* const consistencies = new std::vector<KnownConsistency>{
      {1, 1, {}},
      {1,
       8,
       {"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}},
      {6,
       8,
       {"0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}},
      {2,
       5,
       {"5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"}}};
  return *consistencies;
}

StoredTreeForTest TreeOfKnownLeaves() {
  StoredTreeForTest tree;
  for (const char* leaf : kLeaves) tree.Append(absl::HexStringToBytes(leaf));
  return tree;
}

std::vector<Hash> Hashes(const std::vector<const char*>& hex) {
  std::vector<Hash> hashes;
  for (const char* digits : hex) hashes.push_back(*Hash::FromHex(digits));
  return hashes;
}

Hash KnownRoot(uint64_t size) { return *Hash::FromHex(kRoots[size]); }

TEST(TreeKnownAnswers, RootsOfZeroToEightLeaves) {
  StoredTreeForTest tree;
  EXPECT_THAT(tree.frontier().Root(), Eq(KnownRoot(0)));
  for (uint64_t size = 1; size <= std::size(kLeaves); ++size) {
    tree.Append(absl::HexStringToBytes(kLeaves[size - 1]));
    EXPECT_THAT(tree.frontier().Root(), Eq(KnownRoot(size))) << size;
  }
}

TEST(TreeKnownAnswers, InclusionProofs) {
  const StoredTreeForTest tree = TreeOfKnownLeaves();
  for (const KnownInclusion& known : Inclusions()) {
    const std::vector<Hash> proof = Hashes(known.proof);
    EXPECT_THAT(InclusionProof(known.index, known.size, tree.Reader()), IsOkAndHolds(Eq(proof)));
    EXPECT_OK(VerifyInclusion(tree.Leaf(known.index), known.index, known.size, proof,
                              KnownRoot(known.size)));
  }
}

TEST(TreeKnownAnswers, ConsistencyProofs) {
  const StoredTreeForTest tree = TreeOfKnownLeaves();
  for (const KnownConsistency& known : Consistencies()) {
    const std::vector<Hash> proof = Hashes(known.proof);
    EXPECT_THAT(ConsistencyProof(known.old_size, known.new_size, tree.Reader()),
                IsOkAndHolds(Eq(proof)));
    EXPECT_OK(VerifyConsistency(known.old_size, KnownRoot(known.old_size), known.new_size,
                                KnownRoot(known.new_size), proof));
  }
}

}  // namespace
}  // namespace wardbook::merkle
