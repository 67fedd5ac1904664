#include "storage/record/payload_commitment.h"

#include <cstddef>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "storage/base/big_endian.h"
#include "storage/base/status_macros.h"
#include "storage/crypto/sha256.h"
#include "storage/merkle/rfc6962.h"
#include "storage/merkle/tree.h"
#include "storage/record/wire.h"

namespace wardbook::record {
namespace {

constexpr absl::string_view kSaltPurpose = "wardbook field salt";

// `buffer` holds the leaf on its way to the hash, so that all leaves of an event
// share one allocation.
Hash FieldLeaf(absl::string_view salt, uint64_t field_count, absl::string_view field,
               std::string* buffer) {
  buffer->assign(salt.data(), salt.size());
  AppendBigEndian64(buffer, field_count);
  buffer->append(field.data(), field.size());
  return merkle::LeafHash(*buffer);
}

// The nodes of the commitment tree, in the order in which they became final;
// `root` gets its root.
std::vector<merkle::Node> CommitmentTree(const std::vector<absl::string_view>& fields,
                                         const crypto::Secret& salt, Hash* root) {
  merkle::Frontier frontier;
  std::vector<merkle::Node> nodes;
  nodes.reserve(2 * fields.size());
  std::string buffer;
  for (uint64_t i = 0; i < fields.size(); ++i) {
    frontier.Append(FieldLeaf(FieldSalt(salt, i).view(), fields.size(), fields[i], &buffer),
                    &nodes);
  }
  *root = frontier.Root();
  return nodes;
}

absl::Status NotDisclosed(absl::string_view why) {
  return absl::DataLossError(absl::StrCat("a disclosed field ", why));
}

}  // namespace

absl::StatusOr<std::vector<absl::string_view>> TopLevelFields(absl::string_view message) {
  std::vector<absl::string_view> fields;
  for (WireReader reader(message); !reader.AtEnd();) {
    const std::optional<absl::string_view> field = reader.ReadField();
    if (!field.has_value()) {
      return absl::InvalidArgumentError(
          absl::StrCat("field ", fields.size(), " of the event is malformed"));
    }
    fields.push_back(*field);
  }
  return fields;
}

Hash FieldSalt(const crypto::Secret& salt, uint64_t index) {
  std::string message(kSaltPurpose);
  AppendBigEndian64(&message, index);
  return crypto::HmacSha256(salt.view(), message);
}

absl::StatusOr<Hash> PayloadCommitment(absl::string_view event, const crypto::Secret& salt) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<absl::string_view> fields, TopLevelFields(event));
  Hash root;
  CommitmentTree(fields, salt, &root);
  return root;
}

absl::StatusOr<wardbook::log::v1::DisclosedField> DiscloseField(absl::string_view event,
                                                                const crypto::Secret& salt,
                                                                uint64_t index) {
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<absl::string_view> fields, TopLevelFields(event));
  if (index >= fields.size()) {
    return absl::OutOfRangeError(
        absl::StrCat("no field ", index, " in an event of ", fields.size(), " fields"));
  }
  Hash root;
  const std::vector<merkle::Node> nodes = CommitmentTree(fields, salt, &root);
  const auto read = [&nodes](merkle::NodeId id) -> absl::StatusOr<Hash> {
    for (const merkle::Node& node : nodes) {
      if (node.id == id) return node.hash;
    }
    return absl::InternalError("a node of the commitment tree is missing");
  };
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<Hash> path,
                            merkle::InclusionProof(index, fields.size(), read));

  wardbook::log::v1::DisclosedField disclosed;
  disclosed.set_index(index);
  disclosed.set_salt(FieldSalt(salt, index).Bytes());
  disclosed.set_field(std::string(fields[index]));
  for (const Hash& hash : path) disclosed.add_hashes(hash.Bytes());
  return disclosed;
}

absl::Status VerifyDisclosedField(const wardbook::log::v1::DisclosedField& field,
                                  uint64_t field_count, const Hash& commitment) {
  if (field.salt().size() != Hash::kSize) return NotDisclosed("has no salt of 32 bytes");
  WireReader reader(field.field());
  if (!reader.ReadField().has_value() || !reader.AtEnd()) return NotDisclosed("is not one field");
  std::vector<Hash> path;
  path.reserve(static_cast<size_t>(field.hashes_size()));
  for (const std::string& bytes : field.hashes()) {
    const std::optional<Hash> hash = Hash::FromBytes(bytes);
    if (!hash.has_value()) return NotDisclosed("has a path of other than 32-byte hashes");
    path.push_back(*hash);
  }
  std::string buffer;
  const Hash leaf = FieldLeaf(field.salt(), field_count, field.field(), &buffer);
  return merkle::VerifyInclusion(leaf, field.index(), field_count, path, commitment);
}

}  // namespace wardbook::record
