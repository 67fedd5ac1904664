#include "storage/bundle/bundle_path.h"

#include <string>

#include "gtest/gtest.h"
#include "storage/crypto/random.h"

namespace wardbook::bundle {
namespace {

TEST(BundlePath, OfAFileIsReadBack) {
  const EvidenceId id = crypto::RandomId<EvidenceId>();
  EXPECT_EQ(EvidencePath(id, "image/png"), "evidence/" + id.Hex() + ".png");
  EXPECT_EQ(EvidencePath(id, "message/rfc822"), "evidence/" + id.Hex() + ".eml");
  EXPECT_EQ(EvidencePath(id, "of/later"), "evidence/" + id.Hex() + ".bin");
  EXPECT_EQ(EvidenceOfPath(EvidencePath(id, "video/mp4")), id);
  EXPECT_TRUE(IsBundlePath(EvidencePath(id, "image/heic")));
}

TEST(BundlePath, NothingElseIsOne) {
  for (const char* path : {"",
                           "/",
                           ".",
                           "..",
                           "../manifest",
                           "/manifest",
                           "./manifest",
                           "Manifest",
                           "manifest/",
                           "manifest ",
                           "evidence",
                           "evidence/",
                           "evidence/a.png",
                           "evidence/00112233445566778899aabbccddeeff",
                           "evidence/00112233445566778899aabbccddeeff.",
                           "evidence/00112233445566778899aabbccddeeff.PNG",
                           "evidence/00112233445566778899AABBCCDDEEFF.png",
                           "evidence/00112233445566778899aabbccddeegg.png",
                           "evidence/00112233445566778899aabbccddeeff.png/",
                           "evidence/00112233445566778899aabbccddeeff.p/g",
                           "evidence/00112233445566778899aabbccddeeff.p.g",
                           "evidence/00112233445566778899aabbccddeeff.verylongone",
                           "evidence/../112233445566778899aabbccddeeff.png",
                           "evidence\\a.png",
                           "C:manifest"}) {
    EXPECT_FALSE(IsBundlePath(path)) << path;
  }
  EXPECT_FALSE(IsBundlePath(absl::string_view("manifest\0", 9)));
}

}  // namespace
}  // namespace wardbook::bundle
