#include "clients/cli/unreachable.h"

#include <sstream>

#include "clients/cli/failure.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using ::wardbook::testing::StatusIs;

std::string ScreenOf(const std::string& technical) {
  std::ostringstream out;
  Screen screen(out);
  ShowFailure(Unreachable(absl::UnavailableError(technical), "school.example:7443"), screen);
  return out.str();
}

TEST(Unreachable, EachCauseHasItsOwnWordsAndNextStep) {
  EXPECT_THAT(ScreenOf("DNS resolution failed for school.example:7443: not found"),
              AllOf(StartsWith("The name of the server, school.example:7443, is not known"),
                    HasSubstr("Next: Check the name")));
  EXPECT_THAT(ScreenOf("failed to connect: Connection refused"),
              AllOf(StartsWith("No server answers at school.example:7443."),
                    HasSubstr("whether the server is running")));
  EXPECT_THAT(ScreenOf("recvmsg: Connection timed out"),
              AllOf(StartsWith("The server at school.example:7443 cannot be reached."),
                    HasSubstr("--request-id")));
}

TEST(Unreachable, StrangersCertificateIsAWarningAndNotATrial) {
  for (const char* technical : {"Ssl handshake failed: certificate verify failed",
                                "Peer name school.example is not in peer certificate"}) {
    EXPECT_THAT(ScreenOf(technical), AllOf(HasSubstr("cannot show that it is your school's server"),
                                           HasSubstr("Next: Do not go on.")));
  }
}

TEST(Unreachable, KeepsTheCodeAndWhatATechnicianNeeds) {
  const absl::Status status =
      Unreachable(absl::DeadlineExceededError("Deadline Exceeded"), "school.example:7443");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_THAT(ScreenOf("Deadline Exceeded"),
              ::testing::EndsWith("(For the technician: Deadline Exceeded)\n"));
}

TEST(ServerAddress, HasAHostAndAPort) {
  EXPECT_OK(CheckServerAddress("wardbook.example:7443"));
  EXPECT_OK(CheckServerAddress("[::1]:7443"));
  for (const char* address : {"wardbook.example", "wardbook.example:", ":7443", "host:0",
                              "host:70000", "https://wardbook.example"}) {
    EXPECT_THAT(CheckServerAddress(address), StatusIs(absl::StatusCode::kInvalidArgument))
        << address;
  }
}

}  // namespace
}  // namespace wardbook::cli
