#include "storage/bundle/bundled_record.h"

#include <string>
#include <utility>

#include "storage/base/status_macros.h"
#include "storage/bundle/field_number.h"
#include "storage/record/payload_commitment.h"
#include "storage/record/record.h"

namespace wardbook::bundle {
namespace {}  // namespace

absl::StatusOr<wardbook::log::v1::BundledRecord> WithholdRecord(
    absl::string_view stored, uint64_t tree_size, const std::vector<Hash>& inclusion) {
  WARDBOOK_ASSIGN_OR_RETURN(const record::RecordView view, record::ParseRecord(stored));
  wardbook::log::v1::BundledRecord bundled;
  bundled.set_record(std::string(stored));
  bundled.mutable_inclusion()->set_leaf_index(view.position);
  bundled.mutable_inclusion()->set_tree_size(tree_size);
  for (const Hash& hash : inclusion) bundled.mutable_inclusion()->add_hashes(hash.Bytes());
  return bundled;
}

absl::StatusOr<wardbook::log::v1::BundledRecord> DiscloseRecord(absl::string_view stored,
                                                                const crypto::Secret& key,
                                                                uint64_t tree_size,
                                                                const std::vector<Hash>& inclusion,
                                                                Disclosure discloses) {
  WARDBOOK_ASSIGN_OR_RETURN(wardbook::log::v1::BundledRecord bundled,
                            WithholdRecord(stored, tree_size, inclusion));
  WARDBOOK_ASSIGN_OR_RETURN(const record::RecordView view, record::ParseRecord(stored));
  WARDBOOK_ASSIGN_OR_RETURN(const record::OpenedEvent opened, record::OpenRecord(view, key));
  WARDBOOK_ASSIGN_OR_RETURN(const std::vector<absl::string_view> fields,
                            record::TopLevelFields(opened.event));
  bundled.set_field_count(fields.size());
  for (uint64_t i = 0; i < fields.size(); ++i) {
    if (!discloses(view.header.event_type, FieldNumber(fields[i]))) continue;
    WARDBOOK_ASSIGN_OR_RETURN(*bundled.add_fields(),
                              record::DiscloseField(opened.event, opened.salt, i));
  }
  return bundled;
}

}  // namespace wardbook::bundle
