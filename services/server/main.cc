// `wardbookd`: what its command line says.

#include <sys/prctl.h>

#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "services/people/domain/decide.h"
#include "services/server/config.h"
#include "services/server/school_setup.h"
#include "services/server/subcommands.h"

namespace server = wardbook::server;

int main(int argc, char** argv) {
  // The keys are in memory: no core file and no other program of the same account may
  // read them there.
  prctl(PR_SET_DUMPABLE, 0);
  CLI::App app("wardbookd keeps the safeguarding cases of schools as a provable history.");
  app.require_subcommand(1);
  app.set_version_flag("--version", "wardbookd " WARDBOOK_VERSION, "Print the version and exit");
  server::Config config;
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

  server::NewSchool school;
  CLI::App* add = app.add_subcommand("add-school", "set up a school; the server must be stopped");
  with_directories(add);
  add->add_option("--name", school.name, "the school's name")->required();
  add->add_option("--short-name", school.short_name,
                  absl::StrCat("what people sign in with: ", wardbook::people::kShortNameMin,
                               " to ", wardbook::people::kShortNameMax, " of a-z, 0-9 and hyphen"))
      ->required();
  add->add_option("--administrator", school.administrator_name, "their full name")->required();
  add->add_option("--user", school.administrator_user, "their user name")->required();

  CLI::App* check = app.add_subcommand(
      "check", "check all that is stored, as after a restore; the server must be stopped");
  with_directories(check);

  CLI::App* run = app.add_subcommand("run", "serve until told to stop");
  with_directories(run);
  run->add_option("--listen", config.listen, "HOST:PORT; port 0 takes a free one")
      ->capture_default_str();
  run->add_option("--port-file", config.port_file, "where to write the port when ready");
  run->add_option("--rules", config.rules_directory,
                  "a directory of rule packs, instead of those that ship with the program");
  run->add_option("--grpc-listen", config.grpc_listen,
                  "HOST:PORT of one more port, for programs only; gRPC itself listens there");
  run->add_option("--host", config.host_names,
                  "names and addresses that browsers reach the server by; any if none is given");
  run->add_option("--web", config.web_directory,
                  "a directory of a web client, instead of the one that ships with the program");

  CLI11_PARSE(app, argc, argv);
  if (*init) return server::Report(server::Initialise(config, name, hosts));
  if (*renew) return server::Report(server::RenewCertificate(config));
  if (*check) return server::Report(server::Check(config));
  return server::Report(*add ? server::AddSchool(config, school) : server::RunUntilStopped(config));
}
