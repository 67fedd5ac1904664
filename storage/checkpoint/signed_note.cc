#include "storage/checkpoint/signed_note.h"

#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "storage/base/big_endian.h"
#include "storage/base/status_macros.h"
#include "storage/checkpoint/utf8.h"
#include "storage/crypto/sha256.h"

namespace wardbook::checkpoint {
namespace {

// The signature type of Ed25519, which stands before every key.
constexpr absl::string_view kEd25519("\x01", 1);

constexpr absl::string_view kSignerPrefix = "PRIVATE+KEY+";

// A signature line begins with an em dash (U+2014) and a space.
constexpr absl::string_view kSignaturePrefix = "\xe2\x80\x94 ";

// Before each signature stand the four bytes of its key's hash.
constexpr size_t kKeyHashSize = 4;

// The white space of Unicode.
bool IsSpace(char32_t c) {
  return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
         c == 0x3000;
}

bool IsKeyName(absl::string_view name) {
  if (name.empty()) return false;
  while (!name.empty()) {
    const std::optional<char32_t> c = ReadCodePoint(&name);
    if (!c.has_value() || *c < 0x20 || *c == '+' || IsSpace(*c)) return false;
  }
  return true;
}

// UTF-8 without control characters other than newlines.
bool IsNoteText(absl::string_view text) {
  while (!text.empty()) {
    const std::optional<char32_t> c = ReadCodePoint(&text);
    if (!c.has_value() || (*c < 0x20 && *c != '\n')) return false;
  }
  return true;
}

// Only the one form that encoders write: padded, and nothing around it.
std::optional<std::string> Base64Bytes(absl::string_view text) {
  std::string bytes;
  const bool is_base64 = absl::Base64Unescape(text, &bytes);
  // What is encoded may be a secret.
  std::string encoded = absl::Base64Escape(bytes);
  const bool is_the_one_form = is_base64 && encoded == text;
  crypto::Wipe(encoded.data(), encoded.size());
  if (!is_the_one_form) return std::nullopt;
  return bytes;
}

uint32_t KeyHash(absl::string_view name, const crypto::PublicKey& key) {
  return ReadBigEndian32(crypto::Sha256({name, "\n", kEd25519, key.view()}).view());
}

std::string KeyText(absl::string_view name, uint32_t hash, absl::string_view key_bytes) {
  // The bytes may be those of a secret.
  std::string bytes = absl::StrCat(kEd25519, key_bytes);
  std::string encoded = absl::Base64Escape(bytes);
  std::string text = absl::StrCat(name, "+", absl::Hex(hash, absl::kZeroPad8), "+", encoded);
  crypto::Wipe(bytes.data(), bytes.size());
  crypto::Wipe(encoded.data(), encoded.size());
  return text;
}

// The two ends of NAME+HASH+BASE64. The hash in between follows from them.
struct NamedKey {
  absl::string_view name;
  std::string key_bytes;
};

std::optional<NamedKey> ParseNamedKey(absl::string_view text) {
  const size_t name_size = text.find('+');
  if (name_size == absl::string_view::npos) return std::nullopt;
  const size_t hash_end = text.find('+', name_size + 1);
  if (hash_end == absl::string_view::npos) return std::nullopt;
  std::optional<std::string> key_bytes = Base64Bytes(text.substr(hash_end + 1));
  if (!key_bytes.has_value() || !absl::StartsWith(*key_bytes, kEd25519)) return std::nullopt;
  key_bytes->erase(0, kEd25519.size());
  return NamedKey{text.substr(0, name_size), *std::move(key_bytes)};
}

struct SignatureLine {
  absl::string_view name;
  uint32_t key_hash = 0;
  std::string signature;
};

std::optional<SignatureLine> ParseSignatureLine(absl::string_view line) {
  if (!absl::ConsumePrefix(&line, kSignaturePrefix)) return std::nullopt;
  const size_t name_size = line.find(' ');
  if (name_size == absl::string_view::npos) return std::nullopt;
  const absl::string_view name = line.substr(0, name_size);
  const std::optional<std::string> bytes = Base64Bytes(line.substr(name_size + 1));
  if (!IsKeyName(name) || !bytes.has_value() || bytes->size() <= kKeyHashSize) {
    return std::nullopt;
  }
  return SignatureLine{name, ReadBigEndian32(*bytes), bytes->substr(kKeyHashSize)};
}

}  // namespace

NoteVerifier::NoteVerifier(std::string name, crypto::PublicKey key)
    : name_(std::move(name)), key_(key), hash_(KeyHash(name_, key_)) {}

absl::StatusOr<NoteVerifier> NoteVerifier::Parse(absl::string_view text) {
  const std::optional<NamedKey> named = ParseNamedKey(text);
  if (!named.has_value() || !IsKeyName(named->name)) {
    return absl::InvalidArgumentError("not a verifier key");
  }
  const std::optional<crypto::PublicKey> key = crypto::PublicKey::FromBytes(named->key_bytes);
  if (!key.has_value()) return absl::InvalidArgumentError("not an Ed25519 verifier key");
  NoteVerifier verifier(std::string(named->name), *key);
  if (verifier.Text() != text) {
    return absl::InvalidArgumentError("the hash of the verifier key does not match");
  }
  return verifier;
}

std::string NoteVerifier::Text() const { return KeyText(name_, hash_, key_.view()); }

absl::StatusOr<std::string> NoteVerifier::Open(absl::string_view note) const {
  const absl::Status malformed = absl::DataLossError("not a signed note");
  if (!IsNoteText(note)) return malformed;
  // The signatures stand behind the last empty line; the text may have others.
  const size_t text_end = note.rfind("\n\n");
  if (text_end == absl::string_view::npos) return malformed;
  const absl::string_view text = note.substr(0, text_end + 1);
  absl::string_view rest = note.substr(text_end + 2);
  if (rest.empty()) return malformed;

  bool verified = false;
  while (!rest.empty()) {
    const size_t line_size = rest.find('\n');
    if (line_size == absl::string_view::npos) return malformed;
    const std::optional<SignatureLine> line = ParseSignatureLine(rest.substr(0, line_size));
    if (!line.has_value()) return malformed;
    rest.remove_prefix(line_size + 1);
    // Others may have signed too.
    if (line->name != name_ || line->key_hash != hash_) continue;
    const std::optional<crypto::Signature> signature =
        crypto::Signature::FromBytes(line->signature);
    if (!signature.has_value() || !crypto::VerifySignature(key_, text, *signature)) {
      return absl::PermissionDeniedError(absl::StrCat("a signature of ", name_, " is false"));
    }
    verified = true;
  }
  if (!verified) return absl::UnauthenticatedError(absl::StrCat("no signature of ", name_));
  return std::string(text);
}

NoteSigner::NoteSigner(absl::string_view name, crypto::SigningKey key)
    : verifier_(std::string(name), key.public_key()), key_(std::move(key)) {}

absl::StatusOr<NoteSigner> NoteSigner::Create(absl::string_view name, const crypto::Secret& seed) {
  if (!IsKeyName(name)) {
    return absl::InvalidArgumentError("the name of a key is empty or has a space or a plus sign");
  }
  return NoteSigner(name, crypto::SigningKey(seed));
}

absl::StatusOr<NoteSigner> NoteSigner::Parse(absl::string_view text) {
  absl::string_view rest = text;
  if (!absl::ConsumePrefix(&rest, kSignerPrefix)) {
    return absl::InvalidArgumentError("not a signer key");
  }
  std::optional<NamedKey> named = ParseNamedKey(rest);
  if (!named.has_value()) return absl::InvalidArgumentError("not a signer key");
  const std::optional<crypto::Secret> seed = crypto::Secret::FromBytes(named->key_bytes);
  crypto::Wipe(named->key_bytes.data(), named->key_bytes.size());
  if (!seed.has_value()) return absl::InvalidArgumentError("not an Ed25519 signer key");
  WARDBOOK_ASSIGN_OR_RETURN(NoteSigner signer, Create(named->name, *seed));
  std::string signer_text = signer.Text();
  const bool matches = signer_text == text;
  crypto::Wipe(signer_text.data(), signer_text.size());
  if (!matches) return absl::InvalidArgumentError("the hash of the signer key does not match");
  return signer;
}

std::string NoteSigner::Text() const {
  std::string key = KeyText(name(), verifier_.hash_, key_.seed().view());
  std::string text = absl::StrCat(kSignerPrefix, key);
  crypto::Wipe(key.data(), key.size());
  return text;
}

absl::StatusOr<std::string> NoteSigner::Sign(absl::string_view text) const {
  if (!absl::EndsWith(text, "\n") || !IsNoteText(text)) {
    return absl::InvalidArgumentError(
        "the text of a note must be UTF-8 without control characters and end in a newline");
  }
  std::string signature;
  AppendBigEndian32(&signature, verifier_.hash_);
  absl::StrAppend(&signature, key_.Sign(text).view());
  return absl::StrCat(text, "\n", kSignaturePrefix, name(), " ", absl::Base64Escape(signature),
                      "\n");
}

}  // namespace wardbook::checkpoint
