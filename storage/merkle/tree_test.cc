// What a tree promises beyond its hashes: which nodes it stores and reads, and
// what it refuses.

#include "storage/merkle/tree.h"

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/merkle/rfc6962.h"
#include "storage/merkle/stored_tree_for_test.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::merkle {
namespace {

using ::testing::ElementsAre;
using ::testing::Eq;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::wardbook::testing::IsOk;
using ::wardbook::testing::IsOkAndHolds;
using ::wardbook::testing::StatusIs;

constexpr uint64_t kLeavesMax = 300;

std::vector<NodeId> IdsOf(const std::vector<Node>& nodes) {
  std::vector<NodeId> ids;
  for (const Node& node : nodes) ids.push_back(node.id);
  return ids;
}

// A reader of a tree too large to exist, which notes what is read.
NodeReader Noting(std::vector<NodeId>* read) {
  return [read](NodeId id) -> absl::StatusOr<Hash> {
    read->push_back(id);
    return LeafHash("any");
  };
}

TEST(Frontier, WithoutLeavesHasTheEmptyRoot) {
  EXPECT_THAT(Frontier().size(), Eq(0));
  EXPECT_THAT(Frontier().Root(), Eq(EmptyRoot()));
}

TEST(Frontier, AppendEmitsTheLeafAndEverySubtreeThatItCompletes) {
  StoredTreeForTest tree;
  EXPECT_THAT(IdsOf(tree.Append("0")), ElementsAre(NodeId{0, 0}));
  EXPECT_THAT(IdsOf(tree.Append("1")), ElementsAre(NodeId{0, 1}, NodeId{1, 0}));
  EXPECT_THAT(IdsOf(tree.Append("2")), ElementsAre(NodeId{0, 2}));
  EXPECT_THAT(IdsOf(tree.Append("3")), ElementsAre(NodeId{0, 3}, NodeId{1, 1}, NodeId{2, 0}));
}

TEST(Frontier, AppendEmitsEachPerfectSubtreeOnceAndNothingElse) {
  StoredTreeForTest tree;
  std::set<std::pair<uint32_t, uint64_t>> emitted;
  for (uint64_t size = 1; size <= kLeavesMax; ++size) {
    for (const Node& node : tree.Append(absl::StrCat("leaf ", size))) {
      EXPECT_TRUE(emitted.emplace(node.id.level, node.id.index).second);
      EXPECT_THAT((node.id.index + 1) << node.id.level, Eq(size));
    }
  }
  uint64_t perfect = 0;
  for (uint64_t leaves = 1; leaves <= kLeavesMax; leaves *= 2) perfect += kLeavesMax / leaves;
  EXPECT_THAT(emitted, SizeIs(perfect));
}

TEST(Frontier, LoadedFromStoredNodesIsTheOneThatWasAppendedTo) {
  StoredTreeForTest tree;
  for (uint64_t size = 0; size <= kLeavesMax; ++size) {
    ASSERT_OK_AND_ASSIGN(Frontier loaded, Frontier::Load(size, tree.Reader()));
    EXPECT_THAT(loaded.size(), Eq(size));
    EXPECT_THAT(loaded.Root(), Eq(tree.frontier().Root()));
    EXPECT_THAT(RootAt(size, tree.Reader()), IsOkAndHolds(Eq(tree.frontier().Root())));

    const std::vector<Node> expected = tree.Append(absl::StrCat("leaf ", size));
    std::vector<Node> appended;
    loaded.Append(expected.front().hash, &appended);
    EXPECT_THAT(IdsOf(appended), Eq(IdsOf(expected)));
    EXPECT_THAT(loaded.Root(), Eq(tree.frontier().Root()));
  }
}

TEST(Frontier, LoadReadsOneNodeForEachBitOfTheSize) {
  std::vector<NodeId> read;
  ASSERT_THAT(Frontier::Load((uint64_t{1} << 40) + 5, Noting(&read)), IsOk());
  EXPECT_THAT(read, ElementsAre(NodeId{40, 0}, NodeId{2, uint64_t{1} << 38},
                                NodeId{0, (uint64_t{1} << 40) + 4}));
}

TEST(InclusionProof, ReadsFewNodesOfAHugeTree) {
  constexpr uint64_t kSize = (uint64_t{1} << 40) - 1;
  for (uint64_t index : {uint64_t{0}, kSize / 3, kSize - 1}) {
    std::vector<NodeId> read;
    ASSERT_THAT(InclusionProof(index, kSize, Noting(&read)), IsOk());
    EXPECT_THAT(read, SizeIs(::testing::Le(2 * 40)));
  }
}

TEST(InclusionProof, OfALeafThatIsNotThereIsOutOfRange) {
  const StoredTreeForTest tree = StoredTreeForTest::OfSize(5);
  EXPECT_THAT(InclusionProof(5, 5, tree.Reader()), StatusIs(absl::StatusCode::kOutOfRange));
  EXPECT_THAT(InclusionProof(0, 0, tree.Reader()), StatusIs(absl::StatusCode::kOutOfRange));
}

TEST(ConsistencyProof, OfALargerToASmallerTreeIsOutOfRange) {
  const StoredTreeForTest tree = StoredTreeForTest::OfSize(5);
  EXPECT_THAT(ConsistencyProof(5, 4, tree.Reader()), StatusIs(absl::StatusCode::kOutOfRange));
}

TEST(ConsistencyProof, IsEmptyFromTheEmptyTreeAndBetweenEqualSizes) {
  const StoredTreeForTest tree = StoredTreeForTest::OfSize(5);
  EXPECT_THAT(ConsistencyProof(0, 5, tree.Reader()), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(ConsistencyProof(5, 5, tree.Reader()), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(ConsistencyProof(0, 0, tree.Reader()), IsOkAndHolds(IsEmpty()));
}

TEST(Tree, WhatTheReaderFailsWithIsWhatTheCallerGets) {
  const NodeReader broken = [](NodeId) -> absl::StatusOr<Hash> {
    return absl::DataLossError("node 3/1");
  };
  EXPECT_THAT(Frontier::Load(7, broken), StatusIs(absl::StatusCode::kDataLoss, Eq("node 3/1")));
  EXPECT_THAT(RootAt(7, broken), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(InclusionProof(2, 7, broken), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(ConsistencyProof(2, 7, broken), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace wardbook::merkle
