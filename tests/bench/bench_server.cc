// wardbookd with the null method beside its own, and a port without TLS beside its
// own: what the transport costs is no merit of the server. wardbookd itself has no
// such port.

#include <csignal>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

#include "CLI/CLI.hpp"
#include "absl/synchronization/mutex.h"
#include "grpcpp/impl/server_builder_plugin.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server_builder.h"
#include "null.grpc.pb.h"
#include "services/server/server.h"

namespace {

// About the size of AddNoteResponse with its receipt.
constexpr size_t kResponseBytes = 420;

class NullService final : public wardbook::bench::NullService::CallbackService {
 public:
  grpc::ServerUnaryReactor* Null(grpc::CallbackServerContext* context,
                                 const wardbook::bench::NullRequest* /*request*/,
                                 wardbook::bench::NullResponse* response) override {
    response->set_data(std::string(kResponseBytes, 'x'));
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

// gRPC builds one of these into every server of the process: here there is one.
int plain_port = 0;

class PlainPort final : public grpc::ServerBuilderPlugin {
 public:
  std::string name() override { return "plain_port"; }
  void UpdateServerBuilder(grpc::ServerBuilder* builder) override {
    builder->AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &plain_port);
  }
  void InitServer(grpc::ServerInitializer* /*server*/) override {}
  void Finish(grpc::ServerInitializer* /*server*/) override {}
  void ChangeArguments(const std::string& /*name*/, void* /*value*/) override {}
};

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("The server of the bench.");
  wardbook::server::Config config;
  std::string plain_port_file;
  app.add_option("--data", config.data_directory)->required();
  app.add_option("--keys", config.keys_directory)->required();
  app.add_option("--port-file", config.port_file)->required();
  app.add_option("--plain-port-file", plain_port_file)->required();
  CLI11_PARSE(app, argc, argv);
  config.listen = "127.0.0.1:0";
  // As wardbookd does.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGINT);
  sigaddset(&stop, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
  grpc::ServerBuilder::InternalAddPluginFactory(
      +[]() -> std::unique_ptr<grpc::ServerBuilderPlugin> {
        return std::make_unique<PlainPort>();
      });
  NullService null_service;
  const auto server = wardbook::server::Server::Start(config, {&null_service});
  if (!server.ok()) {
    std::fprintf(stderr, "%s\n", server.status().ToString().c_str());
    return 1;
  }
  std::ofstream(plain_port_file) << plain_port << "\n";
  int signal = 0;
  sigwait(&stop, &signal);
  return 0;
}
