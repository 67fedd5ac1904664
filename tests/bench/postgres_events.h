// An event store in PostgreSQL that promises what Message DB documents of its
// function for writing: one writer at a time in a category, the version that the
// stream is expected to have, versions without gaps, one order over all streams.

#ifndef TESTS_BENCH_POSTGRES_EVENTS_H_
#define TESTS_BENCH_POSTGRES_EVENTS_H_

#include <cstdint>
#include <memory>
#include <string>

#include "libpq-fe.h"

namespace wardbook::bench {

// One connection. A statement that fails ends the program. Thread-compatible.
class PostgresEvents {
 public:
  // `where` is a connection string of libpq.
  explicit PostgresEvents(const std::string& where);

  // Makes the table and the function in an empty database.
  void Create();
  // Before the first Append of a connection.
  void Prepare();

  // Returns when the event survives power loss. `stream` is CATEGORY-ID, and
  // `expected_version` -1 for one that has no event yet.
  void Append(const std::string& stream, int64_t expected_version, const std::string& data);

 private:
  struct EndConnection {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };

  void Run(const char* statement);

  const std::unique_ptr<PGconn, EndConnection> connection_;
};

}  // namespace wardbook::bench

#endif  // TESTS_BENCH_POSTGRES_EVENTS_H_
