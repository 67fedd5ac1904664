// Signed notes, checkpoints and keys: what is read is what would be written, and nothing
// is believed that the key has not signed.

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "storage/base/assert.h"
#include "storage/checkpoint/checkpoint.h"
#include "storage/checkpoint/signed_note.h"

using wardbook::checkpoint::NoteSigner;
using wardbook::checkpoint::NoteVerifier;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const absl::string_view text(reinterpret_cast<const char*>(data), size);
  static const auto& signer =
      *new NoteSigner(NoteSigner::Create("wardbook.example", wardbook::crypto::Secret()).value());
  static const auto& stranger =
      *new NoteSigner(NoteSigner::Create("wardbook.example", wardbook::crypto::Secret::Random())
                          .value());
  WARDBOOK_ASSERT(!stranger.verifier().Open(text).ok());
  if (const auto opened = signer.verifier().Open(text); opened.ok()) {
    const auto signed_again = signer.Sign(*opened);
    WARDBOOK_ASSERT(signed_again.ok() && text.find(signed_again->substr(opened->size())) !=
                                             absl::string_view::npos);
  }
  if (const auto note = signer.Sign(text); note.ok()) {
    WARDBOOK_ASSERT(signer.verifier().Open(*note).value() == text);
  }
  if (const auto checkpoint = wardbook::checkpoint::Parse(text); checkpoint.ok()) {
    WARDBOOK_ASSERT(wardbook::checkpoint::Format(*checkpoint) == text);
  }
  if (const auto verifier = NoteVerifier::Parse(text); verifier.ok()) {
    WARDBOOK_ASSERT(verifier->Text() == text);
  }
  return 0;
}
