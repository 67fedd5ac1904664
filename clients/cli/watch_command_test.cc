#include <string>
#include <vector>

#include "clients/cli/program_for_test.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::cli {
namespace {

using ::testing::SizeIs;

using WatchCommandTest = ProgramTest;

TEST_F(WatchCommandTest, WatchThatIsLostBeforeItShowedAnythingGoesOnFromWhereItBegan) {
  SignIn();
  audit_.SetRecords(42);
  EXPECT_EQ(Run({"case", "watch"}).code, ExitCode::kNotSignedIn);
  const std::vector<v1::WatchCasesRequest> watches = cases_.watches();
  ASSERT_THAT(watches, SizeIs(3));
  for (const v1::WatchCasesRequest& watch : watches) EXPECT_EQ(watch.after_position(), 41u);
}

TEST_F(WatchCommandTest, LogThatStandsStillIsWatchedFromNowOn) {
  SignIn();
  Run({"case", "watch"});
  EXPECT_FALSE(cases_.watches().at(0).has_after_position());
}

TEST_F(WatchCommandTest, WhereTheUserWantsToBeginIsWhereItBegins) {
  SignIn();
  audit_.SetRecords(42);
  Run({"case", "watch", "--after", "7"});
  EXPECT_EQ(cases_.watches().at(0).after_position(), 7u);
}

}  // namespace
}  // namespace wardbook::cli
