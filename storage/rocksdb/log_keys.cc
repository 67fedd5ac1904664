#include "storage/rocksdb/log_keys.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "storage/base/assert.h"
#include "storage/base/big_endian.h"
#include "storage/base/status_macros.h"

namespace wardbook::storage {
namespace {

constexpr size_t kNumberBytes = 8;
constexpr size_t kCountBytes = 4;
constexpr size_t kRecordKeyBytes = SchoolId::kSize + kNumberBytes;
constexpr size_t kNodeKeyBytes = SchoolId::kSize + 1 + kNumberBytes;
constexpr size_t kRequestKeyBytes = SchoolId::kSize + RequestId::kSize;
// All of a stream row's key but the name.
constexpr size_t kStreamFixedBytes = SchoolId::kSize + 1 + kNumberBytes;
// All of a request row's value but the stream.
constexpr size_t kRequestFixedBytes = Hash::kSize + 2 * kNumberBytes + kCountBytes;
// A tree of 2^64 leaves has no node above this level.
constexpr uint32_t kLevelMax = 63;

absl::Status Malformed(absl::string_view row) {
  return absl::DataLossError(absl::StrCat(row, " is malformed"));
}

}  // namespace

std::string RecordKey(const SchoolId& school, uint64_t position) {
  std::string key;
  key.reserve(kRecordKeyBytes);
  key.append(school.view().data(), SchoolId::kSize);
  AppendBigEndian64(&key, position);
  return key;
}

std::string StreamPrefix(const SchoolId& school, absl::string_view stream) {
  return absl::StrCat(school.view(), stream, absl::string_view(&kStreamEnd, 1));
}

std::string StreamKey(absl::string_view stream_prefix, uint64_t revision) {
  std::string key;
  key.reserve(stream_prefix.size() + kNumberBytes);
  key.append(stream_prefix.data(), stream_prefix.size());
  AppendBigEndian64(&key, revision);
  return key;
}

std::string PositionValue(uint64_t position) {
  std::string value;
  AppendBigEndian64(&value, position);
  return value;
}

std::string RequestKey(const SchoolId& school, const RequestId& request_id) {
  return absl::StrCat(school.view(), request_id.view());
}

std::string RequestValue(const RequestRow& row) {
  std::string value;
  value.reserve(kRequestFixedBytes + row.stream.size());
  value.append(row.fingerprint.view().data(), Hash::kSize);
  AppendBigEndian64(&value, row.first_position);
  AppendBigEndian64(&value, row.first_revision);
  AppendBigEndian32(&value, row.event_count);
  value.append(row.stream);
  return value;
}

std::string NodeKey(const SchoolId& school, merkle::NodeId id) {
  WARDBOOK_ASSERT(0 < id.level && id.level <= kLevelMax);
  std::string key;
  key.reserve(kNodeKeyBytes);
  key.append(school.view().data(), SchoolId::kSize);
  key.push_back(static_cast<char>(id.level));
  AppendBigEndian64(&key, id.index);
  return key;
}

absl::StatusOr<uint64_t> ParseRecordKey(absl::string_view key) {
  if (key.size() != kRecordKeyBytes) return Malformed("the key of a record");
  return ReadBigEndian64(key.substr(SchoolId::kSize));
}

absl::StatusOr<RecordRow> ParseRecordRow(absl::string_view key, absl::string_view value) {
  WARDBOOK_ASSIGN_OR_RETURN(const uint64_t position, ParseRecordKey(key));
  if (value.size() <= Hash::kSize) {
    return Malformed(absl::StrCat("the row of record ", position));
  }
  return RecordRow{.position = position,
                   .leaf_hash = *Hash::FromBytes(value.substr(0, Hash::kSize)),
                   .bytes = value.substr(Hash::kSize)};
}

absl::StatusOr<StreamRow> ParseStreamRow(absl::string_view key, absl::string_view value) {
  if (key.size() <= kStreamFixedBytes || key[key.size() - kNumberBytes - 1] != kStreamEnd) {
    return Malformed("the key of a stream row");
  }
  StreamRow row;
  row.stream = std::string(key.substr(SchoolId::kSize, key.size() - kStreamFixedBytes));
  row.revision = ReadBigEndian64(key.substr(key.size() - kNumberBytes));
  if (value.size() != kNumberBytes) {
    return Malformed(absl::StrCat("the row of revision ", row.revision, " of a stream"));
  }
  row.position = ReadBigEndian64(value);
  return row;
}

absl::StatusOr<RequestRow> ParseRequestRow(absl::string_view key, absl::string_view value) {
  if (key.size() != kRequestKeyBytes) return Malformed("the key of a request row");
  RequestRow row;
  row.request_id = *RequestId::FromBytes(key.substr(SchoolId::kSize));
  if (value.size() <= kRequestFixedBytes) {
    return Malformed(absl::StrCat("the row of request ", row.request_id.Hex()));
  }
  row.fingerprint = *Hash::FromBytes(value.substr(0, Hash::kSize));
  value.remove_prefix(Hash::kSize);
  row.first_position = ReadBigEndian64(value);
  value.remove_prefix(kNumberBytes);
  row.first_revision = ReadBigEndian64(value);
  value.remove_prefix(kNumberBytes);
  row.event_count = ReadBigEndian32(value);
  value.remove_prefix(kCountBytes);
  row.stream = std::string(value);
  return row;
}

absl::StatusOr<merkle::Node> ParseNodeRow(absl::string_view key, absl::string_view value) {
  if (key.size() != kNodeKeyBytes) return Malformed("the key of a node");
  merkle::Node node;
  node.id.level = static_cast<uint8_t>(key[SchoolId::kSize]);
  node.id.index = ReadBigEndian64(key.substr(SchoolId::kSize + 1));
  const std::optional<Hash> hash = Hash::FromBytes(value);
  if (!hash.has_value()) {
    return Malformed(absl::StrCat("node ", node.id.level, "/", node.id.index));
  }
  node.hash = *hash;
  return node;
}

}  // namespace wardbook::storage
