#include "services/schoolpolicy/clauses.h"

#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::schoolpolicy {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(Clauses, AreP01ToP48InOrder) {
  ASSERT_EQ(Clauses().size(), 48u);
  for (size_t i = 0; i < Clauses().size(); ++i) {
    EXPECT_EQ(std::string(Clauses()[i].number), absl::StrFormat("P%02d", i + 1));
  }
}

TEST(Clauses, EachSaysWhatItIsWhomItBindsAndWhatIsDone) {
  std::set<std::string> titles;
  for (const Clause& clause : Clauses()) {
    SCOPED_TRACE(std::string(clause.number));
    EXPECT_TRUE(titles.insert(std::string(clause.title)).second);
    EXPECT_THAT(std::string(clause.words), Not(IsEmpty()));
    EXPECT_THAT(std::string(clause.binds), Not(IsEmpty()));
    EXPECT_THAT(std::string(clause.rule), Not(IsEmpty()));
  }
}

TEST(Clauses, EveryClauseThatARefusalCitesIsInTheCatalogue) {
  for (const kernel::ReasonText& text : kernel::Catalogue()) {
    for (const absl::string_view number : absl::StrSplit(text.clauses, ' ', absl::SkipEmpty())) {
      EXPECT_NE(FindClause(number), nullptr) << text.code << " cites " << number;
    }
  }
}

TEST(Clauses, TheRefusalsOfAClauseAreThoseThatCiteIt) {
  for (const Clause& clause : Clauses()) {
    for (const kernel::Reason reason : RefusalsOf(clause)) {
      EXPECT_THAT(std::vector<std::string>(absl::StrSplit(kernel::Describe(reason).clauses, ' ')),
                  Contains(std::string(clause.number)));
    }
  }
  EXPECT_THAT(RefusalsOf(*FindClause("P01")), Contains(kernel::Reason::kPolicySameSignatory));
  EXPECT_THAT(RefusalsOf(*FindClause("P41")), Contains(kernel::Reason::kAdviceFirst));
  EXPECT_THAT(RefusalsOf(*FindClause("P36")), Contains(kernel::Reason::kIndecentImageNoStore));
  EXPECT_THAT(RefusalsOf(*FindClause("P38")), Contains(kernel::Reason::kIndecentImageNoStore));
}

TEST(P12, AdviceRefusesNothing) {
  for (const Clause& clause : Clauses()) {
    if (clause.force == ClauseForce::kAdvice && clause.number != "P02") {
      EXPECT_THAT(RefusalsOf(clause), IsEmpty()) << clause.number;
    }
  }
}

TEST(Clauses, AreFoundByNumberInEitherCase) {
  ASSERT_NE(FindClause("p41"), nullptr);
  EXPECT_EQ(FindClause("p41")->number, "P41");
  for (const char* number : {"", "P", "P00", "P49", "P1", "41", "P041"}) {
    EXPECT_EQ(FindClause(number), nullptr) << number;
  }
}

}  // namespace
}  // namespace wardbook::schoolpolicy
