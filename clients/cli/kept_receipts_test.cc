#include "clients/cli/kept_receipts.h"

#include "clients/cli/aside_file.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::cli {
namespace {

using ::wardbook::testing::StatusIs;

class KeptReceiptsTest : public ::testing::Test {
 protected:
  KeptReceiptsTest() {
    receipt_.set_school_id(school_.Hex());
    receipt_.set_position(40);
    receipt_.add_leaf_hashes(std::string(32, 'x'));
    receipt_.add_leaf_hashes(std::string(32, 'y'));
    receipt_.mutable_recorded_time()->set_seconds(1000);
  }

  const testing::ScratchDirectory scratch_;
  const KeptReceipts kept_{scratch_.At("config")};
  const SchoolId school_ = *SchoolId::FromHex("000102030405060708090a0b0c0d0e0f");
  v1::Receipt receipt_;
};

TEST_F(KeptReceiptsTest, EveryRecordOfAReceiptIsFound) {
  ASSERT_OK(kept_.Keep(receipt_));
  ASSERT_OK_AND_ASSIGN(const std::optional<KeptReceipt> second, kept_.Find(school_, 41));
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->leaf, *Hash::FromBytes(std::string(32, 'y')));
  EXPECT_EQ(second->recorded_time, absl::FromUnixSeconds(1000));
  ASSERT_OK_AND_ASSIGN(const std::optional<KeptReceipt> first, kept_.Find(school_, 40));
  EXPECT_EQ(first->leaf, *Hash::FromBytes(std::string(32, 'x')));
}

TEST_F(KeptReceiptsTest, NothingIsFoundOfARecordOrASchoolWithoutOne) {
  ASSERT_OK(kept_.Keep(receipt_));
  EXPECT_EQ(*kept_.Find(school_, 42), std::nullopt);
  EXPECT_EQ(*kept_.Find(*SchoolId::FromHex(std::string(32, 'f')), 40), std::nullopt);
}

TEST_F(KeptReceiptsTest, DamagedOneIsNotBelieved) {
  ASSERT_OK(kept_.Keep(receipt_));
  const std::string path = scratch_.At("config/receipts/" + school_.Hex() + "/40");
  for (const std::string& content : {std::string("nonsense"), std::string()}) {
    ASSERT_OK(ReplaceFile(path, content));
    EXPECT_THAT(kept_.Find(school_, 40), StatusIs(absl::StatusCode::kDataLoss));
  }
}

TEST_F(KeptReceiptsTest, SchoolThatIsNoIdIsNoDirectory) {
  receipt_.set_school_id("../../elsewhere");
  EXPECT_THAT(kept_.Keep(receipt_), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace wardbook::cli
