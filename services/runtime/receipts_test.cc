#include "services/runtime/receipts.h"

#include <string>

#include "gtest/gtest.h"
#include "storage/crypto/secret.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::runtime {
namespace {

using testing::StatusIs;

const SchoolId kSchool = *SchoolId::FromHex("000102030405060708090a0b0c0d0e0f");

TEST(ReceiptWriter, SignsNothingWhileTheLogTakesNoRecords) {
  absl::Status status;
  const ReceiptWriter receipts(
      checkpoint::NoteSigner::Create("wardbook.example", crypto::Secret::Random()).value(),
      [&](const SchoolId&) { return status; });
  storage::Appended appended;
  appended.first_position = 3;
  appended.leaf_hashes = {Hash()};
  appended.tree_size = 4;
  ASSERT_OK_AND_ASSIGN(const wardbook::v1::Receipt before,
                       receipts.Write(kSchool, appended, absl::UnixEpoch()));
  EXPECT_NE(before.checkpoint(), "");

  // Also not what it has signed before and still knows.
  status = absl::DataLossError("records 3 to 7 are missing");
  ASSERT_OK_AND_ASSIGN(const wardbook::v1::Receipt after,
                       receipts.Write(kSchool, appended, absl::UnixEpoch()));
  EXPECT_EQ(after.checkpoint(), "");
  EXPECT_EQ(after.position(), 3u);
  EXPECT_EQ(after.leaf_hashes_size(), 1);
  EXPECT_THAT(receipts.Checkpoint(kSchool, 4, Hash()), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(ReceiptWriter, GivesTheCheckpointOfALargerTreeWhenItHasSignedOne) {
  const ReceiptWriter receipts(
      checkpoint::NoteSigner::Create("wardbook.example", crypto::Secret::Random()).value());
  storage::Appended appended;
  appended.leaf_hashes = {Hash()};
  const auto note_at = [&](uint64_t tree_size) {
    appended.tree_size = tree_size;
    return receipts.Write(kSchool, appended, absl::UnixEpoch()).value().checkpoint();
  };
  const std::string of_seven = note_at(7);
  EXPECT_EQ(note_at(4), of_seven);
  EXPECT_NE(note_at(9), of_seven);
  // Who asks for a checkpoint of a size is given that.
  ASSERT_OK_AND_ASSIGN(const std::string of_four, receipts.Checkpoint(kSchool, 4, Hash()));
  EXPECT_NE(of_four, of_seven);
}

}  // namespace
}  // namespace wardbook::runtime
