#include "storage/bundle/bundled_record.h"

#include <string>
#include <utility>

#include "storage/base/status_macros.h"
#include "storage/bundle/field_number.h"
#include "storage/record/payload_commitment.h"
#include "storage/record/record.h"

namespace wardbook::bundle {
namespace {

wardbook::log::v1::BundledRecord Placed(absl::string_view stored, const record::RecordView& view,
                                        uint64_t tree_size, const std::vector<Hash>& inclusion) {
  wardbook::log::v1::BundledRecord bundled;
  bundled.set_record(std::string(stored));
  bundled.mutable_inclusion()->set_leaf_index(view.position);
  bundled.mutable_inclusion()->set_tree_size(tree_size);
  for (const Hash& hash : inclusion) bundled.mutable_inclusion()->add_hashes(hash.Bytes());
  return bundled;
}

}  // namespace

absl::StatusOr<wardbook::log::v1::BundledRecord> WithholdRecord(
    absl::string_view stored, uint64_t tree_size, const std::vector<Hash>& inclusion) {
  WARDBOOK_ASSIGN_OR_RETURN(const record::RecordView view, record::ParseRecord(stored));
  return Placed(stored, view, tree_size, inclusion);
}

absl::StatusOr<wardbook::log::v1::BundledRecord> DiscloseRecord(absl::string_view stored,
                                                                const crypto::Secret& key,
                                                                uint64_t tree_size,
                                                                const std::vector<Hash>& inclusion,
                                                                Disclosure discloses) {
  WARDBOOK_ASSIGN_OR_RETURN(const record::RecordView view, record::ParseRecord(stored));
  WARDBOOK_ASSIGN_OR_RETURN(const record::OpenedEvent opened, record::OpenRecord(view, key));
  WARDBOOK_ASSIGN_OR_RETURN(
      record::DisclosedFields disclosed,
      record::DiscloseFields(opened.event, opened.salt, [&](absl::string_view field) {
        return discloses(view.header.event_type, FieldNumber(field));
      }));
  wardbook::log::v1::BundledRecord bundled = Placed(stored, view, tree_size, inclusion);
  // Without a field that is disclosed nothing proves the number of them.
  if (disclosed.fields.empty()) return bundled;
  bundled.set_field_count(disclosed.field_count);
  for (wardbook::log::v1::DisclosedField& field : disclosed.fields) {
    *bundled.add_fields() = std::move(field);
  }
  return bundled;
}

}  // namespace wardbook::bundle
