#include "services/gateway/socket.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <stdexcept>

#include "gtest/gtest.h"
#include "services/gateway/spawn.h"

namespace wardbook::gateway {
namespace {

using boost::asio::ip::tcp;

TEST(Socket, TellsOfABreakOnceWhetherItIsAskedBeforeOrAfter) {
  boost::asio::io_context context;
  const auto socket = std::make_shared<Socket>(tcp::socket(context, tcp::v4()));
  int told = 0;
  socket->OnBreak([&told] { ++told; });
  EXPECT_EQ(told, 0);
  socket->BreakOff();
  socket->BreakOff();
  EXPECT_EQ(told, 1);
  socket->OnBreak([&told] { ++told; });
  EXPECT_EQ(told, 2);
  socket->OnBreak(nullptr);
}

TEST(SpawnDeathTest, AnExceptionOutOfACoroutineEndsTheProgram) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        boost::asio::io_context context;
        Spawn(context.get_executor(), []() -> boost::asio::awaitable<void> {
          throw std::runtime_error("a bug");
          co_return;
        });
        context.run();
      },
      "thrown == nullptr");
}

}  // namespace
}  // namespace wardbook::gateway
