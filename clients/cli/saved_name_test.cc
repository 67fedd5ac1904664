#include "clients/cli/saved_name.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace wardbook::cli {
namespace {

TEST(SavedName, IsTheLastPartOfAnyPath) {
  EXPECT_EQ(SavedName("group chat.png"), "group chat.png");
  EXPECT_EQ(SavedName("../../.bashrc"), "bashrc");
  EXPECT_EQ(SavedName("/etc/passwd"), "passwd");
  EXPECT_EQ(SavedName("C:\\Users\\ada\\chat.png"), "chat.png");
}

TEST(SavedName, IsNothingThatAShellOrAListingReadsOtherwise) {
  EXPECT_EQ(SavedName("-x"), "x");
  EXPECT_EQ(SavedName("--out=a.png"), "out=a.png");
  EXPECT_EQ(SavedName(".hidden.png"), "hidden.png");
  EXPECT_EQ(SavedName("chat\n\x1b[2J.png"), "chat[2J.png");
  for (const char* nothing : {"", ".", "..", "a/", "- -", "\n"}) {
    EXPECT_EQ(SavedName(nothing), "file") << nothing;
  }
}

TEST(SavedName, FitsIntoADirectoryAndKeepsItsExtension) {
  const std::string umlauts = absl::StrCat(std::string(1, 'x'), [] {
    std::string text;
    for (int i = 0; i < 125; ++i) text += "\xc3\xa4";
    return text;
  }());
  const std::string name = SavedName(absl::StrCat(umlauts, ".png"));
  EXPECT_LE(name.size(), 200u);
  EXPECT_EQ(name, absl::StrCat(umlauts.substr(0, name.size() - 4), ".png"));
  EXPECT_EQ((name.size() - 4) % 2, 1u) << "no half of a character";
  EXPECT_EQ(SavedName(std::string(255, 'n')).size(), 200u);
  EXPECT_EQ(SavedName(absl::StrCat("a.", std::string(253, 'n'))).size(), 200u);
}

TEST(SavedName, HasAMarkBeforeItsExtension) {
  EXPECT_EQ(WithMark("image.png", "01ab"), "image-01ab.png");
  EXPECT_EQ(WithMark("image", "01ab"), "image-01ab");
}

}  // namespace
}  // namespace wardbook::cli
