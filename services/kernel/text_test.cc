#include "services/kernel/text.h"

#include <optional>

#include "gtest/gtest.h"

namespace wardbook::kernel {
namespace {

TEST(Text, CharactersAreCountedAndNotBytes) {
  EXPECT_EQ(CountCharacters("abc"), 3u);
  EXPECT_EQ(CountCharacters("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), 3u);
  EXPECT_EQ(CountCharacters(""), 0u);
}

TEST(Text, WhatIsNotUtf8HasNoCount) {
  EXPECT_EQ(CountCharacters("\xFF"), std::nullopt);
  EXPECT_EQ(CountCharacters("\xC3"), std::nullopt) << "cut short";
  EXPECT_EQ(CountCharacters("\xC0\xAF"), std::nullopt) << "overlong";
  EXPECT_EQ(CountCharacters("\xED\xA0\x80"), std::nullopt) << "a surrogate";
}

TEST(Text, BlanksAloneAreBlank) {
  EXPECT_TRUE(IsBlank(" \t\n"));
  EXPECT_FALSE(IsBlank(" a "));
}

}  // namespace
}  // namespace wardbook::kernel
