#include "storage/bundle/verify_bundle.h"

#include <cstdint>
#include <functional>
#include <future>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "storage/base/ids.h"
#include "storage/base/status_macros.h"
#include "storage/bundle/bundle_path.h"
#include "storage/bundle/bundled_event.h"
#include "storage/bundle/examine_case.h"
#include "storage/bundle/manifest.h"
#include "storage/bundle/zip_reader.h"
#include "storage/checkpoint/checkpoint.h"

namespace wardbook::bundle {
namespace {

using ::wardbook::checkpoint::Checkpoint;
using ::wardbook::checkpoint::NoteVerifier;

// What a list of the most entries takes, at some 130 bytes a line.
constexpr uint64_t kManifestSizeMax = kManifestEntriesMax * 144;
// A checkpoint is three short lines and a signature or a few.
constexpr uint64_t kCheckpointSizeMax = 64 << 10;

// After this many faults nobody reads on.
constexpr size_t kFaultsMax = 100;

// "1 entry", "2 entries".
std::string Counted(uint64_t count, absl::string_view one, absl::string_view many) {
  return absl::StrCat(count, " ", count == 1 ? one : many);
}

// The text that a signed note claims to have, whoever signed it.
absl::string_view UnverifiedText(absl::string_view note) {
  const size_t end = note.rfind("\n\n");
  return end == absl::string_view::npos ? absl::string_view() : note.substr(0, end + 1);
}

// One examination of one bundle.
class Verification {
 public:
  Verification(const BundleSource& source, const std::optional<NoteVerifier>& trusted_key)
      : source_(source) {
    if (trusted_key.has_value()) {
      report_.key = trusted_key;
      report_.key_source = KeySource::kGivenByReader;
    }
  }

  absl::StatusOr<BundleReport> Run() && {
    // Every byte is hashed twice, as the file's and as its entry's, so two
    // threads do it.
    std::future<absl::Status> comment_check =
        std::async([this] { return CheckZipComment(source_); });
    const absl::Status examined = ExamineEntries();
    const absl::Status comment_status = comment_check.get();
    WARDBOOK_RETURN_IF_ERROR(examined);
    if (absl::IsDataLoss(comment_status)) {
      AddFault("", std::string(comment_status.message()));
    } else {
      WARDBOOK_RETURN_IF_ERROR(comment_status);
    }
    Conclude();
    return std::move(report_);
  }

 private:
  void AddFault(absl::string_view path, std::string what) {
    ++fault_count_;
    if (report_.faults.size() < kFaultsMax) {
      report_.faults.push_back({std::string(path), std::move(what)});
    }
  }

  absl::Status ExamineEntries() {
    absl::StatusOr<ZipDirectory> directory = ReadZipDirectory(source_);
    if (absl::IsDataLoss(directory.status())) {
      AddFault("", std::string(directory.status().message()));
      return absl::OkStatus();
    }
    WARDBOOK_RETURN_IF_ERROR(directory.status());
    for (const Fault& fault : directory->faults) AddFault(fault.path, fault.what);
    for (ZipEntry& entry : directory->entries) {
      std::string path = entry.path;
      entries_.emplace(std::move(path), std::move(entry));
    }
    WARDBOOK_RETURN_IF_ERROR(ExamineManifest());
    WARDBOOK_RETURN_IF_ERROR(ExamineContents());
    WARDBOOK_RETURN_IF_ERROR(ExamineCheckpoint());
    WARDBOOK_RETURN_IF_ERROR(ExamineRecords());
    ExamineEvidence();
    return absl::OkStatus();
  }

  // The bytes of an entry; nothing, and a fault, when there are none.
  absl::StatusOr<std::optional<std::string>> ReadEntry(absl::string_view path, uint64_t size_max) {
    const auto entry = entries_.find(path);
    if (entry == entries_.end()) {
      AddFault(path, "it is missing");
      return std::nullopt;
    }
    if (!entry->second.offset.has_value()) return std::nullopt;
    if (entry->second.size > size_max) {
      AddFault(path, "it is larger than any of its kind");
      return std::nullopt;
    }
    return ReadRange(source_, *entry->second.offset, entry->second.size);
  }

  // Opens a note with the key of this verification, and reports why it cannot.
  std::optional<std::string> OpenNote(absl::string_view path, absl::string_view note) {
    if (!report_.key.has_value()) return std::nullopt;
    absl::StatusOr<std::string> text = report_.key->Open(note);
    if (text.ok()) return *std::move(text);
    if (absl::IsUnauthenticated(text.status())) {
      AddFault(path, absl::StrCat("it is not signed with the key ", report_.key->name(), " (",
                                  KeyFingerprint(*report_.key), ")"));
    } else if (absl::IsPermissionDenied(text.status())) {
      AddFault(path, "its signature is false: it is not what was signed");
    } else {
      AddFault(path, "it is not a signed note");
    }
    return std::nullopt;
  }

  absl::Status ExamineManifest() {
    WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> note,
                              ReadEntry(kManifestPath, kManifestSizeMax));
    if (!note.has_value()) return absl::OkStatus();
    found_manifest_ = true;
    absl::StatusOr<Manifest> manifest = ParseManifest(UnverifiedText(*note));
    if (!manifest.ok()) {
      AddFault(kManifestPath, std::string(manifest.status().message()));
    } else {
      report_.manifest = *std::move(manifest);
      ChooseKey();
    }
    const std::optional<std::string> text = OpenNote(kManifestPath, *note);
    if (text.has_value() && *text != UnverifiedText(*note)) {
      AddFault(kManifestPath, "it is signed in more than one way");
    }
    return absl::OkStatus();
  }

  void ChooseKey() {
    if (report_.key.has_value()) {
      if (report_.manifest->key != report_.key->Text()) {
        AddFault(kManifestPath, "it names another key than the one given");
        names_another_key_ = true;
      }
      return;
    }
    absl::StatusOr<NoteVerifier> named = NoteVerifier::Parse(report_.manifest->key);
    if (named.ok()) {
      report_.key = *std::move(named);
    } else {
      AddFault(kManifestPath, "the key that it names cannot be read");
    }
  }

  // Compares the archive with the manifest's list.
  absl::Status ExamineContents() {
    if (!report_.manifest.has_value()) return absl::OkStatus();
    absl::flat_hash_set<absl::string_view> listed = {kManifestPath};
    for (const ManifestEntry& expected : report_.manifest->entries) {
      listed.insert(expected.path);
      const auto entry = entries_.find(expected.path);
      if (entry == entries_.end()) {
        AddFault(expected.path, "it is missing");
        continue;
      }
      if (!entry->second.offset.has_value()) continue;
      WARDBOOK_ASSIGN_OR_RETURN(const Hash sha256,
                                HashRange(source_, *entry->second.offset, entry->second.size));
      hashes_.emplace(expected.path, sha256);
      if (entry->second.size != expected.size || sha256 != expected.sha256) {
        AddFault(expected.path,
                 "it was changed: its SHA-256 or size is not the one in the manifest");
      }
    }
    for (const auto& [path, entry] : entries_) {
      if (!listed.contains(path)) AddFault(path, "it was added: the manifest does not list it");
    }
    for (absl::string_view path : {kCheckpointPath, kRecordsPath, kPagePath, kReadmePath}) {
      if (!listed.contains(path)) AddFault(path, "the manifest does not list it");
    }
    return absl::OkStatus();
  }

  absl::Status ExamineCheckpoint() {
    if (!report_.manifest.has_value() || !report_.key.has_value()) return absl::OkStatus();
    if (!entries_.contains(kCheckpointPath)) return absl::OkStatus();
    WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> note,
                              ReadEntry(kCheckpointPath, kCheckpointSizeMax));
    if (!note.has_value()) return absl::OkStatus();
    const std::optional<std::string> text = OpenNote(kCheckpointPath, *note);
    if (!text.has_value()) return absl::OkStatus();
    const absl::StatusOr<Checkpoint> checkpoint = checkpoint::Parse(*text);
    if (!checkpoint.ok()) {
      AddFault(kCheckpointPath, "it is not a checkpoint");
      return absl::OkStatus();
    }
    const absl::StatusOr<SchoolId> school =
        checkpoint::SchoolOfOrigin(report_.key->name(), checkpoint->origin);
    if (!school.ok() || checkpoint->origin != report_.manifest->origin) {
      AddFault(kCheckpointPath, "it is of another log than the manifest");
      return absl::OkStatus();
    }
    if (checkpoint->size != report_.manifest->checkpoint_size) {
      AddFault(kCheckpointPath, "it is of another size than the manifest says");
      return absl::OkStatus();
    }
    checkpoint_ = *checkpoint;
    school_ = *school;
    return absl::OkStatus();
  }

  absl::Status ExamineRecords() {
    if (!report_.manifest.has_value() || !entries_.contains(kRecordsPath)) {
      return absl::OkStatus();
    }
    WARDBOOK_ASSIGN_OR_RETURN(const std::optional<std::string> bytes,
                              ReadEntry(kRecordsPath, kRecordsSizeMax));
    if (!bytes.has_value()) return absl::OkStatus();
    const CaseClaim claim = {report_.manifest->case_ref, report_.manifest->revision, checkpoint_,
                             school_};
    case_ = ExamineCase(*bytes, claim);
    report_.records = case_.count;
    records_hold_ = case_.faults.empty();
    for (Fault& fault : case_.faults) AddFault(fault.path, std::move(fault.what));
    return absl::OkStatus();
  }

  // Compares the files with what the entries of the case say was filed. Every
  // file is compared, or is a fault: one name is right for each, so that no
  // second file can stand beside the true one.
  void ExamineEvidence() {
    absl::flat_hash_set<std::string> filed_paths;
    for (const ExaminedRecord& record : case_.records) {
      const std::optional<FiledEvidence> filed = FiledEvidenceOf(record.event);
      if (!filed.has_value()) continue;
      const std::string path = EvidencePath(filed->id, filed->media_type);
      filed_paths.insert(path);
      const auto entry = entries_.find(path);
      if (entry == entries_.end()) {
        report_.notes.push_back(absl::StrCat("The file ", filed->id.Hex(), ", filed at revision ",
                                             record.revision, ", is not in this bundle."));
        continue;
      }
      const auto sha256 = hashes_.find(path);
      if (sha256 == hashes_.end()) continue;
      if (sha256->second != filed->sha256 || entry->second.size != filed->size) {
        AddFault(path, absl::StrCat("it is not what was filed: its SHA-256 or size differs from "
                                    "the one recorded in entry ",
                                    record.revision));
      } else {
        ++files_proved_;
      }
    }
    // Where entries are damaged, the one that files it may be among them.
    if (!records_hold_) return;
    for (const auto& [path, entry] : entries_) {
      if (EvidenceOfPath(path).has_value() && !filed_paths.contains(path)) {
        AddFault(path, "no entry of the case that is shown files it under this name");
      }
    }
  }

  void Conclude() {
    if (fault_count_ > report_.faults.size()) {
      report_.faults.back() = {
          "", absl::StrCat(fault_count_ - report_.faults.size() + 1, " more things are wrong")};
    }
    if (fault_count_ > 0) {
      report_.notes.clear();
      report_.verdict = found_manifest_ ? Verdict::kAltered : Verdict::kUnreadable;
      report_.summary = SummaryOfFaults();
      return;
    }
    report_.verdict = Verdict::kIntact;
    Prove();
    NoteWithheld();
  }

  const char* SummaryOfFaults() const {
    if (!found_manifest_) {
      return "Unreadable: this is not a bundle, or too little is left of one to be judged.";
    }
    if (names_another_key_) {
      return "Altered or from elsewhere: it is signed with another key than the one that was "
             "given. "
             "Make sure first that the key given is the school's.";
    }
    return "Altered: this is not what the server exported.";
  }

  void Prove() {
    const Manifest& manifest = *report_.manifest;
    const NoteVerifier& key = *report_.key;
    const bool trusted = report_.key_source == KeySource::kGivenByReader;
    report_.summary =
        absl::StrCat("Intact: case ", manifest.case_ref, " with ",
                     Counted(report_.records, "entry", "entries"), " is as ", key.name(),
                     " signed it", trusted ? "." : ", if the key below is really the school's.");
    report_.proved = {
        absl::StrCat("Everything in this bundle is, byte for byte, what ", key.name(), " signed."),
        absl::StrCat("The entries 1 to ", report_.records, " of case ", manifest.case_ref,
                     " are all here. None was changed, taken out, put in between or reordered."),
        absl::StrCat("Each of them is in the log ", manifest.origin, " of ",
                     manifest.checkpoint_size, " records, which the same key signs."),
    };
    if (files_proved_ > 0) {
      report_.proved.push_back(absl::StrCat(
          Counted(files_proved_, "file is", "files are"),
          " byte for byte what was filed, by the SHA-256 recorded in the log at that time."));
    }
    report_.proved.push_back(absl::StrCat("The key is ", key.name(), " with the fingerprint ",
                                          KeyFingerprint(key),
                                          trusted ? ", which you gave." : "."));
    report_.not_proved = {
        "That what an entry says is true.",
        "That nothing was left out before it was entered.",
        absl::StrCat("That there is no later entry than ", report_.records,
                     ": this is the case as it stood when it was exported."),
        "When things happened: times are the server's claim. The order of the entries is proved.",
    };
    if (!trusted) {
      report_.not_proved.push_back(
          "That the key is the school's: only the bundle itself says so. Compare the fingerprint "
          "with one that you have from another source.");
    }
  }

  void NoteWithheld() {
    uint64_t withheld = 0;
    uint64_t hidden = 0;
    uint64_t unknown = 0;
    for (const ExaminedRecord& record : case_.records) {
      if (record.event.hidden) ++hidden;
      if (!record.event.hidden && record.event.message() == nullptr) ++unknown;
      withheld += record.event.withheld_count();
    }
    if (withheld > 0) {
      report_.notes.push_back(absl::StrCat(
          Counted(withheld, "field was", "fields were"),
          " withheld by the exporter. What is proved of the rest does not depend on them."));
    }
    if (hidden > 0) {
      report_.notes.push_back(absl::StrCat("Of ", Counted(hidden, "entry", "entries"),
                                           " nothing is shown but that there is one."));
    }
    if (unknown > 0) {
      report_.notes.push_back(
          absl::StrCat(Counted(unknown, "entry is", "entries are"),
                       " of a kind that this version does not know, but proved like the others."));
    }
  }

  const BundleSource& source_;
  BundleReport report_;
  size_t fault_count_ = 0;
  bool found_manifest_ = false;
  bool names_another_key_ = false;
  // In order, so that faults are too.
  std::map<std::string, ZipEntry, std::less<>> entries_;
  // Of the entries that the manifest lists.
  absl::flat_hash_map<std::string, Hash> hashes_;
  std::optional<Checkpoint> checkpoint_;
  std::optional<SchoolId> school_;
  ExaminedCase case_;
  // Whether the records were examined and none was at fault.
  bool records_hold_ = false;
  uint64_t files_proved_ = 0;
};

}  // namespace

absl::StatusOr<BundleReport> VerifyBundle(const BundleSource& source,
                                          const std::optional<NoteVerifier>& trusted_key) {
  return Verification(source, trusted_key).Run();
}

}  // namespace wardbook::bundle
