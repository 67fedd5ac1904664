#include "clients/cli/terminal.h"

#include <signal.h>

#include <sstream>

#include "clients/cli/interruption.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::wardbook::testing::IsOkAndHolds;
using ::wardbook::testing::StatusIs;

// Somebody who types `typed`.
class Somebody {
 public:
  explicit Somebody(const std::string& typed) : in_(typed) {}

  Console console() {
    return {.in = in_,
            .out = out_,
            .err = err_,
            .asks = Interaction::kTerminal,
            .shows_progress = Interaction::kTerminal};
  }
  std::string seen() const { return err_.str(); }

 private:
  std::istringstream in_;
  std::ostringstream out_;
  std::ostringstream err_;
};

TEST(AskSecret, AsksOnceAndTakesWhatWasTyped) {
  Somebody somebody("correct horse\r\nmore\n");
  EXPECT_THAT(AskSecret(somebody.console(), "Password"), IsOkAndHolds("correct horse"));
  EXPECT_EQ(somebody.seen(), "Password: \n");
}

TEST(AskNewSecret, WhatIsTypedTwiceTheSameIsTaken) {
  Somebody somebody("correct horse\ncorrect horse\n");
  EXPECT_THAT(AskNewSecret(somebody.console(), "New password"), IsOkAndHolds("correct horse"));
}

TEST(AskNewSecret, MistypedOneIsRefused) {
  for (const char* typed : {"correct horse\ncorrect house\n", "correct horse\n", "\n\n"}) {
    Somebody somebody(typed);
    EXPECT_THAT(AskNewSecret(somebody.console(), "New password"),
                StatusIs(absl::StatusCode::kInvalidArgument));
  }
}

TEST(AskSecret, ScriptIsToldWhereToGiveIt) {
  std::istringstream in("unread\n");
  std::ostringstream out;
  const absl::Status status = AskSecret({.in = in, .out = out, .err = out}, "Password").status();
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(std::string(status.message()), HasSubstr("standard input"));
}

TEST(ProgressBar, IsDrawnWhenItChangesAndGoesAway) {
  Somebody somebody("");
  {
    const Console console = somebody.console();
    ProgressBar bar(console, "Sending");
    bar.Show(0, 1000);
    bar.Show(1, 1000);
    bar.Show(500, 1000);
  }
  EXPECT_EQ(somebody.seen(), "\rSending [" + std::string(40, '.') + "] 0%" + "\rSending [" +
                                 std::string(20, '#') + std::string(20, '.') + "] 50%" +
                                 "\r\x1b[K");
}

TEST(ProgressBar, IsNothingToAScript) {
  std::istringstream in;
  std::ostringstream err;
  {
    const Console console{.in = in, .out = err, .err = err};
    ProgressBar bar(console, "Sending");
    bar.Show(500, 1000);
  }
  EXPECT_THAT(err.str(), IsEmpty());
}

TEST(InterruptionDeathTest, LastWordsAreWrittenAndTheProgramEndsByTheSignal) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    EXPECT_EXIT(
        {
          const Interruption interruption(std::nullopt, "To go on: resume 17\n");
          ::raise(signal);
        },
        ::testing::KilledBySignal(signal), "To go on: resume 17");
  }
}

TEST(InterruptionDeathTest, AfterItsEndASignalFindsNothingToSay) {
  EXPECT_EXIT(
      {
        { const Interruption interruption(std::nullopt, "To go on"); }
        ::raise(SIGINT);
      },
      ::testing::KilledBySignal(SIGINT), "^$");
}

}  // namespace
}  // namespace wardbook::cli
