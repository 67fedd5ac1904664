#include "services/gateway/gateway.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "grpcpp/client_context.h"
#include "gtest/gtest.h"
#include "services/gateway/browser_for_test.h"
#include "services/gateway/grpc_web.h"
#include "services/gateway/running_gateway_for_test.h"

namespace wardbook::gateway {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

std::string EchoMessage(const std::string& data) {
  gatewaytest::EchoRequest request;
  request.set_data(data);
  return request.SerializeAsString();
}

gatewaytest::EchoResponse Echoed(const CallAnswerForTest& answer) {
  gatewaytest::EchoResponse response;
  EXPECT_EQ(answer.messages.size(), 1U);
  if (!answer.messages.empty()) {
    EXPECT_TRUE(response.ParseFromString(answer.messages[0]));
  }
  return response;
}

TEST(Gateway, TranslatesACallAndItsAnswer) {
  RunningGatewayForTest running;
  BrowserForTest browser(running.port());
  // Larger than a record of TLS, and one after the other on one connection.
  for (const std::string& data : {std::string("a"), std::string(), std::string(15'000, 'b')}) {
    const CallAnswerForTest answer = browser.Call(kEcho, EchoMessage(data));
    EXPECT_EQ(answer.http.status, 200);
    EXPECT_EQ(answer.http.fields.at("content-type"), "application/grpc-web+proto");
    EXPECT_EQ(answer.http.fields.at("cache-control"), "no-store, no-transform");
    EXPECT_EQ(answer.trailers.at("grpc-status"), "0");
    EXPECT_EQ(Echoed(answer).data(), data);
  }
}

TEST(Gateway, TellsTheTimeWithEachAnswer) {
  RunningGatewayForTest running;
  BrowserForTest browser(running.port());
  const absl::Time before = absl::Now();
  const CallAnswerForTest call = browser.Call(kEcho, EchoMessage("a"));
  for (const AnswerForTest& answer :
       {call.http, browser.Get("/"), browser.Get("/assets/none.js")}) {
    absl::Time told;
    std::string error;
    ASSERT_TRUE(
        absl::ParseTime("%a, %d %b %Y %H:%M:%S GMT", answer.fields.at("date"), &told, &error))
        << error;
    // In whole seconds.
    EXPECT_GT(told, before - absl::Seconds(1));
    EXPECT_LE(told, absl::Now());
  }
}

TEST(Gateway, TellsTheServicesWhereACallComesFromAndNothingThatABrowserMadeUp) {
  RunningGatewayForTest running;
  BrowserForTest browser(running.port());
  const auto metadata =
      Echoed(browser.Call(kEcho, "",
                          "x-gw-token: forged\r\nX-GW-Peer: ipv4:192.0.2.1\r\n"
                          "X-Forwarded-For: 192.0.2.1\r\nAuthorization: Bearer forged\r\n"
                          "grpc-encoding: gzip\r\nwardbook-seen-position: 7\r\n"
                          "Cookie: theme=dark; __Host-wardbook=token\r\n"))
          .metadata();
  EXPECT_THAT(metadata, Contains("x-gw-peer: ipv4:127.0.0.1"));
  EXPECT_THAT(metadata, Contains(absl::StrCat("x-gw-token: ", kPassForTest)));
  EXPECT_THAT(metadata, Contains("wardbook-seen-position: 7"));
  EXPECT_THAT(metadata, Contains("authorization: Bearer token"));
  EXPECT_THAT(metadata, Each(Not(AnyOf(HasSubstr("forged"), HasSubstr("192.0.2.1"),
                                       HasSubstr("cookie"), HasSubstr("theme")))));
}

TEST(Gateway, GivesAnErrorWithItsMessageInAnyScript) {
  RunningGatewayForTest running;
  BrowserForTest browser(running.port());
  const CallAnswerForTest answer = browser.Call(kFail, "");
  EXPECT_THAT(answer.messages, IsEmpty());
  EXPECT_EQ(answer.trailers.at("grpc-status"), "9");
  EXPECT_EQ(answer.trailers.at("grpc-message"),
            "Gr%C3%B6%C3%9Fe: 100 %25%0A%D0%B6%D0%B0%D0%BB%D0%BE%D0%B1%D0%B0 %F0%9F%93%8E");
  EXPECT_EQ(answer.trailers.at("wardbook-hint"), "a hint");
  EXPECT_EQ(answer.trailers.at("wardbook-bytes-bin"), "AP8=");
  EXPECT_EQ(answer.trailers.count("x-gw-secret"), 0U);
  EXPECT_EQ(browser.Call("/wardbook.gatewaytest.GatewayTestService/Nothing", "")
                .trailers.at("grpc-status"),
            "12");
}

TEST(Gateway, StreamsMessagesAsTheyCome) {
  RunningGatewayForTest running;
  BrowserForTest browser(running.port());
  browser.Send(browser.CallText(kCount, CountMessage(3, 100'000, /*waits=*/true)));
  EXPECT_EQ(browser.ReadHead().status, 200);
  for (int64_t number = 0; number < 3; ++number) {
    gatewaytest::CountResponse response;
    ASSERT_TRUE(response.ParseFromString(browser.ReadMessage()));
    EXPECT_EQ(response.number(), number);
    EXPECT_EQ(response.data().size(), 100'000U);
  }
  const CallAnswerForTest whole =
      BrowserForTest(running.port()).Call(kCount, CountMessage(50, 10, /*waits=*/false));
  EXPECT_EQ(whole.messages.size(), 50U);
  EXPECT_EQ(whole.trailers.at("grpc-status"), "0");
}

TEST(Gateway, HoldsAStreamBackForABrowserThatDoesNotRead) {
  RunningGatewayForTest running;
  BrowserForTest browser(running.port());
  browser.Send(browser.CallText(kCount, CountMessage(1000, 100'000, /*waits=*/false)));
  ASSERT_EQ(browser.ReadHead().status, 200);
  ASSERT_FALSE(browser.ReadMessage().empty());
  // What is on its way fits into buffers: a hundred megabytes do not.
  int64_t before = -1;
  while (before != running.service().messages_written()) {
    before = running.service().messages_written();
    absl::SleepFor(absl::Milliseconds(200));
  }
  EXPECT_LT(before, 300);
  int messages = 1;
  while (!browser.ReadMessage().empty() && messages < 999) ++messages;
  EXPECT_EQ(messages, 999);
}

TEST(Gateway, KeepsToADeadline) {
  RunningGatewayForTest running;
  BrowserForTest browser(running.port());
  EXPECT_EQ(browser.Call(kWait, "", "grpc-timeout: 50m\r\n").trailers.at("grpc-status"), "4");
  const CallAnswerForTest stream =
      browser.Call(kCount, CountMessage(2, 10, /*waits=*/true), "grpc-timeout: 300m\r\n");
  EXPECT_EQ(stream.messages.size(), 2U);
  EXPECT_EQ(stream.trailers.at("grpc-status"), "4");
  EXPECT_EQ(browser.Call(kEcho, "", "grpc-timeout: soon\r\n").http.status, 400);
}

TEST(Gateway, CancelsTheCallOfABrowserThatGoes) {
  RunningGatewayForTest running;
  auto waiting = std::make_unique<BrowserForTest>(running.port());
  auto streaming = std::make_unique<BrowserForTest>(running.port());
  waiting->Send(waiting->CallText(kWait, ""));
  streaming->Send(streaming->CallText(kCount, CountMessage(1, 10, /*waits=*/true)));
  running.service().AwaitCalls(2);
  waiting.reset();
  running.service().AwaitCalls(1);
  streaming.reset();
  running.service().AwaitCalls(0);
}

TEST(Gateway, AnswersProgramsOnTheSamePort) {
  RunningGatewayForTest running;
  BrowserForTest browser(running.port());
  EXPECT_EQ(browser.Call(kEcho, "").http.status, 200);
  std::shared_ptr<grpc::Channel> channel = running.NewChannel();
  const auto stub = gatewaytest::GatewayTestService::NewStub(channel);
  grpc::ClientContext context;
  context.AddMetadata("x-gw-token", "forged");
  gatewaytest::EchoRequest request;
  request.set_data("a");
  gatewaytest::EchoResponse response;
  const grpc::Status status = stub->Echo(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.data(), "a");
  EXPECT_EQ(running.gateway().CountPrograms(), 1);
}

TEST(Gateway, CountsProgramsUntilTheyGo) {
  Limits limits;
  limits.grpc_connections_max = 1;
  RunningGatewayForTest running(limits);
  const auto call = [](const std::shared_ptr<grpc::Channel>& channel) {
    grpc::ClientContext context;
    gatewaytest::EchoResponse response;
    return gatewaytest::GatewayTestService::NewStub(channel)->Echo(&context, {}, &response);
  };
  std::shared_ptr<grpc::Channel> first = running.NewChannel();
  EXPECT_TRUE(call(first).ok());
  EXPECT_EQ(call(running.NewChannel()).error_code(), grpc::StatusCode::UNAVAILABLE);
  first.reset();
  while (running.gateway().CountPrograms() != 0) absl::SleepFor(absl::Milliseconds(10));
  EXPECT_TRUE(call(running.NewChannel()).ok());
}

TEST(Gateway, GivesBrowsersTheChainOfItsCertificate) {
  const std::string intermediate =
      crypto::SelfSignedCertificate({"intermediate.example"}, absl::Now(), absl::Hours(1))
          ->certificate_pem;
  RunningGatewayForTest running({}, {}, intermediate);
  const BrowserForTest browser(running.port());
  ASSERT_TRUE(browser.connected());
  EXPECT_THAT(browser.Certificates(), ElementsAre(running.certificate(), intermediate));
}

TEST(Gateway, GivesNoTicketThatOneKeyWouldOpen) {
  RunningGatewayForTest running;
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    BrowserForTest browser(running.port(), "\x08http/1.1", 1, version);
    // With TLS 1.3 it would come with the first answer.
    EXPECT_EQ(browser.Get("/").status, 200);
    EXPECT_EQ(SSL_SESSION_has_ticket(SSL_get0_session(browser.tls())), 0) << version;
  }
}

TEST(Gateway, ServesTheClientsFiles) {
  RunningGatewayForTest running;
  BrowserForTest browser(running.port());
  const AnswerForTest page = browser.Get("/cases/WB-7K4D-9QX2?tab=timeline");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.body, kFilesForTest[0].bytes);
  EXPECT_EQ(page.fields.at("cache-control"), "no-cache");
  EXPECT_THAT(page.fields.at("content-security-policy"),
              AllOf(StartsWith("default-src 'none'"), HasSubstr("frame-ancestors 'none'"),
                    Not(HasSubstr("unsafe"))));
  EXPECT_EQ(page.fields.at("x-content-type-options"), "nosniff");
  const AnswerForTest script =
      browser.Get("/assets/app-3f2a91bc.js", "Accept-Encoding: gzip, br;q=0.9\r\n");
  EXPECT_EQ(script.body, "brotli");
  EXPECT_EQ(script.fields.at("content-encoding"), "br");
  EXPECT_THAT(script.fields.at("cache-control"), HasSubstr("immutable"));
  const AnswerForTest again =
      browser.Get("/", absl::StrCat("If-None-Match: ", page.fields.at("etag"), "\r\n"));
  EXPECT_EQ(again.status, 304);
  for (const char* path : {"/../../etc/passwd", "/assets/../index.html", "/.git/config",
                           "/%2e%2e/%2e%2e/etc/passwd", "/assets/none.js", "//index", "/a\\b"}) {
    EXPECT_EQ(browser.Get(path).status, 404) << path;
  }
  browser.Send(absl::StrCat("HEAD / HTTP/1.1\r\nHost: ", browser.host(), "\r\n\r\n"));
  const AnswerForTest head = browser.ReadHead();
  EXPECT_EQ(head.fields.at("content-length"), absl::StrCat(kFilesForTest[0].bytes.size()));
  EXPECT_EQ(browser.Get("/").status, 200) << "there was no body";
}

TEST(Gateway, RefusesCallsOfOtherSites) {
  RunningGatewayForTest running({}, {"127.0.0.1"});
  const auto status_of = [&](const std::string& fields) {
    BrowserForTest browser(running.port());
    browser.Send(absl::StrCat("POST ", kEcho, " HTTP/1.1\r\nContent-Length: 5\r\n", fields, "\r\n",
                              MessageFrameHead(0)));
    return browser.Read().status;
  };
  const std::string host = absl::StrCat("Host: 127.0.0.1:", running.port(), "\r\n");
  const std::string origin = absl::StrCat("Origin: https://127.0.0.1:", running.port(), "\r\n");
  const std::string type = "Content-Type: application/grpc-web+proto\r\n";
  EXPECT_EQ(status_of(host + origin + type), 200);
  EXPECT_EQ(status_of(host + type), 403);
  EXPECT_EQ(status_of(host + type + "Origin: https://other.example\r\n"), 403);
  EXPECT_EQ(status_of(host + origin + type + "Sec-Fetch-Site: same-site\r\n"), 403);
  EXPECT_EQ(status_of(host + origin + "Content-Type: text/plain\r\n"), 415);
  EXPECT_EQ(status_of("Host: other.example\r\nOrigin: https://other.example\r\n" + type), 421);
  BrowserForTest asking(running.port());
  asking.Send(absl::StrCat("OPTIONS ", kEcho, " HTTP/1.1\r\n", host, "\r\n"));
  const AnswerForTest asked = asking.Read();
  EXPECT_EQ(asked.status, 405);
  EXPECT_EQ(asked.fields.count("access-control-allow-origin"), 0U);
}

TEST(Gateway, EndsWithStreamsOpen) {
  RunningGatewayForTest running;
  std::vector<std::unique_ptr<BrowserForTest>> browsers;
  for (int i = 0; i < 20; ++i) {
    browsers.push_back(std::make_unique<BrowserForTest>(running.port()));
    browsers.back()->Send(browsers.back()->CallText(
        i % 2 == 0 ? kWait : kCount, i % 2 == 0 ? "" : CountMessage(1000, 100'000, true)));
  }
  running.service().AwaitCalls(20);
  BrowserForTest idle(running.port());
  BrowserForTest half(running.port());
  half.Send("POST / HTTP/1.1\r\n");
  running.Stop();
  running.service().AwaitCalls(0);
  EXPECT_TRUE(idle.AwaitEnd());
}

}  // namespace
}  // namespace wardbook::gateway
