#include "services/gateway/assets.h"

#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/gateway/static_answer.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::gateway {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using testing::StatusIs;

constexpr AssetFile kFiles[] = {
    {"index.html", "page"},
    {"icon.svg", "<svg/>"},
    {"icon.svg.gz", "gzipped"},
    {"assets/app-3f2a91bc.js", "script"},
    {"assets/app-3f2a91bc.js.br", "brotli"},
    {"assets/app-3f2a91bc.js.gz", "gzipped script"},
    {"notes.gz", "a file of its own"},
};

absl::string_view BodyFor(const Assets& assets, absl::string_view path, absl::string_view accepts) {
  const Asset* asset = assets.Find(path);
  return asset == nullptr ? "nothing" : asset->FormFor(accepts).bytes;
}

TEST(Assets, GiveTheBestFormThatAClientTakes) {
  const Assets assets{kFiles};
  constexpr absl::string_view kScript = "/assets/app-3f2a91bc.js";
  EXPECT_EQ(BodyFor(assets, kScript, "gzip, deflate, br"), "brotli");
  EXPECT_EQ(BodyFor(assets, kScript, "GZIP;q=0.5"), "gzipped script");
  EXPECT_EQ(BodyFor(assets, kScript, "br;q=0, gzip;q=0.0"), "script");
  EXPECT_EQ(BodyFor(assets, kScript, ""), "script");
  EXPECT_EQ(BodyFor(assets, "/icon.svg", "br"), "<svg/>");
}

TEST(Assets, HaveNoFormAsAFileOfItsOwn) {
  const Assets assets{kFiles};
  EXPECT_EQ(assets.Find("/icon.svg.gz"), nullptr);
  EXPECT_EQ(BodyFor(assets, "/notes.gz", ""), "a file of its own");
}

TEST(Assets, AnswerThePageForEveryPathThatNamesNoFile) {
  const Assets assets{kFiles};
  for (const char* path : {"/", "/cases", "/cases/WB-7K4D-9QX2/timeline"}) {
    EXPECT_EQ(BodyFor(assets, path, ""), "page") << path;
  }
  for (const char* path : {"/none.js", "/../etc/passwd", "/.git/config", "//other", "/a%2fb",
                           "/a\\b", "/assets/../../key"}) {
    EXPECT_EQ(assets.Find(path), nullptr) << path;
  }
  EXPECT_EQ(Assets({}).Find("/"), nullptr);
}

TEST(Assets, HaveAnEtagEachFormAndContent) {
  const Assets assets{kFiles};
  std::set<std::string> etags;
  for (const char* path : {"/", "/icon.svg", "/assets/app-3f2a91bc.js"}) {
    for (const AssetForm& form : assets.Find(path)->forms) etags.insert(form.etag);
  }
  EXPECT_EQ(etags.size(), 6U);
  const AssetFile changed[] = {{"index.html", "another page"}};
  EXPECT_NE(Assets(changed).Find("/")->forms[0].etag, assets.Find("/")->forms[0].etag);
}

TEST(Assets, AreKeptForEverWhenTheirNameHasAHash) {
  EXPECT_TRUE(HasHashInName("assets/app-3f2a91bc.js"));
  EXPECT_TRUE(HasHashInName("assets/light-94a07e06a1-v2-a-b_c12x.woff2"));
  for (const char* path : {"index.html", "app-3f2a91bc.js", "assets/app.js", "assets/app-3f2.js",
                           "assets/app-3f2a91bc", "assets/-3f2a91bc.js",
                           "assets/govuk-frontend.min.js", "assets/govuk-frontend.js"}) {
    EXPECT_FALSE(HasHashInName(path)) << path;
  }
}

TEST(Assets, AreWhatTheirNamesSay) {
  EXPECT_EQ(MimeTypeOf("index.html"), "text/html; charset=utf-8");
  EXPECT_EQ(MimeTypeOf("assets/app-3f2a91bc.js"), "text/javascript; charset=utf-8");
  EXPECT_EQ(MimeTypeOf("unknown"), "application/octet-stream");
}

TEST(Assets, AreReadFromADirectoryAndNotFromBeyondIt) {
  const testing::ScratchDirectory scratch;
  const std::string root = scratch.At("web");
  std::filesystem::create_directories(root + "/assets");
  std::ofstream(root + "/index.html") << "page";
  std::ofstream(root + "/assets/app-3f2a91bc.js") << "script";
  std::filesystem::create_directories(root + "/.vite");
  std::ofstream(root + "/.vite/manifest.json") << "{}";
  std::ofstream(scratch.At("secret.txt")) << "secret";
  std::filesystem::create_symlink(scratch.At("secret.txt"), root + "/secret.txt");
  ASSERT_OK_AND_ASSIGN(const Assets assets, Assets::Load(root));
  EXPECT_EQ(BodyFor(assets, "/", ""), "page");
  EXPECT_EQ(BodyFor(assets, "/assets/app-3f2a91bc.js", ""), "script");
  EXPECT_EQ(assets.Find("/secret.txt"), nullptr);
  EXPECT_EQ(assets.Find("/.vite/manifest.json"), nullptr);
  EXPECT_THAT(Assets::Load(scratch.At("none")), StatusIs(absl::StatusCode::kNotFound));
}

TEST(StaticAnswer, HasNoBodyForAHeadAndForWhatHasNotChanged) {
  const Assets assets{kFiles};
  HttpRequest request;
  request.path = "/icon.svg";
  const StaticAnswer whole = AnswerFromAssets(request, assets);
  EXPECT_THAT(whole.head, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(whole.head, HasSubstr("\r\nContent-Length: 6\r\n"));
  EXPECT_THAT(whole.head, HasSubstr("\r\nContent-Type: image/svg+xml\r\n"));
  EXPECT_EQ(whole.body, "<svg/>");
  request.method = HttpRequest::Method::kHead;
  EXPECT_EQ(AnswerFromAssets(request, assets).head, whole.head);
  EXPECT_EQ(AnswerFromAssets(request, assets).body, "");
  request.method = HttpRequest::Method::kGet;
  request.fields = {{"if-none-match", "\"other\", W/" + assets.Find("/icon.svg")->forms[1].etag}};
  const StaticAnswer unchanged = AnswerFromAssets(request, assets);
  EXPECT_THAT(unchanged.head, StartsWith("HTTP/1.1 304 "));
  EXPECT_THAT(unchanged.head, Not(HasSubstr("Content-Length")));
  EXPECT_EQ(unchanged.body, "");
}

}  // namespace
}  // namespace wardbook::gateway
