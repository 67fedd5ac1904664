#include "storage/record/record.h"

#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "storage/base/assert.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/aead.h"
#include "storage/record/payload_commitment.h"
#include "storage/record/record_header.h"
#include "storage/record/wire.h"

namespace wardbook::record {
namespace {

// wardbook.log.v1.Record.
constexpr char kPositionTag = VarintTag(1);
constexpr char kRevisionTag = VarintTag(2);
constexpr char kHeaderTag = BytesTag(3);
constexpr char kCommitmentTag = BytesTag(4);
constexpr char kSealedPayloadTag = BytesTag(5);

// wardbook.log.v1.SealedPayload.
constexpr char kSaltTag = BytesTag(1);
constexpr char kEventTag = BytesTag(2);

std::string AssociatedData(absl::string_view header_bytes, const Hash& commitment) {
  return absl::StrCat(header_bytes, commitment.view());
}

std::string EncodePayload(const crypto::Secret& salt, absl::string_view event) {
  std::string payload;
  payload.reserve(2 * kVarintFieldBytesMax + crypto::Secret::kSize + event.size());
  AppendBytesField(kSaltTag, salt.view(), &payload);
  if (!event.empty()) AppendBytesField(kEventTag, event, &payload);
  return payload;
}

// Takes the event out of the payload, whose other bytes it wipes.
std::optional<OpenedEvent> TakePayload(std::string& payload) {
  WireReader reader{absl::string_view(payload)};
  if (!reader.Consume(kSaltTag)) return std::nullopt;
  const std::optional<absl::string_view> salt_bytes = reader.ReadBytes();
  if (!salt_bytes.has_value()) return std::nullopt;
  const std::optional<crypto::Secret> salt = crypto::Secret::FromBytes(*salt_bytes);
  if (!salt.has_value()) return std::nullopt;
  size_t before_event = payload.size();
  if (reader.Consume(kEventTag)) {
    const absl::string_view event = reader.ReadBytes().value_or(absl::string_view());
    if (event.empty()) return std::nullopt;  // Malformed, or a default that is not written.
    before_event = payload.size() - reader.rest().size() - event.size();
  }
  if (!reader.AtEnd()) return std::nullopt;
  // The event is moved to the front of its own bytes: a whole log is read this way, and
  // a copy would be another allocation a record.
  crypto::Wipe(payload.data(), before_event);
  payload.erase(0, before_event);
  return OpenedEvent{*salt, std::move(payload)};
}

absl::Status Malformed(absl::string_view field) {
  return absl::DataLossError(absl::StrCat("record field ", field, " is missing or malformed"));
}

}  // namespace

absl::StatusOr<SealedEvent> SealEvent(const Header& header, absl::string_view event,
                                      const crypto::Secret& key) {
  WARDBOOK_RETURN_IF_ERROR(ValidateHeader(header));
  const crypto::Secret salt = crypto::Secret::Random();
  WARDBOOK_ASSIGN_OR_RETURN(const Hash commitment, PayloadCommitment(event, salt));
  const std::string header_bytes = EncodeHeader(header);
  std::string payload = EncodePayload(salt, event);
  const std::string sealed_payload =
      crypto::Seal(key, AssociatedData(header_bytes, commitment), payload);
  crypto::Wipe(payload.data(), payload.size());

  SealedEvent sealed;
  sealed.stream = header.stream;
  sealed.tail.reserve(3 * kVarintFieldBytesMax + header_bytes.size() + Hash::kSize +
                      sealed_payload.size());
  AppendBytesField(kHeaderTag, header_bytes, &sealed.tail);
  AppendBytesField(kCommitmentTag, commitment.view(), &sealed.tail);
  AppendBytesField(kSealedPayloadTag, sealed_payload, &sealed.tail);
  return sealed;
}

std::string EncodeRecord(uint64_t position, uint64_t revision, const SealedEvent& sealed) {
  WARDBOOK_ASSERT(revision > 0);
  WARDBOOK_ASSERT(!sealed.tail.empty());
  std::string stored;
  stored.reserve(2 * kVarintFieldBytesMax + sealed.tail.size());
  if (position != 0) AppendVarintField(kPositionTag, position, &stored);
  AppendVarintField(kRevisionTag, revision, &stored);
  stored.append(sealed.tail);
  return stored;
}

absl::StatusOr<RecordView> ParseRecord(absl::string_view stored) {
  absl::StatusOr<RecordView> record{absl::in_place};
  if (absl::Status parsed = ParseRecordInto(stored, &*record); !parsed.ok()) return parsed;
  return record;
}

absl::Status ParseRecordInto(absl::string_view stored, RecordView* record) {
  WireReader reader(stored);
  record->position = 0;
  if (reader.Consume(kPositionTag)) {
    record->position = reader.ReadVarint().value_or(0);
    if (record->position == 0) return Malformed("position");
  }
  record->revision = 0;
  if (reader.Consume(kRevisionTag)) record->revision = reader.ReadVarint().value_or(0);
  if (record->revision == 0) return Malformed("revision");

  if (!reader.Consume(kHeaderTag)) return Malformed("header");
  const std::optional<absl::string_view> header_bytes = reader.ReadBytes();
  if (!header_bytes.has_value()) return Malformed("header");
  record->header_bytes = *header_bytes;
  WARDBOOK_RETURN_IF_ERROR(ParseHeader(record->header_bytes, &record->header));

  if (!reader.ConsumeFixed(kCommitmentTag, Hash::kSize, record->payload_commitment.data())) {
    return Malformed("payload_commitment");
  }

  if (!reader.Consume(kSealedPayloadTag)) return Malformed("sealed_payload");
  const std::optional<absl::string_view> sealed_payload = reader.ReadBytes();
  if (!sealed_payload.has_value() || sealed_payload->size() < crypto::kSealOverhead) {
    return Malformed("sealed_payload");
  }
  record->sealed_payload = *sealed_payload;
  if (!reader.AtEnd()) return absl::DataLossError("the record has an unknown field");
  return absl::OkStatus();
}

absl::StatusOr<OpenedEvent> OpenRecord(const RecordView& record, const crypto::Secret& key) {
  WARDBOOK_ASSIGN_OR_RETURN(OpenedEvent opened, UnsealRecord(record, key));
  const absl::StatusOr<Hash> commitment = PayloadCommitment(opened.event, opened.salt);
  if (!commitment.ok() || *commitment != record.payload_commitment) {
    return absl::DataLossError(
        absl::StrCat("record ", record.position, " does not keep its payload commitment"));
  }
  return opened;
}

absl::StatusOr<OpenedEvent> UnsealRecord(const RecordView& record, const crypto::Secret& key) {
  absl::StatusOr<std::string> payload = crypto::Open(
      key, AssociatedData(record.header_bytes, record.payload_commitment), record.sealed_payload);
  if (!payload.ok()) {
    return absl::DataLossError(absl::StrCat("record ", record.position,
                                            " cannot be opened: ", payload.status().message()));
  }
  std::optional<OpenedEvent> opened = TakePayload(*payload);
  if (!opened.has_value()) {
    return absl::DataLossError(absl::StrCat("record ", record.position, " has no payload"));
  }
  return *std::move(opened);
}

}  // namespace wardbook::record
