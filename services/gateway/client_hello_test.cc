#include "services/gateway/client_hello.h"

#include <random>
#include <string>

#include "gtest/gtest.h"
#include "tests/testing/seed.h"

namespace wardbook::gateway {
namespace {

// A number in so many bytes, and what it is the length of.
std::string Vector(int bytes, const std::string& content) {
  std::string text;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
    text += static_cast<char>(static_cast<unsigned char>(content.size() >> shift));
  }
  return text + content;
}

std::string Hello(const std::string& extensions) {
  const std::string body = std::string("\x03\x03", 2) + std::string(32, 'r') + Vector(1, "") +
                           Vector(2, std::string("\x13\x01", 2)) + Vector(1, std::string(1, '\0')) +
                           Vector(2, extensions);
  return std::string("\x16\x03\x01", 3) + Vector(2, "\x01" + Vector(3, body));
}

std::string Alpn(const std::string& protocols) {
  return std::string("\0\x10", 2) + Vector(2, Vector(2, protocols));
}

std::string ServerName() { return std::string("\0\0", 2) + Vector(2, "school.example"); }

TEST(ClientHello, OfAProgramNamesHttp2Only) {
  const std::string both = Vector(1, "grpc-exp") + Vector(1, "h2");
  EXPECT_EQ(KindOfClient(Hello(ServerName() + Alpn(both))), ClientKind::kGrpc);
  EXPECT_EQ(KindOfClient(Hello(Alpn(Vector(1, "h2")))), ClientKind::kGrpc);
}

TEST(ClientHello, OfABrowserNamesHttp1OrNothing) {
  EXPECT_EQ(KindOfClient(Hello(Alpn(Vector(1, "h2") + Vector(1, "http/1.1")))),
            ClientKind::kBrowser);
  EXPECT_EQ(KindOfClient(Hello(ServerName())), ClientKind::kBrowser);
  EXPECT_EQ(KindOfClient(Hello("")), ClientKind::kBrowser);
}

TEST(ClientHello, IsWaitedForAsLongAsItMayStillCome) {
  const std::string hello = Hello(ServerName() + Alpn(Vector(1, "h2")));
  for (size_t size = 0; size < hello.size(); ++size) {
    EXPECT_EQ(KindOfClient(absl::string_view(hello).substr(0, size)), ClientKind::kUndecided)
        << size;
  }
  EXPECT_EQ(KindOfClient(hello + "more"), ClientKind::kGrpc);
}

TEST(ClientHello, IsToldFromHttpWithoutTls) {
  EXPECT_EQ(KindOfClient("G"), ClientKind::kPlainHttp);
  EXPECT_EQ(KindOfClient("PRI * HTTP/2.0"), ClientKind::kPlainHttp);
  EXPECT_EQ(KindOfClient(std::string("\x15\x03", 2)), ClientKind::kBrowser);
}

TEST(ClientHello, MayBeAnything) {
  std::mt19937_64 random(testing::TestSeed());
  const std::string hello = Hello(ServerName() + Alpn(Vector(1, "h2")));
  for (int i = 0; i < 20'000; ++i) {
    std::string changed = hello;
    for (int change = 0; change < 4; ++change) {
      changed[random() % changed.size()] = static_cast<char>(random());
    }
    changed.resize(random() % (changed.size() + 1));
    KindOfClient(changed);
  }
}

}  // namespace
}  // namespace wardbook::gateway
