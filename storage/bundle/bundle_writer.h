// Writes a bundle: one case with its files and its proofs, in one file that
// anybody can check offline. README.md has the format.
//
//   WARDBOOK_ASSIGN_OR_RETURN(auto writer, BundleWriter::Create(signer, content, sink));
//   for (const FiledEvidence& file : writer->filed_evidence()) {
//     WARDBOOK_RETURN_IF_ERROR(writer->AddEvidence(file.id, [&](uint64_t offset) {
//       return store.ReadChunk(school, file.id, offset);
//     }));
//   }
//   WARDBOOK_RETURN_IF_ERROR(writer->Finish());

#ifndef STORAGE_BUNDLE_BUNDLE_WRITER_H_
#define STORAGE_BUNDLE_BUNDLE_WRITER_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "storage/base/ids.h"
#include "storage/bundle/bundled_event.h"
#include "storage/bundle/examine_case.h"
#include "storage/bundle/manifest.h"
#include "storage/bundle/zip_writer.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/checkpoint/signed_note.h"
#include "wardbook/log/v1/bundle.pb.h"

namespace wardbook::bundle {

// A case to export.
struct BundleContent {
  std::string case_ref;
  // The signed note to whose tree all inclusion proofs lead, by the same key
  // that signs the bundle.
  std::string checkpoint;
  // Revision 1 to the newest.
  wardbook::log::v1::BundledCase records;
  absl::Time exported_time;
  // What follows is for the page that people read.
  absl::TimeZone time_zone = absl::UTCTimeZone();
  std::string school_name;
  absl::flat_hash_map<PersonId, std::string> names;
};

// Thread-compatible. Holds the records in memory, and of files a chunk at a time.
// After a failed call the bundle cannot be finished, and the bytes that the sink
// has are to be thrown away.
class BundleWriter {
 public:
  // `signer` outlives the writer. Begins to write at once. INVALID_ARGUMENT: the
  // content does not verify, so no bundle is made of it; the message says why.
  // Otherwise fails as the sink does.
  static absl::StatusOr<std::unique_ptr<BundleWriter>> Create(const checkpoint::NoteSigner& signer,
                                                              BundleContent content,
                                                              BundleSink sink);

  // The files that the disclosed entries put in evidence, in their order. Each
  // may be added once or left out.
  const std::vector<FiledEvidence>& filed_evidence() const { return filed_evidence_; }

  // Adds the file whose bytes `read_chunk` gives from an offset on, and nothing
  // at its end. INVALID_ARGUMENT: no entry files it, or it was added before.
  // FAILED_PRECONDITION: the bundle holds no more files. DATA_LOSS: its bytes are not those that
  // were filed. Otherwise fails as `read_chunk` and the sink do.
  absl::Status AddEvidence(
      const EvidenceId& id,
      absl::FunctionRef<absl::StatusOr<std::string>(uint64_t offset)> read_chunk);

  // Writes the page, the manifest and the end of the file. Fails as the sink
  // does.
  absl::Status Finish();

 private:
  BundleWriter(const checkpoint::NoteSigner& signer, BundleContent content,
               checkpoint::Checkpoint checkpoint, std::vector<ExaminedRecord> records,
               std::unique_ptr<ZipWriter> zip);

  // Writes a whole entry.
  absl::Status AddEntry(absl::string_view path, absl::string_view bytes);
  absl::Status AddPage();
  absl::Status AddManifest();

  const checkpoint::NoteSigner& signer_;
  BundleContent content_;
  const checkpoint::Checkpoint checkpoint_;
  std::vector<ExaminedRecord> records_;
  std::vector<FiledEvidence> filed_evidence_;
  // Where each stands in `filed_evidence_`.
  absl::flat_hash_map<EvidenceId, size_t> filed_places_;
  absl::flat_hash_map<EvidenceId, std::string> evidence_paths_;
  std::vector<ManifestEntry> entries_;
  std::unique_ptr<ZipWriter> zip_;
};

}  // namespace wardbook::bundle

#endif  // STORAGE_BUNDLE_BUNDLE_WRITER_H_
