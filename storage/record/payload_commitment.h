// The commitment to an event: an RFC 6962 tree head over its top-level fields.
//
// Leaf i is the salt of field i, the number of fields as 8 big-endian bytes, and
// the field's bytes as stored (tag and value); each element of a repeated field
// is a leaf of its own. The number is there because a tree head does not tell of
// how many leaves it is. The salt of field i is HMAC-SHA-256 of "wardbook field
// salt" and i as 8 big-endian bytes, keyed with the event's salt: whoever learns
// the salt of one field learns nothing of another, and a withheld field cannot
// be guessed from its hash.
//
// All functions are pure and safe for concurrent use.

#ifndef STORAGE_RECORD_PAYLOAD_COMMITMENT_H_
#define STORAGE_RECORD_PAYLOAD_COMMITMENT_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/base/ids.h"
#include "storage/crypto/secret.h"
#include "wardbook/log/v1/proof.pb.h"

namespace wardbook::record {

// The top-level fields of a serialised message, each with its tag, in stored
// order. Views into `message`. INVALID_ARGUMENT: it is not a protobuf message as
// serialisers of proto3 write it, without groups and with numbers in their
// shortest form.
absl::StatusOr<std::vector<absl::string_view>> TopLevelFields(absl::string_view message);

Hash FieldSalt(const crypto::Secret& salt, uint64_t index);

// More fields than any event has. A bundle proves each that it discloses, and a
// record with the proofs of this many is still one that a verifier takes in.
inline constexpr size_t kEventFieldsMax = 4096;

// INVALID_ARGUMENT: `event` is not a protobuf message, or has more than
// kEventFieldsMax fields.
absl::StatusOr<Hash> PayloadCommitment(absl::string_view event, const crypto::Secret& salt);

// Opens the field at `index`. INVALID_ARGUMENT: `event` is not a protobuf
// message. OUT_OF_RANGE: it has no such field.
absl::StatusOr<wardbook::log::v1::DisclosedField> DiscloseField(absl::string_view event,
                                                                const crypto::Secret& salt,
                                                                uint64_t index);

struct DisclosedFields {
  // All fields of the event.
  uint64_t field_count = 0;
  // Those opened, in stored order.
  std::vector<wardbook::log::v1::DisclosedField> fields;
};

// Opens the fields that `discloses` lets through, each given with its tag, over
// one tree. INVALID_ARGUMENT: `event` is not a protobuf message.
absl::StatusOr<DisclosedFields> DiscloseFields(
    absl::string_view event, const crypto::Secret& salt,
    absl::FunctionRef<bool(absl::string_view field)> discloses);

// Whether `field` is the field at its index of an event with `field_count`
// fields committed to by `commitment`. DATA_LOSS: it is not.
absl::Status VerifyDisclosedField(const wardbook::log::v1::DisclosedField& field,
                                  uint64_t field_count, const Hash& commitment);

}  // namespace wardbook::record

#endif  // STORAGE_RECORD_PAYLOAD_COMMITMENT_H_
