#include "storage/bundle/bundle_writer.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/base/status_macros.h"
#include "storage/bundle/bundle_page.h"
#include "storage/bundle/bundle_path.h"
#include "storage/bundle/bundle_report.h"
#include "storage/crypto/sha256.h"

namespace wardbook::bundle {
namespace {

using ::wardbook::checkpoint::Checkpoint;

// The smallest record that files something, in a log of any size.
constexpr uint64_t kFilingSizeMin = 1024;
static_assert(kManifestEntriesMax >= kRecordsSizeMax / kFilingSizeMin);

absl::Status DoesNotVerify(absl::string_view why) {
  return absl::InvalidArgumentError(absl::StrCat("the bundle would not verify: ", why));
}

}  // namespace

absl::StatusOr<std::unique_ptr<BundleWriter>> BundleWriter::Create(
    const checkpoint::NoteSigner& signer, BundleContent content, BundleSink sink) {
  const absl::StatusOr<Checkpoint> checkpoint =
      checkpoint::OpenCheckpoint(signer.verifier(), content.checkpoint);
  if (!checkpoint.ok()) return DoesNotVerify(checkpoint.status().message());
  const absl::StatusOr<SchoolId> school =
      checkpoint::SchoolOfOrigin(signer.name(), checkpoint->origin);
  if (!school.ok()) return DoesNotVerify(school.status().message());
  const CaseClaim claim = {content.case_ref, static_cast<uint64_t>(content.records.records_size()),
                           *checkpoint, *school};
  const std::string records = content.records.SerializeAsString();
  if (records.size() > kRecordsSizeMax) return DoesNotVerify("the case is too long");
  ExaminedCase examined = ExamineCase(records, claim);
  if (!examined.faults.empty()) return DoesNotVerify(Sentence(examined.faults[0]));
  if (examined.records.empty()) return DoesNotVerify("the case has no entries");

  WARDBOOK_ASSIGN_OR_RETURN(std::unique_ptr<ZipWriter> zip,
                            ZipWriter::Create(std::move(sink), content.exported_time));
  std::unique_ptr<BundleWriter> writer(new BundleWriter(
      signer, std::move(content), *checkpoint, std::move(examined.records), std::move(zip)));
  WARDBOOK_RETURN_IF_ERROR(writer->AddEntry(
      kReadmePath,
      BundleReadme(writer->content_.case_ref, signer.name(), KeyFingerprint(signer.verifier()))));
  WARDBOOK_RETURN_IF_ERROR(writer->AddEntry(kCheckpointPath, writer->content_.checkpoint));
  WARDBOOK_RETURN_IF_ERROR(writer->AddEntry(kRecordsPath, records));
  // From here on only the examined records are needed.
  writer->content_.records.Clear();
  return writer;
}

BundleWriter::BundleWriter(const checkpoint::NoteSigner& signer, BundleContent content,
                           Checkpoint checkpoint, std::vector<ExaminedRecord> records,
                           std::unique_ptr<ZipWriter> zip)
    : signer_(signer),
      content_(std::move(content)),
      checkpoint_(std::move(checkpoint)),
      records_(std::move(records)),
      zip_(std::move(zip)) {
  for (const ExaminedRecord& record : records_) {
    if (std::optional<FiledEvidence> filed = FiledEvidenceOf(record.event)) {
      filed_places_.emplace(filed->id, filed_evidence_.size());
      filed_evidence_.push_back(*std::move(filed));
    }
  }
}

absl::Status BundleWriter::AddEvidence(
    const EvidenceId& id,
    absl::FunctionRef<absl::StatusOr<std::string>(uint64_t offset)> read_chunk) {
  const auto place = filed_places_.find(id);
  if (place == filed_places_.end()) {
    return absl::InvalidArgumentError(absl::StrCat("no entry shown files ", id.Hex()));
  }
  const FiledEvidence& filed = filed_evidence_[place->second];
  const std::string path = EvidencePath(id, filed.media_type);
  if (!evidence_paths_.emplace(id, path).second) {
    return absl::InvalidArgumentError(absl::StrCat(path, " was added before"));
  }
  // The page is still to come.
  if (entries_.size() + 1 >= kManifestEntriesMax) {
    return absl::FailedPreconditionError("the case has more files than a bundle can hold");
  }
  WARDBOOK_RETURN_IF_ERROR(zip_->BeginEntry(path, filed.size));
  crypto::Sha256Stream sha256;
  uint64_t offset = 0;
  while (true) {
    WARDBOOK_ASSIGN_OR_RETURN(const std::string chunk, read_chunk(offset));
    if (chunk.empty()) break;
    offset += chunk.size();
    if (offset > filed.size) break;
    sha256.Update(chunk);
    WARDBOOK_RETURN_IF_ERROR(zip_->AddBytes(chunk));
  }
  if (offset != filed.size || sha256.Digest() != filed.sha256) {
    return absl::DataLossError(absl::StrCat("file ", id.Hex(), " is not what was filed"));
  }
  WARDBOOK_RETURN_IF_ERROR(zip_->EndEntry());
  entries_.push_back({filed.sha256, filed.size, path});
  return absl::OkStatus();
}

absl::Status BundleWriter::Finish() {
  WARDBOOK_RETURN_IF_ERROR(AddPage());
  WARDBOOK_RETURN_IF_ERROR(AddManifest());
  return zip_->Finish();
}

absl::Status BundleWriter::AddEntry(absl::string_view path, absl::string_view bytes) {
  WARDBOOK_RETURN_IF_ERROR(zip_->BeginEntry(path, bytes.size()));
  WARDBOOK_RETURN_IF_ERROR(zip_->AddBytes(bytes));
  WARDBOOK_RETURN_IF_ERROR(zip_->EndEntry());
  entries_.push_back({crypto::Sha256(bytes), bytes.size(), std::string(path)});
  return absl::OkStatus();
}

absl::Status BundleWriter::AddPage() {
  PageContent page;
  page.case_ref = content_.case_ref;
  page.school_name = content_.school_name;
  page.origin = checkpoint_.origin;
  page.checkpoint_size = checkpoint_.size;
  page.exported_time = content_.exported_time;
  page.time_zone = content_.time_zone;
  page.key_name = signer_.name();
  page.key_fingerprint = KeyFingerprint(signer_.verifier());
  page.records = records_;
  page.names = content_.names;
  page.evidence_paths = evidence_paths_;
  return AddEntry(kPagePath, BundlePage(page));
}

absl::Status BundleWriter::AddManifest() {
  Manifest manifest;
  manifest.origin = checkpoint_.origin;
  manifest.key = signer_.verifier().Text();
  manifest.case_ref = content_.case_ref;
  manifest.exported_time = content_.exported_time;
  manifest.revision = records_.size();
  manifest.checkpoint_size = checkpoint_.size;
  manifest.entries = entries_;
  std::sort(manifest.entries.begin(), manifest.entries.end(),
            [](const ManifestEntry& a, const ManifestEntry& b) { return a.path < b.path; });
  const std::string text = FormatManifest(manifest);
  // What is signed is what a verifier will accept.
  WARDBOOK_RETURN_IF_ERROR(ParseManifest(text).status());
  WARDBOOK_ASSIGN_OR_RETURN(const std::string note, signer_.Sign(text));
  return AddEntry(kManifestPath, note);
}

}  // namespace wardbook::bundle
