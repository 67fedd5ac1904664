// Everybody is at work for hours, at the pace of people, and nothing grows that has
// no reason to: neither memory, nor open files, nor what a record takes on the disk, nor
// how long somebody waits.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/string_view.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/assert.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/running_server.h"
#include "tests/e2e/school.h"
#include "tests/fault/server/mixed_load.h"
#include "tests/fault/server/noted_calls.h"
#include "tests/testing/seed.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/case_service.grpc.pb.h"

namespace wardbook::e2e {
namespace {

namespace v1 = wardbook::v1;
using ::wardbook::testing::TestSeed;
using Clock = std::chrono::steady_clock;

constexpr char kSchool[] = "oakfield";
constexpr int kMinutesDefault = 0;
// What a run takes that has no minutes: enough to see that it measures.
constexpr std::chrono::seconds kShortWindow(1);
constexpr int kShortWindows = 3;
constexpr std::chrono::seconds kWindow(60);
// Between two calls of a client: nine of them are more than a large school.
constexpr std::chrono::milliseconds kPause(40);
// What is judged is the last third of the windows against the third before, when every
// cache is filled; fewer say nothing, because a compaction of RocksDB takes minutes.
constexpr size_t kJudgedFrom = 30;
// An allocator keeps what it was given back, and a compaction comes and goes.
constexpr double kGrowthMax = 1.2;
// A machine that does other work meanwhile slows some windows down: the fastest of a third
// is what the server takes.
constexpr double kSlowdownMax = 1.5;
// Connections of one window that close after the next began.
constexpr size_t kOpenFilesSlack = 24;

// What there is of the server at the end of a window.
struct Sample {
  uint64_t records = 0;
  uint64_t resident_kib = 0;
  size_t open_files = 0;
  uint64_t disk_bytes = 0;
  uint64_t evidence_bytes = 0;
  double p50_ms = 0;
  double p99_ms = 0;
  size_t calls = 0;
};

int Minutes() {
  int minutes = kMinutesDefault;
  const char* given = std::getenv("WARDBOOK_SOAK_MINUTES");
  if (given != nullptr) WARDBOOK_ASSERT(absl::SimpleAtoi(given, &minutes));
  return minutes;
}

uint64_t ResidentKib(pid_t process) {
  std::ifstream status(absl::StrCat("/proc/", process, "/status"));
  for (std::string word; status >> word;) {
    uint64_t kib = 0;
    if (word == "VmRSS:" && status >> kib) return kib;
  }
  ADD_FAILURE() << "the server's memory cannot be read";
  return 0;
}

size_t OpenFiles(pid_t process) {
  const std::filesystem::directory_iterator all(absl::StrCat("/proc/", process, "/fd"));
  return static_cast<size_t>(std::distance(begin(all), end(all)));
}

// Of all files below a folder, while the server adds and removes some.
uint64_t BytesBelow(const std::filesystem::path& folder) {
  uint64_t bytes = 0;
  std::error_code gone;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, gone)) {
    const uint64_t size = entry.is_regular_file(gone) ? entry.file_size(gone) : 0;
    if (!gone) bytes += size;
  }
  return bytes;
}

// Writes a note and reads its case again, one after the other, for as long as a window
// lasts. Gives how long each took, in milliseconds.
std::vector<double> Probe(const School& school, Clock::time_point end) {
  const Person head = school.head.WithOwnConnection();
  const v1::ReportIncidentResponse reported = ReportCase(school);
  std::vector<double> taken;
  const auto timed = [&](const auto& call) {
    const Clock::time_point begin = Clock::now();
    call();
    taken.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
    std::this_thread::sleep_for(kPause);
  };
  v1::GetCaseRequest opened;
  opened.set_case_ref(reported.case_ref());
  while (Clock::now() < end) {
    timed([&] {
      EXPECT_THAT(head.Call(&v1::CaseService::Stub::AddNote,
                            Note(school, reported.case_ref(), "seen again"))
                      .status,
                  IsAnswered());
    });
    timed([&] {
      EXPECT_THAT(head.Call(&v1::CaseService::Stub::GetCase, opened).status, IsAnswered());
    });
  }
  return taken;
}

double At(std::vector<double>& taken, double share) {
  if (taken.empty()) return 0;
  const auto at =
      taken.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(taken.size() - 1));
  std::nth_element(taken.begin(), at, taken.end());
  return *at;
}

Sample Work(const RunningServer& server, const School& school, uint64_t seed,
            std::chrono::seconds window) {
  const Clock::time_point end = Clock::now() + window;
  MixedLoad load(school, seed, kPause);
  std::vector<double> taken = Probe(school, end);
  const NotedCalls noted = load.End();
  Sample sample;
  sample.records = school.head.Head().size;
  sample.resident_kib = ResidentKib(server.process());
  sample.open_files = OpenFiles(server.process());
  sample.disk_bytes = BytesBelow(server.data_directory());
  for (const NotedFile& file : noted.files()) sample.evidence_bytes += file.content.size();
  sample.p50_ms = At(taken, 0.5);
  sample.p99_ms = At(taken, 0.99);
  sample.calls = taken.size();
  return sample;
}

template <class Value>
std::pair<double, double> LeastAndMost(const std::vector<Sample>& samples, size_t from, size_t to,
                                       Value value) {
  std::vector<double> values;
  for (size_t i = from; i < to; ++i) values.push_back(static_cast<double>(value(samples[i])));
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  return {*least, *most};
}

TEST(ServerSoak, NothingGrowsThatHasNoReasonTo) {
  ASSERT_OK_AND_ASSIGN(const std::unique_ptr<RunningServer> server,
                       RunningServer::Start({NewSchoolOf(kSchool, kMarks[0])}));
  // What is measured is the server as it is.
  server->PreloadNothing();
  ASSERT_OK(server->Stop());
  ASSERT_OK(server->Restart());
  const School school = Populate(*server, kSchool, kMarks[0]);
  const int minutes = Minutes();
  ASSERT_TRUE(minutes == 0 || minutes >= static_cast<int>(kJudgedFrom))
      << "fewer than " << kJudgedFrom << " minutes say nothing";
  const size_t windows = minutes == 0 ? kShortWindows : static_cast<size_t>(minutes);
  std::vector<Sample> samples;
  uint64_t evidence_bytes = 0;
  std::cout << "minute  records  resident MiB  open files  disk MiB  evidence MiB  "
               "p50 ms  p99 ms  calls\n";
  for (size_t i = 0; i < windows; ++i) {
    Sample sample = Work(*server, school, TestSeed() + i, minutes == 0 ? kShortWindow : kWindow);
    evidence_bytes += sample.evidence_bytes;
    sample.evidence_bytes = evidence_bytes;
    samples.push_back(sample);
    std::cout << absl::StreamFormat("%6d %8d %13d %11d %9d %13d %7.1f %7.1f %6d\n", i + 1,
                                    sample.records, sample.resident_kib >> 10, sample.open_files,
                                    sample.disk_bytes >> 20, sample.evidence_bytes >> 20,
                                    sample.p50_ms, sample.p99_ms, sample.calls)
              << std::flush;
  }

  if (windows >= kJudgedFrom) {
    const size_t last = windows - windows / 3;
    const size_t before = last - windows / 3;
    const auto most = [&](size_t from, size_t to, const auto& value) {
      return LeastAndMost(samples, from, to, value).second;
    };
    const auto resident = [](const Sample& sample) { return sample.resident_kib; };
    EXPECT_LE(most(last, windows, resident), kGrowthMax * most(before, last, resident));
    const auto open_files = [](const Sample& sample) { return sample.open_files; };
    EXPECT_LE(most(last, windows, open_files), most(before, last, open_files) + kOpenFilesSlack);
    // Evidence cannot shrink; what else there is goes with the records. While RocksDB
    // rewrites files, the old ones and the new are there: the least is what stays.
    const auto each = [](const Sample& sample) {
      return (static_cast<double>(sample.disk_bytes) - static_cast<double>(sample.evidence_bytes)) /
             static_cast<double>(sample.records);
    };
    EXPECT_LE(LeastAndMost(samples, last, windows, each).first,
              kGrowthMax * LeastAndMost(samples, before, last, each).first);
    for (const auto latency : {&Sample::p50_ms, &Sample::p99_ms}) {
      const auto of = [&](const Sample& sample) { return sample.*latency; };
      EXPECT_LE(LeastAndMost(samples, last, windows, of).first,
                kSlowdownMax * LeastAndMost(samples, before, last, of).first);
    }
  }
  ASSERT_OK(server->Stop()) << server->Log();
  ASSERT_OK(server->Restart());
  ExpectCleanLog(school);
  EXPECT_OK(server->Stop()) << server->Log();
  EXPECT_THAT(server->Log(), ::testing::Not(::testing::HasSubstr("[error]")));
}

}  // namespace
}  // namespace wardbook::e2e
