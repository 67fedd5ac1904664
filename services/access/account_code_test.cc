#include "services/access/account_code.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::access {
namespace {

TEST(AccountCode, HasThreeGroupsOfFourDigitsAndIsNormalAlready) {
  const std::string code = NewAccountCode();
  ASSERT_EQ(code.size(), 14u);
  EXPECT_EQ(code[4], '-');
  EXPECT_EQ(code[9], '-');
  EXPECT_EQ(NormaliseAccountCode(code), code);
  EXPECT_NE(NewAccountCode(), code);
}

TEST(AccountCode, IsReadAsPeopleTypeIt) {
  EXPECT_EQ(NormaliseAccountCode(" o1il-7k4d 9qx2"), "0111-7K4D-9QX2");
}

}  // namespace
}  // namespace wardbook::access
