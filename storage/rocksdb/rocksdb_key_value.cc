#include "storage/rocksdb/rocksdb_key_value.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "rocksdb/filter_policy.h"
#include "rocksdb/table.h"
#include "storage/base/assert.h"
#include "storage/base/status_macros.h"
#include "storage/rocksdb/database.h"
#include "storage/rocksdb/key_value_settings.h"
#include "storage/rocksdb/rocksdb_status.h"

namespace wardbook::storage {
namespace {

constexpr size_t kFamily = 0;

// What stands in a batch beside the keys and values: a head, and for each row its kind and
// two lengths.
constexpr size_t kBatchHeadBytes = 12;
constexpr size_t kBatchRowBytes = 11;

// A server has a few of these stores beside its log and stays under 200 MB.
constexpr size_t kBlockCacheBytes = 8 << 20;
// A part of the cache keeps nothing that is larger than itself.
constexpr int kBlockCachePartsBits = 2;
constexpr size_t kSmallRowsBufferBytes = 8 << 20;
// Room for some chunks of evidence. Each becomes a blob file: 100 GB are some six thousand.
constexpr size_t kBlobsBufferBytes = 16 << 20;
// One is filled and one flushed, and one waits for a disk that falls behind.
constexpr int kBlobsBuffersMax = 3;
// How much of a blob file may wait in the page cache: a sync of all of it at once would
// stop whoever fills the next.
constexpr uint64_t kBlobsBytesPerSync = 1 << 20;
// A table of the keys of one buffer has some kilobytes: many are compacted at once, and
// reads pass over them by their filters.
constexpr int kBlobsLevel0CompactionFiles = 16;
constexpr int kBlobsLevel0SlowdownFiles = 48;
constexpr int kBlobsLevel0StopFiles = 96;
// A key and the bookkeeping of an upload stay among the sorted keys.
constexpr uint64_t kBlobBytesMin = 4 << 10;
constexpr uint64_t kBlobFileBytes = 256 << 20;
// In so many steps blob files are written anew, from the oldest on: each needs room for
// what it keeps until the old ones are gone.
constexpr int kReclaimSteps = 4;
// What writing blob files anew leaves free: what the log, the vault and uploads write
// meanwhile. Compacting keys leaves as much as it writes: what it gives back may be all that
// makes room on a disk that is nearly full.
constexpr uint64_t kReclaimReserveBytes = 64 << 20;
// How much a start has to replay at most.
constexpr uint64_t kWriteAheadLogBytes = 32 << 20;
// RocksDB's own table cache; beyond it files are opened as they are needed.
constexpr int kOpenFilesMax = 128;
// How often a full disk is looked at again: it takes some MiB of writing.
constexpr std::chrono::seconds kRecoveryInterval(1);

// About what compacting the keys writes: what is in memory is flushed before, blobs too.
uint64_t KeyBytes(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family) {
  rocksdb::ColumnFamilyMetaData held;
  db.GetColumnFamilyMetaData(family, &held);
  uint64_t in_memory = 0;
  db.GetIntProperty(family, rocksdb::DB::Properties::kCurSizeAllMemTables, &in_memory);
  return held.size + in_memory;
}

// About what a step of reclaiming writes: keys, and what is left of the oldest blob files.
uint64_t ReclaimStepBytes(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family) {
  rocksdb::ColumnFamilyMetaData held;
  db.GetColumnFamilyMetaData(family, &held);
  std::vector<rocksdb::BlobMetaData> files = std::move(held.blob_files);
  std::sort(files.begin(), files.end(),
            [](const auto& a, const auto& b) { return a.blob_file_number < b.blob_file_number; });
  uint64_t bytes = KeyBytes(db, family);
  for (size_t i = 0; i < files.size() / kReclaimSteps + 1 && i < files.size(); ++i) {
    bytes += files[i].total_blob_bytes - files[i].garbage_blob_bytes;
  }
  return bytes;
}

// Returns when files that no table or iterator needs are gone. Other threads delete them
// at a time of their choice. With deletions disabled, listing the write-ahead logs waits
// for those at work; enabling them again deletes the rest on this thread.
absl::Status DeleteObsoleteFiles(rocksdb::DB& db) {
  WARDBOOK_RETURN_IF_ERROR(FromRocksdb(db.DisableFileDeletions(), "purging files"));
  rocksdb::VectorLogPtr logs;
  const rocksdb::Status listed = db.GetSortedWalFiles(logs);
  WARDBOOK_RETURN_IF_ERROR(FromRocksdb(db.EnableFileDeletions(), "purging files"));
  return FromRocksdb(listed, "purging files");
}

}  // namespace

Database::Settings KeyValueSettings(absl::string_view path, Profile profile) {
  Database::Settings settings;
  settings.path = std::string(path);
  settings.options = DurableDatabaseOptions();
  rocksdb::DBOptions& options = settings.options;
  options.max_total_wal_size = kWriteAheadLogBytes;
  options.max_open_files = kOpenFilesMax;

  rocksdb::BlockBasedTableOptions table;
  table.checksum = rocksdb::kXXH3;
  table.format_version = 5;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  // The filter and the index of half a million keys are larger than what the cache can
  // keep of them; read in pieces, a look-up takes a few KiB of each.
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table.partition_filters = true;
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.block_cache = rocksdb::NewLRUCache(kBlockCacheBytes, kBlockCachePartsBits);

  rocksdb::ColumnFamilyOptions family;
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  // What is stored is sealed, and sealed bytes do not shrink.
  family.compression = rocksdb::kNoCompression;
  family.level_compaction_dynamic_level_bytes = true;
  switch (profile) {
    case Profile::kSmallRows:
      family.write_buffer_size = kSmallRowsBufferBytes;
      break;
    case Profile::kBlobs:
      family.write_buffer_size = kBlobsBufferBytes;
      family.enable_blob_files = true;
      family.min_blob_size = kBlobBytesMin;
      family.blob_file_size = kBlobFileBytes;
      family.max_write_buffer_number = kBlobsBuffersMax;
      family.level0_file_num_compaction_trigger = kBlobsLevel0CompactionFiles;
      family.level0_slowdown_writes_trigger = kBlobsLevel0SlowdownFiles;
      family.level0_stop_writes_trigger = kBlobsLevel0StopFiles;
      options.bytes_per_sync = kBlobsBytesPerSync;
      // It would write the oldest quarter of all evidence anew with each compaction of
      // the keys. Reclaim does it where there is reason to.
      family.enable_blob_garbage_collection = false;
      break;
  }
  settings.families = {{rocksdb::kDefaultColumnFamilyName, family}};
  return settings;
}

absl::StatusOr<std::unique_ptr<KeyValue>> RocksdbKeyValue::Open(absl::string_view path,
                                                                Profile profile) {
  WARDBOOK_ASSIGN_OR_RETURN(std::unique_ptr<Database> database,
                            Database::Open(KeyValueSettings(path, profile)));
  return std::make_unique<RocksdbKeyValue>(std::move(database));
}

RocksdbKeyValue::RocksdbKeyValue(std::unique_ptr<Database> database)
    : database_(std::move(database)) {}

RocksdbKeyValue::~RocksdbKeyValue() = default;

absl::StatusOr<std::optional<std::string>> RocksdbKeyValue::Get(absl::string_view key) const {
  WARDBOOK_ASSIGN_OR_RETURN(const Database::Lease lease, database_->Acquire());
  std::string value;
  const rocksdb::Status status =
      lease.db().Get(rocksdb::ReadOptions(), lease.family(kFamily), ToSlice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  WARDBOOK_RETURN_IF_ERROR(FromRocksdb(status, "reading a row"));
  return value;
}

absl::Status RocksdbKeyValue::Write(const WriteSet& writes, Durability durability) {
  // A batch that grew behind a chunk of evidence would copy it.
  size_t bytes = kBatchHeadBytes;
  for (const WriteSet::Operation& operation : writes.operations()) {
    bytes += kBatchRowBytes + operation.key.size();
    if (operation.value.has_value()) bytes += operation.value->size();
  }
  rocksdb::WriteBatch batch(bytes);
  for (const WriteSet::Operation& operation : writes.operations()) {
    const rocksdb::Status status = operation.value.has_value()
                                       ? batch.Put(operation.key, *operation.value)
                                       : batch.Delete(operation.key);
    WARDBOOK_RETURN_IF_ERROR(FromRocksdb(status, "forming a batch"));
  }
  if (database_->health() == Database::Health::kFull) RecoverFromFullDisk();
  return database_->Write(batch, durability);
}

void RocksdbKeyValue::RecoverFromFullDisk() {
  // The reopening waits for the scan that this write is part of.
  if (database_->IsLeasedHere()) return;
  {
    absl::MutexLock lock(&recovery_mutex_);
    const Moment now = std::chrono::steady_clock::now();
    if (now < next_recovery_) return;
    next_recovery_ = now + kRecoveryInterval;
  }
  database_->Recover().IgnoreError();  // The write that follows says so too.
}

absl::Status RocksdbKeyValue::Scan(
    absl::string_view start, absl::string_view end,
    const std::function<bool(absl::string_view key, absl::string_view value)>& visit) const {
  // A visitor's own scan must not wait behind a purge that waits for the visitor.
  const bool of_visitor = database_->IsLeasedHere();
  // The lease first, as in Purge: a scan that held the mutex while it waits for a
  // reopening would hold up the purge whose lease the reopening waits for.
  WARDBOOK_ASSIGN_OR_RETURN(const Database::Lease lease, database_->Acquire());
  std::optional<absl::ReaderMutexLock> lock;
  if (!of_visitor) lock.emplace(&scan_mutex_);
  const rocksdb::Slice upper = ToSlice(end);
  rocksdb::ReadOptions options;
  if (!end.empty()) options.iterate_upper_bound = &upper;
  const std::unique_ptr<rocksdb::Iterator> row(
      lease.db().NewIterator(options, lease.family(kFamily)));
  for (row->Seek(ToSlice(start)); row->Valid(); row->Next()) {
    if (!visit(FromSlice(row->key()), FromSlice(row->value()))) break;
  }
  return FromRocksdb(row->status(), "scanning rows");
}

absl::Status RocksdbKeyValue::Purge(absl::string_view start, absl::string_view end) {
  WARDBOOK_ASSERT(!database_->IsLeasedHere());
  WARDBOOK_ASSIGN_OR_RETURN(const Database::Lease lease, database_->Acquire());
  rocksdb::DB& db = lease.db();
  rocksdb::ColumnFamilyHandle* family = lease.family(kFamily);
  rocksdb::FlushOptions flush;
  flush.allow_write_stall = true;
  WARDBOOK_RETURN_IF_ERROR(FromRocksdb(db.Flush(flush, family), "flushing before a purge"));

  // Every table of the range is written anew, down to the lowest level, where
  // deletions end.
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  options.blob_garbage_collection_policy = rocksdb::BlobGarbageCollectionPolicy::kForce;
  options.blob_garbage_collection_age_cutoff = 1.0;
  const rocksdb::Slice first = ToSlice(start);
  const rocksdb::Slice last = ToSlice(end);
  // A blob file goes when no table refers to it, and it may hold rows of the
  // range beside others; so with blobs the range is everything.
  const bool blobs = db.GetOptions(family).enable_blob_files;
  WARDBOOK_RETURN_IF_ERROR(
      FromRocksdb(db.CompactRange(options, family, blobs || start.empty() ? nullptr : &first,
                                  blobs || end.empty() ? nullptr : &last),
                  "compacting a purged range"));

  // Iterators from before the compaction keep the old files; new ones do not.
  { absl::WriterMutexLock no_scans(&scan_mutex_); }
  return DeleteObsoleteFiles(db);
}

absl::Status RocksdbKeyValue::Reclaim() {
  WARDBOOK_ASSERT(!database_->IsLeasedHere());
  WARDBOOK_ASSIGN_OR_RETURN(const Database::Lease lease, database_->Acquire());
  rocksdb::DB& db = lease.db();
  rocksdb::ColumnFamilyHandle* family = lease.family(kFamily);
  const uint64_t keys = KeyBytes(db, family);
  WARDBOOK_RETURN_IF_ERROR(CheckRoom(keys, keys));
  // Deletions meet what they delete, and files of which nothing is left go.
  rocksdb::CompactRangeOptions options;
  options.exclusive_manual_compaction = false;
  WARDBOOK_RETURN_IF_ERROR(FromRocksdb(db.CompactRange(options, family, nullptr, nullptr),
                                       "compacting what was deleted"));
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  options.blob_garbage_collection_policy = rocksdb::BlobGarbageCollectionPolicy::kForce;
  options.blob_garbage_collection_age_cutoff = 1.0 / kReclaimSteps;
  for (int step = 0; step < kReclaimSteps; ++step) {
    uint64_t all = 0;
    uint64_t deleted = 0;
    if (!db.GetIntProperty(family, rocksdb::DB::Properties::kLiveBlobFileSize, &all) ||
        !db.GetIntProperty(family, rocksdb::DB::Properties::kLiveBlobFileGarbageSize, &deleted)) {
      return absl::InternalError("RocksDB does not tell what its blob files hold");
    }
    if (deleted <= all / 2) break;
    WARDBOOK_RETURN_IF_ERROR(DeleteObsoleteFiles(db));
    WARDBOOK_RETURN_IF_ERROR(CheckRoom(ReclaimStepBytes(db, family), kReclaimReserveBytes));
    WARDBOOK_RETURN_IF_ERROR(
        FromRocksdb(db.CompactRange(options, family, nullptr, nullptr), "writing blob files anew"));
  }
  return absl::OkStatus();
}

absl::Status RocksdbKeyValue::CheckBlocks() const { return database_->CheckBlocks(); }

absl::Status RocksdbKeyValue::CheckRoom(uint64_t bytes, uint64_t left) const {
  WARDBOOK_ASSIGN_OR_RETURN(const uint64_t free, database_->FreeBytes());
  if (free >= bytes + left) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("giving room back may write ", bytes,
                                             " bytes first and leaves ", left,
                                             " free, but the disk has room for ", free));
}

}  // namespace wardbook::storage
