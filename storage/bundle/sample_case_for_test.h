// An invented case in a log with others, and bundles of it, for the tests of
// this folder only.

#ifndef STORAGE_BUNDLE_SAMPLE_CASE_FOR_TEST_H_
#define STORAGE_BUNDLE_SAMPLE_CASE_FOR_TEST_H_

#include <google/protobuf/message.h>

#include <cstdint>
#include <functional>
#include <map>
#include <ostream>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "storage/base/ids.h"
#include "storage/bundle/bundle_report.h"
#include "storage/bundle/bundle_writer.h"
#include "storage/bundle/bundled_record.h"
#include "storage/bundle/manifest.h"
#include "storage/checkpoint/signed_note.h"
#include "storage/crypto/secret.h"
#include "tests/testing/memory_event_log.h"

namespace wardbook::bundle {

// The entries of an archive by their paths.
using Entries = std::map<std::string, std::string>;

// Reports with gtest when something of it fails.
class SampleCaseForTest {
 public:
  static constexpr absl::string_view kCaseRef = "WB-7K4D-9QX2";
  // Of the sample's records, in order of revisions from 1.
  static constexpr uint64_t kPictureRevision = 2;
  static constexpr uint64_t kNoteRevision = 3;
  static constexpr uint64_t kChatRevision = 4;
  static constexpr uint64_t kRecords = 6;

  SampleCaseForTest();

  const checkpoint::NoteSigner& signer() const { return signer_; }
  const SchoolId& school() const { return school_; }
  const PersonId& reporter() const { return reporter_; }
  const EvidenceId& picture() const { return picture_; }
  const EvidenceId& chat() const { return chat_; }
  std::string picture_path() const { return "evidence/" + picture_.Hex() + ".png"; }
  std::string chat_path() const { return "evidence/" + chat_.Hex() + ".txt"; }
  std::string& file(const EvidenceId& id) { return files_.at(id); }

  // Records an event of the case, or of another stream.
  void Record(const google::protobuf::Message& event, absl::string_view stream);

  // The case against a checkpoint of now.
  BundleContent Content(Disclosure discloses = DiscloseAll) const;

  // A bundle with all files that the content names.
  std::string Write(BundleContent content) const;
  std::string Write() const { return Write(Content()); }

 private:
  const crypto::Secret key_ = crypto::Secret::Random();
  const checkpoint::NoteSigner signer_;
  const SchoolId school_;
  const PersonId reporter_;
  const EvidenceId picture_;
  const EvidenceId chat_;
  std::map<EvidenceId, std::string> files_;
  testing::MemoryEventLog log_;
};

// Lets gtest print faults.
inline void PrintTo(const Fault& fault, std::ostream* out) { *out << Sentence(fault); }

// What is in the archive, by our own reader.
Entries ReadEntries(const std::string& bundle);

// An archive of these entries that is well-formed in itself.
std::string Zip(const Entries& entries);

// Writes a new manifest over the entries, signed by `signer`, after `change` has
// been at it: what somebody with that key could do.
Entries SignAgain(
    Entries entries, const checkpoint::NoteSigner& signer,
    const std::function<void(Manifest*)>& change = [](Manifest*) {});

// Puts the digest of what is there now in the archive comment.
void UpdateComment(std::string* bundle);

}  // namespace wardbook::bundle

#endif  // STORAGE_BUNDLE_SAMPLE_CASE_FOR_TEST_H_
