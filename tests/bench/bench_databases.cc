// What a durable append costs in other databases, beside ours: the same message, the
// same disk, as many writers.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "storage/base/ids.h"
#include "storage/checkpoint/pin_store.h"
#include "storage/checkpoint/signed_note.h"
#include "storage/crypto/random.h"
#include "storage/crypto/secret.h"
#include "storage/record/record.h"
#include "storage/rocksdb/rocksdb_event_log.h"
#include "tests/bench/fail.h"
#include "tests/bench/postgres_events.h"
#include "tests/bench/row.h"
#include "tests/bench/sqlite_events.h"
#include "tests/bench/writers.h"
#include "wardbook/events/v1/case_event.pb.h"

namespace wardbook::bench {
namespace {

constexpr int kWriters = 64;
constexpr size_t kNoteBytes = 1024;
constexpr double kTimesPostgres = 10;
constexpr char kPostgresGoalRow[] = "append to the log, 64 writers";
constexpr char kPostgresNoteRow[] = "AddNote, TLS, 64 in flight";
constexpr char kOfPostgres[] = "x PostgreSQL 15";

std::string JsonNote() {
  return absl::StrCat("{\"text\": \"", std::string(kNoteBytes, 'n'), "\"}");
}

std::string Text(Written& written) {
  return absl::StrFormat("%.0f/s, %s", written.per_second, written.latencies.Text());
}

// Sealed, in the tree and synced, each writer on a stream of its own; the log is pinned once
// a second, as a server's is.
Written MeasureLog(const std::string& folder, absl::Duration duration) {
  absl::StatusOr<checkpoint::PinStore> pins =
      checkpoint::PinStore::Open(absl::StrCat(folder, "/checkpoints"));
  if (!pins.ok()) Fail(pins.status().ToString());
  absl::StatusOr<checkpoint::NoteSigner> signer =
      checkpoint::NoteSigner::Create("bench.invalid", crypto::Secret::Random());
  if (!signer.ok()) Fail(signer.status().ToString());
  absl::StatusOr<std::unique_ptr<storage::RocksdbEventLog>> log = storage::RocksdbEventLog::Open(
      absl::StrCat(folder, "/log"), *std::move(pins), *std::move(signer));
  if (!log.ok()) Fail(log.status().ToString());
  struct Writer {
    std::string stream;
    uint64_t revision = 0;
    KeyId key_id = crypto::RandomId<KeyId>();
    crypto::Secret key = crypto::Secret::Random();
  };
  std::vector<Writer> writers(kWriters);
  for (int i = 0; i < kWriters; ++i) {
    writers[static_cast<size_t>(i)].stream = absl::StrCat("case-", i);
  }
  const auto school = crypto::RandomId<SchoolId>();
  const auto person = crypto::RandomId<PersonId>();
  const auto session = crypto::RandomId<SessionId>();
  events::v1::NoteAdded note;
  note.set_text(std::string(kNoteBytes, 'n'));
  const std::string event = note.SerializeAsString();

  const auto append = [&](int number) {
    Writer& writer = writers[static_cast<size_t>(number)];
    const absl::Time now = absl::Now();
    const record::Header header{.school = school,
                                .stream = writer.stream,
                                .event_id = crypto::NewEventId(now),
                                .event_type = "wardbook.events.v1.NoteAdded",
                                .recorded_time = now,
                                .actor = person,
                                .session = session,
                                .request_id = crypto::NewRequestId(),
                                .key_id = writer.key_id};
    absl::StatusOr<record::SealedEvent> sealed = record::SealEvent(header, event, writer.key);
    if (!sealed.ok()) Fail(sealed.status().ToString());
    storage::AppendRequest request{.school = school,
                                   .stream = writer.stream,
                                   .expected = storage::ExpectedRevision::Exact(writer.revision),
                                   .request_id = header.request_id,
                                   .fingerprint = crypto::RandomId<Hash>(),
                                   .events = {}};
    request.events.push_back(*std::move(sealed));
    absl::Notification answered;
    (*log)->Append(std::move(request), [&](const absl::StatusOr<storage::Appended>& appended) {
      if (!appended.ok()) Fail(appended.status().ToString());
      writer.revision = appended->last_revision();
      answered.Notify();
    });
    answered.WaitForNotification();
  };
  return DriveWriters(kWriters, duration, append);
}

// `category` names that of each writer.
Written MeasurePostgres(const std::string& where, absl::Duration duration,
                        const std::function<std::string(int)>& category) {
  struct Writer {
    PostgresEvents events;
    std::string stream;
    int64_t version;
  };
  std::vector<std::unique_ptr<Writer>> writers;
  for (int i = 0; i < kWriters; ++i) {
    const std::string id = UuidText(crypto::NewRequestId());
    writers.push_back(std::unique_ptr<Writer>(
        new Writer{PostgresEvents(where), absl::StrCat(category(i), "-", id), -1}));
    writers.back()->events.Prepare();
  }
  const std::string note = JsonNote();
  return DriveWriters(kWriters, duration, [&](int number) {
    Writer& writer = *writers[static_cast<size_t>(number)];
    writer.events.Append(writer.stream, writer.version, note);
    ++writer.version;
  });
}

// SQLite has one writer at a time: the others wait for it here, not in its busy handler,
// which sleeps.
Written MeasureSqlite(const std::string& folder, absl::Duration duration) {
  SqliteEvents events(absl::StrCat(folder, "/events.sqlite"));
  absl::Mutex mutex;
  std::vector<int64_t> versions(kWriters);
  const std::string note = JsonNote();
  return DriveWriters(kWriters, duration, [&](int number) {
    absl::MutexLock lock(&mutex);
    events.Append(absl::StrCat("case-", number), ++versions[static_cast<size_t>(number)], note);
  });
}

void AddUnmeasured(const std::string& why, Rows& rows) {
  for (const char* name : {kPostgresGoalRow, kPostgresNoteRow}) {
    rows.Add({.name = name,
              .figure = std::nullopt,
              .unit = kOfPostgres,
              .goal = AtLeast(kTimesPostgres),
              .beside = why});
  }
}

int Main(int argc, char** argv) {
  CLI::App app("Measures durable appends beside PostgreSQL and SQLite.");
  std::string folder, postgres, no_postgres, rows_file;
  double seconds = 5;
  double notes_per_second = 0;
  app.add_option("--folder", folder, "on the disk that is measured")->required();
  app.add_option("--postgres", postgres, "how to connect to an empty database");
  app.add_option("--no-postgres", no_postgres, "why there is none");
  app.add_option("--notes-per-second", notes_per_second,
                 "of AddNote over TLS with as many in flight, on the same disk");
  app.add_option("--rows", rows_file, "where rows are appended")->required();
  app.add_option("--seconds", seconds, "how long each row runs");
  CLI11_PARSE(app, argc, argv);

  Rows rows(rows_file);
  const absl::Duration duration = absl::Seconds(seconds);
  Written log = MeasureLog(folder, duration);
  if (postgres.empty()) {
    AddUnmeasured(no_postgres, rows);
  } else {
    PostgresEvents(postgres).Create();
    Written one = MeasurePostgres(postgres, duration, [](int) { return std::string("case"); });
    Written own = MeasurePostgres(postgres, duration,
                                  [](int writer) { return absl::StrCat("case", writer); });
    rows.Add({.name = kPostgresGoalRow,
              .figure = log.per_second / one.per_second,
              .unit = kOfPostgres,
              .goal = AtLeast(kTimesPostgres),
              .beside = absl::StrCat(Text(log), "; PostgreSQL, one category: ", Text(one))});
    if (notes_per_second > 0) {
      rows.Add({.name = kPostgresNoteRow,
                .figure = notes_per_second / one.per_second,
                .unit = kOfPostgres,
                .goal = AtLeast(kTimesPostgres),
                .beside = absl::StrFormat("%.0f/s, a whole call beside a function of the store",
                                          notes_per_second)});
    }
    rows.Add({.name = absl::StrCat(kPostgresGoalRow, ", own categories"),
              .figure = log.per_second / own.per_second,
              .unit = kOfPostgres,
              .goal = std::nullopt,
              .beside = absl::StrCat("PostgreSQL, a category for each writer: ", Text(own))});
  }
  Written sqlite = MeasureSqlite(folder, duration);
  rows.Add({.name = kPostgresGoalRow,
            .figure = log.per_second / sqlite.per_second,
            .unit = "x SQLite",
            .goal = std::nullopt,
            .beside = absl::StrCat("SQLite, WAL, synchronous=FULL: ", Text(sqlite))});
  return 0;
}

}  // namespace
}  // namespace wardbook::bench

int main(int argc, char** argv) { return wardbook::bench::Main(argc, argv); }
