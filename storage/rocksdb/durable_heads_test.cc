#include "storage/rocksdb/durable_heads.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/appends.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::storage {
namespace {

using ::testing::HasSubstr;
using ::wardbook::testing::IdOf;
using ::wardbook::testing::StatusIs;

const SchoolId kSchool = IdOf<SchoolId>(1);

TEST(DurableHeads, LessThanWasDurableMakesASchoolReadOnlyAndNamesWhatIsMissing) {
  DurableHeads heads;
  heads.Load({kSchool, {10, Hash()}}, absl::OkStatus(), absl::OkStatus());
  heads.Load({kSchool, {7, Hash()}}, absl::OkStatus(), absl::OkStatus());
  EXPECT_THAT(heads.WriteStatus(kSchool),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("positions 7 to 9 are missing")));
  EXPECT_EQ(heads.Size(kSchool), 7);
}

TEST(DurableHeads, AnEndThatCanBeReadAgainIsNoLoss) {
  DurableHeads heads;
  heads.Load({kSchool, {kSizeUnknown, Hash()}}, absl::DataLossError("damaged"),
             absl::DataLossError("damaged"));
  heads.Load({kSchool, {7, Hash()}}, absl::OkStatus(), absl::OkStatus());
  EXPECT_OK(heads.WriteStatus(kSchool));
  EXPECT_EQ(heads.Size(kSchool), 7);
}

}  // namespace
}  // namespace wardbook::storage
