// Everybody is at work for a while, and the server is stopped as an operator stops
// it. Under a sanitizer the server ends with an error when there was something to
// report.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <thread>

#include "absl/strings/numbers.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/assert.h"
#include "tests/e2e/running_server.h"
#include "tests/e2e/school.h"
#include "tests/fault/server/mixed_load.h"
#include "tests/fault/server/noted_calls.h"
#include "tests/testing/seed.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::e2e {
namespace {

using ::wardbook::testing::TestSeed;

constexpr char kSchool[] = "oakfield";
constexpr int kSecondsDefault = 2;
constexpr std::chrono::milliseconds kPoll(20);
// Long for a sanitizer on a busy machine, and over before ctest ends the program, which
// would not say what was not answered.
constexpr absl::Duration kAnswersMax = absl::Seconds(75);

int Seconds() {
  int seconds = kSecondsDefault;
  const char* given = std::getenv("WARDBOOK_LOAD_SECONDS");
  if (given != nullptr) WARDBOOK_ASSERT(absl::SimpleAtoi(given, &seconds));
  return seconds;
}

TEST(ServerLoad, EverythingIsAnsweredAndThereAfterAStop) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<RunningServer> server,
                       RunningServer::Start({NewSchoolOf(kSchool, kMarks[0])}));
  const School school = Populate(*server, kSchool, kMarks[0]);
  MixedLoad load(school, TestSeed());
  std::this_thread::sleep_for(std::chrono::seconds(Seconds()));
  // Under a sanitizer, on a busy machine, it takes longer until each kind was answered.
  const Readings& read = load.readings();
  const absl::Time deadline = absl::Now() + kAnswersMax;
  while (!HasFailure() && absl::Now() < deadline &&
         std::min({read.downloads.load(), read.bundles.load(), read.lists.load(),
                   read.changes.load()}) == 0) {
    std::this_thread::sleep_for(kPoll);
  }
  NotedCalls noted = load.End();
  std::cout << noted.answered("ReportIncidentRequest") << " reports, "
            << noted.answered("AddNoteRequest") << " notes, "
            << noted.answered("FileEvidenceRequest") << " files, " << load.readings().downloads
            << " downloads, " << load.readings().bundles << " bundles, " << load.readings().lists
            << " lists, " << load.readings().changes << " changes watched\n";
  EXPECT_GT(load.readings().downloads, 0) << "within " << kAnswersMax;
  EXPECT_GT(load.readings().bundles, 0) << "within " << kAnswersMax;
  EXPECT_GT(load.readings().lists, 0) << "within " << kAnswersMax;
  EXPECT_GT(load.readings().changes, 0) << "within " << kAnswersMax;

  ASSERT_OK(server->Stop()) << server->Log();
  ASSERT_OK(server->Restart());
  noted.ExpectKept(school);
  ExpectCleanLog(school);
  EXPECT_OK(server->Stop()) << server->Log();
  EXPECT_THAT(server->Log(), ::testing::Not(::testing::HasSubstr("[error]")));
}

}  // namespace
}  // namespace wardbook::e2e
