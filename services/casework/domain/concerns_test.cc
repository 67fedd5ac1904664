#include "services/casework/domain/concerns.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::casework {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using wardbook::events::v1::BREACH_CLAUSE_P07_REFERENCE_TO_SCHOOL;
using wardbook::events::v1::BREACH_CLAUSE_P16_PERSONAL_DEVICE;

wardbook::rules::v1::ConcernPattern Rule() {
  wardbook::rules::v1::ConcernPattern rule;
  rule.set_concerns_min(3);
  rule.set_within_months(12);
  rule.set_same_clause_concerns_min(2);
  return rule;
}

TEST(PatternsOf, NoneInOneConcernNorInFarApartOnes) {
  EXPECT_THAT(PatternsOf({}, Rule()), IsEmpty());
  EXPECT_THAT(PatternsOf({{absl::CivilDay(2025, 1, 1), {}},
                          {absl::CivilDay(2025, 6, 1), {}},
                          {absl::CivilDay(2026, 1, 2), {}}},
                         Rule()),
              IsEmpty());
}

TEST(PatternsOf, SoManyWithinSoManyMonthsInWhateverOrder) {
  EXPECT_THAT(PatternsOf({{absl::CivilDay(2026, 1, 1), {}},
                          {absl::CivilDay(2020, 1, 1), {}},
                          {absl::CivilDay(2025, 1, 1), {}},
                          {absl::CivilDay(2025, 6, 1), {}}},
                         Rule()),
              ElementsAre("3 concerns or more within 12 months"));
}

TEST(PatternsOf, SoManyUnderOneClauseHoweverFarApart) {
  EXPECT_THAT(
      PatternsOf({{absl::CivilDay(2019, 1, 1), {BREACH_CLAUSE_P16_PERSONAL_DEVICE}},
                  {absl::CivilDay(2026, 1, 1),
                   {BREACH_CLAUSE_P07_REFERENCE_TO_SCHOOL, BREACH_CLAUSE_P16_PERSONAL_DEVICE}}},
                 Rule()),
      ElementsAre("2 concerns under P16"));
}

}  // namespace
}  // namespace wardbook::casework
