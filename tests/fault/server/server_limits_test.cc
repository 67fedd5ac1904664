// More than there may be of it: guesses at passwords, and connections beyond what the
// system lets the server have. The rest of the school goes on.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/base/assert.h"
#include "tests/e2e/cases.h"
#include "tests/e2e/running_server.h"
#include "tests/e2e/school.h"
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

// The most memory that the process has had.
int64_t PeakKiB(pid_t process) {
  std::ifstream status(absl::StrCat("/proc/", process, "/status"));
  for (std::string line; std::getline(status, line);) {
    absl::string_view rest = line;
    int64_t kib = 0;
    if (absl::ConsumePrefix(&rest, "VmHWM:") && absl::ConsumeSuffix(&rest, " kB") &&
        absl::SimpleAtoi(rest, &kib)) {
      return kib;
    }
  }
  WARDBOOK_ASSERT(false);
}

class ServerLimits : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK_AND_ASSIGN(server_, RunningServer::Start({NewSchoolOf(kSchool, kMarks[0])}));
    school_ = Populate(*server_, kSchool, kMarks[0]);
  }

  std::unique_ptr<RunningServer> server_;
  School school_;
};

TEST_F(ServerLimits, AFloodOfGuessesKeepsNobodyFromWorkingAndTakesLittleMemory) {
  const int64_t before = PeakKiB(server_->process());
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
  const int64_t grown = PeakKiB(server_->process()) - before;
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
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(server_->port()));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    strangers.push_back(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    ASSERT_EQ(
        connect(strangers.back(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  }
  EXPECT_THAT(school_.teacher.Call(&v1::IncidentService::Stub::ReportIncident, Report(school_)),
              IsAnswered());
  for (int stranger : strangers) close(stranger);
  EXPECT_TRUE(server_->IsRunning());
  EXPECT_THAT(school_.teacher.WithOwnConnection().Call(&v1::IncidentService::Stub::ReportIncident,
                                                       Report(school_)),
              IsAnswered());
}

}  // namespace
}  // namespace wardbook::e2e
