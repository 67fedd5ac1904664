#include "services/runtime/receipts.h"

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

}  // namespace
}  // namespace wardbook::runtime
