#include "storage/bundle/examine_case.h"

#include <google/protobuf/io/coded_stream.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "storage/bundle/bundle_path.h"
#include "storage/merkle/rfc6962.h"
#include "storage/merkle/tree.h"
#include "storage/record/payload_commitment.h"
#include "wardbook/log/v1/bundle.pb.h"

namespace wardbook::bundle {
namespace {

using ::wardbook::log::v1::BundledRecord;
using ::wardbook::log::v1::DisclosedField;

std::string NameOf(uint64_t position, uint64_t revision) {
  return absl::StrCat("record ", position, " (revision ", revision, ")");
}

// Takes the next serialised BundledRecord from the front of a BundledCase;
// nothing when there is none, or one too large to be one.
std::optional<absl::string_view> TakeRecord(absl::string_view* bundled_case) {
  // Field 1, of bytes.
  constexpr uint32_t kRecordTag = 1 << 3 | 2;
  google::protobuf::io::CodedInputStream stream(
      reinterpret_cast<const uint8_t*>(bundled_case->data()),
      static_cast<int>(bundled_case->size()));
  uint32_t size = 0;
  if (stream.ReadTag() != kRecordTag || !stream.ReadVarint32(&size) ||
      size > kBundledRecordSizeMax) {
    return std::nullopt;
  }
  const auto head_size = static_cast<size_t>(stream.CurrentPosition());
  if (size > bundled_case->size() - head_size) return std::nullopt;
  const absl::string_view record = bundled_case->substr(head_size, size);
  bundled_case->remove_prefix(head_size + size);
  return record;
}

// Examines the records of one case in their order.
class Examination {
 public:
  explicit Examination(const CaseClaim& claim)
      : claim_(claim), stream_(StreamOfCase(claim.case_ref)) {}

  void Examine(const BundledRecord& bundled) {
    ++result_.count;
    const absl::StatusOr<record::RecordView> view = record::ParseRecord(bundled.record());
    if (!view.ok()) {
      Report(absl::StrCat("entry ", result_.count, " of the file is not a record"));
      // Its revision is not known, so it may be the one that comes next.
      ++next_revision_;
      return;
    }
    const std::string name = NameOf(view->position, view->revision);
    const size_t faults_before = result_.faults.size();
    CheckOrder(*view, name);
    CheckHeader(*view, name);
    CheckInclusion(bundled, *view, name);
    CheckFields(bundled, *view, name);
    // What is not proved is not read any further.
    if (result_.faults.size() > faults_before) return;

    absl::StatusOr<BundledEvent> event =
        AssembleEvent(view->header.event_type, view->payload_commitment, bundled);
    if (!event.ok()) {
      Report(absl::StrCat(name, ": ", event.status().message()));
      return;
    }
    result_.records.push_back({view->position, view->revision, view->header, *std::move(event)});
  }

  ExaminedCase Finish() && {
    if (next_revision_ <= claim_.revision) ReportMissing(next_revision_, claim_.revision);
    if (next_revision_ > claim_.revision + 1) {
      Report(absl::StrCat("it holds revisions after ", claim_.revision,
                          ", the newest that the manifest names"));
    }
    return std::move(result_);
  }

  // What follows cannot be read.
  void ReportUnreadable() { Report("it cannot be read as the records of a case"); }

 private:
  void Report(std::string what) {
    result_.faults.push_back({std::string(kRecordsPath), std::move(what)});
  }

  void ReportMissing(uint64_t first, uint64_t last) {
    Report(first == last ? absl::StrCat("revision ", first, " is missing")
                         : absl::StrCat("revisions ", first, " to ", last, " are missing"));
  }

  void CheckOrder(const record::RecordView& view, absl::string_view name) {
    if (view.revision > next_revision_) {
      ReportMissing(next_revision_, view.revision - 1);
    } else if (view.revision < next_revision_) {
      Report(absl::StrCat(name, " stands out of order or twice"));
      return;
    }
    next_revision_ = view.revision + 1;
    if (last_position_.has_value() && view.position <= *last_position_) {
      Report(absl::StrCat(name, " is in the log before the record it follows"));
    }
    last_position_ = view.position;
  }

  void CheckHeader(const record::RecordView& view, absl::string_view name) {
    if (view.header.stream != stream_) Report(absl::StrCat(name, " belongs to another case"));
    if (claim_.school.has_value() && view.header.school != *claim_.school) {
      Report(absl::StrCat(name, " belongs to another school"));
    }
  }

  // That the stored bytes are the leaf at their position of the checkpoint's tree.
  void CheckInclusion(const BundledRecord& bundled, const record::RecordView& view,
                      absl::string_view name) {
    if (!claim_.checkpoint.has_value()) return;
    const wardbook::log::v1::InclusionProof& proof = bundled.inclusion();
    std::vector<Hash> path;
    for (const std::string& bytes : proof.hashes()) {
      const std::optional<Hash> hash = Hash::FromBytes(bytes);
      if (hash.has_value()) path.push_back(*hash);
    }
    const bool well_formed = proof.leaf_index() == view.position &&
                             proof.tree_size() == claim_.checkpoint->size &&
                             path.size() == static_cast<size_t>(proof.hashes_size());
    if (!well_formed) {
      Report(absl::StrCat(name, ": its proof is of something else"));
    } else if (!merkle::VerifyInclusion(merkle::LeafHash(bundled.record()), view.position,
                                        claim_.checkpoint->size, path, claim_.checkpoint->root)
                    .ok()) {
      Report(
          absl::StrCat(name,
                       ": it is not the one in the log that the checkpoint signs, or its proof was"
                       " changed"));
    }
  }

  void CheckFields(const BundledRecord& bundled, const record::RecordView& view,
                   absl::string_view name) {
    for (const DisclosedField& field : bundled.fields()) {
      if (!record::VerifyDisclosedField(field, bundled.field_count(), view.payload_commitment)
               .ok()) {
        Report(absl::StrCat(name, ": field ", field.index() + 1,
                            " of what it shows is not what was recorded; it does not match the"
                            " record's commitment"));
      }
    }
  }

  const CaseClaim& claim_;
  const std::string stream_;
  uint64_t next_revision_ = 1;
  std::optional<uint64_t> last_position_;
  ExaminedCase result_;
};

}  // namespace

std::string StreamOfCase(absl::string_view case_ref) {
  return absl::StrCat("case-", absl::StrReplaceAll(case_ref, {{"-", ""}}));
}

ExaminedCase ExamineCase(absl::string_view bundled_case, const CaseClaim& claim) {
  Examination examination(claim);
  while (!bundled_case.empty()) {
    const std::optional<absl::string_view> bytes = TakeRecord(&bundled_case);
    BundledRecord record;
    if (!bytes.has_value() ||
        !record.ParseFromArray(bytes->data(), static_cast<int>(bytes->size()))) {
      examination.ReportUnreadable();
      break;
    }
    examination.Examine(record);
  }
  return std::move(examination).Finish();
}

}  // namespace wardbook::bundle
