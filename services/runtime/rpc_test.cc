#include "services/runtime/rpc.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
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
#include "wardbook/v1/evidence_service.grpc.pb.h"

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

// Anybody who names themselves is signed in.
class Everybody : public Authenticator {
 public:
  absl::StatusOr<Caller> Authenticate(absl::string_view, absl::Time) override { return Caller(); }
};

// Downloads that never end, and opening an upload, which takes a worker.
class Patient : public wardbook::v1::EvidenceService::CallbackService {
 public:
  explicit Patient(Rpc& rpc) : rpc_(rpc) {}

  grpc::ServerWriteReactor<wardbook::v1::DownloadEvidenceResponse>* DownloadEvidence(
      grpc::CallbackServerContext* context, const wardbook::v1::DownloadEvidenceRequest*) override {
    return rpc_.Stream<wardbook::v1::DownloadEvidenceResponse>(
        context,
        [this](const Call&) -> absl::StatusOr<NextMessage<wardbook::v1::DownloadEvidenceResponse>> {
          // Lives as long as the stream does.
          auto life = std::shared_ptr<void>(nullptr, [this](void*) { download_over.Notify(); });
          return [life](wardbook::v1::DownloadEvidenceResponse* response) -> absl::StatusOr<bool> {
            response->set_data(std::string(1 << 20, 'x'));
            return true;
          };
        });
  }

  grpc::ServerUnaryReactor* OpenUpload(grpc::CallbackServerContext* context,
                                       const wardbook::v1::OpenUploadRequest*,
                                       wardbook::v1::OpenUploadResponse*) override {
    grpc::ServerUnaryReactor* reactor =
        rpc_.UnaryOnWorker(context, [this](const Call&, Finish finish) {
          was_run = true;
          finish(absl::OkStatus());
        });
    // Stays valid until the call has ended, which waits for a worker.
    upload_context = context;
    upload_waits.Notify();
    return reactor;
  }

  absl::Notification download_over;
  absl::Notification upload_waits;
  grpc::CallbackServerContext* upload_context = nullptr;
  std::atomic<bool> was_run = false;

 private:
  Rpc& rpc_;
};

class PatientRpcTest : public ::testing::Test {
 protected:
  PatientRpcTest() {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    stub_ = wardbook::v1::EvidenceService::NewStub(server_->InProcessChannel({}));
    context_.AddMetadata("authorization", "Bearer somebody");
  }

  Everybody everybody_;
  const crypto::Secret key_ = crypto::Secret::Random();
  WorkerPool workers_{1};
  Rpc rpc_{everybody_, [] { return absl::UnixEpoch(); }, key_, workers_,
           std::chrono::milliseconds(20)};
  Patient service_{rpc_};
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<wardbook::v1::EvidenceService::Stub> stub_;
  grpc::ClientContext context_;
};

TEST_F(PatientRpcTest, AStreamWhoseClientTakesNothingIsGivenUp) {
  const auto reader = stub_->DownloadEvidence(&context_, {});
  // Bounded by the test's own timeout.
  service_.download_over.WaitForNotification();
  for (wardbook::v1::DownloadEvidenceResponse response; reader->Read(&response);) {
  }
  EXPECT_EQ(reader->Finish().error_code(), grpc::StatusCode::CANCELLED);
  server_->Shutdown();
}

TEST_F(PatientRpcTest, ACallWhoseClientHasGoneIsNotRun) {
  absl::Notification worker_is_free;
  workers_.Schedule([&] { worker_is_free.WaitForNotification(); });
  wardbook::v1::OpenUploadRequest request;
  wardbook::v1::OpenUploadResponse response;
  absl::Notification answered;
  stub_->async()->OpenUpload(&context_, &request, &response,
                             [&](grpc::Status) { answered.Notify(); });
  service_.upload_waits.WaitForNotification();
  context_.TryCancel();
  // Bounded by the test's own timeout.
  while (!service_.upload_context->IsCancelled()) std::this_thread::yield();
  worker_is_free.Notify();
  answered.WaitForNotification();
  absl::Notification after;
  workers_.Schedule([&] { after.Notify(); });
  after.WaitForNotification();
  EXPECT_FALSE(service_.was_run);
  server_->Shutdown();
}

}  // namespace
}  // namespace wardbook::runtime
