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

TEST(DurableHeads, WhatIsMissingIsMissingUntilItIsThereAgain) {
  DurableHeads heads;
  const auto load = [&](uint64_t size) {
    heads.Load({kSchool, {size, Hash()}}, absl::OkStatus(), absl::OkStatus());
  };
  load(7);
  heads.Advance({kSchool, {10, Hash()}});
  for (const uint64_t size : {uint64_t{7}, uint64_t{7}, kSizeUnknown, uint64_t{8}}) {
    load(size);
    if (size == kSizeUnknown) continue;
    EXPECT_THAT(heads.WriteStatus(kSchool),
                StatusIs(absl::StatusCode::kDataLoss, HasSubstr("to 9 are missing")));
  }
  load(10);
  EXPECT_OK(heads.WriteStatus(kSchool));
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
