// An event store in SQLite: write-ahead log, and every transaction synced.

#ifndef TESTS_BENCH_SQLITE_EVENTS_H_
#define TESTS_BENCH_SQLITE_EVENTS_H_

#include <cstdint>
#include <memory>
#include <string>

#include "sqlite3.h"

namespace wardbook::bench {

// One connection. A statement that fails ends the program. Thread-compatible.
class SqliteEvents {
 public:
  // Makes a new database in the file.
  explicit SqliteEvents(const std::string& path);

  // Returns when the event survives power loss.
  void Append(const std::string& stream, int64_t version, const std::string& data);

 private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };

  std::unique_ptr<sqlite3, Close> database_;
  // Before the database when both end.
  std::unique_ptr<sqlite3_stmt, Finalize> insert_;
};

}  // namespace wardbook::bench

#endif  // TESTS_BENCH_SQLITE_EVENTS_H_
