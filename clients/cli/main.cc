// wardbook: everything that people do with Wardbook, from a terminal.

#include <grpc/support/log.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>

#include "clients/cli/commands.h"
#include "clients/cli/program.h"

namespace {

using wardbook::cli::Interaction;

Interaction InteractionOf(int descriptor) {
  return ::isatty(descriptor) == 1 ? Interaction::kTerminal : Interaction::kScript;
}

// gRPC writes its own lines to standard error, among ours; whoever looks for a
// fault asks for them with GRPC_VERBOSITY.
void KeepGrpcQuiet() {
  if (std::getenv("GRPC_VERBOSITY") == nullptr) gpr_set_log_function([](gpr_log_func_args*) {});
}

}  // namespace

int main(int argc, char** argv) {
  KeepGrpcQuiet();
  wardbook::cli::Program program({.in = std::cin,
                                  .out = std::cout,
                                  .err = std::cerr,
                                  .asks = InteractionOf(STDIN_FILENO),
                                  .shows_progress = InteractionOf(STDERR_FILENO),
                                  .out_columns = wardbook::cli::ColumnsOfTerminal(STDOUT_FILENO),
                                  .err_columns = wardbook::cli::ColumnsOfTerminal(STDERR_FILENO)});
  wardbook::cli::AddAllCommands(program);
  return static_cast<int>(program.Run(argc, argv));
}
