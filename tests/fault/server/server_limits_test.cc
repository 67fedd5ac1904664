// More than there may be of it: guesses at passwords, connections beyond what the system
// lets the server have, ten thousand that ask for nothing, downloads that nobody takes,
// connections whose other end has gone without a word. The rest of the school goes on.
// And less memory than the server needs, for which it may end, and lose nothing.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
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
#include "wardbook/v1/access_service.grpc.pb.h"
#include "wardbook/v1/incident_service.grpc.pb.h"

namespace wardbook::e2e {
namespace {

namespace v1 = wardbook::v1;

constexpr char kSchool[] = "oakfield";
constexpr int kGuessers = 24;
constexpr int kGuesses = 12;
// Two hashes at a time, of 19 MiB each, and what calls and connections take.
constexpr int64_t kFloodKiBMax = 64 * 1024;
// Of descriptors: more than the stores have open, and less than are asked for.
constexpr rlim_t kDescriptors = 512;
constexpr int kStrangers = 800;
// Of connections that ask for nothing, from two addresses: as many as the server takes.
constexpr int kIdleConnections = 10'000;
// A connection takes a descriptor here and one in the server, which has others.
constexpr int kOtherDescriptors = 500;
// Downloads that nobody takes, and what they may cost: windows of HTTP/2 and of gRPC, and
// a chunk or so in the server's hands.
constexpr int kUntakenDownloads = 40;
constexpr size_t kUntakenFileBytes = 4'000'000;
constexpr int64_t kUntakenKiBMax = 64 * 1024;
constexpr int kGoneWithoutAWord = 50;
constexpr absl::Duration kPoll = absl::Milliseconds(5);
// Far longer than anybody here takes to come in: a test that meets it has failed.
constexpr absl::Duration kPatience = absl::Seconds(60);

// A line of what the kernel says of a process, such as the most memory that it has had.
int64_t StatusKiB(pid_t process, absl::string_view name) {
  std::ifstream status(absl::StrCat("/proc/", process, "/status"));
  for (std::string line; std::getline(status, line);) {
    absl::string_view rest = line;
    int64_t kib = 0;
    if (absl::ConsumePrefix(&rest, name) && absl::ConsumePrefix(&rest, ":") &&
        absl::ConsumeSuffix(&rest, " kB") && absl::SimpleAtoi(rest, &kib)) {
      return kib;
    }
  }
  WARDBOOK_ASSERT(false);
}

// Only the system's administrator may count those of a server that hides its memory.
size_t OpenFiles(pid_t process) {
  const std::filesystem::directory_iterator all(absl::StrCat("/proc/", process, "/fd"));
  return static_cast<size_t>(std::distance(begin(all), end(all)));
}

sockaddr_in AddressOf(uint32_t host, int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(host);
  return address;
}

// A connection that says nothing, from another address of the loopback.
int ConnectFrom(uint32_t host, int port) {
  const int stranger = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in from = AddressOf(host, 0);
  const sockaddr_in to = AddressOf(INADDR_LOOPBACK, port);
  WARDBOOK_ASSERT(stranger >= 0);
  WARDBOOK_ASSERT(bind(stranger, reinterpret_cast<const sockaddr*>(&from), sizeof(from)) == 0);
  WARDBOOK_ASSERT(connect(stranger, reinterpret_cast<const sockaddr*>(&to), sizeof(to)) == 0);
  return stranger;
}

// The sockets of this process that are connected to a port.
std::vector<int> SocketsTo(int port) {
  std::vector<int> sockets;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    int file = 0;
    // gRPC's speak both versions of IP, whose ports stand in the same place.
    sockaddr_in6 peer{};
    socklen_t size = sizeof(peer);
    if (absl::SimpleAtoi(entry.path().filename().string(), &file) &&
        getpeername(file, reinterpret_cast<sockaddr*>(&peer), &size) == 0 &&
        ntohs(peer.sin6_port) == port) {
      sockets.push_back(file);
    }
  }
  return sockets;
}

class ServerLimits : public ::testing::Test {
 protected:
  void SetUp() override {
    // For this process, and the server after it. Who may not, has as many as they may.
    rlimit descriptors{};
    ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &descriptors), 0);
    const rlimit wanted{
        .rlim_cur = kIdleConnections + kOtherDescriptors,
        .rlim_max = std::max<rlim_t>(descriptors.rlim_max, kIdleConnections + kOtherDescriptors)};
    if (setrlimit(RLIMIT_NOFILE, &wanted) != 0) {
      descriptors.rlim_cur = descriptors.rlim_max;
      ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &descriptors), 0);
    }
    ASSERT_OK_AND_ASSIGN(server_, RunningServer::Start({NewSchoolOf(kSchool, kMarks[0])}));
    school_ = Populate(*server_, kSchool, kMarks[0]);
  }

  // Those that ask for nothing are thrown out again after a while, so that a server which
  // takes them in too slowly never has as many.
  void AwaitOpenFiles(size_t count) {
    const absl::Time end = absl::Now() + kPatience;
    size_t most = 0;
    while (most < count && absl::Now() < end) {
      most = std::max(most, OpenFiles(server_->process()));
      if (most < count) absl::SleepFor(kPoll);
    }
    ASSERT_GE(most, count) << "open at once";
  }

  void ExpectAReportIsAnswered(const Person& teacher) {
    EXPECT_THAT(teacher.Call(&v1::IncidentService::Stub::ReportIncident, Report(school_)),
                IsAnswered());
  }

  std::unique_ptr<RunningServer> server_;
  School school_;
};

TEST_F(ServerLimits, AFloodOfGuessesKeepsNobodyFromWorkingAndTakesLittleMemory) {
  const int64_t before = StatusKiB(server_->process(), "VmHWM");
  std::atomic<int> wrong = 0;
  std::atomic<int> held_back = 0;
  std::atomic<int> at_work = kGuessers;
  std::vector<std::thread> guessers;
  for (int i = 0; i < kGuessers; ++i) {
    guessers.emplace_back([&, i] {
      for (int guess = 0; guess < kGuesses; ++guess) {
        v1::SignInRequest request;
        request.set_school(kSchool);
        request.set_user_name(i % 2 == 0 ? "head" : absl::StrCat("somebody ", i, " ", guess));
        request.set_password(absl::StrCat("guess ", i, " ", guess));
        Person stranger = school_.head;
        stranger.token.clear();
        const auto answer = stranger.Call(&v1::AccessService::Stub::SignIn, request);
        ASSERT_FALSE(answer.ok());
        const std::string reason = RefusalOf(answer.status).value_or(v1::Refusal()).code();
        if (answer.status.error_code() == grpc::UNAUTHENTICATED) {
          ++wrong;
        } else {
          EXPECT_TRUE(reason == "R-TOO-MANY-ATTEMPTS" || reason == "R-SERVER-BUSY") << reason;
          ++held_back;
        }
      }
      --at_work;
    });
  }
  int reports = 0;
  for (; at_work > 0; ++reports) {
    EXPECT_THAT(school_.teacher.Call(&v1::IncidentService::Stub::ReportIncident, Report(school_)),
                IsAnswered());
  }
  for (std::thread& guesser : guessers) guesser.join();
  const int64_t grown = StatusKiB(server_->process(), "VmHWM") - before;
  std::cout << wrong << " wrong, " << held_back << " held back, " << reports
            << " reports meanwhile, " << grown << " KiB\n";
  EXPECT_GT(held_back, kGuessers * kGuesses / 2);
  EXPECT_GT(reports, 0);
  EXPECT_LT(grown, kFloodKiBMax);
}

TEST_F(ServerLimits, WithoutDescriptorsForMoreThoseWhoAreConnectedWorkOnAndOthersCome) {
  const rlimit descriptors{.rlim_cur = kDescriptors, .rlim_max = kDescriptors};
  ASSERT_EQ(prlimit(server_->process(), RLIMIT_NOFILE, &descriptors, nullptr), 0);
  std::vector<int> strangers;
  for (int i = 0; i < kStrangers; ++i) {
    strangers.push_back(ConnectFrom(INADDR_LOOPBACK, server_->port()));
  }
  AwaitOpenFiles(kDescriptors);
  ExpectAReportIsAnswered(school_.teacher);
  for (int stranger : strangers) close(stranger);
  EXPECT_TRUE(server_->IsRunning());
  ExpectAReportIsAnswered(school_.teacher.WithOwnConnection());
}

TEST_F(ServerLimits, TenThousandConnectionsThatAskForNothingKeepNobodyFromWorking) {
  rlimit descriptors{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &descriptors), 0);
  const int connections =
      std::min(kIdleConnections, static_cast<int>(descriptors.rlim_cur) - kOtherDescriptors);
  const size_t before = OpenFiles(server_->process());
  std::vector<int> strangers;
  // Two addresses may have all connections there are but those that others have already.
  for (int i = 0; i < connections; ++i) {
    const in_addr_t address = INADDR_LOOPBACK + (i % 2 == 0 ? 1 : 2);
    strangers.push_back(ConnectFrom(address, server_->port()));
  }
  AwaitOpenFiles(before + static_cast<size_t>(connections) - kOtherDescriptors);
  std::cout << connections << " connections\n";
  ExpectAReportIsAnswered(school_.teacher);
  EXPECT_THAT(school_.head.Call(&v1::CaseService::Stub::ListInbox, v1::ListInboxRequest()),
              IsAnswered());
  // They are thrown out, and somebody new comes in while their ends are still open.
  ExpectAReportIsAnswered(school_.teacher.WithOwnConnection());
  for (int stranger : strangers) close(stranger);
}

TEST_F(ServerLimits, DownloadsThatNobodyTakesHoldNobodyUpAndTakeLittleMemory) {
  NotedCalls noted;
  const std::string case_ref = ReportCase(school_).case_ref();
  const std::string content = Png(std::string(kUntakenFileBytes, 'f'));
  ASSERT_THAT(noted.SendFile(school_.teacher, school_, case_ref, content), IsAnswered());
  v1::DownloadEvidenceRequest request;
  request.set_case_ref(case_ref);
  request.set_evidence_id(noted.files().front().upload_id);
  const int64_t before = StatusKiB(server_->process(), "VmHWM");
  struct Download {
    std::unique_ptr<grpc::ClientContext> context;
    std::shared_ptr<grpc::Channel> connection;
    std::unique_ptr<grpc::ClientReader<v1::DownloadEvidenceResponse>> reader;
  };
  std::vector<Download> downloads;
  for (int i = 0; i < kUntakenDownloads; ++i) {
    const Person& person = i % 2 == 0 ? school_.head : school_.teacher;
    Download& download = downloads.emplace_back();
    download.context = person.NewContext();
    download.connection = person.WithOwnConnection().own_connection;
    v1::EvidenceService::Stub stub(download.connection);
    download.reader = stub.DownloadEvidence(download.context.get(), request);
    // It has begun, and nothing more of it is taken.
    v1::DownloadEvidenceResponse first;
    ASSERT_TRUE(download.reader->Read(&first)) << Describe(download.reader->Finish());
  }
  ExpectAReportIsAnswered(school_.teacher);
  EXPECT_TRUE(DownloadWhole(school_.head, case_ref, request.evidence_id()).response == content);
  const int64_t grown = StatusKiB(server_->process(), "VmHWM") - before;
  std::cout << kUntakenDownloads << " downloads, " << grown << " KiB\n";
  EXPECT_LT(grown, kUntakenKiBMax);
  for (const Download& download : downloads) download.context->TryCancel();
}

// The other end of a stream loses its network: neither a word nor an end comes from it.
TEST_F(ServerLimits, WatchersWhoAreGoneWithoutAWordHoldNobodyUp) {
  const uint64_t position = ReportCase(school_).receipt().position();
  const std::vector<int> kept = SocketsTo(server_->port());
  std::vector<std::unique_ptr<grpc::ClientContext>> contexts;
  std::vector<std::shared_ptr<grpc::Channel>> connections;
  std::vector<std::unique_ptr<grpc::ClientReader<v1::WatchCasesResponse>>> watches;
  v1::WatchCasesRequest request;
  request.set_after_position(position);
  for (int i = 0; i < kGoneWithoutAWord; ++i) {
    connections.push_back(school_.head.WithOwnConnection().own_connection);
    contexts.push_back(school_.head.NewContext());
    v1::CaseService::Stub stub(connections.back());
    watches.push_back(stub.WatchCases(contexts.back().get(), request));
  }
  // All of them watch.
  ExpectAReportIsAnswered(school_.teacher);
  for (const auto& watch : watches) {
    v1::WatchCasesResponse change;
    ASSERT_TRUE(watch->Read(&change)) << Describe(watch->Finish());
  }
  int gone = 0;
  for (const int file : SocketsTo(server_->port())) {
    if (std::find(kept.begin(), kept.end(), file) != kept.end()) continue;
    // From now on the kernel sends nothing of it, not even its end.
    const int repair = 1;
    if (setsockopt(file, IPPROTO_TCP, TCP_REPAIR, &repair, sizeof(repair)) != 0) {
      GTEST_SKIP() << "only the system's administrator may silence a connection";
    }
    ++gone;
  }
  ASSERT_EQ(gone, kGoneWithoutAWord);
  for (int i = 0; i < kGoneWithoutAWord; ++i) ExpectAReportIsAnswered(school_.teacher);
  EXPECT_THAT(school_.head.Call(&v1::CaseService::Stub::ListInbox, v1::ListInboxRequest()),
              IsAnswered());
  ASSERT_OK(server_->Stop()) << server_->Log();
  for (const auto& context : contexts) context->TryCancel();
  ASSERT_OK(server_->Restart());
  ExpectCleanLog(school_);
}

// Memory is refused where a control group would kill the server, of which
// server_kill_test has more. Which thread meets that first is chance.
TEST_F(ServerLimits, WithoutMemoryForMoreItAnswersOrEndsAndLosesNothing) {
  for (const int64_t room_kib : {0, 256, 4096}) {
    SCOPED_TRACE(room_kib);
    MixedLoad load(school_, wardbook::testing::TestSeed());
    absl::SleepFor(absl::Milliseconds(200));
    load.ExpectTheServerToGo();
    const auto bytes =
        static_cast<rlim_t>((StatusKiB(server_->process(), "VmData") + room_kib) * 1024);
    const rlimit data{.rlim_cur = bytes, .rlim_max = bytes};
    ASSERT_EQ(prlimit(server_->process(), RLIMIT_DATA, &data, nullptr), 0);
    absl::SleepFor(absl::Seconds(1));
    NotedCalls noted = load.End();
    const bool runs = server_->IsRunning();
    if (runs) {
      const grpc::Status status =
          school_.teacher.Call(&v1::IncidentService::Stub::ReportIncident, Report(school_)).status;
      EXPECT_TRUE(status.error_code() != grpc::DEADLINE_EXCEEDED || !server_->IsRunning())
          << "it neither answers nor ends";
    }
    std::cout << room_kib << " KiB: " << (runs ? "answers" : "has ended") << "\n";
    server_->Kill();
    ASSERT_OK(server_->Restart());
    noted.ExpectKept(school_);
    ExpectCleanLog(school_);
  }
}

}  // namespace
}  // namespace wardbook::e2e
