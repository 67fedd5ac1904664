// The full check of a school's log: every byte of every record, every node of
// the tree, every row of the indexes, and the root against the log's own head
// and a pinned checkpoint; with the keys also every payload.
//
// It runs beside the server, sees the log as it was when the check began, takes
// bounded memory, and may be resumed where it was stopped.

#ifndef STORAGE_FSCK_FSCK_H_
#define STORAGE_FSCK_FSCK_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "storage/base/ids.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/crypto/secret.h"
#include "storage/event_log.h"
#include "storage/log_rows.h"
#include "storage/record/record.h"

namespace wardbook::fsck {

// More are counted but not kept: a store that is broken so badly is restored,
// not repaired.
inline constexpr size_t kFaultsKeptMax = 1000;

// Finds the key of a payload; nothing when there is none. DATA_LOSS: it is damaged.
// Any other failure ends the check.
using KeyFinder =
    std::function<absl::StatusOr<std::optional<crypto::Secret>>(const SchoolId&, const KeyId&)>;

// Looks at something outside of the log, such as a file. DATA_LOSS: that is damaged, which
// is a fault of the record that stands for it. Any other failure ends the check. Whatever
// takes long asks `go_on` now and then, and fails with CANCELLED when that says no.
using OutsideCheck = std::function<absl::Status(const std::function<bool()>& go_on)>;

// What is to be looked at because of a record whose payload is `event`; nothing when it
// stands for nothing outside of the log. It is called while the log is read, and what it
// returns is called later, when nobody waits for the log.
using EventCheck =
    std::function<OutsideCheck(const record::RecordView& record, const record::OpenedEvent& event)>;

struct Progress {
  // Where the check may be resumed: all records before were checked.
  uint64_t position = 0;
  // The records that the log had when the check began.
  uint64_t size = 0;
  // The bytes of records read so far.
  uint64_t bytes = 0;
};

enum class Go { kOn, kStop };

struct CheckOptions {
  // Where to resume. The records before are taken as their leaves say; they are
  // read once more only to compare the indexes with them.
  uint64_t from = 0;
  // Opens every payload and compares it with its commitment. Called on all of
  // the check's threads.
  KeyFinder find_key;
  // Called for every payload that opens, with its record. Like `find_key` on all of the
  // check's threads, several at a time, and so is what it returns.
  EventCheck check_event;
  // How many threads read and hash records. One leaves a server its processors;
  // whoever waits for the answer takes as many as there are.
  int threads = 1;
  // The root at its size must be this.
  std::optional<checkpoint::Checkpoint> pinned;
  // Called after every few thousand records, and several times a second while it waits for
  // them and while the indexes are read and compared. A check that is stopped while it is
  // at the indexes has read all its records and is not complete.
  std::function<Go(const Progress&)> progress;
};

// What is wrong with a record, or with what stands by it in tree and indexes.
struct Fault {
  uint64_t position = 0;
  std::string what;
};

struct CheckReport {
  Progress progress;
  // Whether the check came to the end: only then was the root compared, and were
  // the indexes, of all records and not only of those from `from` on.
  bool complete = false;
  // The root recomputed from the records.
  Hash root;
  uint64_t payloads_opened = 0;
  // Records whose keys are missing, and the first of them: nobody can read what they
  // hold, until the vault is restored.
  uint64_t keys_missing = 0;
  std::optional<uint64_t> first_key_missing;
  // The same of records whose keys are damaged, with what is said of the key of the first.
  uint64_t keys_damaged = 0;
  std::optional<uint64_t> first_key_damaged;
  std::string first_key_damage;
  // In order of finding.
  std::vector<Fault> faults;
  uint64_t fault_count = 0;

  bool clean() const {
    return complete && fault_count == 0 && keys_missing == 0 && keys_damaged == 0;
  }
};

// Damage of the log is in the report. OUT_OF_RANGE: the log ends before
// `options.from`. UNAVAILABLE: a disk or the vault does not answer. DATA_LOSS:
// the stored tree is too damaged to resume at `options.from`.
absl::StatusOr<CheckReport> Check(const storage::EventLog& log, const storage::LogRows& rows,
                                  const SchoolId& school, const CheckOptions& options);

}  // namespace wardbook::fsck

#endif  // STORAGE_FSCK_FSCK_H_
