// The rows of a log in RocksDB: which families there are, and how keys and
// values are encoded.
//
//   records   SCHOOL POSITION              -> HASH the stored record
//   streams   SCHOOL STREAM 0x00 REVISION  -> POSITION
//   requests  SCHOOL REQUEST_ID            -> FINGERPRINT FIRST_POSITION
//                                             FIRST_REVISION COUNT STREAM
//   nodes     SCHOOL LEVEL INDEX           -> HASH
//
// The leaves of the tree, level 0, stand in the rows of their records: whoever
// wants one reads no more for it, and every append writes a row less.
//
// Numbers are big-endian: 8 bytes, but COUNT 4 and LEVEL 1. A stream's name has
// no byte below 0x20, so 0x00 ends it and sorts before its continuations. The
// default family holds one row, "format" -> "1".

#ifndef STORAGE_ROCKSDB_LOG_KEYS_H_
#define STORAGE_ROCKSDB_LOG_KEYS_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/base/ids.h"
#include "storage/log_rows.h"
#include "storage/merkle/tree.h"

namespace wardbook::storage {

// Families as Database::Lease numbers them.
enum LogFamily : size_t { kFormat, kRecords, kStreams, kRequests, kNodes };

inline constexpr char kFormatKey[] = "format";
inline constexpr char kFormatVersion[] = "1";

// The bytes that end a stream's name in a key, and the smallest that can stand
// in their place after every revision of the stream.
inline constexpr char kStreamEnd = '\0';
inline constexpr char kAfterStreamEnd = '\1';

std::string RecordKey(const SchoolId& school, uint64_t position);
// What the keys of a stream's rows begin with.
std::string StreamPrefix(const SchoolId& school, absl::string_view stream);
std::string StreamKey(absl::string_view stream_prefix, uint64_t revision);
std::string PositionValue(uint64_t position);
std::string RequestKey(const SchoolId& school, const RequestId& request_id);
std::string RequestValue(const RequestRow& row);
// `id` is above level 0.
std::string NodeKey(const SchoolId& school, merkle::NodeId id);

// All: DATA_LOSS, naming the row as far as it can be named, when key or
// value are not of the form above.
absl::StatusOr<uint64_t> ParseRecordKey(absl::string_view key);
// A view into `value`.
absl::StatusOr<RecordRow> ParseRecordRow(absl::string_view key, absl::string_view value);
absl::StatusOr<StreamRow> ParseStreamRow(absl::string_view key, absl::string_view value);
absl::StatusOr<RequestRow> ParseRequestRow(absl::string_view key, absl::string_view value);
absl::StatusOr<merkle::Node> ParseNodeRow(absl::string_view key, absl::string_view value);

}  // namespace wardbook::storage

#endif  // STORAGE_ROCKSDB_LOG_KEYS_H_
