// What the examination of a bundle found, in words for the person who asked.

#ifndef STORAGE_BUNDLE_BUNDLE_REPORT_H_
#define STORAGE_BUNDLE_BUNDLE_REPORT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "storage/base/ids.h"
#include "storage/bundle/manifest.h"
#include "storage/checkpoint/signed_note.h"

namespace wardbook::bundle {

enum class Verdict {
  kIntact,      // Everything in it is as the holder of the key signed it.
  kAltered,     // It is a bundle, and something in it is not as it was.
  kUnreadable,  // It is no bundle, or too little is left of one to be judged.
};

// Something that is not as it should be.
struct Fault {
  // The entry of the archive; empty for the archive itself.
  std::string path;
  // What is wrong, in words to follow the path and a colon.
  std::string what;

  friend bool operator==(const Fault&, const Fault&) = default;
};

// Where the key came from that the signatures were checked with.
enum class KeySource {
  kGivenByReader,  // The reader has it from somewhere else, and trusts it.
  kNamedByBundle,  // Only the bundle itself says that it is the school's.
};

struct BundleReport {
  Verdict verdict = Verdict::kUnreadable;
  // The verdict in one sentence.
  std::string summary;
  // Empty if and only if the bundle is intact. Bounded; the last one then says
  // how many more there are.
  std::vector<Fault> faults;
  // What an intact bundle proves; empty for any other.
  std::vector<std::string> proved;
  // What no bundle, or not this one, can prove.
  std::vector<std::string> not_proved;
  // What a reader should know besides, such as what was withheld.
  std::vector<std::string> notes;

  // The facts behind the sentences. As the manifest has them, if it could be
  // read; to be believed only of an intact bundle.
  std::optional<Manifest> manifest;
  // The entries of the case that were examined.
  uint64_t records = 0;
  // The key that the signatures were checked with, if there is one.
  std::optional<checkpoint::NoteVerifier> key;
  KeySource key_source = KeySource::kNamedByBundle;
};

// What people compare: the first 16 bytes of SHA-256 of the key's text in the
// format NAME+HASH+BASE64, as eight groups of four hexadecimal digits.
std::string KeyFingerprint(const checkpoint::NoteVerifier& key);

// The fault as a sentence without its full stop.
std::string Sentence(const Fault& fault);

}  // namespace wardbook::bundle

#endif  // STORAGE_BUNDLE_BUNDLE_REPORT_H_
