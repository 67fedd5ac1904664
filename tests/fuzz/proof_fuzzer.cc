// Proofs about small trees: no other than the true one is believed.

#include <fuzzer/FuzzedDataProvider.h>

#include <cstdint>
#include <string>
#include <vector>

#include "storage/base/assert.h"
#include "storage/merkle/rfc6962.h"
#include "storage/merkle/stored_tree_for_test.h"
#include "storage/merkle/tree.h"

namespace {

using wardbook::Hash;

constexpr uint64_t kLeavesMax = 70;

std::vector<Hash> ConsumeProof(FuzzedDataProvider& input, const std::vector<Hash>& truth) {
  std::vector<Hash> proof;
  const size_t length = input.ConsumeIntegralInRange<size_t>(0, 10);
  for (size_t i = 0; i < length; ++i) {
    // Hashes of the true proof in any order are closer to it than any others.
    if (!truth.empty() && input.ConsumeBool()) {
      proof.push_back(truth[input.ConsumeIntegralInRange<size_t>(0, truth.size() - 1)]);
    } else {
      proof.push_back(wardbook::merkle::LeafHash(input.ConsumeBytesAsString(4)));
    }
  }
  return proof;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  FuzzedDataProvider input(data, size);
  const uint64_t new_size = input.ConsumeIntegralInRange<uint64_t>(1, kLeavesMax);
  const uint64_t old_size = input.ConsumeIntegralInRange<uint64_t>(0, new_size);
  const uint64_t index = input.ConsumeIntegralInRange<uint64_t>(0, new_size - 1);
  static const auto& tree = *new auto(wardbook::merkle::StoredTreeForTest::OfSize(kLeavesMax));
  const wardbook::merkle::NodeReader read = tree.Reader();

  const Hash leaf = tree.Leaf(index);
  const std::vector<Hash> inclusion =
      wardbook::merkle::InclusionProof(index, new_size, read).value();
  const std::vector<Hash> said = ConsumeProof(input, inclusion);
  WARDBOOK_ASSERT(
      wardbook::merkle::VerifyInclusion(leaf, index, new_size, said, tree.Root(new_size)).ok() ==
      (said == inclusion));

  const std::vector<Hash> consistency =
      wardbook::merkle::ConsistencyProof(old_size, new_size, read).value();
  const std::vector<Hash> claimed = ConsumeProof(input, consistency);
  WARDBOOK_ASSERT(wardbook::merkle::VerifyConsistency(old_size, tree.Root(old_size), new_size,
                                                      tree.Root(new_size), claimed)
                      .ok() == (claimed == consistency));
  return 0;
}
