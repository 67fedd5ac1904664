#include "services/gateway/browser_rules.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/gateway/call_metadata.h"
#include "services/gateway/session_cookie.h"

namespace wardbook::gateway {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;
using ::testing::Pair;
using ::testing::VariantWith;

// A call as a page of ours makes it.
HttpRequest CallOfAPage() {
  HttpRequest request;
  request.method = HttpRequest::Method::kPost;
  request.path = "/wardbook.v1.AccessService/GetSession";
  request.fields = {{"host", "school.example:7443"},
                    {"content-type", kGrpcWeb},
                    {"origin", "https://school.example:7443"},
                    {"sec-fetch-site", "same-origin"}};
  return request;
}

HttpRequest CallWith(const std::string& name, const std::string& value) {
  HttpRequest request = CallOfAPage();
  for (auto& field : request.fields) {
    if (field.first == name) {
      field.second = value;
      return request;
    }
  }
  request.fields.emplace_back(name, value);
  return request;
}

HttpRequest CallWithout(const std::string& name) {
  HttpRequest request = CallOfAPage();
  std::erase_if(request.fields, [&](const auto& field) { return field.first == name; });
  return request;
}

TEST(BrowserRules, TakeACallOfAPageOfOurs) {
  EXPECT_EQ(RefuseCall(CallOfAPage()), std::nullopt);
  EXPECT_EQ(RefuseCall(CallWithout("origin")), std::nullopt);
  EXPECT_EQ(RefuseCall(CallWithout("sec-fetch-site")), std::nullopt) << "an older browser";
}

TEST(BrowserRules, RefuseACallOfAnotherSite) {
  for (const char* site : {"cross-site", "same-site", "none", ""}) {
    EXPECT_THAT(RefuseCall(CallWith("sec-fetch-site", site)), Optional(HttpStatus::kForbidden));
  }
  for (const char* origin : {"https://other.example", "http://school.example:7443", "null", "",
                             "https://school.example", "https://school.example:7443.other"}) {
    EXPECT_THAT(RefuseCall(CallWith("origin", origin)), Optional(HttpStatus::kForbidden)) << origin;
  }
  HttpRequest silent = CallWithout("origin");
  std::erase_if(silent.fields, [](const auto& field) { return field.first == "sec-fetch-site"; });
  EXPECT_THAT(RefuseCall(silent), Optional(HttpStatus::kForbidden));
}

TEST(BrowserRules, RefuseWhatAFormCanSend) {
  for (const char* type : {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
                           "application/grpc-web-text", "application/grpc-web+proto; a=b", ""}) {
    EXPECT_THAT(RefuseCall(CallWith("content-type", type)),
                Optional(HttpStatus::kUnsupportedMediaType))
        << type;
  }
  HttpRequest get = CallOfAPage();
  get.method = HttpRequest::Method::kGet;
  EXPECT_THAT(RefuseCall(get), Optional(HttpStatus::kMethodNotAllowed));
}

TEST(BrowserRules, KnowTheServersNames) {
  EXPECT_EQ(RefuseHost(CallOfAPage(), {}), std::nullopt);
  EXPECT_EQ(RefuseHost(CallOfAPage(), {"other.example", "School.example"}), std::nullopt);
  EXPECT_EQ(RefuseHost(CallWith("host", "[::1]:7443"), {"[::1]"}), std::nullopt);
  EXPECT_THAT(RefuseHost(CallWith("host", "school.example.other"), {"school.example"}),
              Optional(HttpStatus::kMisdirectedRequest));
}

TEST(BrowserRules, TakeMethodsOfOurServicesOnly) {
  EXPECT_TRUE(IsMethodPath("/wardbook.v1.AccessService/SignIn"));
  for (const char* path :
       {"/", "/wardbook.v1.AccessService", "/wardbook.v1.AccessService/", "/wardbook./",
        "/wardbook.v1.AccessService/SignIn/", "/wardbook.v1.AccessService/../SignIn",
        "/wardbook.v1.AccessService/Sign%49n", "/grpc.health.v1.Health/Check",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"}) {
    EXPECT_FALSE(IsMethodPath(path)) << path;
  }
}

TEST(SessionCookie, IsReadAsItWasSet) {
  const std::string set = *CookieOfSession("abc-_=");
  EXPECT_EQ(set, "__Host-wardbook=abc-_=; Path=/; Secure; HttpOnly; SameSite=Strict");
  EXPECT_THAT(SessionOfCookies("theme=dark; " + set.substr(0, set.find(';')) + "; a=b"),
              Optional(std::string("abc-_=")));
  EXPECT_THAT(CookieOfNoSession(), ::testing::HasSubstr("Max-Age=0"));
}

TEST(SessionCookie, IsNothingButAToken) {
  for (const char* cookies : {"", "__Host-wardbook=", "__Host-wardbook=a b", "wardbook=abc",
                              "x__Host-wardbook=abc", "__Host-wardbook=a\"b", "__Host-wardbook"}) {
    EXPECT_EQ(SessionOfCookies(cookies), std::nullopt) << cookies;
  }
  EXPECT_EQ(SessionOfCookies("__Host-wardbook=" + std::string(300, 'a')), std::nullopt);
  EXPECT_EQ(CookieOfSession("a\r\nSet-Cookie: b"), std::nullopt);
  EXPECT_EQ(CookieOfSession(""), std::nullopt);
}

TEST(CallMetadata, IsWhatTheGatewaySaysAndTheFieldsOfOurs) {
  HttpRequest request = CallWith("cookie", "__Host-wardbook=abc");
  for (const char* forged :
       {"x-gw-token", "x-gw-peer", "x-forwarded-for", "authorization", "grpc-timeout",
        "grpc-encoding", "te", "x-user-agent", ":path", "grpc-tags-bin"}) {
    request.fields.emplace_back(forged, "forged");
  }
  request.fields.emplace_back("wardbook-seen-position", "17");
  EXPECT_THAT(MetadataOfRequest(request, {"ipv4:192.0.2.1", "pass"}),
              VariantWith<Metadata>(ElementsAre(
                  Pair("wardbook-seen-position", "17"), Pair("authorization", "Bearer abc"),
                  Pair("x-gw-token", "pass"), Pair("x-gw-peer", "ipv4:192.0.2.1"))));
}

TEST(CallMetadata, HasNoValueThatGrpcRefuses) {
  for (const char* value : {"a\tb", "\x7f", "\xc3\xa9"}) {
    EXPECT_THAT(MetadataOfRequest(CallWith("wardbook-a", value), {}),
                VariantWith<HttpStatus>(HttpStatus::kBadRequest));
  }
  EXPECT_THAT(MetadataOfRequest(CallWith("wardbook-a-bin", "YQ=="), {}),
              VariantWith<HttpStatus>(HttpStatus::kBadRequest));
  EXPECT_THAT(MetadataOfRequest(CallWith("wardbook-!", "a"), {}),
              VariantWith<HttpStatus>(HttpStatus::kBadRequest));
}

TEST(CallMetadata, KeepsTheWordsBetweenServicesAndGateway) {
  EXPECT_TRUE(PassesToBrowser("grpc-status-details-bin"));
  EXPECT_FALSE(PassesToBrowser("x-gw-session"));
  EXPECT_FALSE(PassesToBrowser("grpc-status"));
}

}  // namespace
}  // namespace wardbook::gateway
