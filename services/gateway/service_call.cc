#include "services/gateway/service_call.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

namespace wardbook::gateway {
namespace {

namespace asio = boost::asio;

// Hands the end of an operation from the thread of the queue to that of a coroutine.
template <class Handler>
class HandedOver final : public Operation {
 public:
  HandedOver(asio::any_io_executor executor, Handler handler)
      : executor_(std::move(executor)), work_(executor_), handler_(std::move(handler)) {}

  void End(Outcome outcome) override {
    const asio::any_io_executor executor = executor_;
    asio::post(executor, [work = std::move(work_), handler = std::move(handler_),
                          outcome]() mutable { handler(outcome); });
    delete this;
  }

 private:
  const asio::any_io_executor executor_;
  // The executor's thread stays as long as something will be handed to it.
  asio::executor_work_guard<asio::any_io_executor> work_;
  Handler handler_;
};

Metadata CopyOf(const std::multimap<grpc::string_ref, grpc::string_ref>& metadata) {
  Metadata copy;
  for (const auto& [key, value] : metadata) {
    copy.emplace_back(std::string(key.data(), key.size()), std::string(value.data(), value.size()));
  }
  return copy;
}

}  // namespace

template <class Begin>
asio::awaitable<Operation::Outcome> ServiceCall::Ended(Begin begin) {
  const auto initiate = [this, begin](auto handler) mutable {
    begin(static_cast<void*>(
        static_cast<Operation*>(new HandedOver<decltype(handler)>(executor_, std::move(handler)))));
  };
  return asio::async_initiate<const asio::use_awaitable_t<>, void(Operation::Outcome)>(
      initiate, asio::use_awaitable);
}

asio::awaitable<void> ServiceCall::Start(const std::string& path, const Metadata& metadata,
                                         absl::Duration timeout, const grpc::ByteBuffer& message) {
  for (const auto& [key, value] : metadata) context_.AddMetadata(key, value);
  context_.set_deadline(std::chrono::system_clock::now() + absl::ToChronoMicroseconds(timeout));
  stream_ = place_->stub().PrepareCall(&context_, path, &queue_);
  // A failure shows in the first Read, and what it was in Finish.
  co_await Ended([this](void* tag) { stream_->StartCall(tag); });
  co_await Ended([this, &message](void* tag) {
    stream_->Write(message, grpc::WriteOptions().set_last_message(), tag);
  });
}

asio::awaitable<std::optional<grpc::ByteBuffer>> ServiceCall::Read() {
  grpc::ByteBuffer message;
  const Operation::Outcome outcome =
      co_await Ended([this, &message](void* tag) { stream_->Read(&message, tag); });
  if (outcome == Operation::Outcome::kFailed) co_return std::nullopt;
  co_return message;
}

asio::awaitable<grpc::Status> ServiceCall::Finish() {
  grpc::Status status;
  co_await Ended([this, &status](void* tag) { stream_->Finish(&status, tag); });
  place_.reset();
  co_return status;
}

Metadata ServiceCall::InitialMetadata() const {
  return CopyOf(context_.GetServerInitialMetadata());
}

Metadata ServiceCall::TrailingMetadata() const {
  return CopyOf(context_.GetServerTrailingMetadata());
}

}  // namespace wardbook::gateway
