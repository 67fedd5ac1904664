#include "storage/crypto/aead.h"

#include <initializer_list>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::crypto {
namespace {

using ::testing::Eq;
using ::testing::Ne;
using ::testing::SizeIs;
using ::wardbook::testing::IsOkAndHolds;
using ::wardbook::testing::StatusIs;

constexpr absl::string_view kPlaintext =
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
    "sunscreen would be it.";

// draft-irtf-cfrg-xchacha-03 appendix A.3.1.
TEST(Open, OpensTheKnownAnswer) {
  const Secret key = *Secret::FromBytes(
      absl::HexStringToBytes("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"));
  const std::string sealed = absl::HexStringToBytes(
      "404142434445464748494a4b4c4d4e4f5051525354555657"
      "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda"
      "7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b23835"
      "65d3fff921f9664c97637da9768812f615c68b13b52e"
      "c0875924c1c7987947deafd8780acf49");
  const std::string associated_data = absl::HexStringToBytes("50515253c0c1c2c3c4c5c6c7");
  EXPECT_THAT(Open(key, associated_data, sealed), IsOkAndHolds(Eq(kPlaintext)));
}

TEST(Open, OpensWhatSealSealed) {
  const Secret key = Secret::Random();
  for (size_t size : std::initializer_list<size_t>{0, 1, 15, 16, 17, 1000, 100'000}) {
    const std::string plaintext(size, 'p');
    const std::string sealed = Seal(key, "data", plaintext);
    EXPECT_THAT(sealed, SizeIs(size + kSealOverhead));
    EXPECT_THAT(Open(key, "data", sealed), IsOkAndHolds(Eq(plaintext)));
  }
}

TEST(Seal, TwiceTheSameLooksDifferent) {
  const Secret key = Secret::Random();
  EXPECT_THAT(Seal(key, "", kPlaintext), Ne(Seal(key, "", kPlaintext)));
}

TEST(Open, RefusesEveryChangedBit) {
  const Secret key = Secret::Random();
  const std::string sealed = Seal(key, "data", "secret");
  for (size_t bit = 0; bit < 8 * sealed.size(); ++bit) {
    std::string changed = sealed;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_THAT(Open(key, "data", changed), StatusIs(absl::StatusCode::kDataLoss)) << bit;
  }
}

TEST(Open, RefusesEveryOtherLength) {
  const Secret key = Secret::Random();
  const std::string sealed = Seal(key, "", "secret");
  for (size_t size = 0; size < sealed.size(); ++size) {
    EXPECT_THAT(Open(key, "", sealed.substr(0, size)), StatusIs(absl::StatusCode::kDataLoss));
  }
  EXPECT_THAT(Open(key, "", absl::StrCat(sealed, "x")), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(Open, RefusesAnotherKeyAndOtherAssociatedData) {
  const Secret key = Secret::Random();
  const std::string sealed = Seal(key, "data", "secret");
  EXPECT_THAT(Open(Secret::Random(), "data", sealed), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(Open(key, "date", sealed), StatusIs(absl::StatusCode::kDataLoss));
  EXPECT_THAT(Open(key, "", sealed), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace wardbook::crypto
