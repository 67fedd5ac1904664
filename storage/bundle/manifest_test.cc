#include "storage/bundle/manifest.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/crypto/sha256.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::bundle {
namespace {

using ::testing::HasSubstr;
using ::wardbook::testing::StatusIs;

constexpr absl::string_view kText =
    "wardbook bundle v1\n"
    "origin wardbook.example/00112233445566778899aabbccddeeff\n"
    "key wardbook.example+01020304+AAAA\n"
    "case WB-7K4D-9QX2\n"
    "exported 2025-03-03T10:00:00Z\n"
    "revision 7\n"
    "checkpoint 1234\n"
    "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824 5 README.txt\n"
    "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824 5 checkpoint\n";

TEST(Manifest, IsWrittenAsTheFormatSays) {
  Manifest manifest;
  manifest.origin = "wardbook.example/00112233445566778899aabbccddeeff";
  manifest.key = "wardbook.example+01020304+AAAA";
  manifest.case_ref = "WB-7K4D-9QX2";
  manifest.exported_time = absl::FromUnixSeconds(1'740'996'000);
  manifest.revision = 7;
  manifest.checkpoint_size = 1234;
  manifest.entries = {{crypto::Sha256("hello"), 5, "README.txt"},
                      {crypto::Sha256("hello"), 5, "checkpoint"}};
  EXPECT_EQ(FormatManifest(manifest), kText);
  EXPECT_THAT(ParseManifest(kText), testing::IsOkAndHolds(::testing::Eq(manifest)));
}

TEST(Manifest, NothingButTheCanonicalFormIsRead) {
  const std::pair<absl::string_view, absl::string_view> changes[] = {
      {"bundle v1", "bundle v2"},
      {"origin ", "origin  "},
      {"origin ", "Origin "},
      {"revision 7", "revision 07"},
      {"revision 7", "revision +7"},
      {"revision 7", "revision -7"},
      {"revision 7", "revision "},
      {"revision 7\n", ""},
      {"checkpoint 1234", "checkpoint 1234 "},
      {"10:00:00Z", "10:00:00.5Z"},
      {"10:00:00Z", "10:00:00+00:00"},
      {"2025-03-03T", "2025-3-3T"},
      {" 5 ", " 05 "},
      {" 5 ", "  5 "},
      {"2cf24d", "2CF24D"},
      {"2cf24d", "2cf24"},
      {"README.txt", "../README.txt"},
      {"README.txt", "/etc/passwd"},
      {"README.txt", "manifest"},
      {"README.txt", "readme.md"},
      {"checkpoint\n", "README.txt\n"},
      {"checkpoint\n", "checkpoint"},
      {"5 checkpoint\n", "5 checkpoint\n\n"},
      {"5 checkpoint\n", "5 index.html\nextra"},
  };
  for (const auto& [from, to] : changes) {
    const std::string text = absl::StrReplaceAll(kText, {{from, to}});
    ASSERT_NE(text, kText);
    EXPECT_THAT(ParseManifest(text), StatusIs(absl::StatusCode::kDataLoss)) << from << " " << to;
  }
}

TEST(Manifest, EntriesOutOfOrderAreNotRead) {
  const size_t first = kText.find("2cf");
  const size_t second = kText.find("2cf", first + 1);
  const std::string swapped = absl::StrCat(kText.substr(0, first), kText.substr(second),
                                           kText.substr(first, second - first));
  EXPECT_THAT(ParseManifest(swapped), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("line 9")));
}

TEST(Manifest, CutOffTextIsNotRead) {
  for (size_t size = 0; size < kText.size(); ++size) {
    const absl::StatusOr<Manifest> manifest = ParseManifest(kText.substr(0, size));
    // Whole lines are a manifest with fewer entries, which the signature covers.
    const bool whole_lines = size > 0 && kText[size - 1] == '\n' && size >= kText.find("2cf");
    if (whole_lines) {
      EXPECT_OK(manifest);
    } else {
      EXPECT_THAT(manifest, StatusIs(absl::StatusCode::kDataLoss)) << size;
    }
  }
}

}  // namespace
}  // namespace wardbook::bundle
