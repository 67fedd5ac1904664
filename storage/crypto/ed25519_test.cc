#include "storage/crypto/ed25519.h"

#include <string>

#include "absl/strings/escaping.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::crypto {
namespace {

using ::testing::Eq;

struct KnownAnswer {
  const char* seed;
  const char* public_key;
  const char* message;
  const char* signature;
};

// RFC 8032 section 7.1, tests 1 to 3.
constexpr KnownAnswer kKnownAnswers[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9"
     "b46bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f1"
     "1d8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984d"
     "c6594a7c15e9716ed28dc027beceea1ec40a"},
};

TEST(Ed25519, KnownAnswers) {
  for (const KnownAnswer& answer : kKnownAnswers) {
    const SigningKey key(*Secret::FromBytes(absl::HexStringToBytes(answer.seed)));
    const std::string message = absl::HexStringToBytes(answer.message);
    EXPECT_THAT(key.public_key().Hex(), Eq(answer.public_key));
    const Signature signature = key.Sign(message);
    EXPECT_THAT(signature.Hex(), Eq(answer.signature));
    EXPECT_TRUE(VerifySignature(key.public_key(), message, signature));
  }
}

TEST(VerifySignature, RefusesEveryChangedBit) {
  const SigningKey key(Secret::Random());
  const Signature signature = key.Sign("message");
  for (size_t bit = 0; bit < 8 * Signature::kSize; ++bit) {
    Signature changed = signature;
    changed.data()[bit / 8] = static_cast<uint8_t>(changed.data()[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(VerifySignature(key.public_key(), "message", changed)) << bit;
  }
}

TEST(VerifySignature, RefusesAnotherMessageAndAnotherKey) {
  const SigningKey key(Secret::Random());
  const Signature signature = key.Sign("message");
  EXPECT_FALSE(VerifySignature(key.public_key(), "massage", signature));
  EXPECT_FALSE(VerifySignature(SigningKey(Secret::Random()).public_key(), "message", signature));
  // A point of small order would verify anything for anybody.
  EXPECT_FALSE(VerifySignature(PublicKey(), "message", Signature()));
}

}  // namespace
}  // namespace wardbook::crypto
