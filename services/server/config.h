// What a server is told at start.

#ifndef SERVICES_SERVER_CONFIG_H_
#define SERVICES_SERVER_CONFIG_H_

#include <string>
#include <vector>

#include "services/gateway/limits.h"

namespace wardbook::server {

struct Config {
  // Everything that is recorded.
  std::string data_directory;
  // The keys, outside the data directory: a copy of one without the other opens
  // nothing.
  std::string keys_directory;
  // HOST:PORT, for browsers and programs; port 0 takes a free one.
  std::string listen = "127.0.0.1:7443";
  // If not empty, the port that was taken is written to this file when the
  // server is ready.
  std::string port_file;
  // The rule packs; those that ship with the program if empty.
  std::string rules_directory;
  // HOST:PORT of another port, on which gRPC itself listens, for programs only; none if
  // empty. For when programs cannot share the port of browsers.
  std::string grpc_listen;
  // The names that browsers call the server by; any if there are none.
  std::vector<std::string> host_names;
  // The files of the web client; those that ship with the program if empty.
  std::string web_directory;
  gateway::Limits gateway_limits;
};

}  // namespace wardbook::server

#endif  // SERVICES_SERVER_CONFIG_H_
