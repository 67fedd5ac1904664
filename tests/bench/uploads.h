// Evidence on its way into the server, beside what it cannot do without.

#ifndef TESTS_BENCH_UPLOADS_H_
#define TESTS_BENCH_UPLOADS_H_

#include <cstdint>
#include <memory>
#include <string>

#include "grpcpp/channel.h"
#include "tests/bench/row.h"

namespace wardbook::bench {

struct UploadLoad {
  std::shared_ptr<grpc::Channel> channel;
  // "Bearer " and the session's token.
  std::string authorization;
  std::string case_ref;
  // On the disk where the server keeps its data.
  std::string folder;
  // The server's id.
  int server_process = 0;
  uint64_t bytes = 0;
};

// One file, chunk after chunk, up to the receipt that says it is in evidence.
void MeasureUpload(const UploadLoad& load, Rows& rows);

}  // namespace wardbook::bench

#endif  // TESTS_BENCH_UPLOADS_H_
