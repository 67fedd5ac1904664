// The server is killed at a random moment while everybody is at work, again and
// again, and started on what it left.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
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
constexpr int kRoundsDefault = 6;
// A kill that comes early finds some clients at their first call. Where a kind of client
// has had too few answers there are so many times the rounds, at the most, and each time
// the server lives twice as long.
constexpr int kRoundsMaxFactor = 4;
// From the beginning of the load on, until every client has had several answers.
constexpr int kLifetimeMaxMs = 500;
// One round in so many begins with a server that is killed while it starts.
constexpr int kRoundsPerEarlyEnd = 3;
// A little more than a start takes.
constexpr int kStartMaxMs = 120;
// One round in so many begins without views, which are made again from the log
// while clients ask for them, and the server is killed once more meanwhile.
constexpr int kRoundsPerRebuild = 2;
constexpr int kRebuildMaxMs = 200;

int Rounds() {
  int rounds = kRoundsDefault;
  const char* given = std::getenv("WARDBOOK_SERVER_KILL_ROUNDS");
  if (given != nullptr) WARDBOOK_ASSERT(absl::SimpleAtoi(given, &rounds));
  return rounds;
}

// What was answered in all rounds, of each kind of client.
struct Answered {
  int reports = 0;
  int decisions = 0;
  int notes = 0;
  int files = 0;
  int downloads = 0;
  int bundles = 0;
  int lists = 0;
  int changes = 0;

  void Add(const NotedCalls& noted, const Readings& read) {
    reports += noted.answered("ReportIncidentRequest");
    decisions += noted.answered("EscalateCaseRequest") + noted.answered("RecordAdviceRequest");
    notes += noted.answered("AddNoteRequest");
    files += noted.answered("FileEvidenceRequest");
    downloads += read.downloads;
    bundles += read.bundles;
    lists += read.lists;
    changes += read.changes;
  }
  int least() const {
    return std::min({reports, decisions, notes, files, downloads, bundles, lists, changes});
  }
};

class ServerKill : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(server_, RunningServer::Start({NewSchoolOf(kSchool, kMarks[0])}));
    school_ = Populate(*server_, kSchool, kMarks[0]);
  }

  // Starts the server on what the last one left, in one of several ways.
  void StartAgain(int round, std::mt19937_64& random) {
    if (round % kRoundsPerRebuild == 0) {
      std::filesystem::remove_all(server_->data_directory() + "/views");
    }
    if (round % kRoundsPerEarlyEnd == 0) {
      server_->KillWhileStarting(absl::Milliseconds(random() % kStartMaxMs));
    }
    ASSERT_OK(server_->Restart());
  }

  // Lets everybody work until the server is killed after so long.
  NotedCalls WorkUntilKilled(std::mt19937_64& random, uint64_t lifetime_ms, Answered& answered) {
    MixedLoad load(school_, random());
    std::this_thread::sleep_for(std::chrono::milliseconds(lifetime_ms));
    load.ExpectTheServerToGo();
    server_->Kill();
    NotedCalls noted = load.End();
    answered.Add(noted, load.readings());
    return noted;
  }

  std::unique_ptr<RunningServer> server_;
  School school_;
};

TEST_F(ServerKill, WhatWasAnsweredStaysAndWhatWasNotCanBeSentAgain) {
  std::mt19937_64 random(TestSeed());
  const int rounds = Rounds();
  std::vector<NotedCalls> before;
  Answered answered;
  int round = 0;
  for (; !HasFailure() &&
         (round < rounds || (answered.least() <= rounds / 2 && round < kRoundsMaxFactor * rounds));
       ++round) {
    SCOPED_TRACE(absl::StrCat("round ", round));
    before.push_back(WorkUntilKilled(
        random, random() % (static_cast<uint64_t>(kLifetimeMaxMs) << (round / rounds)), answered));
    ASSERT_NO_FATAL_FAILURE(StartAgain(round, random));
    if (round % kRoundsPerRebuild == 0) {
      before.push_back(WorkUntilKilled(random, random() % kRebuildMaxMs, answered));
      ASSERT_OK(server_->Restart());
      before[before.size() - 2].ExpectKept(school_);
    }
    before.back().ExpectKept(school_);
    ExpectCleanLog(school_);
    // What an earlier round was answered has not gone since.
    before[random() % before.size()].ExpectKept(school_);
  }
  std::cout << round << " rounds answered " << answered.reports << " reports, "
            << answered.decisions << " decisions, " << answered.notes << " notes, "
            << answered.files << " files, " << answered.downloads << " downloads, "
            << answered.bundles << " bundles, " << answered.lists << " lists, " << answered.changes
            << " changes watched\n";
  // Each kind of client was at work when the server was killed.
  EXPECT_GT(answered.least(), rounds / 2);
  EXPECT_OK(server_->Stop());
  EXPECT_THAT(server_->Log(), ::testing::Not(::testing::HasSubstr("[error]")));
}

}  // namespace
}  // namespace wardbook::e2e
