#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/gateway/browser_for_test.h"
#include "services/gateway/limits.h"
#include "services/gateway/running_gateway_for_test.h"

namespace wardbook::gateway {
namespace {

// Long enough that nothing but waiting for it takes so long.
constexpr absl::Duration kShort = absl::Milliseconds(300);

TEST(GatewayLimits, DropsAClientThatNeverBeginsTls) {
  Limits limits;
  limits.handshake_time = kShort;
  RunningGatewayForTest running(limits);
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(running.port()));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  // The beginning of a hello, and its end never.
  ASSERT_EQ(send(fd, "\x16\x03\x01\x02\x00\x01", 6, 0), 6);
  char byte = 0;
  EXPECT_LE(recv(fd, &byte, 1, 0), 0);
  close(fd);
}

TEST(GatewayLimits, DropsAClientThatIsSlowWithItsHead) {
  Limits limits;
  limits.head_time = kShort;
  RunningGatewayForTest running(limits);
  BrowserForTest slow(running.port());
  const absl::Time began = absl::Now();
  slow.Send("GET / HTTP/1.1\r\n");
  EXPECT_TRUE(slow.AwaitEnd());
  EXPECT_GE(absl::Now() - began, kShort);
}

TEST(GatewayLimits, DropsAClientThatIsIdle) {
  Limits limits;
  limits.idle_time = kShort;
  RunningGatewayForTest running(limits);
  BrowserForTest idle(running.port());
  EXPECT_EQ(idle.Get("/").status, 200);
  EXPECT_TRUE(idle.AwaitEnd());
}

TEST(GatewayLimits, DropsAClientThatIsSlowWithItsBody) {
  Limits limits;
  limits.body_time = kShort;
  RunningGatewayForTest running(limits);
  BrowserForTest slow(running.port());
  const std::string call = slow.CallText(kEcho, std::string(1000, 'a'));
  slow.Send(absl::string_view(call).substr(0, call.size() - 1));
  EXPECT_TRUE(slow.AwaitEnd());
}

TEST(GatewayLimits, DropsAClientThatDoesNotTakeItsAnswerAndCancelsItsCall) {
  Limits limits;
  limits.write_time = kShort;
  limits.bytes_per_second_min = 1'000'000;
  RunningGatewayForTest running(limits);
  BrowserForTest slow(running.port());
  slow.Send(slow.CallText(kCount, CountMessage(5000, 100'000, /*waits=*/true)));
  running.service().AwaitCalls(1);
  running.service().AwaitCalls(0);
}

TEST(GatewayLimits, KeepsAStreamOpenThatIsSilent) {
  Limits limits;
  limits.head_time = limits.idle_time = limits.body_time = limits.write_time = kShort;
  RunningGatewayForTest running(limits);
  BrowserForTest browser(running.port());
  browser.Send(browser.CallText(kCount, CountMessage(1, 10, /*waits=*/true)));
  EXPECT_EQ(browser.ReadHead().status, 200);
  EXPECT_FALSE(browser.ReadMessage().empty());
  absl::SleepFor(2 * kShort);
  running.service().AwaitCalls(1);
}

TEST(GatewayLimits, AnswersABodyThatIsTooLargeSoThatTheBrowserCanReadIt) {
  Limits limits;
  limits.body_bytes_max = 100'000;
  RunningGatewayForTest running(limits);
  for (const auto& [size, cookie] : std::vector<std::pair<size_t, std::string>>{
           {5'000'000, "Cookie: __Host-wardbook=token\r\n"}, {20'000, ""}}) {
    BrowserForTest browser(running.port());
    // All of it is sent before the answer is read.
    const CallAnswerForTest answer = browser.Call(kEcho, std::string(size, 'a'), cookie);
    EXPECT_EQ(answer.http.status, 413) << size;
    EXPECT_EQ(answer.http.fields.at("connection"), "close");
  }
  BrowserForTest browser(running.port());
  EXPECT_EQ(browser
                .Call(kEcho,
                      "\x0a\x03"
                      "abc",
                      "Cookie: __Host-wardbook=token\r\n")
                .http.status,
            200);
}

TEST(GatewayLimits, KeepsBodiesTogetherWithinTheirMemory) {
  Limits limits;
  limits.body_bytes_together_max = 100'000;
  RunningGatewayForTest running(limits);
  const std::string cookie = "Cookie: __Host-wardbook=token\r\n";
  gatewaytest::EchoRequest request;
  request.set_data(std::string(90'000, 'a'));
  auto first = std::make_unique<BrowserForTest>(running.port());
  const std::string call = first->CallText(kEcho, request.SerializeAsString(), cookie);
  first->Send(absl::string_view(call).substr(0, call.size() - 1));
  // Until the first one has its share the second is answered; it never is afterwards.
  int status = 200;
  while (status == 200) {
    BrowserForTest second(running.port());
    status = second.Call(kEcho, request.SerializeAsString(), cookie).http.status;
  }
  EXPECT_EQ(status, 503);
  first->Send(absl::string_view(call).substr(call.size() - 1));
  EXPECT_EQ(first->ReadCall().http.status, 200);
  EXPECT_EQ(
      BrowserForTest(running.port()).Call(kEcho, request.SerializeAsString(), cookie).http.status,
      200)
      << "the memory is given back";
}

TEST(GatewayLimits, RefusesALongHead) {
  RunningGatewayForTest running;
  BrowserForTest browser(running.port());
  EXPECT_EQ(browser.Get("/", absl::StrCat("X-Long: ", std::string(20'000, 'a'), "\r\n")).status,
            431);
}

TEST(GatewayLimits, RefusesConnectionsBeyondThoseOfOneAddress) {
  Limits limits;
  limits.connections_per_address_max = 2;
  RunningGatewayForTest running(limits);
  auto first = std::make_unique<BrowserForTest>(running.port());
  BrowserForTest second(running.port());
  EXPECT_TRUE(first->connected() && second.connected());
  EXPECT_FALSE(BrowserForTest(running.port()).connected());
  first.reset();
  while (running.gateway().CountConnections() != 1) absl::SleepFor(absl::Milliseconds(10));
  EXPECT_TRUE(BrowserForTest(running.port()).connected());
}

TEST(GatewayLimits, RefusesCallsBeyondThoseOfAll) {
  Limits limits;
  limits.calls_max = 1;
  RunningGatewayForTest running(limits);
  BrowserForTest first(running.port());
  first.Send(first.CallText(kWait, ""));
  running.service().AwaitCalls(1);
  BrowserForTest second(running.port());
  EXPECT_EQ(second.Call(kEcho, "").http.status, 503);
}

TEST(GatewayLimits, TakesNoSecondRequestBeforeTheFirstIsAnswered) {
  RunningGatewayForTest running;
  BrowserForTest together(running.port());
  const std::string get = absl::StrCat("GET / HTTP/1.1\r\nHost: ", together.host(), "\r\n\r\n");
  together.Send(get + get);
  EXPECT_EQ(together.Read().status, 400);
  BrowserForTest behind(running.port());
  behind.Send(behind.CallText(kWait, "") + get);
  EXPECT_EQ(behind.Read().status, 400);
  BrowserForTest meanwhile(running.port());
  meanwhile.Send(meanwhile.CallText(kWait, ""));
  running.service().AwaitCalls(1);
  meanwhile.Send(get);
  EXPECT_TRUE(meanwhile.AwaitEnd());
  running.service().AwaitCalls(0);
}

TEST(GatewayLimits, RefusesBodiesThatAreNotOneMessage) {
  RunningGatewayForTest running;
  for (const std::string& body :
       {std::string("\1\0\0\0\0", 5), std::string("\0\0\0\0\1", 5), std::string("\0\0\0\0\0\0", 6),
        std::string("\0\0\0\0\0\0\0\0\0\0", 10), std::string("\0\0\0\0", 4)}) {
    BrowserForTest browser(running.port());
    const std::string call = browser.CallText(kEcho, "");
    std::string text = call.substr(0, call.find("Content-Length"));
    absl::StrAppend(&text, "Content-Length: ", body.size(), "\r\n\r\n", body);
    browser.Send(text);
    EXPECT_EQ(browser.Read().status, 400) << body.size();
  }
}

TEST(GatewayLimits, AnswersWhoWaitsToSendABody) {
  RunningGatewayForTest running;
  BrowserForTest browser(running.port());
  const std::string call = browser.CallText(kEcho, "", "Expect: 100-continue\r\n");
  browser.Send(absl::string_view(call).substr(0, call.size() - 5));
  EXPECT_EQ(browser.ReadHead().status, 100);
  browser.Send(absl::string_view(call).substr(call.size() - 5));
  EXPECT_EQ(browser.ReadCall().http.status, 200);
}

TEST(GatewayLimits, SpeaksNothingButHttp1ToBrowsers) {
  RunningGatewayForTest running;
  EXPECT_TRUE(BrowserForTest(running.port(), "\x02h2\x08http/1.1").connected());
  EXPECT_TRUE(BrowserForTest(running.port(), "").connected());
  EXPECT_FALSE(BrowserForTest(running.port(), "\x08http/1.0").connected());
}

constexpr char kHttp1[] = "\x08http/1.1";
constexpr char kHttp2[] = "\x02h2";
constexpr char kCookie[] = "Cookie: __Host-wardbook=token\r\n";

std::string EchoOf(size_t bytes) {
  gatewaytest::EchoRequest request;
  request.set_data(std::string(bytes, 'a'));
  return request.SerializeAsString();
}

// The first bytes of a call, and then nothing.
void SendBeginning(BrowserForTest& browser, size_t bytes, size_t sent) {
  const std::string call = browser.CallText(kEcho, EchoOf(bytes), kCookie);
  browser.Send(absl::string_view(call).substr(0, call.size() - bytes + sent));
}

TEST(GatewayLimits, EndsABodyThatStallsLongBeforeAllOfItIsDue) {
  Limits limits;
  limits.body_time = kShort;
  limits.bytes_per_second_min = 10'000;
  RunningGatewayForTest running(limits);
  BrowserForTest stalled(running.port());
  const absl::Time began = absl::Now();
  SendBeginning(stalled, 1'000'000, 0);
  EXPECT_TRUE(stalled.AwaitEnd());
  EXPECT_LT(absl::Now() - began, absl::Seconds(10)) << "all of it is due in 100 seconds";
}

TEST(GatewayLimits, LetsSmallBodiesInWhileUploadsFillTheirMemoryAndStalledOnesTakeNone) {
  Limits limits;
  limits.body_bytes_together_max = limits.body_bytes_per_address_max = 100'000;
  RunningGatewayForTest running(limits);
  std::vector<std::unique_ptr<BrowserForTest>> stalled;
  for (int i = 0; i < 10; ++i) {
    stalled.push_back(std::make_unique<BrowserForTest>(running.port()));
    SendBeginning(*stalled.back(), 1'000'000, 0);
  }
  BrowserForTest honest(running.port());
  EXPECT_EQ(honest.Call(kEcho, EchoOf(50'000), kCookie).http.status, 200);
  BrowserForTest large(running.port());
  EXPECT_EQ(large.Call(kEcho, EchoOf(200'000), kCookie).http.status, 503);
  EXPECT_EQ(honest.Call(kEcho, EchoOf(10'000), kCookie).http.status, 200);
}

TEST(GatewayLimits, CountsCallsOfAnAddress) {
  Limits limits;
  limits.calls_per_address_max = 1;
  RunningGatewayForTest running(limits);
  BrowserForTest first(running.port());
  first.Send(first.CallText(kWait, ""));
  running.service().AwaitCalls(1);
  EXPECT_EQ(BrowserForTest(running.port()).Call(kEcho, "").http.status, 503);
  EXPECT_EQ(BrowserForTest(running.port(), kHttp1, 2).Call(kEcho, "").http.status, 200);
}

TEST(GatewayLimits, TellsABrowserThatThereIsNoRoomForItsAnswer) {
  Limits limits;
  limits.answer_bytes_together_max = 100'000;
  limits.answer_bytes_per_address_max = 50'000;
  RunningGatewayForTest running(limits);
  BrowserForTest browser(running.port());
  const CallAnswerForTest answer = browser.Call(kCount, CountMessage(1, 60'000, /*waits=*/false));
  EXPECT_EQ(answer.http.status, 200);
  EXPECT_EQ(answer.trailers.at("grpc-status"), "8");
  EXPECT_EQ(
      browser.Call(kCount, CountMessage(1, 40'000, /*waits=*/false)).trailers.at("grpc-status"),
      "0");
}

TEST(GatewayLimits, CountsProgramsOfAnAddressAndAmongItsConnections) {
  Limits limits;
  limits.connections_per_address_max = 2;
  limits.grpc_connections_per_address_max = 1;
  RunningGatewayForTest running(limits);
  BrowserForTest program(running.port(), kHttp2);
  EXPECT_TRUE(program.connected());
  EXPECT_EQ(running.gateway().CountConnections(), 1) << "it keeps its place";
  EXPECT_FALSE(BrowserForTest(running.port(), kHttp2).connected());
  EXPECT_TRUE(BrowserForTest(running.port(), kHttp2, 2).connected());
}

TEST(GatewayLimits, DropsAClientThatAsksForNothing) {
  Limits limits;
  limits.first_request_time = kShort;
  RunningGatewayForTest running(limits);
  BrowserForTest silent(running.port());
  EXPECT_TRUE(silent.AwaitEnd());
}

TEST(GatewayLimits, FindsThatAProgramHasGoneWhenSomebodyArrives) {
  Limits limits;
  limits.connections_per_address_max = 1;
  RunningGatewayForTest running(limits);
  auto program = std::make_unique<BrowserForTest>(running.port(), kHttp2);
  ASSERT_TRUE(program->connected());
  EXPECT_FALSE(BrowserForTest(running.port()).connected());
  program.reset();
  const absl::Time end = absl::Now() + absl::Seconds(30);
  bool connected = false;
  while (!connected && absl::Now() < end) connected = BrowserForTest(running.port()).connected();
  EXPECT_TRUE(connected);
}

TEST(GatewayLimits, TakesABodyThatIsAlwaysOnItsWay) {
  Limits limits;
  limits.body_time = kShort;
  limits.bytes_per_second_min = 100'000;
  RunningGatewayForTest running(limits);
  BrowserForTest slow(running.port());
  const std::string call = slow.CallText(kEcho, EchoOf(1'000'000), kCookie);
  const absl::Time began = absl::Now();
  for (absl::string_view rest = call; !rest.empty();) {
    const absl::string_view piece = rest.substr(0, 50'000);
    slow.Send(piece);
    rest.remove_prefix(piece.size());
    absl::SleepFor(kShort / 5);
  }
  EXPECT_EQ(slow.ReadCall().http.status, 200);
  EXPECT_GT(absl::Now() - began, 2 * kShort) << "longer than a stall may be";
}

constexpr int64_t kLongMessageBytes = 3'500'000;

TEST(GatewayLimits, EndsAnAnswerThatStallsLongBeforeAMessageOfItIsDue) {
  Limits limits;
  limits.write_time = kShort;
  // All of a message is due in 100 seconds, a piece of it in two at the most.
  limits.bytes_per_second_min = kLongMessageBytes / 100;
  RunningGatewayForTest running(limits);
  BrowserForTest stalled(running.port());
  // More than the sockets between take while nobody reads.
  stalled.Send(stalled.CallText(kCount, CountMessage(20, kLongMessageBytes, /*waits=*/true)));
  const absl::Time began = absl::Now();
  running.service().AwaitCalls(1);
  running.service().AwaitCalls(0);
  EXPECT_LT(absl::Now() - began, absl::Seconds(60));
}

TEST(GatewayLimits, GoesOnWithAnAnswerThatIsTakenSlowly) {
  Limits limits;
  limits.write_time = kShort;
  // Time enough for a piece on a machine that does other things as well.
  limits.bytes_per_second_min = kLongMessageBytes / 1000;
  RunningGatewayForTest running(limits);
  BrowserForTest slow(running.port());
  slow.ReadSlowly(absl::Milliseconds(2));
  const absl::Time began = absl::Now();
  const CallAnswerForTest answer =
      slow.Call(kCount, CountMessage(6, kLongMessageBytes, /*waits=*/false));
  EXPECT_EQ(answer.messages.size(), 6u);
  EXPECT_EQ(answer.trailers.at("grpc-status"), "0");
  EXPECT_GT(absl::Now() - began, 2 * kShort) << "longer than a stall may be";
}

TEST(GatewayLimits, KeepsNoAddressOutForAnother) {
  Limits limits;
  limits.body_bytes_per_address_max = limits.answer_bytes_per_address_max = 100'000;
  RunningGatewayForTest running(limits);
  BrowserForTest uploading(running.port());
  SendBeginning(uploading, 99'000, 98'000);
  BrowserForTest unread(running.port());
  unread.Send(unread.CallText(kCount, CountMessage(1000, 90'000, /*waits=*/false)));
  const auto upload = [&running](uint32_t from) {
    return BrowserForTest(running.port(), kHttp1, from)
        .Call(kEcho, EchoOf(50'000), kCookie)
        .http.status;
  };
  const auto download = [&running](uint32_t from) {
    return BrowserForTest(running.port(), kHttp1, from)
        .Call(kCount, CountMessage(1, 50'000, /*waits=*/false))
        .trailers["grpc-status"];
  };
  // Until the first two have what they take.
  const absl::Time end = absl::Now() + absl::Seconds(30);
  while ((upload(1) != 503 || download(1) != "8") && absl::Now() < end) {
  }
  EXPECT_EQ(upload(1), 503);
  EXPECT_EQ(download(1), "8");
  EXPECT_EQ(upload(2), 200);
  EXPECT_EQ(download(2), "0");
}

}  // namespace
}  // namespace wardbook::gateway
