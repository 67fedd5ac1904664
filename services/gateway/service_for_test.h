// The service behind a gateway that is tested: what it was called with, and whether
// its calls have ended, can be looked at.

#ifndef SERVICES_GATEWAY_SERVICE_FOR_TEST_H_
#define SERVICES_GATEWAY_SERVICE_FOR_TEST_H_

#include <atomic>
#include <cstdint>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gateway_test.grpc.pb.h"
#include "gateway_test.pb.h"
#include "grpcpp/server_context.h"
#include "grpcpp/support/server_callback.h"
#include "gtest/gtest.h"

namespace wardbook::gateway {

inline constexpr char kMessageOfMany[] = "Größe: 100 %\nжалоба \xf0\x9f\x93\x8e";

// Safe for concurrent use.
class ServiceForTest final : public gatewaytest::GatewayTestService::CallbackService {
 public:
  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context,
                                 const gatewaytest::EchoRequest* request,
                                 gatewaytest::EchoResponse* response) override {
    response->set_data(request->data());
    for (const auto& [key, value] : context->client_metadata()) {
      response->add_metadata(std::string(key.data(), key.size()) + ": " +
                             std::string(value.data(), value.size()));
    }
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

  grpc::ServerUnaryReactor* Fail(grpc::CallbackServerContext* context,
                                 const gatewaytest::FailRequest* /*request*/,
                                 gatewaytest::FailResponse* /*response*/) override {
    context->AddTrailingMetadata("wardbook-hint", "a hint");
    context->AddTrailingMetadata("wardbook-bytes-bin", std::string("\0\xff", 2));
    context->AddTrailingMetadata("x-gw-secret", "between us");
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish({grpc::StatusCode::FAILED_PRECONDITION, kMessageOfMany});
    return reactor;
  }

  grpc::ServerWriteReactor<gatewaytest::CountResponse>* Count(
      grpc::CallbackServerContext* /*context*/, const gatewaytest::CountRequest* request) override {
    return new Counting(*this, *request);
  }

  grpc::ServerUnaryReactor* Wait(grpc::CallbackServerContext* /*context*/,
                                 const gatewaytest::WaitRequest* /*request*/,
                                 gatewaytest::WaitResponse* /*response*/) override {
    return new Waiting(*this);
  }

  // Waits until so many calls of Count and Wait are under way. Fails the test after half
  // a minute.
  void AwaitCalls(int calls) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    const auto there_are = [this, calls]()
                               ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) { return calls_ == calls; };
    EXPECT_TRUE(mutex_.AwaitWithTimeout(absl::Condition(&there_are), absl::Seconds(30)))
        << calls_ << " calls under way, not " << calls;
  }

  int64_t messages_written() const ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    return messages_written_;
  }

 private:
  class Counting final : public grpc::ServerWriteReactor<gatewaytest::CountResponse> {
   public:
    Counting(ServiceForTest& service, const gatewaytest::CountRequest& request)
        : service_(service), request_(request) {
      service_.Add(1);
      message_.set_data(std::string(static_cast<size_t>(request.size()), 'x'));
      Next();
    }
    void OnWriteDone(bool ok) override {
      if (!ok) return Finish(grpc::Status::CANCELLED);
      service_.AddMessage();
      Next();
    }
    void OnCancel() override {
      cancelled_ = true;
      // What is being written ends by itself.
      if (waits_now_.exchange(false)) Finish(grpc::Status::CANCELLED);
    }
    void OnDone() override {
      service_.Add(-1);
      delete this;
    }

   private:
    void Next() {
      if (number_ < request_.count()) {
        message_.set_number(number_++);
        return StartWrite(&message_);
      }
      if (!request_.waits()) return Finish(grpc::Status::OK);
      waits_now_ = true;
      if (cancelled_ && waits_now_.exchange(false)) Finish(grpc::Status::CANCELLED);
    }

    ServiceForTest& service_;
    const gatewaytest::CountRequest request_;
    gatewaytest::CountResponse message_;
    int64_t number_ = 0;
    std::atomic<bool> waits_now_ = false;
    std::atomic<bool> cancelled_ = false;
  };

  class Waiting final : public grpc::ServerUnaryReactor {
   public:
    explicit Waiting(ServiceForTest& service) : service_(service) { service_.Add(1); }
    void OnCancel() override { Finish(grpc::Status::CANCELLED); }
    void OnDone() override {
      service_.Add(-1);
      delete this;
    }

   private:
    ServiceForTest& service_;
  };

  void Add(int calls) ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    calls_ += calls;
  }
  void AddMessage() ABSL_LOCKS_EXCLUDED(mutex_) {
    absl::MutexLock lock(&mutex_);
    ++messages_written_;
  }

  mutable absl::Mutex mutex_;
  int calls_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t messages_written_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace wardbook::gateway

#endif  // SERVICES_GATEWAY_SERVICE_FOR_TEST_H_
