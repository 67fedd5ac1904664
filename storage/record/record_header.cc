#include "storage/record/record_header.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "storage/base/status_macros.h"
#include "storage/record/wire.h"

namespace wardbook::record {
namespace {

constexpr char kSchoolTag = BytesTag(1);
constexpr char kStreamTag = BytesTag(2);
constexpr char kEventIdTag = BytesTag(3);
constexpr char kEventTypeTag = BytesTag(4);
constexpr char kRecordedTimeTag = BytesTag(5);
constexpr char kActorTag = BytesTag(6);
constexpr char kSessionTag = BytesTag(7);
constexpr char kRequestIdTag = BytesTag(8);
constexpr char kKeyIdTag = BytesTag(9);

// google.protobuf.Timestamp.
constexpr char kSecondsTag = VarintTag(1);
constexpr char kNanosTag = VarintTag(2);
constexpr uint64_t kNanosPerSecond = 1'000'000'000;
// The first and the last second that a Timestamp may say: the years 1 to 9999.
constexpr int64_t kSecondsMin = -62'135'596'800;
constexpr int64_t kSecondsMax = 253'402'300'799;

// Six ids of 18 bytes, the heads of two names, and a time, rounded up.
constexpr size_t kHeaderBytesWithoutNames = 160;

// Whether all characters are of 0x20 to 0x7e. Eight at a time: a record has some fifty of
// them, and they are most of what its header costs to read.
bool IsPrintable(absl::string_view text) {
  constexpr uint64_t kEach = 0x0101010101010101;
  constexpr uint64_t kHigh = 0x80 * kEach;
  const auto has_other = [](uint64_t eight) {
    const uint64_t below = (eight - 0x20 * kEach) & ~eight;
    const uint64_t above = (eight + kEach) | eight;
    return ((below | above) & kHigh) != 0;
  };
  while (text.size() >= sizeof(uint64_t)) {
    uint64_t eight;
    std::memcpy(&eight, text.data(), sizeof(eight));
    if (has_other(eight)) return false;
    text.remove_prefix(sizeof(eight));
  }
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

bool IsName(absl::string_view text, size_t size_max) {
  return !text.empty() && text.size() <= size_max && IsPrintable(text);
}

int64_t SecondsOf(absl::Time time) { return absl::ToUnixSeconds(time); }

bool IsTimestamp(absl::Time time) {
  return SecondsOf(time) >= kSecondsMin && SecondsOf(time) <= kSecondsMax;
}

void AppendTime(absl::Time time, std::string* out) {
  const int64_t seconds = SecondsOf(time);
  const int64_t nanos = absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds));
  std::string timestamp;
  if (seconds != 0) AppendVarintField(kSecondsTag, static_cast<uint64_t>(seconds), &timestamp);
  if (nanos != 0) AppendVarintField(kNanosTag, static_cast<uint64_t>(nanos), &timestamp);
  AppendBytesField(kRecordedTimeTag, timestamp, out);
}

// Nothing stands for the server itself, whose id is zero.
template <class Id>
void AppendIdUnlessZero(char tag, const Id& id, std::string* out) {
  if (!id.IsZero()) AppendBytesField(tag, id.view(), out);
}

absl::Status Malformed(absl::string_view field) {
  return absl::DataLossError(absl::StrCat("header field ", field, " is missing or malformed"));
}

template <class Id>
absl::Status ReadId(char tag, absl::string_view field, WireReader* reader, Id* id) {
  return reader->ConsumeFixed(tag, Id::kSize, id->data()) ? absl::OkStatus() : Malformed(field);
}

template <class Id>
absl::Status ReadIdUnlessZero(char tag, absl::string_view field, WireReader* reader, Id* id) {
  if (reader->rest().empty() || reader->rest().front() != tag) {
    *id = Id();
    return absl::OkStatus();
  }
  WARDBOOK_RETURN_IF_ERROR(ReadId(tag, field, reader, id));
  if (id->IsZero()) return Malformed(field);
  return absl::OkStatus();
}

absl::Status ReadName(char tag, absl::string_view field, size_t size_max, WireReader* reader,
                      std::string* name) {
  if (!reader->Consume(tag)) return Malformed(field);
  const std::optional<absl::string_view> bytes = reader->ReadBytes();
  if (!bytes.has_value() || !IsName(*bytes, size_max)) return Malformed(field);
  name->assign(bytes->data(), bytes->size());
  return absl::OkStatus();
}

std::optional<absl::Time> ParseTimestamp(absl::string_view bytes) {
  WireReader reader(bytes);
  uint64_t seconds = 0;
  uint64_t nanos = 0;
  if (reader.Consume(kSecondsTag)) {
    seconds = reader.ReadVarint().value_or(0);
    if (seconds == 0) return std::nullopt;  // Malformed, or a default that is not written.
  }
  if (reader.Consume(kNanosTag)) {
    nanos = reader.ReadVarint().value_or(0);
    if (nanos == 0 || nanos >= kNanosPerSecond) return std::nullopt;
  }
  if (!reader.AtEnd()) return std::nullopt;
  const auto signed_seconds = static_cast<int64_t>(seconds);
  if (signed_seconds < kSecondsMin || signed_seconds > kSecondsMax) return std::nullopt;
  return absl::FromUnixSeconds(signed_seconds) + absl::Nanoseconds(static_cast<int64_t>(nanos));
}

absl::Status ReadTime(WireReader* reader, absl::Time* time) {
  if (!reader->Consume(kRecordedTimeTag)) return Malformed("recorded_time");
  const std::optional<absl::string_view> bytes = reader->ReadBytes();
  const std::optional<absl::Time> read = bytes.has_value() ? ParseTimestamp(*bytes) : std::nullopt;
  if (!read.has_value()) return Malformed("recorded_time");
  *time = *read;
  return absl::OkStatus();
}

}  // namespace

absl::Status ValidateHeader(const Header& header) {
  if (!IsName(header.stream, kStreamNameMax)) {
    return absl::InvalidArgumentError("the stream is no name");
  }
  if (!IsName(header.event_type, kEventTypeMax)) {
    return absl::InvalidArgumentError("the event type is no name");
  }
  if (!IsTimestamp(header.recorded_time)) {
    return absl::InvalidArgumentError("the recorded time is no time of the calendar");
  }
  return absl::OkStatus();
}

std::string EncodeHeader(const Header& header) {
  std::string out;
  out.reserve(kHeaderBytesWithoutNames + header.stream.size() + header.event_type.size());
  AppendBytesField(kSchoolTag, header.school.view(), &out);
  AppendBytesField(kStreamTag, header.stream, &out);
  AppendBytesField(kEventIdTag, header.event_id.view(), &out);
  AppendBytesField(kEventTypeTag, header.event_type, &out);
  AppendTime(header.recorded_time, &out);
  AppendIdUnlessZero(kActorTag, header.actor, &out);
  AppendIdUnlessZero(kSessionTag, header.session, &out);
  AppendBytesField(kRequestIdTag, header.request_id.view(), &out);
  AppendBytesField(kKeyIdTag, header.key_id.view(), &out);
  return out;
}

absl::Status ParseHeader(absl::string_view bytes, Header* header) {
  WireReader reader(bytes);
  WARDBOOK_RETURN_IF_ERROR(ReadId(kSchoolTag, "school_id", &reader, &header->school));
  WARDBOOK_RETURN_IF_ERROR(
      ReadName(kStreamTag, "stream", kStreamNameMax, &reader, &header->stream));
  WARDBOOK_RETURN_IF_ERROR(ReadId(kEventIdTag, "event_id", &reader, &header->event_id));
  WARDBOOK_RETURN_IF_ERROR(
      ReadName(kEventTypeTag, "event_type", kEventTypeMax, &reader, &header->event_type));
  WARDBOOK_RETURN_IF_ERROR(ReadTime(&reader, &header->recorded_time));
  WARDBOOK_RETURN_IF_ERROR(ReadIdUnlessZero(kActorTag, "actor_id", &reader, &header->actor));
  WARDBOOK_RETURN_IF_ERROR(ReadIdUnlessZero(kSessionTag, "session_id", &reader, &header->session));
  WARDBOOK_RETURN_IF_ERROR(ReadId(kRequestIdTag, "request_id", &reader, &header->request_id));
  WARDBOOK_RETURN_IF_ERROR(ReadId(kKeyIdTag, "key_id", &reader, &header->key_id));
  if (!reader.AtEnd()) return absl::DataLossError("the header has an unknown field");
  return absl::OkStatus();
}

}  // namespace wardbook::record
