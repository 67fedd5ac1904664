#include "services/casework/domain/person_name.h"

#include "gtest/gtest.h"

namespace wardbook::casework {
namespace {

TEST(IsNamedIn, ByAnyWordOfTheNameWhateverItsCase) {
  for (const char* const text : {"A post of Robin Larkspur's.", "It is about Robin.",
                                 "about LARKSPUR, mainly", "larkspur\u2019s post", "(Larkspur)"}) {
    EXPECT_TRUE(IsNamedIn(text, "Robin Larkspur")) << text;
  }
  EXPECT_TRUE(IsNamedIn("A post by Larkspur.", "robin larkspur"));
  EXPECT_TRUE(IsNamedIn("About chlo\xC3\xA9.", "CHLO\xC3\x89 BYRNE"));
}

TEST(IsNamedIn, ByWholeWordsOnly) {
  EXPECT_FALSE(IsNamedIn("A robinia was cut down.", "Robin Larkspur"));
  EXPECT_FALSE(IsNamedIn("It was ok.", "Ok Li"));
}

TEST(IsNamedIn, NotByTitlesBracketsAndDescriptions) {
  EXPECT_TRUE(IsNamedIn("About Larkspur.", "Mr Larkspur (caretaker)"));
  EXPECT_FALSE(IsNamedIn("A mr and the caretaker of a school.", "Mr Larkspur (caretaker)"));
  EXPECT_FALSE(IsNamedIn("A child was hurt by a member of staff.", "A child"));
  EXPECT_FALSE(IsNamedIn("Pupils of Year 5 spoke up.", "Pupil in Year 5"));
}

TEST(IsNamedIn, NotWhereThereIsNoName) {
  EXPECT_FALSE(IsNamedIn("Something happened.", ""));
  EXPECT_FALSE(IsNamedIn("Something happened.", "(caretaker)"));
  EXPECT_FALSE(IsNamedIn("", "Robin Larkspur"));
}

TEST(MayMean, TheSameWordsWhateverTheirCaseBlanksAndTitles) {
  EXPECT_TRUE(MayMean("helen HART", "Helen Hart"));
  EXPECT_TRUE(MayMean("  Helen \t Hart ", "Helen Hart"));
  EXPECT_TRUE(MayMean("Mrs. Helen Hart", "Helen Hart"));
  EXPECT_TRUE(MayMean("Mrs Hart", "Helen Hart"));
  EXPECT_TRUE(MayMean("CHLO\xC3\x89 BYRNE", "Chlo\xC3\xA9 Byrne"));
  EXPECT_FALSE(MayMean("Helen", "Helen Hart"));
  EXPECT_FALSE(MayMean("Mrs Hartley", "Helen Hart"));
  EXPECT_FALSE(MayMean("Mrs", "Helen Hart"));
  EXPECT_FALSE(MayMean("", ""));
}

TEST(MayMean, TheLastNameAloneOrWithFirstNamesThatFit) {
  for (const char* const given : {"Hart", "Mrs Hart", "H. Hart", "Mrs H Hart", "Helen Hart",
                                  "Mrs. H. J. Hart", "Jane Hart"}) {
    EXPECT_TRUE(MayMean(given, "Helen Jane Hart")) << given;
  }
  for (const char* const given : {"K. Hart", "Mrs Helena Hart", "H. K. Hart", "Hart Helen"}) {
    EXPECT_FALSE(MayMean(given, "Helen Jane Hart")) << given;
  }
}

TEST(IsSameName, NeedsAllTheWords) {
  EXPECT_TRUE(IsSameName("Mrs helen HART", "Helen Hart"));
  EXPECT_FALSE(IsSameName("Mrs Hart", "Helen Hart"));
  EXPECT_FALSE(IsSameName("Mrs", "Mrs"));
}

}  // namespace
}  // namespace wardbook::casework
