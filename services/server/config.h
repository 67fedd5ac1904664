// What a server is told at start.

#ifndef SERVICES_SERVER_CONFIG_H_
#define SERVICES_SERVER_CONFIG_H_

#include <string>

namespace wardbook::server {

struct Config {
  // Everything that is recorded.
  std::string data_directory;
  // The keys, outside the data directory: a copy of one without the other opens
  // nothing.
  std::string keys_directory;
  // HOST:PORT; port 0 takes a free one.
  std::string listen = "127.0.0.1:7443";
  // If not empty, the port that was taken is written to this file when the
  // server is ready.
  std::string port_file;
  // The rule packs; those that ship with the program if empty.
  std::string rules_directory;
};

}  // namespace wardbook::server

#endif  // SERVICES_SERVER_CONFIG_H_
