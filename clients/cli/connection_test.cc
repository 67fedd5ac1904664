#include "clients/cli/connection.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/cli/loopback_server_for_test.h"
#include "gtest/gtest.h"
#include "storage/base/assert.h"
#include "storage/crypto/certificate.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::cli {
namespace {

using ::wardbook::testing::StatusIs;

// A line from one socket of the file system to another, which can die: then nothing passes
// any more, and neither side is told of an end.
class LineForTest {
 public:
  LineForTest(const std::string& path, const std::string& to) : to_(to) {
    sockaddr_un address = AddressOf(path);
    WARDBOOK_ASSERT(bind(listening_, AsAddress(address), sizeof(address)) == 0);
    WARDBOOK_ASSERT(listen(listening_, 1) == 0);
    thread_ = std::thread([this] { Pass(); });
  }
  ~LineForTest() {
    ended_ = true;
    thread_.join();
    close(listening_);
  }

  void Die() { dead_ = true; }

 private:
  static sockaddr_un AddressOf(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    WARDBOOK_ASSERT(path.size() < sizeof(address.sun_path));
    path.copy(address.sun_path, path.size());
    return address;
  }
  static sockaddr* AsAddress(sockaddr_un& address) { return reinterpret_cast<sockaddr*>(&address); }

  // Of one connection, which is kept open whatever becomes of its ends.
  void Pass() {
    pollfd arriving{.fd = listening_, .events = POLLIN, .revents = 0};
    while (poll(&arriving, 1, kLookMs) == 0) {
      if (ended_) return;
    }
    const int client = accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    const int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address = AddressOf(to_);
    WARDBOOK_ASSERT(connect(server, AsAddress(address), sizeof(address)) == 0);
    std::array<pollfd, 2> ends{pollfd{.fd = client, .events = POLLIN, .revents = 0},
                               pollfd{.fd = server, .events = POLLIN, .revents = 0}};
    while (!ended_) {
      if (dead_) {
        absl::SleepFor(absl::Milliseconds(kLookMs));
        continue;
      }
      poll(ends.data(), ends.size(), kLookMs);
      for (size_t i = 0; i < ends.size(); ++i) {
        if (ends[i].revents == 0 || dead_) continue;
        std::array<char, 16384> piece;
        const ssize_t size = read(ends[i].fd, piece.data(), piece.size());
        if (size > 0) send(ends[1 - i].fd, piece.data(), static_cast<size_t>(size), MSG_NOSIGNAL);
      }
    }
    close(client);
    close(server);
  }

  static constexpr int kLookMs = 10;

  const std::string to_;
  const int listening_ = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::atomic<bool> dead_ = false;
  std::atomic<bool> ended_ = false;
  std::thread thread_;
};

TEST(Connection, EndsACallOverALineThatIsDead) {
  const testing::ScratchDirectory scratch;
  // What gRPC expects of whoever answers at a socket of the file system.
  const crypto::Certificate certificate =
      *crypto::SelfSignedCertificate({"localhost"}, absl::Now(), absl::Hours(1));
  grpc::SslServerCredentialsOptions tls;
  tls.pem_key_cert_pairs.push_back({certificate.private_key_pem, certificate.certificate_pem});
  CasesForTest cases;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(absl::StrCat("unix:", scratch.At("server")),
                           grpc::SslServerCredentials(tls));
  builder.RegisterService(&cases);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  LineForTest line(scratch.At("line"), scratch.At("server"));
  const Connection connection(absl::StrCat("unix:", scratch.At("line")),
                              certificate.certificate_pem, std::nullopt,
                              {.asked_after = absl::Seconds(2), .awaited = absl::Seconds(2)});
  ASSERT_OK(
      connection.Call(&v1::CaseService::Stub::ListInbox, v1::ListInboxRequest(), Repeat::kNever));
  line.Die();
  v1::CaseService::Stub stub(connection.channel());
  const auto context = connection.NewContext();
  // Far longer than the line is waited for: without the signs it is the deadline that ends.
  context->set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(30)));
  v1::ListInboxResponse response;
  const absl::Status status =
      connection.Outcome(stub.ListInbox(context.get(), v1::ListInboxRequest(), &response));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kUnavailable));
}

}  // namespace
}  // namespace wardbook::cli
