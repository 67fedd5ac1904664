// Starts a coroutine that nobody waits for.

#ifndef SERVICES_GATEWAY_SPAWN_H_
#define SERVICES_GATEWAY_SPAWN_H_

// Boost 1.74's awaitable.hpp needs it and does not include it.
#include <utility>
//
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <exception>

#include "storage/base/assert.h"

namespace wardbook::gateway {

// `begin` gives the coroutine, and lives as long as that. Nothing here throws, so an
// exception out of it is a bug: Asio alone would go on as if nothing had happened, with a
// connection that nobody serves.
template <class Begin>
void Spawn(const boost::asio::any_io_executor& executor, Begin begin) {
  boost::asio::co_spawn(executor, std::move(begin), [](const std::exception_ptr& thrown) {
    WARDBOOK_ASSERT(thrown == nullptr);
  });
}

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_SPAWN_H_
