#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "clients/cli/aside_file.h"
#include "clients/cli/program_for_test.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "storage/crypto/certificate.h"
#include "tests/testing/status_matchers.h"

namespace wardbook::cli {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using ::testing::StartsWith;

// A variable of the environment while it lives.
class ScopedVariable {
 public:
  ScopedVariable(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
  ~ScopedVariable() { ::unsetenv(name_); }
  ScopedVariable(const ScopedVariable&) = delete;
  ScopedVariable& operator=(const ScopedVariable&) = delete;

 private:
  const char* const name_;
};

using AccessCommandsTest = ProgramTest;

TEST_F(AccessCommandsTest, SignInKeepsTheTokenForTheCallsThatFollow) {
  const Outcome outcome = SignIn();
  EXPECT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
  EXPECT_THAT(outcome.out, StartsWith("Signed in to Fernhill Primary as Ada Berry."));
  EXPECT_THAT(outcome.out, Not(HasSubstr(AccessForTest::kToken)));
  EXPECT_EQ(Run({"case", "note", "WB-7K4D-9QX2", "Seen."}).code, ExitCode::kOk);
  EXPECT_THAT(cases_.notes().at(0).metadata,
              Contains(Pair("authorization", "Bearer token-of-the-test")));
}

TEST_F(AccessCommandsTest, WrongPasswordIsNotSignedIn) {
  const Outcome outcome = SignIn("wrong");
  EXPECT_EQ(outcome.code, ExitCode::kNotSignedIn);
  EXPECT_FALSE(std::filesystem::exists(scratch_.At("config/session")));
}

TEST_F(AccessCommandsTest, CommandOfNobodySaysHowToSignIn) {
  const Outcome outcome = Run({"case", "list"});
  EXPECT_EQ(outcome.code, ExitCode::kNotSignedIn);
  EXPECT_THAT(outcome.err, HasSubstr("sign-in"));
}

TEST_F(AccessCommandsTest, ServerThatIsAwayIsUnreachable) {
  SignIn();
  server_->Shutdown();
  const Outcome outcome = Run({"case", "note", "WB-7K4D-9QX2", "Seen."});
  EXPECT_EQ(outcome.code, ExitCode::kUnreachable);
  EXPECT_THAT(outcome.err,
              StartsWith(absl::StrCat("No server answers at 127.0.0.1:", port_, ".\n")));
}

TEST_F(AccessCommandsTest, ServerWithAnotherCertificateIsNotSpokenTo) {
  const crypto::Certificate other =
      *crypto::SelfSignedCertificate({"127.0.0.1"}, absl::Now(), absl::Hours(1));
  EXPECT_OK(ReplaceFile(scratch_.At("ca.pem"), other.certificate_pem));
  const Outcome outcome = SignIn();
  EXPECT_EQ(outcome.code, ExitCode::kUnreachable);
  EXPECT_THAT(outcome.err, HasSubstr("Nothing was sent to it."));
}

TEST_F(AccessCommandsTest, SignInKnowsWhereToFromTheLastTimeAlsoAfterSigningOut) {
  SignIn();
  EXPECT_EQ(Run({"sign-out"}).out, "Signed out.\n");
  EXPECT_EQ(Run({"case", "list"}).code, ExitCode::kNotSignedIn);
  const Outcome outcome = Run({"sign-in", "--user", "ben", "--password-stdin"},
                              absl::StrCat(AccessForTest::kPassword, "\n"));
  EXPECT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
  EXPECT_EQ(access_.asked().school(), "fernhill");
  EXPECT_EQ(access_.asked().user_name(), "ben");
}

TEST_F(AccessCommandsTest, FirstSignInSaysWhatItNeeds) {
  const Outcome outcome = Run({"sign-in", "--user", "ada", "--password-stdin"}, "unread\n");
  EXPECT_EQ(outcome.code, ExitCode::kUsage);
  EXPECT_THAT(outcome.err, HasSubstr("--server HOST:PORT --ca FILE --school NAME --user NAME"));
}

TEST_F(AccessCommandsTest, SignOutWithoutTheServerForgetsTheTokenAllTheSame) {
  SignIn();
  server_->Shutdown();
  const Outcome outcome = Run({"sign-out"});
  EXPECT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("The server could not be told"));
  EXPECT_THAT(*ReadWholeFile(scratch_.At("config/session")), Not(HasSubstr(AccessForTest::kToken)));
}

TEST_F(AccessCommandsTest, WhatIsNoCertificateOrAddressIsUsage) {
  EXPECT_OK(ReplaceFile(scratch_.At("ca.pem"), "tls.key"));
  EXPECT_EQ(SignIn().code, ExitCode::kUsage);
  EXPECT_EQ(Run({"sign-in", "--server", "wardbook.example", "--ca", scratch_.At("ca.pem"),
                 "--school", "fernhill", "--user", "ada", "--password-stdin"},
                "unread\n")
                .code,
            ExitCode::kUsage);
}

TEST_F(AccessCommandsTest, WhoNamesNoCertificateIsToldWhichFileIsMeant) {
  const auto sign_in_with = [&](const std::string& certificate) {
    return Run({"sign-in", "--server", "127.0.0.1:9", "--ca", certificate, "--school", "fernhill",
                "--user", "ada", "--password-stdin"},
               "unread\n");
  };
  const Outcome missing = sign_in_with(scratch_.At("missing.crt"));
  EXPECT_EQ(missing.code, ExitCode::kNotFound);
  EXPECT_THAT(missing.err, HasSubstr("tls.crt"));
  EXPECT_OK(ReplaceFile(scratch_.At("other.crt"), "a key"));
  EXPECT_THAT(sign_in_with(scratch_.At("other.crt")).err, HasSubstr("tls.crt"));
}

TEST_F(AccessCommandsTest, ProxyForBrowsingIsNotUsed) {
  // Nobody listens on the discard port.
  const ScopedVariable http("http_proxy", "http://127.0.0.1:9");
  const ScopedVariable https("https_proxy", "http://127.0.0.1:9");
  const Outcome outcome = SignIn();
  EXPECT_EQ(outcome.code, ExitCode::kOk) << outcome.err;
}

TEST_F(AccessCommandsTest, ProxyThatIsMeantForItIsUsed) {
  const ScopedVariable proxy("grpc_proxy", "http://127.0.0.1:9");
  EXPECT_EQ(SignIn().code, ExitCode::kUnreachable);
}

}  // namespace
}  // namespace wardbook::cli
