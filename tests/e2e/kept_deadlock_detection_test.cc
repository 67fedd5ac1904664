// Servers under test end where they take locks in an order that could deadlock, and
// servers anywhere else do not.

#include <memory>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/e2e/running_server.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::wardbook::testing::StatusIs;

constexpr char kReport[] = "Potential Mutex deadlock";

TEST(KeptDeadlockDetection, EndsAServerWhoseLocksCouldDeadlock) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<RunningServer> server, RunningServer::Start({}));
  ASSERT_OK(server->Stop()) << server->Log();
  server->Preload(WARDBOOK_LOCK_INVERSION);
  ASSERT_OK(server->Restart());
  EXPECT_THAT(server->Stop(), StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(server->Log(), HasSubstr(kReport));
}

TEST(KeptDeadlockDetection, IsOffWhereNothingKeepsIt) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<RunningServer> server, RunningServer::Start({}));
  ASSERT_OK(server->Stop()) << server->Log();
  server->PreloadNothing();
  server->Preload(WARDBOOK_LOCK_INVERSION);
  ASSERT_OK(server->Restart());
  EXPECT_OK(server->Stop()) << server->Log();
  EXPECT_THAT(server->Log(), Not(HasSubstr(kReport)));
}

}  // namespace
}  // namespace wardbook::e2e
