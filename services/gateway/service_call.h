// One call to the services: one message goes there, any number come back. The same for
// every method, with a stream of answers or without.

#ifndef SERVICES_GATEWAY_SERVICE_CALL_H_
#define SERVICES_GATEWAY_SERVICE_CALL_H_

// Boost 1.74's awaitable.hpp needs it and does not include it.
#include <utility>
//
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/byte_buffer.h"
#include "grpcpp/support/status.h"
#include "services/gateway/call_metadata.h"
#include "services/gateway/service_channels.h"

namespace wardbook::gateway {

// Thread-compatible: used on the thread of its executor. Lives until Finish was awaited.
class ServiceCall {
 public:
  ServiceCall(boost::asio::any_io_executor executor, ServiceChannels::Place place,
              grpc::CompletionQueue& queue)
      : executor_(std::move(executor)), place_(std::move(place)), queue_(queue) {}

  ServiceCall(const ServiceCall&) = delete;
  ServiceCall& operator=(const ServiceCall&) = delete;

  // Begins a call of the method at `path` and sends `message`, the only one.
  boost::asio::awaitable<void> Start(const std::string& path, const Metadata& metadata,
                                     absl::Duration timeout, const grpc::ByteBuffer& message);
  // Nothing when no more messages come.
  boost::asio::awaitable<std::optional<grpc::ByteBuffer>> Read();
  // Called once, after Read has given nothing or the call was cancelled. The call's place is
  // free afterwards, however long its browser takes to read the end.
  boost::asio::awaitable<grpc::Status> Finish();

  // Ends the call early: what is awaited ends soon.
  void Cancel() { context_.TryCancel(); }

  // What the services said before the first message; after the first Read.
  Metadata InitialMetadata() const;
  // What they said in the end; after Finish.
  Metadata TrailingMetadata() const;

 private:
  // Awaits the operation that `begin` begins with a tag.
  template <class Begin>
  boost::asio::awaitable<Operation::Outcome> Ended(Begin begin);

  boost::asio::any_io_executor executor_;
  std::optional<ServiceChannels::Place> place_;
  grpc::CompletionQueue& queue_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;
};

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_SERVICE_CALL_H_
