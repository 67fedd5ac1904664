#include <chrono>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "gmock/gmock.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "gtest/gtest.h"
#include "services/access/sign_in_attempts.h"
#include "services/gateway/browser_for_test.h"
#include "services/gateway/shipped_assets.h"
#include "services/runtime/captured_log_for_test.h"
#include "services/server/key_files.h"
#include "services/server/school_setup.h"
#include "services/server/server.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/access_service.grpc.pb.h"

namespace wardbook::server {
namespace {

namespace v1 = wardbook::v1;

using gateway::BrowserForTest;
using gateway::CallAnswerForTest;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::IsOk;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kPassword[] = "correct horse battery";
constexpr char kSignIn[] = "/wardbook.v1.AccessService/SignIn";
constexpr char kSignOut[] = "/wardbook.v1.AccessService/SignOut";
constexpr char kGetSession[] = "/wardbook.v1.AccessService/GetSession";

// A whole server, with its administrator at a browser.
class WebTest : public ::testing::Test {
 protected:
  void SetUp() override {
    config_.data_directory = scratch_.At("data");
    config_.keys_directory = scratch_.At("keys");
    config_.listen = "127.0.0.1:0";
    ASSERT_OK(MakeKeyFiles(config_.keys_directory, "wardbook.example", {"127.0.0.1"}, absl::Now()));
    ASSERT_OK_AND_ASSIGN(
        const SchoolSetUp school,
        SetUpSchool(config_, {"Fernhill Example School", "fernhill", "Ada Example", "ada"}));
    config_.grpc_listen = "unix:" + scratch_.At("programs");
    ASSERT_OK_AND_ASSIGN(server_, Server::Start(config_));
    v1::ActivateAccountRequest request;
    request.set_school("fernhill");
    request.set_user_name("ada");
    request.set_code(school.code);
    request.set_new_password(kPassword);
    BrowserForTest browser(server_->port());
    ASSERT_EQ(StatusOf(browser.Call("/wardbook.v1.AccessService/ActivateAccount",
                                    request.SerializeAsString())),
              "0");
  }

  static std::string StatusOf(const CallAnswerForTest& answer) {
    const auto found = answer.trailers.find("grpc-status");
    return found == answer.trailers.end() ? absl::StrCat("HTTP ", answer.http.status)
                                          : found->second;
  }

  static v1::SignInRequest SignInWith(const std::string& password) {
    v1::SignInRequest request;
    request.set_school("fernhill");
    request.set_user_name("ada");
    request.set_password(password);
    return request;
  }

  CallAnswerForTest SignIn(BrowserForTest& browser, const std::string& password = kPassword) {
    return browser.Call(kSignIn, SignInWith(password).SerializeAsString());
  }

  // The field that sends the cookie of an answer back.
  static std::string CookieField(const CallAnswerForTest& answer) {
    const std::string cookie = answer.http.fields.at("set-cookie");
    return absl::StrCat("Cookie: ", cookie.substr(0, cookie.find(';')), "\r\n");
  }

  std::shared_ptr<grpc::Channel> NewChannel() const {
    return NewChannel(absl::StrCat("127.0.0.1:", server_->port()));
  }
  std::shared_ptr<grpc::Channel> NewChannel(const std::string& target) const {
    std::ifstream file(config_.keys_directory + "/tls.crt");
    std::ostringstream certificate;
    certificate << file.rdbuf();
    grpc::SslCredentialsOptions tls;
    tls.pem_root_certs = certificate.str();
    grpc::ChannelArguments arguments;
    arguments.SetSslTargetNameOverride("127.0.0.1");
    return grpc::CreateCustomChannel(target, grpc::SslCredentials(tls), arguments);
  }

  const testing::ScratchDirectory scratch_;
  const runtime::CapturedLog log_;
  Config config_;
  std::unique_ptr<Server> server_;
};

TEST_F(WebTest, ABrowserIsSignedInByACookieThatItsScriptsNeverSee) {
  BrowserForTest browser(server_->port());
  EXPECT_EQ(StatusOf(browser.Call(kGetSession, "")), "16");
  const CallAnswerForTest signed_in = SignIn(browser);
  ASSERT_EQ(StatusOf(signed_in), "0");
  const std::string cookie = signed_in.http.fields.at("set-cookie");
  EXPECT_THAT(cookie, StartsWith("__Host-wardbook="));
  EXPECT_THAT(cookie, HasSubstr("; Path=/; Secure; HttpOnly; SameSite=Strict"));
  EXPECT_THAT(cookie, Not(HasSubstr("Domain")));
  v1::SignInResponse response;
  ASSERT_TRUE(response.ParseFromString(signed_in.messages.at(0)));
  EXPECT_EQ(response.session().name(), "Ada Example");
  EXPECT_EQ(response.token(), "");
  const size_t begin = cookie.find('=') + 1;
  const std::string token = cookie.substr(begin, cookie.find(';') - begin);
  EXPECT_GT(token.size(), 40U);
  EXPECT_THAT(signed_in.http.body, Not(HasSubstr(token)));
  EXPECT_THAT(signed_in.trailers, Each(::testing::Key(Not(HasSubstr("gw")))));

  const std::string field = CookieField(signed_in);
  const CallAnswerForTest shown = browser.Call(kGetSession, "", field);
  EXPECT_EQ(StatusOf(shown), "0");
  EXPECT_EQ(shown.http.fields.count("set-cookie"), 0U);
  EXPECT_EQ(StatusOf(browser.Call(kGetSession, "",
                                  absl::StrCat("Authorization: Bearer ", token, "\r\n"))),
            "16")
      << "a token of a script's counts for nothing";

  const CallAnswerForTest signed_out = browser.Call(kSignOut, "", field);
  EXPECT_EQ(StatusOf(signed_out), "0");
  EXPECT_THAT(signed_out.http.fields.at("set-cookie"),
              StartsWith("__Host-wardbook=; Max-Age=0; Path=/; Secure"));
  EXPECT_EQ(StatusOf(browser.Call(kGetSession, "", field)), "16");
  EXPECT_THAT(log_.lines(), Each(Not(HasSubstr(token))));
}

TEST_F(WebTest, AProgramGetsItsTokenAndIsNoBrowserWhateverItSays) {
  const auto stub = v1::AccessService::NewStub(NewChannel());
  grpc::ClientContext context;
  context.AddMetadata("x-gw-token", "forged");
  context.AddMetadata("x-gw-peer", "ipv4:192.0.2.1");
  v1::SignInResponse response;
  ASSERT_TRUE(stub->SignIn(&context, SignInWith(kPassword), &response).ok());
  EXPECT_FALSE(response.token().empty());
  EXPECT_EQ(context.GetServerInitialMetadata().count("x-gw-session"), 0U);
}

TEST_F(WebTest, ProgramsMayHaveAnAddressOfTheirOwn) {
  const auto stub = v1::AccessService::NewStub(NewChannel(config_.grpc_listen));
  grpc::ClientContext context;
  v1::SignInResponse response;
  const grpc::Status status = stub->SignIn(&context, SignInWith(kPassword), &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_FALSE(response.token().empty());
}

TEST_F(WebTest, GuessesAreCountedByTheBrowsersAddress) {
  BrowserForTest browser(server_->port());
  for (int i = 0; i < access::kAttemptsPerPairMax; ++i) {
    ASSERT_EQ(StatusOf(browser.Call(kSignIn, SignInWith("another password").SerializeAsString(),
                                    absl::StrCat("x-gw-peer: ipv4:192.0.2.", i, "\r\n"))),
              "16");
  }
  EXPECT_EQ(StatusOf(SignIn(browser, "another password")), "8");
  // A program on the same machine has the same address.
  const auto stub = v1::AccessService::NewStub(NewChannel());
  grpc::ClientContext context;
  v1::SignInResponse response;
  EXPECT_EQ(stub->SignIn(&context, SignInWith("another password"), &response).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
}

TEST_F(WebTest, ARefusalTellsABrowserWhyAndWhatNext) {
  BrowserForTest browser(server_->port());
  const std::string cookie = CookieField(SignIn(browser));
  const CallAnswerForTest refused =
      browser.Call("/wardbook.v1.IncidentService/ReportIncident", "", cookie);
  EXPECT_NE(StatusOf(refused), "0");
  EXPECT_FALSE(refused.trailers.at("grpc-status-details-bin").empty());
  EXPECT_THAT(refused.messages, IsEmpty());
}

TEST_F(WebTest, ABrowserWatchesUntilTheServerStops) {
  BrowserForTest browser(server_->port());
  const std::string cookie = CookieField(SignIn(browser));
  BrowserForTest watching(server_->port());
  watching.Send(watching.CallText("/wardbook.v1.DueService/WatchDue", "", cookie));
  EXPECT_EQ(watching.ReadHead().status, 200);
  EXPECT_EQ(StatusOf(browser.Call(kGetSession, "", cookie)), "0");
  const auto began = std::chrono::steady_clock::now();
  server_.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(4));
}

TEST_F(WebTest, ShowsTheWebClientThatIsCompiledIn) {
  BrowserForTest browser(server_->port());
  const gateway::AnswerForTest page = browser.Get("/");
  if (gateway::ShippedAssets().empty()) {
    EXPECT_EQ(page.status, 404);
  } else {
    EXPECT_EQ(page.status, 200);
    EXPECT_THAT(page.body, StartsWith("<!doctype html>"));
    EXPECT_EQ(browser.Get("/cases/WB-0000-0000").body, page.body);
  }
}

TEST_F(WebTest, AProgramThatNeverSpeaksIsDropped) {
  server_.reset();
  // Time enough for TLS on a busy computer.
  config_.gateway_limits.handshake_time = absl::Seconds(2);
  ASSERT_OK_AND_ASSIGN(server_, Server::Start(config_));
  BrowserForTest program(server_->port(), "\x02h2");
  ASSERT_TRUE(program.connected());
  const absl::Time began = absl::Now();
  EXPECT_EQ(program.Read().status, 0) << "its frames are no answer to a browser";
  // Sooner than the browser gives up waiting, and gRPC by itself.
  EXPECT_LT(absl::Now() - began, absl::Seconds(20));
}

TEST_F(WebTest, OperatorsCallsAreNotForBrowsers) {
  BrowserForTest browser(server_->port());
  browser.Send(browser.CallText("/grpc.health.v1.Health/Check", ""));
  EXPECT_EQ(browser.Read().status, 405);
}

}  // namespace
}  // namespace wardbook::server
