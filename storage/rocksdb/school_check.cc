#include "storage/rocksdb/school_check.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/base/status_macros.h"
#include "storage/merkle/rfc6962.h"
#include "storage/merkle/tree.h"
#include "storage/record/record.h"

namespace wardbook::storage {
namespace {

// The records that the last writes before a crash may have damaged. More would
// only take longer: everything older is in tables with checksums, and the full
// check reads those.
constexpr uint64_t kTailRecords = 8;

// The records whose keys are looked up: a vault that is older than the log lacks the
// keys of what was begun since, which is some record in a busy hour. One read.
constexpr uint64_t kKeyedRecords = 64;

absl::Status Damaged(uint64_t position, absl::string_view what) {
  return absl::DataLossError(absl::StrCat("record ", position, " ", what));
}

// Whether the rows that point at a record point at this one.
absl::Status CheckIndexes(const LogTables& tables, const SchoolId& school,
                          const record::RecordView& record) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<StreamRow> row,
                            tables.FindStreamRow(school, record.header.stream, record.revision));
  if (!row.has_value() || row->position != record.position) {
    return Damaged(record.position, "is not in its stream");
  }
  WARDBOOK_ASSIGN_OR_RETURN(const std::optional<RequestRow> request,
                            tables.FindRequest(school, record.header.request_id));
  if (!request.has_value() || request->stream != record.header.stream ||
      record.position < request->first_position ||
      record.position - request->first_position >= request->event_count ||
      record.position - request->first_position != record.revision - request->first_revision) {
    return Damaged(record.position, "is not in its request");
  }
  return absl::OkStatus();
}

absl::Status CheckRecord(const LogTables& tables, const SchoolId& school,
                         const StoredRecord& stored, merkle::Frontier& frontier) {
  const absl::StatusOr<record::RecordView> record = record::ParseRecord(stored.bytes);
  if (!record.ok()) return Damaged(stored.position, record.status().message());
  if (record->position != stored.position || record->header.school != school) {
    return Damaged(stored.position, "says that it stands elsewhere");
  }
  std::vector<merkle::Node> nodes;
  frontier.Append(merkle::LeafHash(stored.bytes), &nodes);
  for (const merkle::Node& node : nodes) {
    WARDBOOK_ASSIGN_OR_RETURN(const Hash hash, tables.ReadNode(school, node.id));
    if (hash != node.hash) {
      return Damaged(stored.position,
                     absl::StrCat("is not what node ", node.id.level, "/", node.id.index, " says"));
    }
  }
  return CheckIndexes(tables, school, *record);
}

absl::Status CheckTail(const LogTables& tables, const SchoolId& school, uint64_t size) {
  const uint64_t first = size - std::min(size, kTailRecords);
  WARDBOOK_ASSIGN_OR_RETURN(merkle::Frontier frontier,
                            merkle::Frontier::Load(first, tables.NodesOf(school)));
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<StoredRecord> records,
                            tables.ReadRecords(school, first, kTailRecords, size));
  for (const StoredRecord& record : records) {
    WARDBOOK_RETURN_IF_ERROR(CheckRecord(tables, school, record, frontier));
  }
  return absl::OkStatus();
}

absl::Status CheckPin(const LogTables& tables, const SchoolId& school, uint64_t size,
                      const checkpoint::Checkpoint& pinned) {
  if (size < pinned.size) {
    return absl::DataLossError(absl::StrCat(
        "the log of school ", school.Hex(), " has ", size, " records, but ", pinned.size,
        " were pinned: positions ", size, " to ", pinned.size - 1, " are missing"));
  }
  WARDBOOK_ASSIGN_OR_RETURN(const Hash root, merkle::RootAt(pinned.size, tables.NodesOf(school)));
  if (root != pinned.root) {
    return absl::DataLossError(absl::StrCat("the log of school ", school.Hex(),
                                            " is not the one that was pinned: positions 0 to ",
                                            pinned.size - 1, " have another root"));
  }
  return absl::OkStatus();
}

// A key that is missing is a loss of the vault's, or a vault of another day: nothing
// destroys the key of a stream.
absl::Status CheckKeys(const LogTables& tables, const SchoolId& school, uint64_t size,
                       const FindKey& find_key) {
  WARDBOOK_ASSIGN_OR_RETURN(
      const std::vector<StoredRecord> stored,
      tables.ReadRecords(school, size - std::min(size, kKeyedRecords), kKeyedRecords, size));
  std::set<KeyId> found;
  for (const StoredRecord& one : stored) {
    WARDBOOK_ASSIGN_OR_RETURN(const record::RecordView record, record::ParseRecord(one.bytes));
    if (!found.insert(record.header.key_id).second) continue;
    const absl::Status key = find_key(record.header.key_id);
    if (absl::IsNotFound(key)) {
      return absl::DataLossError(absl::StrCat("the key of record ", one.position, " of school ",
                                              school.Hex(), " is missing: restore the vault"));
    }
    WARDBOOK_RETURN_IF_ERROR(key);
  }
  return absl::OkStatus();
}

// The state is found out even of damaged rows; only a silent disk is a failure.
absl::Status UnlessDamage(const absl::Status& status) {
  return status.code() == absl::StatusCode::kDataLoss ? absl::OkStatus() : status;
}

}  // namespace

absl::StatusOr<SchoolState> CheckSchool(const LogTables& tables, const SchoolId& school,
                                        const std::optional<checkpoint::Checkpoint>& pinned,
                                        const FindKey& find_key) {
  SchoolState state;
  state.head.school = school;
  const absl::StatusOr<uint64_t> count = tables.RecordCount(school);
  if (!count.ok()) {
    WARDBOOK_RETURN_IF_ERROR(UnlessDamage(count.status()));
    state.head.head.size = kSizeUnknown;
    state.tree = absl::DataLossError(absl::StrCat("the end of the log of school ", school.Hex(),
                                                  " cannot be read: ", count.status().message()));
    state.writes = state.tree;
    return state;
  }
  const uint64_t size = *count;
  state.head.head.size = size;

  const absl::StatusOr<Hash> root = merkle::RootAt(size, tables.NodesOf(school));
  if (root.ok()) {
    state.head.head.root = *root;
  } else {
    state.tree = root.status();
  }
  state.writes = state.tree;
  if (state.writes.ok()) state.writes = CheckTail(tables, school, size);
  if (state.writes.ok() && pinned.has_value()) {
    state.writes = CheckPin(tables, school, size, *pinned);
  }
  if (state.writes.ok() && find_key) state.writes = CheckKeys(tables, school, size, find_key);
  WARDBOOK_RETURN_IF_ERROR(UnlessDamage(state.writes));
  return state;
}

}  // namespace wardbook::storage
