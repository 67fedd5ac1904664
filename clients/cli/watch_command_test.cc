#include <string>
#include <vector>

#include "clients/cli/program_for_test.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

using WatchCommandTest = ProgramTest;

// As where a backup was restored since the watch began.
grpc::Status PositionUnknown() {
  v1::Refusal refusal;
  refusal.set_code("R-SEEN-POSITION");
  return RefusedAs(grpc::StatusCode::OUT_OF_RANGE, refusal);
}

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

TEST_F(WatchCommandTest, WatchOfALogThatWasRestoredGoesOnFromNowOnAndSaysSo) {
  SignIn();
  audit_.SetRecords(42);
  cases_.AnswerWatchesWith({grpc::Status(grpc::StatusCode::UNAVAILABLE, "restarting"),
                            PositionUnknown(),
                            grpc::Status(grpc::StatusCode::UNAUTHENTICATED, "over")});
  EXPECT_THAT(Run({"case", "watch"}).err, HasSubstr("ends before record 41"));
  const std::vector<v1::WatchCasesRequest> watches = cases_.watches();
  ASSERT_THAT(watches, SizeIs(3));
  EXPECT_EQ(watches[1].after_position(), 41u);
  EXPECT_FALSE(watches[2].has_after_position());
}

TEST_F(WatchCommandTest, RecordThatTheUserNamesAndTheLogDoesNotHaveIsRefused) {
  SignIn();
  cases_.AnswerWatchesWith({PositionUnknown()});
  EXPECT_THAT(Run({"case", "watch", "--after", "7"}).err, HasSubstr("R-SEEN-POSITION"));
  EXPECT_THAT(cases_.watches(), SizeIs(1));
}

}  // namespace
}  // namespace wardbook::cli
