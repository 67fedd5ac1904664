// A run of the program against the server of loopback_server_for_test.h.

#ifndef CLIENTS_CLI_PROGRAM_FOR_TEST_H_
#define CLIENTS_CLI_PROGRAM_FOR_TEST_H_

#include <cstdlib>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "clients/cli/aside_file.h"
#include "clients/cli/commands.h"
#include "clients/cli/loopback_server_for_test.h"
#include "clients/cli/program.h"
#include "gtest/gtest.h"
#include "storage/crypto/certificate.h"
#include "tests/testing/scratch_directory.h"
#include "tests/testing/status_matchers.h"
#include "wardbook/v1/error.pb.h"

namespace wardbook::cli {

// What a run of the program gave.
struct Outcome {
  ExitCode code;
  std::string out;
  std::string err;
};

inline grpc::Status RefusedAs(grpc::StatusCode code, const v1::Refusal& refusal) {
  v1::Status details;
  details.set_code(code);
  details.add_details()->PackFrom(refusal);
  return {code, "refused", details.SerializeAsString()};
}

inline v1::Refusal AdviceFirst() {
  v1::Refusal refusal;
  refusal.set_code("R-ADVICE-FIRST");
  refusal.add_clauses("P41");
  refusal.set_message("Advice has to come first.");
  refusal.set_next_step("Seek advice.");
  return refusal;
}

class ProgramTest : public ::testing::Test {
 protected:
  ProgramTest() {
    ::setenv("WARDBOOK_CONFIG_DIR", scratch_.At("config").c_str(), 1);
    ::unsetenv("grpc_proxy");
    EXPECT_OK(ReplaceFile(scratch_.At("ca.pem"), certificate_.certificate_pem));
    StartServer();
  }

  // On the port that it had before, if it had one.
  void StartServer() {
    grpc::SslServerCredentialsOptions tls;
    tls.pem_key_cert_pairs.push_back({certificate_.private_key_pem, certificate_.certificate_pem});
    grpc::ServerBuilder builder;
    builder.AddListeningPort(absl::StrCat("127.0.0.1:", port_), grpc::SslServerCredentials(tls),
                             &port_);
    builder.RegisterService(&access_);
    builder.RegisterService(&audit_);
    builder.RegisterService(&incidents_);
    builder.RegisterService(&cases_);
    builder.RegisterService(&evidence_);
    builder.RegisterService(&due_);
    server_ = builder.BuildAndStart();
  }

  static Outcome Run(const std::vector<std::string>& arguments, const std::string& input = "") {
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    Program program({.in = in, .out = out, .err = err});
    AddAllCommands(program);
    std::vector<const char*> argv = {"wardbook"};
    for (const std::string& argument : arguments) argv.push_back(argument.c_str());
    const ExitCode code = program.Run(static_cast<int>(argv.size()), argv.data());
    return {code, out.str(), err.str()};
  }

  Outcome SignIn(const std::string& password = AccessForTest::kPassword) {
    return Run({"sign-in", "--server", absl::StrCat("127.0.0.1:", port_), "--ca",
                scratch_.At("ca.pem"), "--school", "fernhill", "--user", "ada", "--password-stdin"},
               password + "\n");
  }

  const testing::ScratchDirectory scratch_;
  const crypto::Certificate certificate_ =
      *crypto::SelfSignedCertificate({"127.0.0.1"}, absl::Now(), absl::Hours(1));
  AccessForTest access_;
  AuditForTest audit_;
  IncidentsForTest incidents_;
  CasesForTest cases_;
  EvidenceForTest evidence_;
  DueForTest due_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace wardbook::cli

#endif  // CLIENTS_CLI_PROGRAM_FOR_TEST_H_
