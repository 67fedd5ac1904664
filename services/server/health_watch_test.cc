#include "services/server/health_watch.h"

#include <memory>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "gmock/gmock.h"
#include "grpcpp/generic/async_generic_service.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "gtest/gtest.h"
#include "services/runtime/captured_log_for_test.h"
#include "services/server/health_probe_for_test.h"

namespace wardbook::server {
namespace {

using ::testing::ElementsAre;
using ::testing::StrEq;

// What the watch finds when it looks.
class Condition {
 public:
  void Set(std::vector<Standstill> found) {
    absl::MutexLock lock(&mutex_);
    found_ = std::move(found);
  }
  std::vector<Standstill> Look() {
    absl::MutexLock lock(&mutex_);
    return found_;
  }

 private:
  absl::Mutex mutex_;
  std::vector<Standstill> found_ ABSL_GUARDED_BY(mutex_);
};

class HealthWatchTest : public ::testing::Test {
 protected:
  std::unique_ptr<grpc::Server> StartServer() {
    grpc::EnableDefaultHealthCheckService(true);
    grpc::ServerBuilder builder;
    builder.RegisterCallbackGenericService(&other_service_);
    return builder.BuildAndStart();
  }

  ServingStatus Probe() const { return ProbeHealth(server_->InProcessChannel({})); }

  const runtime::CapturedLog log_;
  // A server of the health service alone has no threads that answer.
  grpc::CallbackGenericService other_service_;
  const std::unique_ptr<grpc::Server> server_ = StartServer();
  Condition condition_;
  HealthWatch watch_{[this] { return condition_.Look(); }, *server_->GetHealthCheckService()};
};

TEST_F(HealthWatchTest, TellsProbesAndTheLogWhatStandsStillAndWhenItGoesOn) {
  EXPECT_EQ(Probe(), ServingStatus::kServing);

  condition_.Set({{"view cases", absl::DataLossError("record 7 is odd")},
                  {"log", absl::UnavailableError("the disk is full")}});
  watch_.LookNow();
  watch_.LookNow();
  EXPECT_EQ(Probe(), ServingStatus::kNotServing);
  condition_.Set({{"view cases", absl::DataLossError("record 8 is odd")}});
  watch_.LookNow();
  EXPECT_EQ(Probe(), ServingStatus::kNotServing);
  condition_.Set({});
  watch_.LookNow();
  watch_.LookNow();
  EXPECT_EQ(Probe(), ServingStatus::kServing);

  EXPECT_THAT(log_.lines(),
              ElementsAre(StrEq("error log stands still: UNAVAILABLE: the disk is full\n"),
                          StrEq("error view cases stands still: DATA_LOSS: record 7 is odd\n"),
                          StrEq("error view cases stands still: DATA_LOSS: record 8 is odd\n"),
                          StrEq("info log goes on\n"), StrEq("info view cases goes on\n")));
}

TEST_F(HealthWatchTest, LooksByItself) {
  condition_.Set({{"log", absl::UnavailableError("the disk is full")}});
  // Bounded by the test's own timeout.
  while (Probe() == ServingStatus::kServing) {
  }
  EXPECT_EQ(Probe(), ServingStatus::kNotServing);
}

}  // namespace
}  // namespace wardbook::server
