#include "clients/cli/kept_checkpoint.h"

#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/aside_file.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/crypto/secret.h"
#include "storage/merkle/rfc6962.h"
#include "storage/merkle/tree.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::cli {
namespace {

using ::testing::HasSubstr;
using ::wardbook::testing::StatusIs;

// A log of which only the tree is there.
class Log {
 public:
  explicit Log(absl::string_view kind) : kind_(kind) {}

  void Append() {
    std::vector<merkle::Node> nodes;
    frontier_.Append(merkle::LeafHash(absl::StrCat(kind_, frontier_.size())), &nodes);
    for (const merkle::Node& node : nodes) nodes_[{node.id.level, node.id.index}] = node.hash;
  }
  checkpoint::Checkpoint Checkpoint() const {
    return {.origin = "log", .size = frontier_.size(), .root = frontier_.Root()};
  }
  absl::StatusOr<log::v1::ConsistencyProof> Prove(uint64_t old_size, uint64_t new_size) const {
    const auto hashes = merkle::ConsistencyProof(old_size, new_size,
                                                 [this](merkle::NodeId id) -> absl::StatusOr<Hash> {
                                                   return nodes_.at({id.level, id.index});
                                                 });
    log::v1::ConsistencyProof proof;
    for (const Hash& hash : *hashes) proof.add_hashes(hash.Bytes());
    return proof;
  }
  ProofReader reader() const {
    return [this](uint64_t old_size, uint64_t new_size) { return Prove(old_size, new_size); };
  }

 private:
  std::string kind_;
  merkle::Frontier frontier_;
  std::map<std::pair<uint32_t, uint64_t>, Hash> nodes_;
};

TEST(CheckGrowth, EveryLaterSizeOfTheSameLogIsGrowth) {
  Log log("leaf");
  std::vector<checkpoint::Checkpoint> checkpoints = {log.Checkpoint()};
  for (int i = 0; i < 9; ++i) {
    log.Append();
    checkpoints.push_back(log.Checkpoint());
  }
  for (const checkpoint::Checkpoint& older : checkpoints) {
    EXPECT_OK(CheckGrowth(older, checkpoints.back(), log.reader()));
  }
}

TEST(CheckGrowth, LogThatLostRecordsOrHasOthersIsFoundOut) {
  Log log("leaf");
  Log other("other");
  for (int i = 0; i < 5; ++i) log.Append();
  for (int i = 0; i < 5; ++i) other.Append();
  const checkpoint::Checkpoint older = log.Checkpoint();
  EXPECT_THAT(CheckGrowth(older, other.Checkpoint(), other.reader()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("not the one")));
  other.Append();
  EXPECT_THAT(CheckGrowth(older, other.Checkpoint(), other.reader()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("not the one")));
  EXPECT_THAT(CheckGrowth(other.Checkpoint(), older, log.reader()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("Records are gone")));
}

TEST(CheckGrowth, ProofWithSomethingElseThanHashesIsFoundOut) {
  Log log("leaf");
  log.Append();
  const checkpoint::Checkpoint older = log.Checkpoint();
  log.Append();
  EXPECT_THAT(CheckGrowth(older, log.Checkpoint(),
                          [](uint64_t, uint64_t) {
                            log::v1::ConsistencyProof proof;
                            proof.add_hashes("short");
                            return proof;
                          }),
              StatusIs(absl::StatusCode::kDataLoss));
}

class CheckpointKeeperTest : public ::testing::Test {
 protected:
  static checkpoint::NoteSigner NewSigner() {
    return *checkpoint::NoteSigner::Create("wardbook.fernhill.example", crypto::Secret::Random());
  }
  std::string Note(const checkpoint::NoteSigner& signer) const {
    return *checkpoint::SignCheckpoint(signer, school_, 3, merkle::LeafHash("root"));
  }

  const testing::ScratchDirectory scratch_;
  const SchoolId school_ = *SchoolId::FromHex("000102030405060708090a0b0c0d0e0f");
  const checkpoint::NoteSigner signer_ = NewSigner();
  const CheckpointKeeper keeper_{scratch_.path()};
};

TEST_F(CheckpointKeeperTest, GivesBackWhatItKept) {
  ASSERT_OK_AND_ASSIGN(const auto none, keeper_.Load(school_));
  EXPECT_FALSE(none.has_value());
  ASSERT_OK_AND_ASSIGN(const KeptCheckpoint checked,
                       CheckCheckpoint(signer_.verifier().Text(), Note(signer_), school_));
  ASSERT_OK(keeper_.Keep(school_, checked));
  ASSERT_OK_AND_ASSIGN(const auto kept, keeper_.Load(school_));
  ASSERT_TRUE(kept.has_value());
  EXPECT_EQ(kept->checkpoint, checked.checkpoint);
  EXPECT_EQ(kept->key.Text(), signer_.verifier().Text());
}

TEST_F(CheckpointKeeperTest, CheckpointByAnotherKeyOrOfAnotherSchoolIsFoundOut) {
  const std::string key = signer_.verifier().Text();
  EXPECT_THAT(CheckCheckpoint(key, Note(NewSigner()), school_),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("not signed")));
  EXPECT_THAT(CheckCheckpoint(key, Note(signer_), SchoolId()),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("another log")));
}

TEST_F(CheckpointKeeperTest, FileThatWasChangedIsFoundOut) {
  ASSERT_OK_AND_ASSIGN(const KeptCheckpoint checked,
                       CheckCheckpoint(signer_.verifier().Text(), Note(signer_), school_));
  ASSERT_OK(keeper_.Keep(school_, checked));
  const std::string path = scratch_.At(absl::StrCat("checkpoints/", school_.Hex()));
  ASSERT_OK_AND_ASSIGN(std::string content, ReadWholeFile(path));
  content.replace(content.find("\n3\n"), 3, "\n2\n");
  ASSERT_OK(ReplaceFile(path, content));
  EXPECT_THAT(keeper_.Load(school_), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace wardbook::cli
