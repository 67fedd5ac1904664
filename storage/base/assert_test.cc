#include "storage/base/assert.h"

#include "gtest/gtest.h"

namespace wardbook {
namespace {

TEST(AssertDeathTest, WhatIsFalseStopsTheProgramAndSaysWhere) {
  EXPECT_DEATH(WARDBOOK_ASSERT(1 + 1 == 3), "assert_test.cc:.*assertion failed: 1 \\+ 1 == 3");
}

TEST(Assert, WorksOutItsExpressionOnce) {
  int times = 0;
  WARDBOOK_ASSERT(++times == 1);
  EXPECT_EQ(times, 1);
}

}  // namespace
}  // namespace wardbook
