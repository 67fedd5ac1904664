#include "storage/crypto/sha256.h"

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::crypto {
namespace {

using ::testing::Eq;

constexpr absl::string_view kHashOfNothing =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr absl::string_view kHashOfAbc =
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr absl::string_view kHashOfAMillionTimesA =
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

// FIPS 180-4 and its example files.
TEST(Sha256, KnownAnswers) {
  EXPECT_THAT(Sha256("").Hex(), Eq(kHashOfNothing));
  EXPECT_THAT(Sha256("abc").Hex(), Eq(kHashOfAbc));
  EXPECT_THAT(Sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq").Hex(),
              Eq("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
  EXPECT_THAT(Sha256(std::string(1'000'000, 'a')).Hex(), Eq(kHashOfAMillionTimesA));
}

TEST(Sha256, PiecesHashLikeTheWhole) {
  EXPECT_THAT(Sha256({}).Hex(), Eq(kHashOfNothing));
  EXPECT_THAT(Sha256({"a", "", "bc"}).Hex(), Eq(kHashOfAbc));
}

TEST(Sha256, ThreadsDoNotDisturbEachOther) {
  std::vector<Hash> hashes(4);
  std::vector<std::thread> threads;
  for (Hash& hash : hashes) {
    threads.emplace_back([&hash] {
      for (int i = 0; i < 1000; ++i) hash = Sha256({hash.view(), "next"});
    });
  }
  for (std::thread& thread : threads) thread.join();

  Hash alone;
  for (int i = 0; i < 1000; ++i) alone = Sha256({alone.view(), "next"});
  EXPECT_THAT(hashes, ::testing::Each(Eq(alone)));
}

// RFC 4231 sections 4.2 to 4.4, 4.7 and 4.8.
TEST(HmacSha256, KnownAnswers) {
  EXPECT_THAT(HmacSha256(std::string(20, '\x0b'), "Hi There").Hex(),
              Eq("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
  EXPECT_THAT(HmacSha256("Jefe", "what do ya want for nothing?").Hex(),
              Eq("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
  EXPECT_THAT(HmacSha256(std::string(20, '\xaa'), std::string(50, '\xdd')).Hex(),
              Eq("773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"));
  EXPECT_THAT(
      HmacSha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")
          .Hex(),
      Eq("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
  EXPECT_THAT(HmacSha256(std::string(131, '\xaa'),
                         "This is a test using a larger than block-size key and a larger than "
                         "block-size data. The key needs to be hashed before being used by the "
                         "HMAC algorithm.")
                  .Hex(),
              Eq("9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"));
}

TEST(HmacSha256, AKeyMayBeEmpty) {
  EXPECT_THAT(HmacSha256("", "").Hex(),
              Eq("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"));
}

TEST(Sha256Stream, HashesPiecesLikeTheWhole) {
  Sha256Stream stream;
  for (int i = 0; i < 1000; ++i) stream.Update(std::string(1000, 'a'));
  EXPECT_THAT(stream.Digest().Hex(), Eq(kHashOfAMillionTimesA));
}

TEST(Sha256Stream, GoesOnAfterADigest) {
  Sha256Stream stream;
  EXPECT_THAT(stream.Digest().Hex(), Eq(kHashOfNothing));
  stream.Update("ab");
  EXPECT_THAT(stream.Digest(), Eq(Sha256("ab")));
  EXPECT_THAT(stream.Digest(), Eq(Sha256("ab")));
  stream.Update("c");
  EXPECT_THAT(stream.Digest().Hex(), Eq(kHashOfAbc));
}

TEST(Sha256Stream, MovesWithWhatItHasSeen) {
  Sha256Stream first;
  first.Update("ab");
  Sha256Stream second = std::move(first);
  second.Update("c");
  first = Sha256Stream();
  EXPECT_THAT(second.Digest().Hex(), Eq(kHashOfAbc));
  EXPECT_THAT(first.Digest().Hex(), Eq(kHashOfNothing));
}

}  // namespace
}  // namespace wardbook::crypto
