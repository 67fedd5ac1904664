// wardbookd with the null method beside its own.

#include <csignal>
#include <cstdio>
#include <string>

#include "CLI/CLI.hpp"
#include "services/server/server.h"
#include "null.grpc.pb.h"

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

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("The server of the bench.");
  wardbook::server::Config config;
  app.add_option("--data", config.data_directory)->required();
  app.add_option("--keys", config.keys_directory)->required();
  app.add_option("--port-file", config.port_file)->required();
  CLI11_PARSE(app, argc, argv);
  config.listen = "127.0.0.1:0";
  sigset_t stop;
  sigemptyset(&stop);
  sigaddset(&stop, SIGINT);
  sigaddset(&stop, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop, nullptr);
  NullService null_service;
  const auto server = wardbook::server::Server::Start(config, {&null_service});
  if (!server.ok()) {
    std::fprintf(stderr, "%s\n", server.status().ToString().c_str());
    return 1;
  }
  int signal = 0;
  sigwait(&stop, &signal);
  return 0;
}
