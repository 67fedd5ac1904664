// Signed notes: https://c2sp.org/signed-note. Text, an empty line, and one or
// more signature lines. Ed25519 (signature type 0x01) only. Keys are written in
// the formats of that specification:
//   verifier  NAME+HASH+BASE64        for everybody
//   signer    PRIVATE+KEY+NAME+HASH+BASE64  a secret
// Pure; safe for concurrent use.

#ifndef STORAGE_CHECKPOINT_SIGNED_NOTE_H_
#define STORAGE_CHECKPOINT_SIGNED_NOTE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/crypto/ed25519.h"
#include "storage/crypto/secret.h"

namespace wardbook::checkpoint {

// Immutable.
class NoteVerifier {
 public:
  // INVALID_ARGUMENT: not an Ed25519 verifier key, or its hash does not match.
  static absl::StatusOr<NoteVerifier> Parse(absl::string_view text);

  const std::string& name() const { return name_; }
  // The key in the form that Parse reads.
  std::string Text() const;

  // The text of `note`, including its final newline. DATA_LOSS: it is not a
  // signed note. UNAUTHENTICATED: no signature by this key. PERMISSION_DENIED:
  // a signature by this key that is false.
  absl::StatusOr<std::string> Open(absl::string_view note) const;

 private:
  friend class NoteSigner;
  NoteVerifier(std::string name, crypto::PublicKey key);

  std::string name_;
  crypto::PublicKey key_;
  uint32_t hash_ = 0;
};

// Immutable.
class NoteSigner {
 public:
  // INVALID_ARGUMENT: `name` is empty or has a space or a plus sign.
  static absl::StatusOr<NoteSigner> Create(absl::string_view name, const crypto::Secret& seed);
  // INVALID_ARGUMENT: not an Ed25519 signer key, or its hash does not match.
  static absl::StatusOr<NoteSigner> Parse(absl::string_view text);

  const std::string& name() const { return verifier_.name(); }
  const NoteVerifier& verifier() const { return verifier_; }
  // The key in the form that Parse reads: a secret.
  std::string Text() const;

  // A signed note of `text`. INVALID_ARGUMENT: `text` does not end in a newline,
  // is not UTF-8, or has control characters other than newlines.
  absl::StatusOr<std::string> Sign(absl::string_view text) const;

 private:
  NoteSigner(absl::string_view name, crypto::SigningKey key);

  NoteVerifier verifier_;
  crypto::SigningKey key_;
};

}  // namespace wardbook::checkpoint

#endif  // STORAGE_CHECKPOINT_SIGNED_NOTE_H_
