// The disk fails one call of the real server: each in turn, from the start on
// through the work of a school to the stop, until the server comes through without meeting
// the call that fails. All its stores are below: the log, the keys, the evidence, the
// views, the pins, the sessions.

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <new>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/assert.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/running_server.h"
#include "tests/e2e/school.h"
#include "tests/fault/server/failing_disk.h"
#include "tests/fault/server/noted_calls.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/seed.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/audit_service.grpc.pb.h"
#include "wardbook/v1/case_service.grpc.pb.h"

namespace wardbook::e2e {
namespace {

namespace fs = std::filesystem;
namespace v1 = wardbook::v1;

using ::testing::AnyOf;
using ::wardbook::testing::ScratchDirectory;
using ::wardbook::testing::StatusIs;
using ::wardbook::testing::TestSeed;

constexpr char kSchool[] = "oakfield";
// Calls that fail in a short run, drawn from all.
constexpr int kShortRun = 4;
// A disk that has room again is noticed in a second or so.
constexpr absl::Duration kRecoveryMax = absl::Seconds(30);
constexpr absl::Duration kRecoveryPoll = absl::Milliseconds(20);
constexpr size_t kFileBytes = 60'000;

// Every call in turn from this one on, which is the first of all if zero, instead of
// some.
std::optional<uint64_t> FirstOfFullSweep() {
  const char* given = std::getenv("WARDBOOK_DISK_SWEEP_FROM");
  if (given == nullptr) return std::nullopt;
  uint64_t first = 0;
  WARDBOOK_ASSERT(absl::SimpleAtoi(given, &first));
  return std::max<uint64_t>(first, 1);
}

class SharedOrder {
 public:
  explicit SharedOrder(const std::string& path) {
    const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    WARDBOOK_ASSERT(file >= 0 && ftruncate(file, sizeof(DiskOrder)) == 0);
    void* const shared =
        mmap(nullptr, sizeof(DiskOrder), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    WARDBOOK_ASSERT(shared != MAP_FAILED);
    close(file);
    order_ = new (shared) DiskOrder{};
  }
  ~SharedOrder() { munmap(order_, sizeof(DiskOrder)); }
  SharedOrder(const SharedOrder&) = delete;
  SharedOrder& operator=(const SharedOrder&) = delete;

  DiskOrder* operator->() { return order_; }

 private:
  DiskOrder* order_;
};

// Where a sweep is: some threads take its calls in turn, each with a server of its own.
struct Sweep {
  explicit Sweep(DiskFault given) : fault(given) {}

  const DiskFault fault;
  std::atomic<uint64_t> next = 1;
  absl::Mutex mutex;
  // How often each function's call has failed.
  std::map<std::string, int> failed ABSL_GUARDED_BY(mutex);
};

class SweptServer {
 public:
  explicit SweptServer(Sweep& sweep) : sweep_(sweep) {}

  void SetUp() {
    ASSERT_OK_AND_ASSIGN(server_, RunningServer::Start({NewSchoolOf(kSchool, kMarks[0])}));
    school_ = Populate(*server_, kSchool, kMarks[0]);
    ASSERT_OK(server_->Stop());
    fs::copy(server_->data_directory(), home_.At("data"), fs::copy_options::recursive);
    server_->Preload(WARDBOOK_FAILING_DISK);
    server_->SetEnvironment({absl::StrCat(kDiskDirectoryVariable, "=", server_->data_directory()),
                             absl::StrCat(kDiskOrderVariable, "=", home_.At("order"))});
  }

  // A start, all that people do, and a stop, on the same data every time, in which the call
  // of this number fails. Returns whether one did.
  bool RunWith(uint64_t call) {
    fs::remove_all(server_->data_directory());
    fs::copy(home_.At("data"), server_->data_directory(), fs::copy_options::recursive);
    order_->fault = sweep_.fault;
    order_->calls = 0;
    order_->has_failed = false;
    order_->fails = call;
    NotedCalls noted;
    const absl::Status started = server_->Restart();
    if (started.ok()) {
      Work(noted);
    } else {
      // It says why, and is not thrown out. A full disk is no reason not to start.
      EXPECT_TRUE(sweep_.fault == DiskFault::kIoError || sweep_.fault == DiskFault::kReadError);
      EXPECT_THAT(started, StatusIs(absl::StatusCode::kUnavailable));
    }
    const bool has_failed_running = order_->has_failed;
    if (started.ok() && !has_failed_running) {
      // In order or not, but not thrown out.
      EXPECT_THAT(server_->Stop(), AnyOf(StatusIs(absl::StatusCode::kOk),
                                         StatusIs(absl::StatusCode::kUnavailable)));
    }
    last_calls_ = order_->calls;
    order_->fails = 0;
    const bool has_failed = order_->has_failed;
    const std::string what = absl::StrCat(order_->function, " ", order_->path);
    SCOPED_TRACE(what);
    if (has_failed) {
      absl::MutexLock lock(&sweep_.mutex);
      ++sweep_.failed[order_->function];
    }
    if (started.ok() && has_failed_running) {
      EXPECT_TRUE(server_->IsRunning());
      if (sweep_.fault == DiskFault::kNoSpace) ExpectRecovery(noted);
      server_->Kill();
    }
    EXPECT_OK(server_->Restart());
    if (::testing::Test::HasFailure()) return has_failed;
    noted.ExpectKept(school_);
    ExpectCleanLog(school_);
    server_->Kill();
    return has_failed;
  }

  uint64_t last_calls() const { return last_calls_; }

 private:
  // Whatever is not answered is refused because the store takes nothing now.
  void ExpectAnsweredOrUnavailable(const grpc::Status& status) {
    if (sweep_.fault == DiskFault::kShortWrite) {
      EXPECT_THAT(status, IsAnswered());
    } else if (!status.ok()) {
      // A table that cannot be opened is one that cannot be read.
      EXPECT_TRUE(status.error_code() == grpc::UNAVAILABLE ||
                  (status.error_code() == grpc::DATA_LOSS && HasFailedToReadATable()))
          << Describe(status) << " after " << order_->function << " " << order_->path;
    }
  }

  bool HasFailedToReadATable() {
    return (sweep_.fault == DiskFault::kReadError || order_->function == std::string("open")) &&
           (absl::EndsWith(order_->path, ".sst") || absl::EndsWith(order_->path, ".blob"));
  }

  void Work(NotedCalls& noted) {
    const auto report =
        noted.Send(school_.teacher, &v1::IncidentService::Stub::ReportIncident, Report(school_));
    ExpectAnsweredOrUnavailable(report.status);
    if (report.ok()) {
      const std::string& case_ref = report.response.case_ref();
      noted.NoteCase(case_ref);
      AddNote(noted, case_ref, "first");
      ExpectAnsweredOrUnavailable(
          noted.SendFile(school_.teacher, school_, case_ref, Png(std::string(kFileBytes, 'f'))));
      AddNote(noted, case_ref, "second");
      v1::ExportBundleRequest request;
      request.set_case_ref(case_ref);
      request.set_purpose(school_.Typed("for the file"));
      ExpectAnsweredOrUnavailable(
          school_.head.Read(&v1::AuditService::Stub::ExportBundle, request).status);
    }
    const grpc::Status listed =
        school_.head.Call(&v1::CaseService::Stub::ListInbox, v1::ListInboxRequest()).status;
    if (sweep_.fault == DiskFault::kReadError) {
      ExpectAnsweredOrUnavailable(listed);
    } else {
      // Reading goes on whatever the disk takes.
      EXPECT_THAT(listed, IsAnswered());
    }
  }

  void AddNote(NotedCalls& noted, const std::string& case_ref, absl::string_view text) {
    const v1::AddNoteRequest note = Note(school_, case_ref, text);
    noted.NoteText(case_ref, note.text());
    ExpectAnsweredOrUnavailable(
        noted.Send(school_.head, &v1::CaseService::Stub::AddNote, note).status);
  }

  // There is room again, and no restart is needed.
  void ExpectRecovery(NotedCalls& noted) {
    const absl::Time deadline = absl::Now() + kRecoveryMax;
    const v1::ReportIncidentRequest request = Report(school_);
    Answer<v1::ReportIncidentResponse> report;
    while (!(report = school_.teacher.Call(&v1::IncidentService::Stub::ReportIncident, request))
                .ok()) {
      ASSERT_LT(absl::Now(), deadline) << Describe(report.status);
      absl::SleepFor(kRecoveryPoll);
    }
    noted.NoteCase(report.response.case_ref());
    EXPECT_THAT(noted.Send(school_.teacher, &v1::IncidentService::Stub::ReportIncident, request),
                IsAnswered());
  }

  Sweep& sweep_;
  const ScratchDirectory home_;
  SharedOrder order_{home_.At("order")};
  std::unique_ptr<RunningServer> server_;
  School school_;
  uint64_t last_calls_ = 0;
};

class DiskSweep : public ::testing::TestWithParam<DiskFault> {};

TEST_P(DiskSweep, NothingAnsweredIsLostWhicheverCallFails) {
  std::mt19937_64 random(TestSeed());
  Sweep sweep(GetParam());
  const std::optional<uint64_t> first = FirstOfFullSweep();
  SweptServer server(sweep);
  ASSERT_NO_FATAL_FAILURE(server.SetUp());
  // None fails, and all are counted.
  ASSERT_FALSE(server.RunWith(0));
  const uint64_t calls = server.last_calls();
  if (first.has_value()) {
    sweep.next = *first;
    std::vector<std::thread> threads(std::thread::hardware_concurrency());
    for (std::thread& thread : threads) {
      thread = std::thread([&] {
        SweptServer own(sweep);
        ASSERT_NO_FATAL_FAILURE(own.SetUp());
        bool has_failed = true;
        while (has_failed && !HasFailure()) {
          const uint64_t call = sweep.next++;
          SCOPED_TRACE(absl::StrCat("call ", call, " of about ", calls));
          has_failed = own.RunWith(call);
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
  } else {
    for (int i = 0; i < kShortRun && !HasFailure(); ++i) {
      const uint64_t call = 1 + random() % calls;
      SCOPED_TRACE(absl::StrCat("call ", call, " of about ", calls));
      server.RunWith(call);
    }
  }
  std::cout << "of about " << calls << " calls, failed:";
  const absl::MutexLock lock(&sweep.mutex);
  for (const auto& [function, count] : sweep.failed) std::cout << " " << function << " " << count;
  std::cout << "\n";
  EXPECT_FALSE(sweep.failed.empty());
}

INSTANTIATE_TEST_SUITE_P(Faults, DiskSweep,
                         ::testing::Values(DiskFault::kIoError, DiskFault::kReadError,
                                           DiskFault::kNoSpace, DiskFault::kShortWrite),
                         [](const auto& fault) {
                           switch (fault.param) {
                             case DiskFault::kIoError:
                               return "IoError";
                             case DiskFault::kReadError:
                               return "ReadError";
                             case DiskFault::kNoSpace:
                               return "NoSpace";
                             case DiskFault::kShortWrite:
                               return "ShortWrite";
                           }
                           return "";
                         });

}  // namespace
}  // namespace wardbook::e2e
