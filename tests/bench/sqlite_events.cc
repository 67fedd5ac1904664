#include "tests/bench/sqlite_events.h"

#include "absl/strings/str_cat.h"
#include "storage/base/ids.h"
#include "storage/crypto/random.h"
#include "tests/bench/fail.h"

namespace wardbook::bench {
namespace {

constexpr char kCreate[] = R"(
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE events (
  position INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  stream TEXT NOT NULL,
  version INTEGER NOT NULL,
  type TEXT NOT NULL,
  data TEXT NOT NULL,
  UNIQUE (stream, version)
);
)";

constexpr char kInsert[] =
    "INSERT INTO events (id, stream, version, type, data) VALUES (?, ?, ?, 'NoteAdded', ?)";

int SizeOf(const std::string& text) { return static_cast<int>(text.size()); }

}  // namespace

SqliteEvents::SqliteEvents(const std::string& path) {
  sqlite3* opened = nullptr;
  const int status = sqlite3_open(path.c_str(), &opened);
  database_.reset(opened);
  sqlite3_stmt* prepared = nullptr;
  if (status != SQLITE_OK ||
      sqlite3_exec(opened, kCreate, nullptr, nullptr, nullptr) != SQLITE_OK ||
      sqlite3_prepare_v2(opened, kInsert, -1, &prepared, nullptr) != SQLITE_OK) {
    Fail(absl::StrCat("SQLite: ", sqlite3_errmsg(opened)));
  }
  insert_.reset(prepared);
}

void SqliteEvents::Append(const std::string& stream, int64_t version, const std::string& data) {
  const std::string id = UuidText(crypto::NewRequestId());
  sqlite3_stmt* const insert = insert_.get();
  sqlite3_bind_text(insert, 1, id.c_str(), SizeOf(id), SQLITE_STATIC);
  sqlite3_bind_text(insert, 2, stream.c_str(), SizeOf(stream), SQLITE_STATIC);
  sqlite3_bind_int64(insert, 3, version);
  sqlite3_bind_text(insert, 4, data.c_str(), SizeOf(data), SQLITE_STATIC);
  if (sqlite3_step(insert) != SQLITE_DONE) {
    Fail(absl::StrCat("SQLite: ", sqlite3_errmsg(database_.get())));
  }
  sqlite3_reset(insert);
}

}  // namespace wardbook::bench
