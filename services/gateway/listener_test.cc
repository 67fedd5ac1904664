#include "services/gateway/listener.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/gateway/descriptors.h"
#include "services/gateway/limits.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::gateway {
namespace {

using boost::asio::ip::tcp;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::StatusIs;

TEST(Listener, SaysWhichAddressesItCannotListenOn) {
  boost::asio::io_context context;
  ASSERT_OK_AND_ASSIGN(const Listening first, Listen(context, "127.0.0.1:0"));
  EXPECT_THAT(first.failures, IsEmpty());
  const int port = first.acceptors.front().local_endpoint().port();
  const absl::Status taken = Listen(context, absl::StrCat("127.0.0.1:", port)).status();
  EXPECT_THAT(taken, StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(std::string(taken.message()), HasSubstr("127.0.0.1: Address already in use"));
}

TEST(Listener, TakesNothingElseForAPort) {
  boost::asio::io_context context;
  for (const char* port : {"65536", "99999", "-1", "", "http"}) {
    EXPECT_THAT(
        Listen(context, absl::StrCat("127.0.0.1:", port)).status(),
        StatusIs(absl::StatusCode::kUnavailable, HasSubstr("a port is a number from 0 to 65535")));
  }
}

TEST(Listener, ListensOnTheAddressesThatAreLeftEachOnce) {
  boost::asio::io_context context;
  ASSERT_OK_AND_ASSIGN(const Listening first, Listen(context, "127.0.0.1:0"));
  const tcp::endpoint taken = first.acceptors.front().local_endpoint();
  const tcp::endpoint left(boost::asio::ip::make_address("127.0.0.2"), taken.port());
  const Listening rest = ListenOn(context, {taken, left, left});
  ASSERT_THAT(rest.acceptors, SizeIs(1));
  EXPECT_EQ(rest.acceptors[0].local_endpoint(), left);
  ASSERT_THAT(rest.failures, SizeIs(1));
  EXPECT_THAT(rest.failures[0], HasSubstr("cannot listen on 127.0.0.1: "));
}

TEST(Descriptors, LeaveAReserveToTheDatabase) {
  const Limits wanted;
  ASSERT_OK_AND_ASSIGN(const Limits plenty, WithinDescriptors(wanted, 1 << 20));
  EXPECT_EQ(plenty.connections_max, wanted.connections_max);
  for (const int64_t descriptors : {1024, 4096, 12'000}) {
    ASSERT_OK_AND_ASSIGN(const Limits fitting, WithinDescriptors(wanted, descriptors));
    EXPECT_LE(fitting.connections_max + fitting.grpc_connections_max,
              descriptors - kDescriptorsReserved);
    EXPECT_GE(fitting.connections_max, kConnectionsMin);
    EXPECT_LE(fitting.connections_per_address_max, fitting.connections_max / 2);
    EXPECT_GT(fitting.grpc_connections_per_address_max, 0);
  }
  EXPECT_THAT(WithinDescriptors(wanted, 700), StatusIs(absl::StatusCode::kResourceExhausted));
}

}  // namespace
}  // namespace wardbook::gateway
