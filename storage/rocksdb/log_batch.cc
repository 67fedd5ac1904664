#include "storage/rocksdb/log_batch.h"

#include <iterator>
#include <string>

#include "storage/base/assert.h"
#include "storage/rocksdb/rocksdb_status.h"

namespace wardbook::storage {

void LogBatch::AddFormat() { Put(kFormat, kFormatKey, kFormatVersion); }

void LogBatch::AddRecord(const SchoolId& school, const RecordRow& row) {
  const std::string key = RecordKey(school, row.position);
  const rocksdb::Slice key_part = key;
  // In parts, because a record may be large and is copied once already.
  const rocksdb::Slice value_parts[] = {ToSlice(row.leaf_hash.view()), ToSlice(row.bytes)};
  WARDBOOK_ASSERT(writes_
                      .Put(lease_.family(kRecords), rocksdb::SliceParts(&key_part, 1),
                           rocksdb::SliceParts(value_parts, std::size(value_parts)))
                      .ok());
}

void LogBatch::AddStreamRow(absl::string_view stream_prefix, uint64_t revision, uint64_t position) {
  Put(kStreams, StreamKey(stream_prefix, revision), PositionValue(position));
}

void LogBatch::AddRequest(const SchoolId& school, const RequestRow& row) {
  Put(kRequests, RequestKey(school, row.request_id), RequestValue(row));
}

void LogBatch::AddNode(const SchoolId& school, const merkle::Node& node) {
  Put(kNodes, NodeKey(school, node.id), node.hash.view());
}

void LogBatch::Put(LogFamily family, absl::string_view key, absl::string_view value) {
  // Without a limit on its size a batch takes every row.
  WARDBOOK_ASSERT(writes_.Put(lease_.family(family), ToSlice(key), ToSlice(value)).ok());
}

}  // namespace wardbook::storage
