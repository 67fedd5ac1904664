#include "storage/record/payload_commitment.h"

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
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

// The commitment tree over the fields of one event.
struct CommitmentTree {
  std::vector<absl::string_view> fields;
  absl::flat_hash_map<std::pair<uint32_t, uint64_t>, Hash> nodes;
  Hash root;
};

absl::StatusOr<CommitmentTree> TreeOf(absl::string_view event, const crypto::Secret& salt) {
  CommitmentTree tree;
  WARDBOOK_ASSIGN_OR_RETURN(tree.fields, TopLevelFields(event));
  merkle::Frontier frontier;
  std::vector<merkle::Node> nodes;
  std::string buffer;
  for (uint64_t i = 0; i < tree.fields.size(); ++i) {
    frontier.Append(
        FieldLeaf(FieldSalt(salt, i).view(), tree.fields.size(), tree.fields[i], &buffer), &nodes);
  }
  for (const merkle::Node& node : nodes) tree.nodes[{node.id.level, node.id.index}] = node.hash;
  tree.root = frontier.Root();
  return tree;
}

absl::StatusOr<wardbook::log::v1::DisclosedField> OpenField(const CommitmentTree& tree,
                                                            const crypto::Secret& salt,
                                                            uint64_t index) {
  const auto read = [&tree](merkle::NodeId id) -> absl::StatusOr<Hash> {
    const auto node = tree.nodes.find({id.level, id.index});
    if (node == tree.nodes.end()) return absl::InternalError("the commitment tree has a gap");
    return node->second;
  };
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<Hash> path,
                            merkle::InclusionProof(index, tree.fields.size(), read));
  wardbook::log::v1::DisclosedField disclosed;
  disclosed.set_index(index);
  disclosed.set_salt(FieldSalt(salt, index).Bytes());
  disclosed.set_field(std::string(tree.fields[index]));
  for (const Hash& hash : path) disclosed.add_hashes(hash.Bytes());
  return disclosed;
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
  if (fields.size() > kEventFieldsMax) {
    return absl::InvalidArgumentError(
        absl::StrCat("an event has at most ", kEventFieldsMax, " fields, not ", fields.size()));
  }
  merkle::Frontier frontier;
  std::vector<merkle::Node> nodes;
  std::string buffer;
  for (uint64_t i = 0; i < fields.size(); ++i) {
    frontier.Append(FieldLeaf(FieldSalt(salt, i).view(), fields.size(), fields[i], &buffer),
                    &nodes);
  }
  return frontier.Root();
}

absl::StatusOr<wardbook::log::v1::DisclosedField> DiscloseField(absl::string_view event,
                                                                const crypto::Secret& salt,
                                                                uint64_t index) {
  WARDBOOK_ASSIGN_OR_RETURN(const CommitmentTree tree, TreeOf(event, salt));
  if (index >= tree.fields.size()) {
    return absl::OutOfRangeError(
        absl::StrCat("no field ", index, " in an event of ", tree.fields.size(), " fields"));
  }
  return OpenField(tree, salt, index);
}

absl::StatusOr<DisclosedFields> DiscloseFields(
    absl::string_view event, const crypto::Secret& salt,
    absl::FunctionRef<bool(absl::string_view field)> discloses) {
  WARDBOOK_ASSIGN_OR_RETURN(const CommitmentTree tree, TreeOf(event, salt));
  DisclosedFields disclosed;
  disclosed.field_count = tree.fields.size();
  for (uint64_t i = 0; i < tree.fields.size(); ++i) {
    if (!discloses(tree.fields[i])) continue;
    WARDBOOK_ASSIGN_OR_RETURN(wardbook::log::v1::DisclosedField field, OpenField(tree, salt, i));
    disclosed.fields.push_back(std::move(field));
  }
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
