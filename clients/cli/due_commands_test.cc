#include <string>

#include "clients/cli/program_for_test.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace wardbook::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

using DueCommandsTest = ProgramTest;

TEST_F(DueCommandsTest, WhoSignsInIsToldHowMuchWaits) {
  const Outcome outcome = SignIn();
  EXPECT_EQ(outcome.code, ExitCode::kOk);
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("2 things wait for you; 1 is overdue."), HasSubstr("wardbook due")));
}

TEST_F(DueCommandsTest, TheListHasAllPagesAndTheBannersOnce) {
  SignIn();
  const Outcome outcome = Run({"due"});
  EXPECT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("A report is not handed on."), HasSubstr("Overdue:"),
                    HasSubstr("wardbook case escalate WB-7K4D-9QX2 --help"),
                    HasSubstr("The policy is to be acknowledged."), HasSubstr("Due:")));
  const std::string banner = "The policy's review is overdue.";
  EXPECT_EQ(outcome.out.find(banner), outcome.out.rfind(banner));
}

TEST_F(DueCommandsTest, OnlyTheOverdueIsAskedForAndShown) {
  SignIn();
  EXPECT_THAT(Run({"due", "--overdue"}).out, Not(HasSubstr("The policy is to be acknowledged.")));
}

TEST_F(DueCommandsTest, AListThatIsWatchedIsShownWholeAndHeartbeatsAreNot) {
  SignIn();
  const Outcome outcome = Run({"due", "--watch"});
  EXPECT_EQ(outcome.code, ExitCode::kNotSignedIn);
  EXPECT_THAT(outcome.out, HasSubstr("A report is not handed on."));
  const Outcome json = Run({"due", "--watch", "--json"});
  EXPECT_THAT(json.out, AllOf(HasSubstr("heartbeat"), HasSubstr("WB-7K4D-9QX2")));
}

}  // namespace
}  // namespace wardbook::cli
