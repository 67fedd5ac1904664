#include "services/gateway/http_request.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::gateway {
namespace {

using ::testing::Optional;
using ::testing::VariantWith;

std::variant<HttpRequest, HttpStatus> Parse(const std::string& head) { return ParseHead(head, 10); }

// A head with these lines after the first.
std::variant<HttpRequest, HttpStatus> ParseGet(const std::string& lines) {
  return Parse(absl::StrCat("GET / HTTP/1.1\r\nHost: school.example\r\n", lines, "\r\n"));
}

std::variant<HttpRequest, HttpStatus> ParsePost(const std::string& lines) {
  return Parse(absl::StrCat("POST / HTTP/1.1\r\nHost: school.example\r\n", lines, "\r\n"));
}

testing::Matcher<std::variant<HttpRequest, HttpStatus>> IsRefusedWith(HttpStatus status) {
  return VariantWith<HttpStatus>(status);
}

TEST(HttpRequest, EndsItsHeadAtTheEmptyLine) {
  EXPECT_EQ(EndOfHead("GET / HTTP/1.1\r\nHost: a\r\n"), std::nullopt);
  EXPECT_THAT(EndOfHead("GET / HTTP/1.1\r\n\r\nbody"), Optional(18));
}

TEST(HttpRequest, HasItsPathWithoutTheQueryAndItsFieldsInLowerCase) {
  const auto parsed =
      Parse("GET /cases?page=2 HTTP/1.1\r\nHost: a\r\nAccept-Encoding:  br \r\n\r\n");
  const auto& request = std::get<HttpRequest>(parsed);
  EXPECT_EQ(request.path, "/cases");
  EXPECT_EQ(request.Field("accept-encoding"), "br");
  EXPECT_EQ(request.Field("cookie"), "");
  EXPECT_EQ(request.content_length, std::nullopt);
  EXPECT_EQ(request.afterwards, HttpRequest::Afterwards::kKeepOpen);
}

TEST(HttpRequest, SaysHowLongItsBodyIs) {
  const auto parsed = ParsePost("Content-Length: 5\r\nExpect: 100-continue\r\n");
  const auto& request = std::get<HttpRequest>(parsed);
  EXPECT_EQ(request.method, HttpRequest::Method::kPost);
  EXPECT_THAT(request.content_length, Optional(5U));
  EXPECT_TRUE(request.expects_continue);
}

TEST(HttpRequest, IsTheLastOfAConnectionThatCloses) {
  const auto parsed = ParseGet("Connection: te, Close\r\n");
  EXPECT_EQ(std::get<HttpRequest>(parsed).afterwards, HttpRequest::Afterwards::kClose);
}

TEST(HttpRequest, HasOneLengthThatEverybodyReadsAlike) {
  EXPECT_THAT(ParsePost(""), IsRefusedWith(HttpStatus::kLengthRequired));
  EXPECT_THAT(ParsePost("Transfer-Encoding: chunked\r\n"),
              IsRefusedWith(HttpStatus::kLengthRequired));
  EXPECT_THAT(ParsePost("Transfer-Encoding: identity\r\nContent-Length: 5\r\n"),
              IsRefusedWith(HttpStatus::kLengthRequired));
  for (const char* lines :
       {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Content-Length: 5\r\nContent-Length: 5\r\n", "Content-Length: 5, 5\r\n",
        "Content-Length: +5\r\n", "Content-Length: -1\r\n", "Content-Length: 0x5\r\n",
        "Content-Length: 5 5\r\n", "Content-Length:\r\n",
        "Content-Length: 99999999999999999999999\r\n"}) {
    EXPECT_THAT(ParsePost(lines), IsRefusedWith(HttpStatus::kBadRequest)) << lines;
  }
  EXPECT_THAT(ParseGet("Content-Length: 5\r\n"), IsRefusedWith(HttpStatus::kBadRequest));
}

TEST(HttpRequest, HasNoLineThatGoesOnAndNoStrayByte) {
  for (const std::string& lines :
       {std::string("Cookie: a\r\n b\r\n"), std::string("Cookie: a\r\n\tb\r\n"),
        std::string("Cookie: a\nHost: b\r\n"), std::string("Cookie: a\rb\r\n"),
        std::string("Cookie: a\0b\r\n", 13), std::string("Cookie : a\r\n"),
        std::string("Coo kie: a\r\n"), std::string(": a\r\n"), std::string("Cookie\r\n")}) {
    EXPECT_THAT(ParseGet(lines), IsRefusedWith(HttpStatus::kBadRequest)) << lines;
  }
}

TEST(HttpRequest, SaysNothingTwice) {
  EXPECT_THAT(ParseGet("Host: other.example\r\n"), IsRefusedWith(HttpStatus::kBadRequest));
  EXPECT_THAT(ParseGet("Origin: a\r\norigin: b\r\n"), IsRefusedWith(HttpStatus::kBadRequest));
  EXPECT_THAT(Parse("GET / HTTP/1.1\r\n\r\n"), IsRefusedWith(HttpStatus::kBadRequest));
}

TEST(HttpRequest, NamesAPathOfThisServer) {
  for (const char* target : {"http://other.example/", "*", "other.example:443", "/\xc3\xa9"}) {
    EXPECT_THAT(Parse(absl::StrCat("GET ", target, " HTTP/1.1\r\nHost: a\r\n\r\n")),
                IsRefusedWith(HttpStatus::kBadRequest))
        << target;
  }
}

TEST(HttpRequest, IsOfOneVersionAndOfThreeMethods) {
  EXPECT_THAT(Parse("GET / HTTP/1.0\r\nHost: a\r\n\r\n"),
              IsRefusedWith(HttpStatus::kVersionNotSupported));
  EXPECT_THAT(Parse("OPTIONS / HTTP/1.1\r\nHost: a\r\n\r\n"),
              IsRefusedWith(HttpStatus::kMethodNotAllowed));
  EXPECT_THAT(Parse("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"),
              IsRefusedWith(HttpStatus::kVersionNotSupported));
  EXPECT_THAT(Parse("GET /\r\nHost: a\r\n\r\n"), IsRefusedWith(HttpStatus::kBadRequest));
}

TEST(HttpRequest, HasAFewFields) {
  std::string lines;
  for (int i = 0; i < 10; ++i) absl::StrAppend(&lines, "X-", i, ": a\r\n");
  EXPECT_THAT(ParseGet(lines), IsRefusedWith(HttpStatus::kHeadTooLarge));
}

}  // namespace
}  // namespace wardbook::gateway
