#include "storage/crypto/secret.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::crypto {
namespace {

using ::testing::Each;
using ::testing::Eq;
using ::testing::Ne;

TEST(Secret, KeepsTheBytesItIsMadeOf) {
  const std::string bytes = "0123456789abcdef0123456789abcdef";
  const std::optional<Secret> secret = Secret::FromBytes(bytes);
  ASSERT_TRUE(secret.has_value());
  EXPECT_THAT(secret->view(), Eq(bytes));
}

TEST(Secret, OtherSizesAreNoSecret) {
  EXPECT_FALSE(Secret::FromBytes("").has_value());
  EXPECT_FALSE(Secret::FromBytes(std::string(31, 'x')).has_value());
  EXPECT_FALSE(Secret::FromBytes(std::string(33, 'x')).has_value());
}

TEST(Secret, RandomOnesDiffer) {
  EXPECT_THAT(Secret::Random().view(), Ne(Secret::Random().view()));
}

TEST(Secret, IsWipedWhenItGoes) {
  alignas(Secret) unsigned char memory[sizeof(Secret)];
  auto* const secret = new (memory) Secret(*Secret::FromBytes(std::string(32, 'x')));
  secret->~Secret();
  EXPECT_THAT(memory, Each(Eq(0)));
}

TEST(Wipe, OverwritesExactlyWhatItIsGiven) {
  std::string text = "keep secret keep";
  Wipe(text.data() + 5, 6);
  EXPECT_THAT(text, Eq(std::string("keep \0\0\0\0\0\0 keep", 16)));
}

}  // namespace
}  // namespace wardbook::crypto
