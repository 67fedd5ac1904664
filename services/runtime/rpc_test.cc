#include "services/runtime/rpc.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "grpcpp/client_context.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"
#include "services/runtime/captured_log_for_test.h"
#include "storage/crypto/secret.h"
#include "wardbook/v1/access_service.grpc.pb.h"

namespace wardbook::runtime {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

TEST(Conclude, ARefusalIsAnAnswerAndNoFaultOfTheServers) {
  const CapturedLog log;
  const auto here = std::source_location::current();
  EXPECT_EQ(Rpc::Conclude(here, Refuse(kernel::Reason::kTooManyAttempts)).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  Rpc::Conclude(here, Refuse(kernel::Reason::kServerBusy));
  Rpc::Conclude(here, Refuse(kernel::Reason::kNoSuchCase));
  Rpc::Conclude(here, absl::OutOfRangeError("the log has 3 records"));
  EXPECT_THAT(log.lines(), IsEmpty());
}

TEST(Conclude, AFailureIsLoggedOnceWithTheHandlerItCameFrom) {
  const CapturedLog log;
  const auto here = std::source_location::current();
  Rpc::Conclude(here, absl::DataLossError("record 17 does not parse"));
  Rpc::Conclude(here, absl::ResourceExhaustedError("no memory for the archive"));
  EXPECT_THAT(log.lines(), ElementsAre(AllOf(StartsWith("error"), HasSubstr("TestBody"),
                                             HasSubstr("record 17 does not parse")),
                                       HasSubstr("no memory for the archive")));
}

// Nobody is signed in.
class Strangers : public Authenticator {
 public:
  absl::StatusOr<Caller> Authenticate(absl::string_view, absl::Time) override {
    return Refuse(kernel::Reason::kNotSignedIn);
  }
};

// Keeps everybody who signs in waiting.
class Waiting : public wardbook::v1::AccessService::CallbackService {
 public:
  explicit Waiting(Rpc& rpc) : rpc_(rpc) {}

  grpc::ServerUnaryReactor* SignIn(grpc::CallbackServerContext* context,
                                   const wardbook::v1::SignInRequest*,
                                   wardbook::v1::SignInResponse*) override {
    return rpc_.UnaryOfAnybody(context, [this](const Call&, Finish finish) {
      absl::MutexLock lock(&mutex_);
      waiting_.push_back(std::move(finish));
    });
  }

  void WaitForCalls(size_t count) {
    absl::MutexLock lock(&mutex_);
    const auto are_there = [&]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
      return waiting_.size() == count;
    };
    mutex_.Await(absl::Condition(&are_there));
  }

  void FinishAll() {
    std::vector<Finish> finished;
    {
      absl::MutexLock lock(&mutex_);
      finished.swap(waiting_);
    }
    for (Finish& finish : finished) finish(absl::OkStatus());
  }

 private:
  Rpc& rpc_;
  absl::Mutex mutex_;
  std::vector<Finish> waiting_ ABSL_GUARDED_BY(mutex_);
};

TEST(Rpc, CallsOfStrangersAreBoundedAndTheOthersAreRefused) {
  const CapturedLog log;
  Strangers strangers;
  const crypto::Secret key = crypto::Secret::Random();
  WorkerPool workers(1);
  Rpc rpc(
      strangers, [] { return absl::UnixEpoch(); }, key, workers);
  Waiting service(rpc);
  grpc::ServerBuilder builder;
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  const auto stub = wardbook::v1::AccessService::NewStub(server->InProcessChannel({}));

  struct PendingCall {
    grpc::ClientContext context;
    wardbook::v1::SignInRequest request;
    wardbook::v1::SignInResponse response;
    grpc::Status status;
  };
  std::vector<PendingCall> calls(kCallsOfAnybodyMax);
  absl::BlockingCounter answered(kCallsOfAnybodyMax);
  for (PendingCall& call : calls) {
    stub->async()->SignIn(&call.context, &call.request, &call.response,
                          [&call, &answered](grpc::Status status) {
                            call.status = std::move(status);
                            answered.DecrementCount();
                          });
  }
  service.WaitForCalls(kCallsOfAnybodyMax);

  PendingCall one_more;
  EXPECT_EQ(stub->SignIn(&one_more.context, one_more.request, &one_more.response).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  service.FinishAll();
  answered.Wait();
  for (const PendingCall& call : calls) EXPECT_TRUE(call.status.ok());
  // Their places are free again.
  PendingCall later;
  absl::Notification later_answered;
  stub->async()->SignIn(&later.context, &later.request, &later.response,
                        [&](grpc::Status) { later_answered.Notify(); });
  service.WaitForCalls(1);
  service.FinishAll();
  later_answered.WaitForNotification();
  server->Shutdown();
  EXPECT_THAT(log.lines(), IsEmpty());
}

}  // namespace
}  // namespace wardbook::runtime
