#include "storage/rocksdb/log_tables.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "rocksdb/iterator.h"
#include "storage/base/assert.h"
#include "storage/base/status_macros.h"
#include "storage/key_value.h"
#include "storage/rocksdb/log_batch.h"
#include "storage/rocksdb/rocksdb_status.h"
#include "storage/rocksdb/school_list.h"

namespace wardbook::storage {
namespace {

// From this many rows on a read goes past the block cache, which would forget
// for it what everybody needs.
constexpr uint64_t kRowsCachedMax = 64;

// Whether rows of one stream are asked for, so that tables whose filters do not know the
// stream are passed over, or those of several.
enum class Of { kOneStream, kSeveral };

// The rows of [`lower`, `upper`) of one family. An empty `upper` bounds nothing.
class Rows {
 public:
  Rows(const Database::Lease& lease, LogFamily family, std::string lower, std::string upper,
       uint64_t rows_expected, Of of = Of::kSeveral)
      : lower_(std::move(lower)),
        upper_(std::move(upper)),
        lower_slice_(lower_),
        upper_slice_(upper_) {
    rocksdb::ReadOptions options;
    options.iterate_lower_bound = &lower_slice_;
    if (!upper_.empty()) options.iterate_upper_bound = &upper_slice_;
    options.total_order_seek = of == Of::kSeveral;
    options.prefix_same_as_start = of == Of::kOneStream;
    if (rows_expected > kRowsCachedMax) options.fill_cache = false;
    iterator_.reset(lease.db().NewIterator(options, lease.family(family)));
  }

  void SeekToFirst() { iterator_->Seek(lower_slice_); }
  void SeekToLast() { iterator_->SeekToLast(); }
  void Seek(absl::string_view key) { iterator_->Seek(ToSlice(key)); }
  void SeekForPrev(absl::string_view key) { iterator_->SeekForPrev(ToSlice(key)); }
  void Next() { iterator_->Next(); }
  void Prev() { iterator_->Prev(); }
  bool Valid() const { return iterator_->Valid(); }
  absl::string_view key() const { return FromSlice(iterator_->key()); }
  absl::string_view value() const { return FromSlice(iterator_->value()); }
  // `what` names the row that was to come next.
  absl::Status Status(absl::string_view what) const {
    return FromRocksdb(iterator_->status(), what);
  }

 private:
  const std::string lower_;
  const std::string upper_;
  const rocksdb::Slice lower_slice_;
  const rocksdb::Slice upper_slice_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

std::string RecordName(uint64_t position) { return absl::StrCat("record ", position); }

// Without the stream, which is named after a case that not everybody may know of.
std::string StreamRowName(uint64_t revision) {
  return absl::StrCat("the row of revision ", revision, " of a stream");
}

std::string NodeName(merkle::NodeId id) { return absl::StrCat("node ", id.level, "/", id.index); }

absl::Status Missing(absl::string_view row) {
  return absl::DataLossError(absl::StrCat(row, " is missing"));
}

// The end of a range of numbers of which at most `count` are wanted.
uint64_t EndOf(uint64_t first, uint64_t count, uint64_t size) {
  return count < size - std::min(first, size) ? first + count : size;
}

}  // namespace

absl::Status LogTables::CheckFormat() {
  rocksdb::WriteBatch batch;
  {
    WARDBOOK_ASSIGN_OR_RETURN(const Database::Lease lease, database_.Acquire());
    std::string format;
    const rocksdb::Status status =
        lease.db().Get(rocksdb::ReadOptions(), lease.family(kFormat), kFormatKey, &format);
    if (status.ok()) {
      if (format == kFormatVersion) return absl::OkStatus();
      return absl::DataLossError(absl::StrCat("the log has a format other than ", kFormatVersion));
    }
    if (!status.IsNotFound()) return FromRocksdb(status, "reading the log's format");
    WARDBOOK_ASSIGN_OR_RETURN(const std::vector<SchoolId> schools, Schools());
    if (!schools.empty()) return Missing("the log's format");
    LogBatch rows(lease);
    rows.AddFormat();
    batch = rows.Take();
  }
  return database_.Write(batch, Durability::kSynced);
}

absl::StatusOr<std::vector<SchoolId>> LogTables::Schools() const { return ListSchools(database_); }

absl::StatusOr<uint64_t> LogTables::RecordCount(const SchoolId& school) const {
  WARDBOOK_ASSIGN_OR_RETURN(const Database::Lease lease, database_.Acquire());
  Rows rows(lease, kRecords, school.Bytes(), PrefixEnd(school.view()), 1);
  rows.SeekToLast();
  if (!rows.Valid()) {
    WARDBOOK_RETURN_IF_ERROR(rows.Status("the last record"));
    return 0;
  }
  WARDBOOK_ASSIGN_OR_RETURN(const uint64_t last, ParseRecordKey(rows.key()));
  return last + 1;
}

absl::StatusOr<std::vector<StoredRecord>> LogTables::ReadRecords(const SchoolId& school,
                                                                 uint64_t from, size_t limit,
                                                                 uint64_t size) const {
  std::vector<StoredRecord> records;
  WARDBOOK_RETURN_IF_ERROR(VisitLog(school, from, EndOf(from, limit, size),
                                    [&](uint64_t position, absl::string_view bytes) {
                                      records.push_back({position, std::string(bytes)});
                                      return absl::OkStatus();
                                    }));
  return records;
}

absl::Status LogTables::VisitLog(const SchoolId& school, uint64_t from, uint64_t end,
                                 LogVisitor visit) const {
  uint64_t next = from;
  WARDBOOK_RETURN_IF_ERROR(
      VisitRecords(school, from, end, [&](const RecordRow& row) -> absl::Status {
        if (row.position != next) return Missing(RecordName(next));
        ++next;
        return visit(row.position, row.bytes);
      }));
  return next < end ? Missing(RecordName(next)) : absl::OkStatus();
}

absl::StatusOr<std::vector<StoredRecord>> LogTables::ReadRecordsAt(
    const SchoolId& school, const std::vector<uint64_t>& positions) const {
  WARDBOOK_ASSIGN_OR_RETURN(const Database::Lease lease, database_.Acquire());
  std::vector<std::string> keys;
  for (uint64_t position : positions) keys.push_back(RecordKey(school, position));
  const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
  std::vector<rocksdb::PinnableSlice> values(keys.size());
  std::vector<rocksdb::Status> statuses(keys.size());
  lease.db().MultiGet(rocksdb::ReadOptions(), lease.family(kRecords), slices.size(), slices.data(),
                      values.data(), statuses.data(), std::is_sorted(keys.begin(), keys.end()));
  std::vector<StoredRecord> records;
  for (size_t i = 0; i < positions.size(); ++i) {
    if (statuses[i].IsNotFound()) return Missing(RecordName(positions[i]));
    WARDBOOK_RETURN_IF_ERROR(FromRocksdb(statuses[i], RecordName(positions[i])));
    WARDBOOK_ASSIGN_OR_RETURN(const RecordRow row, ParseRecordRow(keys[i], FromSlice(values[i])));
    records.push_back({positions[i], std::string(row.bytes)});
  }
  return records;
}

absl::Status LogTables::VisitRecords(const SchoolId& school, uint64_t from, uint64_t to,
                                     LogRows::RecordVisitor visit) const {
  if (from >= to) return absl::OkStatus();
  WARDBOOK_ASSIGN_OR_RETURN(const Database::Lease lease, database_.Acquire());
  Rows rows(lease, kRecords, RecordKey(school, from), RecordKey(school, to), to - from);
  uint64_t next = from;
  for (rows.SeekToFirst(); rows.Valid(); rows.Next()) {
    WARDBOOK_ASSIGN_OR_RETURN(const RecordRow row, ParseRecordRow(rows.key(), rows.value()));
    WARDBOOK_RETURN_IF_ERROR(visit(row));
    next = row.position + 1;
  }
  return rows.Status(RecordName(next));
}

absl::StatusOr<uint64_t> LogTables::StreamHead(absl::string_view stream_prefix,
                                               uint64_t size) const {
  WARDBOOK_ASSIGN_OR_RETURN(const Database::Lease lease, database_.Acquire());
  Rows rows(lease, kStreams, std::string(stream_prefix), PrefixEnd(stream_prefix), 1,
            Of::kOneStream);
  const std::string last = StreamKey(stream_prefix, std::numeric_limits<uint64_t>::max());
  for (rows.SeekForPrev(last); rows.Valid(); rows.Prev()) {
    WARDBOOK_ASSIGN_OR_RETURN(const StreamRow row, ParseStreamRow(rows.key(), rows.value()));
    if (row.position < size) return row.revision;
  }
  WARDBOOK_RETURN_IF_ERROR(rows.Status("the head of a stream"));
  return 0;
}

absl::StatusOr<std::vector<uint64_t>> LogTables::StreamPositions(const SchoolId& school,
                                                                 absl::string_view stream,
                                                                 uint64_t from_revision,
                                                                 size_t limit,
                                                                 uint64_t size) const {
  WARDBOOK_ASSIGN_OR_RETURN(const Database::Lease lease, database_.Acquire());
  const std::string prefix = StreamPrefix(school, stream);
  std::vector<uint64_t> positions;
  uint64_t revision = std::max<uint64_t>(from_revision, 1);
  Rows rows(lease, kStreams, StreamKey(prefix, revision), PrefixEnd(prefix), limit, Of::kOneStream);
  for (rows.SeekToFirst(); rows.Valid() && positions.size() < limit; rows.Next()) {
    WARDBOOK_ASSIGN_OR_RETURN(const StreamRow row, ParseStreamRow(rows.key(), rows.value()));
    if (row.position >= size) break;
    if (row.revision != revision) {
      return Missing(StreamRowName(revision));
    }
    positions.push_back(row.position);
    ++revision;
  }
  WARDBOOK_RETURN_IF_ERROR(rows.Status(StreamRowName(revision)));
  return positions;
}

absl::StatusOr<std::vector<std::string>> LogTables::Streams(const SchoolId& school,
                                                            absl::string_view prefix,
                                                            absl::string_view after, size_t limit,
                                                            uint64_t size) const {
  WARDBOOK_ASSIGN_OR_RETURN(const Database::Lease lease, database_.Acquire());
  const auto end_of = [&](absl::string_view stream) {
    return absl::StrCat(school.view(), stream, absl::string_view(&kAfterStreamEnd, 1));
  };
  const std::string range = absl::StrCat(school.view(), prefix);
  std::vector<std::string> streams;
  Rows rows(lease, kStreams, range, PrefixEnd(range), limit);
  rows.Seek(after.empty() ? range : std::max(range, end_of(after)));
  while (rows.Valid() && streams.size() < limit) {
    WARDBOOK_ASSIGN_OR_RETURN(StreamRow first, ParseStreamRow(rows.key(), rows.value()));
    rows.Seek(end_of(first.stream));
    if (first.position < size) streams.push_back(std::move(first.stream));
  }
  WARDBOOK_RETURN_IF_ERROR(rows.Status("listing streams"));
  return streams;
}

absl::StatusOr<std::optional<StreamRow>> LogTables::FindStreamRow(const SchoolId& school,
                                                                  absl::string_view stream,
                                                                  uint64_t revision) const {
  WARDBOOK_ASSIGN_OR_RETURN(const Database::Lease lease, database_.Acquire());
  const std::string key = StreamKey(StreamPrefix(school, stream), revision);
  rocksdb::PinnableSlice value;
  const rocksdb::Status status =
      lease.db().Get(rocksdb::ReadOptions(), lease.family(kStreams), key, &value);
  if (status.IsNotFound()) return std::nullopt;
  WARDBOOK_RETURN_IF_ERROR(FromRocksdb(status, StreamRowName(revision)));
  return ParseStreamRow(key, FromSlice(value));
}

absl::StatusOr<std::vector<StreamRow>> LogTables::StreamRows(const SchoolId& school,
                                                             const std::optional<StreamRow>& after,
                                                             size_t limit) const {
  WARDBOOK_ASSIGN_OR_RETURN(const Database::Lease lease, database_.Acquire());
  std::string first = school.Bytes();
  if (after.has_value()) {
    first = StreamKey(StreamPrefix(school, after->stream), after->revision + 1);
  }
  std::vector<StreamRow> found;
  Rows rows(lease, kStreams, std::move(first), PrefixEnd(school.view()), limit);
  for (rows.SeekToFirst(); rows.Valid() && found.size() < limit; rows.Next()) {
    WARDBOOK_ASSIGN_OR_RETURN(StreamRow row, ParseStreamRow(rows.key(), rows.value()));
    found.push_back(std::move(row));
  }
  WARDBOOK_RETURN_IF_ERROR(rows.Status("the stream index"));
  return found;
}

absl::StatusOr<std::optional<RequestRow>> LogTables::FindRequest(
    const SchoolId& school, const RequestId& request_id) const {
  WARDBOOK_ASSIGN_OR_RETURN(const Database::Lease lease, database_.Acquire());
  const std::string key = RequestKey(school, request_id);
  rocksdb::PinnableSlice value;
  const rocksdb::Status status =
      lease.db().Get(rocksdb::ReadOptions(), lease.family(kRequests), key, &value);
  if (status.IsNotFound()) return std::nullopt;
  WARDBOOK_RETURN_IF_ERROR(FromRocksdb(status, absl::StrCat("request ", request_id.Hex())));
  return ParseRequestRow(key, FromSlice(value));
}

absl::StatusOr<std::vector<RequestRow>> LogTables::RequestRows(
    const SchoolId& school, const std::optional<RequestId>& after, size_t limit) const {
  WARDBOOK_ASSIGN_OR_RETURN(const Database::Lease lease, database_.Acquire());
  std::string first = school.Bytes();
  if (after.has_value()) {
    // No key lies between a key and the same key with a zero byte behind it.
    first = absl::StrCat(RequestKey(school, *after), absl::string_view("\0", 1));
  }
  std::vector<RequestRow> found;
  Rows rows(lease, kRequests, std::move(first), PrefixEnd(school.view()), limit);
  for (rows.SeekToFirst(); rows.Valid() && found.size() < limit; rows.Next()) {
    WARDBOOK_ASSIGN_OR_RETURN(RequestRow row, ParseRequestRow(rows.key(), rows.value()));
    found.push_back(std::move(row));
  }
  WARDBOOK_RETURN_IF_ERROR(rows.Status("the requests"));
  return found;
}

absl::StatusOr<Hash> LogTables::ReadNode(const SchoolId& school, merkle::NodeId id) const {
  WARDBOOK_ASSIGN_OR_RETURN(const Database::Lease lease, database_.Acquire());
  const bool is_leaf = id.level == 0;
  const std::string key = is_leaf ? RecordKey(school, id.index) : NodeKey(school, id);
  rocksdb::PinnableSlice value;
  const rocksdb::Status status = lease.db().Get(
      rocksdb::ReadOptions(), lease.family(is_leaf ? kRecords : kNodes), key, &value);
  if (status.IsNotFound()) return Missing(NodeName(id));
  WARDBOOK_RETURN_IF_ERROR(FromRocksdb(status, NodeName(id)));
  if (is_leaf) {
    WARDBOOK_ASSIGN_OR_RETURN(const RecordRow row, ParseRecordRow(key, FromSlice(value)));
    return row.leaf_hash;
  }
  WARDBOOK_ASSIGN_OR_RETURN(const merkle::Node node, ParseNodeRow(key, FromSlice(value)));
  return node.hash;
}

merkle::NodeReader LogTables::NodesOf(const SchoolId& school) const {
  return [this, school](merkle::NodeId id) { return ReadNode(school, id); };
}

absl::StatusOr<std::vector<Hash>> LogTables::LeafHashes(const SchoolId& school, uint64_t first,
                                                        uint64_t count) const {
  std::vector<Hash> hashes;
  WARDBOOK_RETURN_IF_ERROR(
      VisitRecords(school, first, first + count, [&](const RecordRow& row) -> absl::Status {
        const uint64_t expected = first + hashes.size();
        if (row.position != expected) return Missing(RecordName(expected));
        hashes.push_back(row.leaf_hash);
        return absl::OkStatus();
      }));
  if (hashes.size() != count) return Missing(RecordName(first + hashes.size()));
  return hashes;
}

absl::Status LogTables::VisitNodes(const SchoolId& school, merkle::NodeId first, uint64_t count,
                                   LogRows::NodeVisitor visit) const {
  WARDBOOK_ASSIGN_OR_RETURN(const Database::Lease lease, database_.Acquire());
  const merkle::NodeId end{first.level, EndOf(first.index, count, kAll)};
  Rows rows(lease, kNodes, NodeKey(school, first), NodeKey(school, end), count);
  merkle::NodeId next = first;
  for (rows.SeekToFirst(); rows.Valid(); rows.Next()) {
    WARDBOOK_ASSIGN_OR_RETURN(const merkle::Node node, ParseNodeRow(rows.key(), rows.value()));
    WARDBOOK_RETURN_IF_ERROR(visit(node.id, node.hash));
    next.index = node.id.index + 1;
  }
  return rows.Status(NodeName(next));
}

}  // namespace wardbook::storage
