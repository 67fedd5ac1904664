#include "storage/checkpoint/checkpoint.h"

#include <cstdint>
#include <limits>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/crypto/sha256.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::checkpoint {
namespace {

using ::testing::Eq;
using ::wardbook::testing::IsOkAndHolds;
using ::wardbook::testing::StatusIs;

constexpr absl::string_view kName = "wardbook.example";

SchoolId School() { return *SchoolId::FromHex("00112233445566778899aabbccddeeff"); }

Checkpoint SomeCheckpoint() {
  return {Origin(kName, School()), 20'852'163, crypto::Sha256("some root")};
}

TEST(Origin, IsTheNameASlashAndTheSchool) {
  EXPECT_THAT(Origin(kName, School()), Eq("wardbook.example/00112233445566778899aabbccddeeff"));
}

TEST(SchoolOfOrigin, FindsTheSchool) {
  EXPECT_THAT(SchoolOfOrigin(kName, Origin(kName, School())), IsOkAndHolds(Eq(School())));
}

TEST(SchoolOfOrigin, RefusesOriginsOfOthersAndOtherSpellings) {
  for (absl::string_view origin : {
           "",
           "wardbook.example",
           "wardbook.example/",
           "wardbook.example/0011",
           "wardbook.example00112233445566778899aabbccddeeff",
           "other.example/00112233445566778899aabbccddeeff",
           "wardbook.example/00112233445566778899AABBCCDDEEFF",
           "wardbook.example/00112233445566778899aabbccddeeff/",
       }) {
    EXPECT_THAT(SchoolOfOrigin(kName, origin), StatusIs(absl::StatusCode::kInvalidArgument))
        << origin;
  }
}

TEST(Format, IsThreeLines) {
  Checkpoint checkpoint = SomeCheckpoint();
  checkpoint.root =
      *Hash::FromHex("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
  EXPECT_THAT(Format(checkpoint), Eq("wardbook.example/00112233445566778899aabbccddeeff\n"
                                     "20852163\n"
                                     "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n"));
}

TEST(Parse, ReadsWhatFormatWrites) {
  for (uint64_t size : {uint64_t{0}, uint64_t{1}, std::numeric_limits<uint64_t>::max()}) {
    Checkpoint checkpoint = SomeCheckpoint();
    checkpoint.size = size;
    EXPECT_THAT(Parse(Format(checkpoint)), IsOkAndHolds(Eq(checkpoint)));
  }
}

TEST(Parse, RefusesEveryOtherText) {
  const std::string root = absl::Base64Escape(crypto::Sha256("some root").view());
  for (const std::string& text : {
           std::string(),
           std::string("\n"),
           absl::StrCat("origin\n1\n", root),
           absl::StrCat("origin\n1\n", root, "\n\n"),
           absl::StrCat("origin\n1\n", root, "\nextension\n"),
           absl::StrCat("\n1\n", root, "\n"),
           absl::StrCat("origin\n\n", root, "\n"),
           absl::StrCat("origin\n01\n", root, "\n"),
           absl::StrCat("origin\n+1\n", root, "\n"),
           absl::StrCat("origin\n 1\n", root, "\n"),
           absl::StrCat("origin\n-1\n", root, "\n"),
           absl::StrCat("origin\n18446744073709551616\n", root, "\n"),
           absl::StrCat("origin\n1\n", root.substr(0, root.size() - 1), "\n"),
           absl::StrCat("origin\n1\n", root, " \n"),
           absl::StrCat("origin\n1\n", absl::Base64Escape("short"), "\n"),
           std::string("origin\n1\n\n"),
       }) {
    EXPECT_THAT(Parse(text), StatusIs(absl::StatusCode::kDataLoss)) << text;
  }
}

TEST(OpenCheckpoint, OpensWhatSignCheckpointSigned) {
  ASSERT_OK_AND_ASSIGN(const NoteSigner signer,
                       NoteSigner::Create(kName, crypto::Secret::Random()));
  const Checkpoint checkpoint = SomeCheckpoint();
  ASSERT_OK_AND_ASSIGN(const std::string note,
                       SignCheckpoint(signer, School(), checkpoint.size, checkpoint.root));
  EXPECT_THAT(OpenCheckpoint(signer.verifier(), note), IsOkAndHolds(Eq(checkpoint)));
}

TEST(OpenCheckpoint, FailsAsTheVerifierDoes) {
  ASSERT_OK_AND_ASSIGN(const NoteSigner signer,
                       NoteSigner::Create(kName, crypto::Secret::Random()));
  ASSERT_OK_AND_ASSIGN(const NoteSigner other, NoteSigner::Create(kName, crypto::Secret::Random()));
  ASSERT_OK_AND_ASSIGN(const std::string note, SignCheckpoint(other, School(), 1, Hash()));
  EXPECT_THAT(OpenCheckpoint(signer.verifier(), note),
              StatusIs(absl::StatusCode::kUnauthenticated));
  EXPECT_THAT(OpenCheckpoint(signer.verifier(), "no note"), StatusIs(absl::StatusCode::kDataLoss));
}

TEST(OpenCheckpoint, ASignedNoteOfSomethingElseIsNoCheckpoint) {
  ASSERT_OK_AND_ASSIGN(const NoteSigner signer,
                       NoteSigner::Create(kName, crypto::Secret::Random()));
  ASSERT_OK_AND_ASSIGN(const std::string note, signer.Sign("a manifest\n"));
  EXPECT_THAT(OpenCheckpoint(signer.verifier(), note), StatusIs(absl::StatusCode::kDataLoss));
}

// The checkpoint that README.md shows.
TEST(SignCheckpoint, SignsTheExampleOfTheReadme) {
  ASSERT_OK_AND_ASSIGN(
      const NoteSigner signer,
      NoteSigner::Parse(
          "PRIVATE+KEY+wardbook.example+9c51752d+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"));
  EXPECT_THAT(signer.verifier().Text(),
              Eq("wardbook.example+9c51752d+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"));
  const Hash root =
      *Hash::FromHex("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
  EXPECT_THAT(SignCheckpoint(signer, School(), 8, root),
              IsOkAndHolds(Eq("wardbook.example/00112233445566778899aabbccddeeff\n"
                              "8\n"
                              "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n"
                              "\n"
                              "— wardbook.example "
                              "nFF1LfK+1068hrEgGiy7WVyLG68iLJ4nv3wZ4MUkt3Q/07/"
                              "aGw8g4MudGmcNGQ3rsHF0WKTh9AkznSX74oUdGbp4iAs=\n")));
}

}  // namespace
}  // namespace wardbook::checkpoint
