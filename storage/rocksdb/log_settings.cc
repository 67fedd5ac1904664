#include "storage/rocksdb/log_settings.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/rate_limiter.h"
#include "rocksdb/slice_transform.h"
#include "rocksdb/table.h"
#include "storage/base/ids.h"
#include "storage/rocksdb/log_keys.h"
#include "storage/rocksdb/rocksdb_status.h"

namespace wardbook::storage {
namespace {

// What a start has to replay at most: less than a second of work.
constexpr uint64_t kWriteAheadLogBytes = 64 << 20;
// All memtables together, those being flushed aside. An idle server must stay
// under 200 MB.
constexpr size_t kMemtablesBytes = 48 << 20;
constexpr size_t kRecordsBufferBytes = 32 << 20;
constexpr size_t kIndexBufferBytes = 8 << 20;
// How many memtables of a family may wait for their flush before writing waits.
constexpr int kBuffersMax = 6;
// Blocks, and with them indexes and filters: the filters of ten million requests
// are 12 MB of it.
constexpr size_t kBlockCacheBytes = 40 << 20;
// Two parts, each with a lock and an end of its own: a filter of requests is a megabyte at
// ten million events, and in a sixteenth of the cache two of them push each other out.
constexpr int kBlockCachePartsBits = 1;
// Indexes and filters are asked for by every append, data blocks by few.
constexpr double kHighPriorityShare = 0.6;
constexpr int kOpenFilesMax = 256;
// What flushes and compactions may write. A burst of them would stand between
// the writer and its next sync; less than this would fall behind it.
constexpr int64_t kBackgroundBytesPerSecond = 256 << 20;
// How much of a flush may wait in the page cache, for the same reason.
constexpr uint64_t kBytesPerSync = 1 << 20;
// Tables of records are read in sequence or by the record, which is about 1 KiB.
constexpr size_t kRecordsBlockBytes = 16 << 10;
constexpr size_t kIndexBlockBytes = 4 << 10;
constexpr uint64_t kTableBytes = 64 << 20;
// What a long read asks the disk for at a time, at most. RocksDB begins with less and
// doubles it: with many schools each table has only some of the rows in a range, and what
// is read ahead of them in vain costs more than asking twice.
constexpr size_t kReadAheadBytesMax = 1 << 20;
// Level 0 may grow long before it is compacted, slows or stops the writer: reads of the
// log are bounded by position, or pass over tables by their filters, and suffer little
// from it. With many schools each compaction of it rewrites the level below, so half as
// many of them are half the work.
constexpr int kLevel0CompactionFiles = 8;
constexpr int kLevel0SlowdownFiles = 40;
constexpr int kLevel0StopFiles = 80;
constexpr double kFilterBitsPerKey = 10;
// One bit in twenty of the memtable of requests, where a new one is looked up in vain
// every time, and of that of streams.
constexpr double kMemtableFilterShare = 0.05;

// Where the name of a stream ends in the key of one of its rows: what the filters of the
// stream index know. Stored in the tables under this name.
class StreamOfRow : public rocksdb::SliceTransform {
 public:
  const char* Name() const override { return "wardbook.StreamOfRow"; }
  rocksdb::Slice Transform(const rocksdb::Slice& key) const override {
    return {key.data(), EndOfStream(key)};
  }
  bool InDomain(const rocksdb::Slice& key) const override { return EndOfStream(key) != 0; }

 private:
  // 0 when the key has no whole name.
  static size_t EndOfStream(const rocksdb::Slice& key) {
    const size_t end = FromSlice(key).find(kStreamEnd, SchoolId::kSize);
    return end == absl::string_view::npos ? 0 : end + 1;
  }
};

rocksdb::BlockBasedTableOptions TableOptions(const std::shared_ptr<rocksdb::Cache>& cache,
                                             size_t block_bytes) {
  rocksdb::BlockBasedTableOptions table;
  table.checksum = rocksdb::kXXH3;
  table.format_version = 5;
  table.block_cache = cache;
  table.block_size = block_bytes;
  table.max_auto_readahead_size = kReadAheadBytesMax;
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table.partition_filters = true;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kFilterBitsPerKey));
  return table;
}

rocksdb::ColumnFamilyOptions FamilyOptions(const rocksdb::BlockBasedTableOptions& table,
                                           size_t buffer_bytes) {
  rocksdb::ColumnFamilyOptions family;
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  // Sealed payloads, hashes and random ids do not shrink.
  family.compression = rocksdb::kNoCompression;
  family.write_buffer_size = buffer_bytes;
  family.max_write_buffer_number = kBuffersMax;
  family.compaction_style = rocksdb::kCompactionStyleLevel;
  family.level_compaction_dynamic_level_bytes = true;
  family.target_file_size_base = kTableBytes;
  family.level0_file_num_compaction_trigger = kLevel0CompactionFiles;
  family.level0_slowdown_writes_trigger = kLevel0SlowdownFiles;
  family.level0_stop_writes_trigger = kLevel0StopFiles;
  return family;
}

}  // namespace

Database::Settings LogSettings(absl::string_view path,
                               std::shared_ptr<rocksdb::FileSystem> file_system) {
  Database::Settings settings;
  settings.path = std::string(path);
  settings.file_system = std::move(file_system);

  settings.options = DurableDatabaseOptions();
  rocksdb::DBOptions& options = settings.options;
  options.create_missing_column_families = true;
  // One thread writes at a time; its hints (below) need this.
  options.allow_concurrent_memtable_write = false;
  options.max_total_wal_size = kWriteAheadLogBytes;
  options.db_write_buffer_size = kMemtablesBytes;
  options.max_background_jobs = 3;
  options.bytes_per_sync = kBytesPerSync;
  options.rate_limiter.reset(rocksdb::NewGenericRateLimiter(kBackgroundBytesPerSecond));
  options.max_open_files = kOpenFilesMax;

  const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(
      kBlockCacheBytes, kBlockCachePartsBits, /*strict_capacity_limit=*/false, kHighPriorityShare);
  const rocksdb::BlockBasedTableOptions record_table = TableOptions(cache, kRecordsBlockBytes);
  const rocksdb::BlockBasedTableOptions index_table = TableOptions(cache, kIndexBlockBytes);
  rocksdb::BlockBasedTableOptions range_table = index_table;
  range_table.partition_filters = false;
  range_table.filter_policy = nullptr;
  // An append to a case that has rested asks every table for the end of its stream, and
  // most have nothing of it. The filters know the names alone.
  rocksdb::BlockBasedTableOptions stream_table = index_table;
  stream_table.partition_filters = false;
  stream_table.whole_key_filtering = false;
  // Every append asks every table for its request id, mostly in vain: two steps
  // to the filter would be one too many.
  rocksdb::BlockBasedTableOptions request_table = index_table;
  request_table.partition_filters = false;
  request_table.index_type = rocksdb::BlockBasedTableOptions::kBinarySearch;
  request_table.pin_l0_filter_and_index_blocks_in_cache = true;

  const rocksdb::ColumnFamilyOptions format = FamilyOptions(range_table, kIndexBufferBytes);
  rocksdb::ColumnFamilyOptions records = FamilyOptions(record_table, kRecordsBufferBytes);
  rocksdb::ColumnFamilyOptions streams = FamilyOptions(stream_table, kIndexBufferBytes);
  rocksdb::ColumnFamilyOptions requests = FamilyOptions(request_table, kIndexBufferBytes);
  rocksdb::ColumnFamilyOptions nodes = FamilyOptions(index_table, kIndexBufferBytes);
  // Records and nodes are asked for when they are known to be there, so that the
  // lowest level, nine tenths of all, needs no filter.
  records.optimize_filters_for_hits = true;
  nodes.optimize_filters_for_hits = true;
  // Within a school, and a level of its tree, keys only grow: the place of the
  // last one is the place of the next.
  records.memtable_insert_with_hint_prefix_extractor.reset(
      rocksdb::NewFixedPrefixTransform(SchoolId::kSize));
  nodes.memtable_insert_with_hint_prefix_extractor.reset(
      rocksdb::NewFixedPrefixTransform(SchoolId::kSize + 1));
  streams.prefix_extractor = std::make_shared<StreamOfRow>();
  streams.memtable_prefix_bloom_size_ratio = kMemtableFilterShare;
  requests.memtable_prefix_bloom_size_ratio = kMemtableFilterShare;
  requests.memtable_whole_key_filtering = true;

  settings.families = {{rocksdb::kDefaultColumnFamilyName, format},
                       {"records", records},
                       {"streams", streams},
                       {"requests", requests},
                       {"nodes", nodes}};
  return settings;
}

}  // namespace wardbook::storage
