#include "tests/bench/postgres_events.h"

#include <iterator>

#include "absl/strings/str_cat.h"
#include "storage/base/ids.h"
#include "storage/crypto/random.h"
#include "tests/bench/fail.h"

namespace wardbook::bench {
namespace {

constexpr char kTable[] = R"(
CREATE TABLE events (
  global_position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  stream text NOT NULL,
  version bigint NOT NULL,
  type text NOT NULL,
  data jsonb NOT NULL,
  recorded_time timestamptz NOT NULL DEFAULT clock_timestamp(),
  UNIQUE (stream, version)
);
CREATE INDEX events_of_category ON events (split_part(stream, '-', 1), global_position);
)";

// The lock is held until the commit, so that events of a category become visible in
// the order of their positions.
constexpr char kFunction[] = R"(
CREATE FUNCTION append(new_id uuid, to_stream text, event_type text, event_data jsonb,
                       expected_version bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  newest bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(split_part(to_stream, '-', 1), 0));
  SELECT coalesce(max(version), -1) INTO newest FROM events WHERE stream = to_stream;
  IF expected_version IS NOT NULL AND expected_version <> newest THEN
    RAISE EXCEPTION 'stream % is at version %, not %', to_stream, newest, expected_version;
  END IF;
  INSERT INTO events (id, stream, version, type, data)
    VALUES (new_id, to_stream, newest + 1, event_type, event_data);
  RETURN newest + 1;
END
$$;
)";

constexpr char kAppend[] = "append";

struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, ClearResult>;

}  // namespace

PostgresEvents::PostgresEvents(const std::string& where) : connection_(PQconnectdb(where.c_str())) {
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    Fail(absl::StrCat("PostgreSQL: ", PQerrorMessage(connection_.get())));
  }
}

void PostgresEvents::Create() {
  Run(kTable);
  Run(kFunction);
}

void PostgresEvents::Run(const char* statement) {
  const Result result(PQexec(connection_.get(), statement));
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
    Fail(absl::StrCat("PostgreSQL: ", PQresultErrorMessage(result.get())));
  }
}

void PostgresEvents::Prepare() {
  const Result result(PQprepare(connection_.get(), kAppend, "SELECT append($1, $2, $3, $4, $5)",
                                /*nParams=*/0, /*paramTypes=*/nullptr));
  if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) {
    Fail(absl::StrCat("PostgreSQL: ", PQresultErrorMessage(result.get())));
  }
}

void PostgresEvents::Append(const std::string& stream, int64_t expected_version,
                            const std::string& data) {
  const std::string id = UuidText(crypto::NewRequestId());
  const std::string version = absl::StrCat(expected_version);
  const char* const values[] = {id.c_str(), stream.c_str(), "NoteAdded", data.c_str(),
                                version.c_str()};
  const Result result(PQexecPrepared(connection_.get(), kAppend, std::size(values), values,
                                     /*paramLengths=*/nullptr, /*paramFormats=*/nullptr,
                                     /*resultFormat=*/0));
  if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) {
    Fail(absl::StrCat("PostgreSQL: ", PQresultErrorMessage(result.get())));
  }
}

}  // namespace wardbook::bench
