// The process that tests kill: opens the log of a directory and appends to it
// from some writers, each as soon as its last append is answered, until it is
// killed. Prints one acknowledgement a line.
//
//   log_writer DIRECTORY NEXT_NUMBER_OF_WRITER_0 NEXT_NUMBER_OF_WRITER_1 ...

#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "storage/rocksdb/rocksdb_event_log.h"
#include "tests/fault/log_of_directory.h"
#include "tests/testing/acknowledged_appends.h"
#include "tests/testing/appends.h"

namespace wardbook::testing {
namespace {

void Write(storage::EventLog& log, WriterRequest request) {
  for (;; ++request.number) {
    const absl::StatusOr<storage::Appended> appended = AppendTo(log, AppendOfWriter(request));
    if (!appended.ok()) {
      std::cerr << appended.status() << std::endl;
      std::abort();
    }
    const std::string line =
        FormatAcknowledgement({request, appended->first_position, appended->first_revision,
                               appended->leaf_hashes.front()}) +
        "\n";
    // One call, shorter than what a pipe takes whole.
    if (write(STDOUT_FILENO, line.data(), line.size()) != static_cast<ssize_t>(line.size())) return;
  }
}

int Main(const std::vector<std::string>& arguments) {
  absl::StatusOr<std::unique_ptr<storage::RocksdbEventLog>> log = OpenLogOf(arguments.at(0));
  if (!log.ok()) {
    std::cerr << log.status() << std::endl;
    return EXIT_FAILURE;
  }
  std::vector<std::thread> writers;
  for (size_t i = 1; i < arguments.size(); ++i) {
    WriterRequest request{static_cast<uint32_t>(i - 1), 0};
    if (!absl::SimpleAtoi(arguments[i], &request.number)) return EXIT_FAILURE;
    writers.emplace_back([&log, request] { Write(**log, request); });
  }
  for (std::thread& writer : writers) writer.join();
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace wardbook::testing

int main(int argc, char** argv) {
  return wardbook::testing::Main(std::vector<std::string>(argv + 1, argv + argc));
}
