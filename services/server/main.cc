#include <csignal>
#include <cstdio>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/runtime/refusal.h"
#include "services/server/config.h"
#include "services/server/key_files.h"
#include "services/server/school_setup.h"
#include "services/server/server.h"

namespace {

using wardbook::server::Config;

int Report(const absl::Status& status) {
  if (status.ok()) return 0;
  std::fprintf(stderr, "wardbookd: %s\n", std::string(status.message()).c_str());
  if (const auto refusal = wardbook::runtime::RefusalOf(status)) {
    if (!refusal->field().empty()) {
      std::fprintf(stderr, "Look at: --%s\n",
                   absl::StrReplaceAll(refusal->field(), {{"_", "-"}}).c_str());
    }
    std::fprintf(stderr, "Next: %s\n", refusal->next_step().c_str());
  }
  return 1;
}

absl::Status Run(const Config& config) {
  // Taken by sigwait below, so every thread must have them blocked.
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGINT);
  sigaddset(&stop, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
  const auto server = wardbook::server::Server::Start(config);
  if (!server.ok()) return server.status();
  std::printf("wardbookd is ready on port %d\n", (*server)->port());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&stop, &signal);
  return absl::OkStatus();
}

absl::Status RenewCertificate(const Config& config) {
  const auto expire_time =
      wardbook::server::RenewCertificateFile(config.keys_directory, absl::Now());
  if (!expire_time.ok()) return expire_time.status();
  std::printf("The new certificate expires %s. Hand tls.crt to the clients, then restart.\n",
              absl::FormatTime("%Y-%m-%d", *expire_time, absl::UTCTimeZone()).c_str());
  return absl::OkStatus();
}

absl::Status AddSchool(const Config& config, const wardbook::server::NewSchool& school) {
  const auto made = wardbook::server::SetUpSchool(config, school);
  if (!made.ok()) return made.status();
  std::printf("school  %s\ncode    %s\n", made->school_id.c_str(), made->code.c_str());
  std::printf("The administrator activates the account with this code within seven days.\n");
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("wardbookd keeps the safeguarding cases of schools as a provable history.");
  app.require_subcommand(1);
  Config config;
  const auto with_directories = [&config](CLI::App* command) {
    command->add_option("--data", config.data_directory, "the data directory")->required();
    command->add_option("--keys", config.keys_directory, "the directory of the keys")->required();
  };

  std::string name = "wardbook";
  std::vector<std::string> hosts = {"localhost", "127.0.0.1"};
  CLI::App* init = app.add_subcommand("init", "make the keys of a new server");
  init->add_option("--keys", config.keys_directory, "the directory of the keys")->required();
  init->add_option("--name", name, "the name that checkpoints are signed under")
      ->capture_default_str();
  init->add_option("--host", hosts, "names and addresses that clients reach the server by")
      ->capture_default_str();

  CLI::App* renew = app.add_subcommand("renew-certificate", "make the certificate valid anew");
  renew->add_option("--keys", config.keys_directory, "the directory of the keys")->required();

  wardbook::server::NewSchool school;
  CLI::App* add = app.add_subcommand("add-school", "set up a school; the server must be stopped");
  with_directories(add);
  add->add_option("--name", school.name, "the school's name")->required();
  add->add_option("--short-name", school.short_name, "what people sign in with")->required();
  add->add_option("--administrator", school.administrator_name, "their full name")->required();
  add->add_option("--user", school.administrator_user, "their user name")->required();

  CLI::App* run = app.add_subcommand("run", "serve until told to stop");
  with_directories(run);
  run->add_option("--listen", config.listen, "HOST:PORT; port 0 takes a free one")
      ->capture_default_str();
  run->add_option("--port-file", config.port_file, "where to write the port when ready");
  run->add_option("--rules", config.rules_directory,
                  "a directory of rule packs, instead of those that ship with the program");

  CLI11_PARSE(app, argc, argv);
  if (*init) {
    return Report(wardbook::server::MakeKeyFiles(config.keys_directory, name, hosts, absl::Now()));
  }
  if (*renew) return Report(RenewCertificate(config));
  return Report(*add ? AddSchool(config, school) : Run(config));
}
