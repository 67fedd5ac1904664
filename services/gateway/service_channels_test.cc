#include "services/gateway/service_channels.h"

#include <sys/resource.h>
#include <sys/socket.h>

#include <boost/asio/io_context.hpp>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"
#include "services/gateway/limits.h"
#include "services/gateway/running_gateway_for_test.h"
#include "services/gateway/service_call.h"
#include "services/gateway/service_for_test.h"
#include "services/gateway/spawn.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::gateway {
namespace {

constexpr char kNetwork[] = "127.0.0.1";

// More than there are channels, so that each has some.
constexpr int kPlaces = 20;

// More than the test ever has.
constexpr int kDescriptorsMax = 1024;

// The ends of pairs of sockets that this process has.
std::set<int> EndsOfPairs() {
  std::set<int> ends;
  for (int fd = 0; fd < kDescriptorsMax; ++fd) {
    int domain = 0;
    socklen_t size = sizeof(domain);
    if (getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &size) == 0 && domain == AF_UNIX) {
      ends.insert(fd);
    }
  }
  return ends;
}

// A server with channels to it.
class ServiceChannelsTest : public ::testing::Test {
 protected:
  void Open(const Limits& limits = {}) {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    const std::set<int> before = EndsOfPairs();
    ASSERT_OK_AND_ASSIGN(channels_, ServiceChannels::Open(*server_, limits));
    for (const int end : EndsOfPairs()) {
      if (before.count(end) == 0) ends_.push_back(end);
    }
  }
  void TearDown() override {
    channels_.reset();
    server_->Shutdown();
  }

  // Calls Echo, and then `afterwards` while the call is still there.
  template <class Afterwards>
  grpc::StatusCode Call(ServiceChannels::Place place, Afterwards afterwards) {
    context_.restart();
    grpc::StatusCode code = grpc::StatusCode::UNKNOWN;
    ServiceCall call(context_.get_executor(), std::move(place), channels_->queue());
    const auto run = [&]() -> boost::asio::awaitable<void> {
      const grpc::Slice nothing;
      const Metadata metadata;
      const grpc::ByteBuffer message(&nothing, 1);
      co_await call.Start(kEcho, metadata, absl::Seconds(30), message);
      while (co_await call.Read()) {
      }
      const grpc::Status status = co_await call.Finish();
      code = status.error_code();
      afterwards();
    };
    Spawn(context_.get_executor(), run);
    context_.run();
    return code;
  }
  grpc::StatusCode Call(ServiceChannels::Place place) {
    return Call(std::move(place), [] {});
  }

  // Outlives the channels, whose thread wakes it.
  boost::asio::io_context context_;
  ServiceForTest service_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<ServiceChannels> channels_;
  std::vector<int> ends_;
};

TEST_F(ServiceChannelsTest, AreReplacedWhenTheyHaveBrokenDown) {
  Open();
  ASSERT_FALSE(ends_.empty());
  for (const int end : ends_) shutdown(end, SHUT_RDWR);
  std::vector<ServiceChannels::Place> places;
  for (int i = 0; i < kPlaces; ++i) places.push_back(*channels_->Enter(kNetwork));
  for (ServiceChannels::Place& place : places) {
    EXPECT_EQ(Call(std::move(place)), grpc::StatusCode::OK);
  }
}

TEST_F(ServiceChannelsTest, ArePassedOverWhenTheyCannotBeReplaced) {
  Open();
  // Of one channel, which has the fewest calls ever after.
  ASSERT_FALSE(ends_.empty());
  shutdown(ends_[0], SHUT_RDWR);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  // Those of the standard streams: all are in use, and poll takes one.
  const rlimit none{3, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
  std::vector<ServiceChannels::Place> places;
  for (int i = 0; i < kPlaces; ++i) {
    std::optional<ServiceChannels::Place> place = channels_->Enter(kNetwork);
    if (place) places.push_back(*std::move(place));
  }
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(places.size(), size_t{kPlaces});
  for (ServiceChannels::Place& place : places) {
    EXPECT_EQ(Call(std::move(place)), grpc::StatusCode::OK);
  }
}

TEST_F(ServiceChannelsTest, HaveThePlaceOfACallBackBeforeItsBrowserHasReadTheEnd) {
  Limits limits;
  limits.calls_max = 1;
  Open(limits);
  std::optional<ServiceChannels::Place> place = channels_->Enter(kNetwork);
  ASSERT_TRUE(place.has_value());
  EXPECT_FALSE(channels_->Enter(kNetwork).has_value());
  bool there_is_room = false;
  const auto look = [&] { there_is_room = channels_->Enter(kNetwork).has_value(); };
  EXPECT_EQ(Call(*std::move(place), look), grpc::StatusCode::OK);
  EXPECT_TRUE(there_is_room);
}

}  // namespace
}  // namespace wardbook::gateway
